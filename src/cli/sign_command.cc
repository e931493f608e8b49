#include "cli/commands.h"
#include "cli/connection.h"
#include "cli/http_arguments.h"
#include "cli/output.h"

namespace botocxx::cli {
namespace {

constexpr std::string_view kUsage =
    "botocxx sign METHOD URL --service NAME [--region NAME] [--header 'NAME: VALUE' …] "
    "[--data TEXT|@FILE] [--expires-in SECONDS] [--stages]";

Value head_value(const HttpRequest& request) {
  Value headers = Value::object();
  for (const Headers::Field& field : request.headers) {
    headers.set(field.name, request.headers.joined(field.name).value_or(""));
  }
  Value out = Value::object();
  out.set("method", request.method);
  out.set("url", request.url.to_string());
  out.set("headers", std::move(headers));
  return out;
}

}  // namespace

ExitStatus run_sign(const std::vector<std::string>& words) {
  auto arguments = Arguments::parse(with_long_names(words), http_options());
  if (!arguments) return report(arguments.error());
  if (arguments->positionals().size() != 2) {
    return report_usage("sign needs a method and a URL", kUsage);
  }
  auto session = open_session(*arguments);
  if (!session) return report(session.error());
  auto request = read_http_request(*arguments);
  if (!request) return report(request.error());
  auto made = sign_as_asked(*session, *std::move(request), *arguments);
  if (!made) return report(made.error());
  if (arguments->has("stages")) log_stages(made->stages);
  return print_result(head_value(made->request));
}

}  // namespace botocxx::cli
