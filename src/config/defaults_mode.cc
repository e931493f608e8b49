#include "config/defaults_mode.h"

#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>

// check_layers: allow-file service-name: settings that are called after services
namespace botocxx::config {
namespace {

struct Name {
  std::string_view in_document;
  std::string_view setting;
};
// What else the document has (times for TLS alone) botocore leaves out, too.
constexpr std::array<Name, 3> kTexts{
    {{"retryMode", "retry_mode"},
     {"stsRegionalEndpoints", "sts_regional_endpoints"},
     {"s3UsEast1RegionalEndpoints", "s3.us_east_1_regional_endpoint"}}};
constexpr std::string_view kConnectTimeout = "connectTimeoutInMillis";

// {"override": x}, {"add": x} or {"multiply": x}, applied to the base's value.
Value modified(const Value& base, const Value& modification) {
  if (modification.contains("override")) return modification["override"];
  double number = base.get_if_double().value_or(0);
  if (auto added = modification["add"].get_if_double()) return Value(number + *added);
  if (auto factor = modification["multiply"].get_if_double()) return Value(number * *factor);
  return base;
}

}  // namespace

std::string detect_defaults_mode(std::string_view region, const Environment& environment,
                                 const InstanceRegion& instance_region) {
  std::string here;
  if (!environment.get("AWS_EXECUTION_ENV").value_or("").empty()) {
    auto named = environment.get("AWS_REGION");
    here = named ? *named : environment.get("AWS_DEFAULT_REGION").value_or("");
  }
  if (here.empty() && instance_region) here = instance_region().value_or("");
  if (here.empty()) return "standard";
  return here == region ? "in-region" : "cross-region";
}

std::vector<std::string> defaults_modes(const Value& document) {
  std::vector<std::string> names{"legacy", "auto"};
  for (const Value::Member& mode : document["modes"].members()) {
    names.emplace_back(mode.key.view());
  }
  return names;
}

Result<std::vector<std::pair<std::string, std::string>>> defaults_of_mode(const Value& document,
                                                                          std::string_view mode) {
  std::string name = to_lower(mode);
  std::vector<std::pair<std::string, std::string>> defaults;
  if (name == "legacy") return defaults;
  const Value& changes = document["modes"][name];
  if (!changes.is_object()) {
    return Error(ErrorKind::kCredentials, "InvalidDefaultsMode",
                 fmt::format("Client configured with invalid defaults mode: {}. Valid defaults "
                             "modes include: {}.",
                             mode, fmt::join(defaults_modes(document), ", ")));
  }
  const Value& base = document["base"];
  for (const Name& one : kTexts) {
    Value value = modified(base[one.in_document], changes[one.in_document]);
    if (auto text = value.get_if_string()) defaults.emplace_back(one.setting, *text);
  }
  Value timeout = modified(base[kConnectTimeout], changes[kConnectTimeout]);
  if (auto milliseconds = timeout.get_if_double()) {
    defaults.emplace_back("connect_timeout", fmt::format("{}", *milliseconds / 1000));
  }
  return defaults;
}

}  // namespace botocxx::config
