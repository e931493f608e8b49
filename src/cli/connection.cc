#include "cli/connection.h"

#include "cli/output.h"
#include "cli/person.h"
#include <botocxx/codec/json.h>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace botocxx::cli {
namespace {

Error usage(std::string message) { return Error(ErrorKind::kUsage, "Usage", std::move(message)); }

Result<void> set_timeout(const Arguments& arguments, std::string_view name,
                         std::optional<std::chrono::milliseconds>& target) {
  auto text = arguments.get(name);
  if (!text) return {};
  int seconds = -1;
  auto [stop, status] = std::from_chars(text->data(), text->data() + text->size(), seconds);
  if (status != std::errc() || stop != text->data() + text->size() || seconds < 0) {
    return usage(fmt::format("--{} expects a number of seconds, not \"{}\"", name, *text));
  }
  // 0 means "wait for ever", as in the AWS command line.
  target = seconds == 0 ? std::chrono::milliseconds(std::chrono::hours(24 * 365))
                        : std::chrono::milliseconds(seconds * 1000LL);
  return {};
}

Result<Config> read_config(const Arguments& arguments) {
  Config config;
  if (auto text = arguments.get("config")) {
    auto content = read_text_argument(*text);
    if (!content) return std::move(content).error();
    auto json = parse_json(*content);
    if (!json) return usage(fmt::format("--config is not JSON: {}", json.error().message()));
    auto read = Config::from_value(*json);
    if (!read) return read;
    config = *std::move(read);
    for (const std::string& name : config.without_effect) {
      warn(fmt::format("the config option {} has no effect in this version", name));
    }
  }
  if (arguments.has("no-sign-request")) config.unsigned_requests = true;
  auto set = set_timeout(arguments, "cli-read-timeout", config.read_timeout);
  if (!set) return std::move(set).error();
  set = set_timeout(arguments, "cli-connect-timeout", config.connect_timeout);
  if (!set) return std::move(set).error();
  return config;
}

}  // namespace

Result<void> check_data_path(const Arguments& arguments) {
  for (const std::string& path : arguments.all("data-path")) {
    std::string folder = expand_path(path, system_host());
    if (system_host().files->status(folder).type == FileSystem::Type::kDirectory) continue;
    return usage(fmt::format("--data-path {}: there is no such directory", path));
  }
  return {};
}

void warn_of_unused_extras(const Session& session, const std::string& service,
                           const Arguments& arguments) {
  if (!arguments.has("extras")) return;
  auto sources =
      session.loader().sources(service, "service-2", arguments.get("api-version").value_or(""));
  if (!sources) return;
  for (const std::string& name : arguments.all("extras")) {
    std::string ending = fmt::format(".{}.sdk-extras.json", name);
    bool used =
        std::any_of(sources->extras.begin(), sources->extras.end(), [&](const std::string& file) {
          return file.ends_with(ending) || file.ends_with(ending + ".gz");
        });
    if (!used) warn(fmt::format("{} has no extras named \"{}\"", service, name));
  }
}

std::string service_of_command(const std::string& word) { return word == "s3api" ? "s3" : word; }

Result<Session> open_session(const Arguments& arguments) {
  if (auto output = arguments.get("output"); output && *output != "json") {
    return usage(fmt::format("--output {} is not available, only json is", *output));
  }
  return open_session_for_file(arguments);
}

Result<Session> open_session_for_file(const Arguments& arguments) {
  if (auto exist = check_data_path(arguments); !exist) return std::move(exist).error();
  SessionOptions options;
  options.profile_name = arguments.get("profile").value_or("");
  options.region_name = arguments.get("region").value_or("");
  options.data_path = arguments.all("data-path");
  options.extras = arguments.all("extras");
  options.on_model_issue = warn_of_model;
  options.credentials.mfa_prompt = ask_in_secret;
  options.credentials.cache = make_json_file_cache(options.host, kCliCacheFolder);
  options.credentials.warn = warn;
  return Session::create(std::move(options));
}

Result<SendOptions> read_timeouts(const Arguments& arguments) {
  std::optional<std::chrono::milliseconds> read, connect;
  auto set = set_timeout(arguments, "cli-read-timeout", read);
  if (!set) return std::move(set).error();
  set = set_timeout(arguments, "cli-connect-timeout", connect);
  if (!set) return std::move(set).error();
  SendOptions options;
  options.read_timeout = read.value_or(options.read_timeout);
  options.connect_timeout = connect.value_or(options.connect_timeout);
  return options;
}

Result<Client> open_client(const Session& session, std::string service,
                           const Arguments& arguments) {
  auto config = read_config(arguments);
  if (!config) return std::move(config).error();
  ClientOptions options;
  options.config = *std::move(config);
  options.api_version = arguments.get("api-version").value_or("");
  options.endpoint_url = arguments.get("endpoint-url").value_or("");
  options.http.verify = !arguments.has("no-verify-ssl");
  options.http.ca_bundle = arguments.get("ca-bundle").value_or("");
  if (arguments.has("debug")) options.http.log = log_line;
  service = service_of_command(service);
  warn_of_unused_extras(session, service, arguments);
  return session.client(service, std::move(options));
}

Result<std::string> read_text_argument(const std::string& value) {
  constexpr std::string_view kFile = "file://";
  if (!value.starts_with(kFile)) return value;
  std::string path = expand_path(value.substr(kFile.size()), system_host());
  return system_host().files->read_file(path);
}

}  // namespace botocxx::cli
