#include "cli/http_arguments.h"

#include "cli/output.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <iostream>
#include <iterator>

namespace botocxx::cli {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kShortNames{
    {{"-H", "--header"}, {"-d", "--data"}, {"-o", "--output"}, {"-i", "--include"}}};

Error usage(std::string message) { return Error(ErrorKind::kUsage, "Usage", std::move(message)); }

Result<void> add_header(const std::string& text, Headers& headers) {
  std::size_t colon = text.find(':');
  if (colon == std::string::npos || colon == 0) {
    return usage(fmt::format("--header expects 'NAME: VALUE', not \"{}\"", text));
  }
  if (text.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos) {
    return usage("--header cannot hold line ends");
  }
  std::size_t start = std::min(text.find_first_not_of(" \t", colon + 1), text.size());
  headers.add(text.substr(0, colon), text.substr(start));
  return {};
}

Result<Body> read_data(const std::string& data) {
  if (!data.starts_with('@')) return Body(data);
  if (data != "@-") return Body::from_file(data.substr(1));
  return Body(std::string(std::istreambuf_iterator<char>(std::cin), {}));
}

Result<std::optional<std::chrono::seconds>> read_expiry(const Arguments& arguments) {
  auto text = arguments.get("expires-in");
  if (!text) return std::optional<std::chrono::seconds>();
  std::int64_t seconds = 0;
  auto [stop, status] = std::from_chars(text->data(), text->data() + text->size(), seconds);
  if (status != std::errc() || stop != text->data() + text->size() || seconds <= 0) {
    return usage(fmt::format("--expires-in expects a number of seconds, not \"{}\"", *text));
  }
  return std::optional(std::chrono::seconds(seconds));
}

}  // namespace

std::vector<OptionSpec> http_options() {
  std::vector<OptionSpec> specs = global_options();
  specs.push_back({"service", Arity::kOne, "signing name of the service, e.g. execute-api"});
  specs.push_back({"header", Arity::kOne, "'NAME: VALUE'; may repeat (-H)"});
  specs.push_back({"data", Arity::kOne, "body: TEXT, @FILE, or @- for standard input (-d)"});
  specs.push_back({"signature-version", Arity::kOne, "v4, s3v4, v4a, s3, v2, …"});
  specs.push_back({"unsigned-payload", Arity::kNone, "the body is left out of the signature"});
  specs.push_back({"expires-in", Arity::kOne, "sign the URL, for so many seconds"});
  specs.push_back({"include", Arity::kNone, "print status and headers of the answer, too (-i)"});
  specs.push_back({"stages", Arity::kNone, "print how the signature was made, without secrets"});
  return specs;
}

std::vector<std::string> with_long_names(const std::vector<std::string>& words) {
  std::vector<std::string> out;
  bool is_value = false;
  for (const std::string& word : words) {
    auto entry =
        std::ranges::find(kShortNames, word, &std::pair<std::string_view, std::string_view>::first);
    const bool is_short = !is_value && entry != kShortNames.end();
    out.push_back(is_short ? std::string(entry->second) : word);
    is_value = !is_value &&
               (out.back() == "--header" || out.back() == "--data" || out.back() == "--output");
  }
  return out;
}

Result<HttpRequest> read_http_request(const Arguments& arguments) {
  const auto& words = arguments.positionals();
  if (words.size() != 2) return usage("a method and a URL are needed");
  HttpRequest request;
  request.method = words[0];
  const bool token = !words[0].empty() && std::ranges::all_of(words[0], [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  });
  if (!token) return usage(fmt::format("\"{}\" is no method", words[0]));
  std::ranges::transform(request.method, request.method.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  });
  auto url = Url::parse(words[1]);
  if (!url) return std::move(url).error();
  request.url = *std::move(url);
  for (const std::string& header : arguments.all("header")) {
    if (auto added = add_header(header, request.headers); !added) return std::move(added).error();
  }
  auto body = read_data(arguments.get("data").value_or(""));
  if (!body) return std::move(body).error();
  request.body = *std::move(body);
  return request;
}

Result<SignedRequest> sign_as_asked(const Session& session, HttpRequest request,
                                    const Arguments& arguments) {
  RequestSigning how;
  how.service = arguments.get("service").value_or("");
  how.region = session.region_name();
  how.signature_version = arguments.get("signature-version").value_or("");
  how.sign_payload = !arguments.has("unsigned-payload");
  auto expiry = read_expiry(arguments);
  if (!expiry) return std::move(expiry).error();
  how.expires_in = *expiry;
  if (how.service.empty()) {
    return usage("--service is needed to sign: the name that the service signs with")
        .with_hint("--service execute-api, or --no-sign-request for an unsigned request");
  }
  auto provider = session.credentials();
  if (!provider) {
    return Error(ErrorKind::kCredentials, "NoCredentials", "Unable to locate credentials");
  }
  auto credentials = provider->resolve(std::nullopt);
  if (!credentials) return std::move(credentials).error();
  return sign_request(std::move(request), **credentials, how, system_host().clock->now());
}

void log_stages(std::string_view stages) {
  while (!stages.empty()) {
    std::size_t end = std::min(stages.find('\n'), stages.size());
    log_line(stages.substr(0, end));
    stages.remove_prefix(std::min(end + 1, stages.size()));
  }
}

}  // namespace botocxx::cli
