#include "retry/legacy_document.h"

#include <fmt/format.h>

namespace botocxx::retry {
namespace {

Error bad_policy(std::string_view where, std::string_view expected) {
  return Error(ErrorKind::kModel, "InvalidRetryPolicy",
               fmt::format("_retry.json, {}: expected {}", where, expected));
}

// Objects of one member "$ref" become what "definitions" holds under that name.
Result<void> resolve_references(Value& config, const Value& definitions, const std::string& where) {
  for (Value::Member& member : config.members()) {
    if (!member.value.is_object()) continue;
    std::string place = fmt::format("{}/{}", where, member.key.view());
    auto name = member.value.size() == 1 ? member.value["$ref"].get_if_string() : std::nullopt;
    if (!name) {
      if (auto done = resolve_references(member.value, definitions, place); !done) return done;
      continue;
    }
    const Value* definition = definitions.find(*name);
    if (!definition) return bad_policy(place, fmt::format("a definition named \"{}\"", *name));
    member.value = Value(*definition);
  }
  return {};
}

void merge(Value& base, const Value& addition) {
  for (const Value::Member& member : addition.members()) {
    Value* present = base.find(member.key);
    if (present && present->is_object() && member.value.is_object()) {
      merge(*present, member.value);
    } else {
      base.set(member.key, member.value);
    }
  }
}

Result<LegacyRule> read_rule(const Value& policy, const std::string& where) {
  const Value& when = policy["applies_when"];
  LegacyRule rule;
  if (const Value* response = when.find("response")) {
    auto status = (*response)["http_status_code"].get_if_int();
    if (auto code = (*response)["service_error_code"].get_if_string()) {
      if (!status) return bad_policy(where, "http_status_code beside service_error_code");
      rule.when = LegacyRule::When::kErrorCode;
      rule.code = *code;
    } else if (auto header = (*response)["crc32body"].get_if_string()) {
      rule.when = LegacyRule::When::kCrc32;
      rule.header = *header;
    } else if (!status) {
      return bad_policy(where, "http_status_code, service_error_code or crc32body");
    }
    rule.status = static_cast<int>(status.value_or(0));
    return rule;
  }
  const Value& errors = when["socket_errors"];
  if (!errors.is_list()) return bad_policy(where, "\"response\" or a list of \"socket_errors\"");
  for (const Value& error : errors.items()) {
    if (error.get_if_string() != "GENERAL_CONNECTION_ERROR") {
      return bad_policy(where, "\"GENERAL_CONNECTION_ERROR\" as the only kind of socket errors");
    }
  }
  rule.when = LegacyRule::When::kSocketErrors;
  return rule;
}

Result<void> add_rules(const Value& policies, const std::string& where, LegacySettings& settings) {
  for (const Value::Member& policy : policies.members()) {
    auto rule = read_rule(policy.value, fmt::format("{}/{}", where, policy.key.view()));
    if (!rule) return std::move(rule).error();
    settings.rules.push_back(*std::move(rule));
  }
  return {};
}

Result<void> read_delay(const Value& delay, LegacySettings& settings) {
  if (delay["type"].get_if_string() != "exponential") {
    return bad_policy("__default__/delay/type", "\"exponential\"");
  }
  auto growth = delay["growth_factor"].get_if_double();
  if (!growth) return bad_policy("__default__/delay/growth_factor", "a number");
  settings.growth_factor = *growth;
  if (delay["base"].get_if_string() == "rand") return {};
  settings.base = delay["base"].get_if_double();
  if (settings.base && *settings.base > 0) return {};
  return bad_policy("__default__/delay/base", "\"rand\" or a number greater than 0");
}

}  // namespace

Result<LegacySettings> read_legacy_settings(const Value& document, std::string_view endpoint_prefix,
                                            std::string_view operation) {
  const Value& retry = document["retry"];
  const Value& definitions = document["definitions"];
  Value config = Value::object();
  config.set("__default__",
             retry["__default__"].is_object() ? Value(retry["__default__"]) : Value::object());
  if (auto done = resolve_references(config, definitions, "retry"); !done) return done.error();
  Value service =
      retry[endpoint_prefix].is_object() ? Value(retry[endpoint_prefix]) : Value::object();
  auto resolved =
      resolve_references(service, definitions, fmt::format("retry/{}", endpoint_prefix));
  if (!resolved) return std::move(resolved).error();
  merge(config, service);
  LegacySettings settings;
  const Value& defaults = config["__default__"];
  auto max_attempts = defaults["max_attempts"].get_if_int();
  if (!max_attempts) return bad_policy("__default__/max_attempts", "an integer");
  settings.max_attempts = static_cast<int>(*max_attempts);
  if (auto delay = read_delay(defaults["delay"], settings); !delay) return std::move(delay).error();
  auto added = add_rules(defaults["policies"], "__default__/policies", settings);
  if (!added) return std::move(added).error();
  if (operation.empty() || !config[operation].is_object()) return settings;
  added = add_rules(config[operation]["policies"], fmt::format("{}/policies", operation), settings);
  if (!added) return std::move(added).error();
  return settings;
}

}  // namespace botocxx::retry
