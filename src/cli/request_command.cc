#include "cli/commands.h"
#include "cli/connection.h"
#include "cli/http_arguments.h"
#include "cli/output.h"

#include <fmt/format.h>

#include <csignal>
#include <cstdlib>

namespace botocxx::cli {
namespace {

constexpr std::string_view kUsage =
    "botocxx request METHOD URL [--service NAME] [--region NAME] [--header 'NAME: VALUE' …] "
    "[--data TEXT|@FILE] [--output FILE] [--include]";

extern "C" void stop_at_once(int) { std::_Exit(static_cast<int>(ExitStatus::kInterrupted)); }

std::shared_ptr<HttpClient> http_client(const Arguments& arguments) {
  HttpClientOptions options;
  options.verify = !arguments.has("no-verify-ssl");
  options.ca_bundle = arguments.get("ca-bundle").value_or("");
  if (arguments.has("debug")) options.log = log_line;
  return make_curl_http_client(std::move(options));
}

std::string head_of(const HttpResponse& response) {
  std::string text = fmt::format("HTTP {} {}\n", response.status, response.reason);
  for (const Headers::Field& field : response.headers) {
    text += fmt::format("{}: {}\n", field.name, field.value);
  }
  return text + '\n';
}

// As it arrives; a body of any size needs no more memory than a piece of it.
ExitStatus print_body(const Body& body) {
  ExitStatus printed = ExitStatus::kOk;
  auto copied = body.copy_to([&](std::span<const std::byte> piece) -> Result<void> {
    const char* text = reinterpret_cast<const char*>(piece.data());
    printed = print_data({text, piece.size()});
    if (printed == ExitStatus::kOk) return {};
    return Error(ErrorKind::kUsage, "Output", "cannot write to standard output");
  });
  if (printed != ExitStatus::kOk) return printed;
  return copied ? ExitStatus::kOk : report(copied.error());
}

ExitStatus deliver(const HttpResponse& response, const Arguments& arguments) {
  if (arguments.has("include")) {
    if (ExitStatus printed = print_data(head_of(response)); printed != ExitStatus::kOk) {
      return printed;
    }
  }
  const bool failed = response.status >= 300;
  auto file = arguments.get("output");
  if (file && !failed) {
    auto saved = response.body.save(*file);
    if (!saved) return report(saved.error());
  } else if (ExitStatus printed = print_body(response.body); printed != ExitStatus::kOk) {
    return printed;
  }
  if (!failed) return ExitStatus::kOk;
  report(Error(
      ErrorKind::kTransport, std::to_string(response.status),
      fmt::format("the service answered with status {} {}", response.status, response.reason)));
  return ExitStatus::kService;
}

Result<HttpRequest> final_request(const Session& session, const Arguments& arguments) {
  auto request = read_http_request(arguments);
  if (!request) return request;
  if (arguments.has("no-sign-request")) return complete_request(*std::move(request));
  auto made = sign_as_asked(session, *std::move(request), arguments);
  if (!made) return std::move(made).error();
  if (arguments.has("stages")) log_stages(made->stages);
  return std::move(made->request);
}

}  // namespace

ExitStatus run_request(const std::vector<std::string>& words) {
  auto arguments = Arguments::parse(with_long_names(words), http_options());
  if (!arguments) return report(arguments.error());
  if (arguments->positionals().size() != 2) {
    return report_usage("request needs a method and a URL", kUsage);
  }
  std::signal(SIGINT, stop_at_once);
  auto session = open_session_for_file(*arguments);
  if (!session) return report(session.error());
  auto request = final_request(*session, *arguments);
  if (!request) return report(request.error());
  auto timeouts = read_timeouts(*arguments);
  if (!timeouts) return report(timeouts.error());
  timeouts->stream_response = true;
  auto response = http_client(*arguments)->send(*request, *timeouts);
  if (!response) return report(response.error());
  return deliver(*response, *arguments);
}

}  // namespace botocxx::cli
