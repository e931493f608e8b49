// Reads configuration as it is told to: one JSON object a line in, one a line out. For
// tests/differential/test_config_files.py and test_settings.py, which say what the members mean.
#include "codec/json.h"
#include <botocxx/config/shared_config.h>
#include <botocxx/session/session.h>

#include <iostream>
#include <map>

namespace botocxx {
namespace {

class JobEnvironment : public Environment {
 public:
  explicit JobEnvironment(const Value& variables) {
    for (const Value::Member& variable : variables.members()) {
      variables_[std::string(variable.key.view())] = variable.value.as_string();
    }
  }
  std::optional<std::string> get(std::string_view name) const override {
    auto found = variables_.find(std::string(name));
    return found == variables_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  std::map<std::string, std::string> variables_;
};

void add_options(const IniFile::Section& section, Value& out) {
  for (const IniFile::Option& option : section.options) {
    Value value(option.value);
    if (option.is_block()) {
      value = Value::object();
      for (const IniFile::Nested& nested : option.nested) value.set(nested.name, nested.value);
    }
    out.set(option.name, std::move(value));
  }
}

// As `full_config` of botocore's session: profiles of both files merged, the rest of the first.
Result<Value> read_files(const Value& job, const Host& host) {
  auto shared = SharedConfig::load(host, job["profile"].get_if_string().value_or(""),
                                   SharedConfig::MissingProfile::kIsEmpty);
  if (!shared) return std::move(shared).error();
  Value out = Value::object();
  Value profiles = Value::list();
  for (const std::string& name : (*shared)->profile_names()) {
    Value options = Value::object();
    for (const auto* section :
         {(*shared)->config_section(name), (*shared)->credentials_section(name)}) {
      if (section) add_options(*section, options);
    }
    profiles.push_back(Value::list({Value(name), std::move(options)}));
  }
  out.set("profiles", std::move(profiles));
  for (const char* kind : {"sso_sessions", "services"}) {
    Value sections = Value::object();
    for (const Value& name : job["names"].items()) {
      const auto* section = kind == std::string_view("services")
                                ? (*shared)->services(name.as_string())
                                : (*shared)->sso_session(name.as_string());
      if (!section) continue;
      Value options = Value::object();
      add_options(*section, options);
      sections.set(name.as_string(), std::move(options));
    }
    out.set(kind, std::move(sections));
  }
  Value others = Value::object();
  for (const IniFile::Section* section : (*shared)->other_sections()) {
    Value options = Value::object();
    add_options(*section, options);
    others.set(section->name, std::move(options));
  }
  out.set("others", std::move(others));
  return out;
}

Value error_value(const Error& error) {
  Value out = Value::object();
  out.set("error", Value(error.code()));
  out.set("message", Value(error.message()));
  return out;
}

Value flag_or_null(const std::optional<bool>& flag) { return flag ? Value(*flag) : Value(); }
Value text_or_null(const std::string& text) { return text.empty() ? Value() : Value(text); }

double seconds_of(const std::optional<std::chrono::milliseconds>& time) {
  return static_cast<double>(time.value_or(Config::kDefaultTimeout).count()) / 1000;
}

// What a client ends up with, under the names of botocore's Config.
Value config_value(const Config& config) {
  Value out = Value::object();
  out.set("connect_timeout", seconds_of(config.connect_timeout));
  out.set("read_timeout", seconds_of(config.read_timeout));
  out.set("inject_host_prefix", config.inject_host_prefix.value_or(true));
  out.set("parameter_validation", config.parameter_validation.value_or(true));
  out.set("user_agent_appid", text_or_null(config.user_agent_appid));
  out.set("request_min_compression_size_bytes", *config.request_min_compression_size_bytes);
  out.set("disable_request_compression", config.disable_request_compression.value_or(false));
  out.set("sigv4a_signing_region_set", text_or_null(config.sigv4a_signing_region_set));
  out.set("request_checksum_calculation", config.request_checksum_calculation);
  out.set("response_checksum_validation", config.response_checksum_validation);
  out.set("account_id_endpoint_mode", config.account_id_endpoint_mode);
  out.set("s3_disable_express_session_auth",
          config.s3.disable_express_session_auth.value_or(false));
  Value s3 = Value::object();
  s3.set("addressing_style", text_or_null(config.s3.addressing_style));
  s3.set("us_east_1_regional_endpoint", text_or_null(config.s3.us_east_1_regional_endpoint));
  s3.set("use_accelerate_endpoint", flag_or_null(config.s3.use_accelerate_endpoint));
  s3.set("use_dualstack_endpoint", flag_or_null(config.s3.use_dualstack_endpoint));
  s3.set("payload_signing_enabled", flag_or_null(config.s3.payload_signing_enabled));
  s3.set("use_arn_region", flag_or_null(config.s3.use_arn_region));
  s3.set("s3_disable_multiregion_access_points",
         flag_or_null(config.s3.disable_multiregion_access_points));
  out.set("s3", std::move(s3));
  return out;
}

Result<Value> client_value(const Session& session, const Value& job) {
  ClientOptions options;
  auto config = Config::from_value(job["config"]);
  if (!config) return std::move(config).error();
  options.config = *std::move(config);
  options.endpoint_url = job["endpoint_url"].get_if_string().value_or("");
  options.region_name = job["client_region"].get_if_string().value_or("");
  auto client = session.client(job["service"].as_string(), std::move(options));
  if (!client) return std::move(client).error();
  Value out = config_value(client->config());
  if (auto operation = job["operation"].get_if_string()) {
    auto request = client->prepare(*operation);
    if (!request) return std::move(request).error();
    out.set("sent_to", request->url.scheme + "://" + request->url.host_header());
  }
  out.set("region", text_or_null(client->region_name()));
  return out;
}

// Of a session: settings by name, profiles, and a client's configuration.
Result<Value> read_settings(const Value& job, const Host& host) {
  SessionOptions options;
  options.profile_name = job["profile"].get_if_string().value_or("");
  options.region_name = job["region"].get_if_string().value_or("");
  options.config_variables = job["variables"].is_object() ? job["variables"] : Value::object();
  options.data_path = {std::string(job["data_path"].as_string())};
  options.host = host;
  if (auto region = job["instance_region"].get_if_string()) {
    options.instance_region = [text = std::string(*region)] { return std::optional(text); };
  }
  auto session = Session::create(std::move(options));
  if (!session) return std::move(session).error();
  Value out = Value::object();
  Value values = Value::object();
  for (const Value& name : job["names"].items()) {
    auto value = session->get_config_variable(name.as_string());
    values.set(name.as_string(), value ? *value : error_value(value.error()));
  }
  out.set("values", std::move(values));
  Value profiles = Value::list();
  for (const std::string& name : session->available_profiles()) profiles.push_back(Value(name));
  out.set("profiles", std::move(profiles));
  auto url = session->settings().endpoint_url(job["service_id"].as_string());
  out.set("endpoint_url", url ? text_or_null(*url) : error_value(url.error()));
  auto client = client_value(*session, job);
  out.set("client", client ? *client : error_value(client.error()));
  return out;
}

// The URL that is configured for a service, whose model alone says what it is called.
Result<Value> read_service_url(const Value& job, const Host& host) {
  static const Loader loader({{std::string(job["data_path"].as_string())}}, system_host());
  auto shared = SharedConfig::load(host);
  if (!shared) return std::move(shared).error();
  auto model = loader.load_service_model(job["service"].as_string());
  if (!model) return std::move(model).error();
  auto url = Settings::resolve({host.environment, shared->get()})
                 .endpoint_url((*model)->hyphenized_service_id());
  if (!url) return std::move(url).error();
  Value out = Value::object();
  out.set("endpoint_url", text_or_null(*url));
  return out;
}

Result<Value> run(const Value& job) {
  JobEnvironment environment(job["environment"]);
  Host host = system_host();
  host.environment = &environment;
  const std::string_view kind = job["job"].get_if_string().value_or("");
  if (kind == "files") return read_files(job, host);
  if (kind == "service-url") return read_service_url(job, host);
  if (kind == "settings") return read_settings(job, host);
  return Error(ErrorKind::kUsage, "UnknownJob", "unknown job " + std::string(kind));
}

}  // namespace
}  // namespace botocxx

int main() {
  using namespace botocxx;
  for (std::string line; std::getline(std::cin, line);) {
    auto job = codec::parse_json(line);
    auto answer = job ? run(*job) : Result<Value>(std::move(job).error());
    std::cout << codec::write_json(answer ? *answer : error_value(answer.error())) << '\n';
  }
}
