// Reads configuration as it is told to: one JSON object a line in, one a line out. For
// tests/differential/test_config_files.py, which says what the members mean.
#include "codec/json.h"
#include <botocxx/config/shared_config.h>

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

Result<Value> run(const Value& job) {
  JobEnvironment environment(job["environment"]);
  Host host = system_host();
  host.environment = &environment;
  const std::string_view kind = job["job"].get_if_string().value_or("");
  if (kind == "files") return read_files(job, host);
  return Error(ErrorKind::kUsage, "UnknownJob", "unknown job " + std::string(kind));
}

Value error_value(const Error& error) {
  Value out = Value::object();
  out.set("error", Value(error.code()));
  out.set("message", Value(error.message()));
  return out;
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
