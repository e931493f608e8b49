#pragma once

#include <botocxx/value/value.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace botocxx::endpoint {

struct Partition;

/// Types of the rule language. kAny stands for any of them in a function's signature.
enum class RuleType : std::uint8_t {
  kAny,
  kString,
  kBoolean,
  kInteger,
  kStrings,
  kPartition,
  kUrl,
  kArn
};

std::string_view to_string(RuleType type);

/// What parseURL gives; the texts live as long as the evaluation.
struct UrlParts {
  std::string_view scheme;
  std::string_view authority;
  std::string_view path;
  std::string_view normalized_path;
  bool is_ip = false;
};

/// What aws.parseArn gives.
struct ArnParts {
  std::string_view partition;
  std::string_view service;
  std::string_view region;
  std::string_view account_id;
  std::span<const std::string_view> resource_id;
};

/// What rules compute with: a small view of texts and records that live elsewhere.
struct RuleValue {
  bool has_value = false;
  RuleType type = RuleType::kAny;
  bool boolean = false;
  std::int64_t integer = 0;
  std::string_view text{};
  std::span<const std::string_view> strings{};
  const void* record = nullptr;  ///< Partition, UrlParts or ArnParts

  static RuleValue of(bool value) {
    return {.has_value = true, .type = RuleType::kBoolean, .boolean = value};
  }
  static RuleValue of(std::int64_t value) {
    return {.has_value = true, .type = RuleType::kInteger, .integer = value};
  }
  static RuleValue of(std::string_view value) {
    return {.has_value = true, .type = RuleType::kString, .text = value};
  }
  static RuleValue of(std::span<const std::string_view> value) {
    return {.has_value = true, .type = RuleType::kStrings, .strings = value};
  }
  static RuleValue of(const Partition& value) {
    return {.has_value = true, .type = RuleType::kPartition, .record = &value};
  }
  static RuleValue of(const UrlParts& value) {
    return {.has_value = true, .type = RuleType::kUrl, .record = &value};
  }
  static RuleValue of(const ArnParts& value) {
    return {.has_value = true, .type = RuleType::kArn, .record = &value};
  }

  /// Whether a condition of this value holds: it has a value, and not false.
  bool holds() const { return has_value && !(type == RuleType::kBoolean && !boolean); }
};

/// Members of the records.
enum class Attribute : std::uint8_t {
  kNone,
  kScheme,
  kAuthority,
  kPath,
  kNormalizedPath,
  kIsIp,
  kPartition,
  kService,
  kRegion,
  kAccountId,
  kResourceId,
  kName,
  kDnsSuffix,
  kDualStackDnsSuffix,
  kImplicitGlobalRegion,
  kSupportsFips,
  kSupportsDualStack
};

struct AttributeSpec {
  RuleType record;
  std::string_view name;
  Attribute attribute;
  RuleType type;
};

/// The attribute `name` of a record type, or null.
const AttributeSpec* find_attribute(RuleType record, std::string_view name);
std::string_view attribute_name(Attribute attribute);
/// No value where `value` is none.
RuleValue attribute_of(const RuleValue& value, Attribute attribute);
/// From the end where `index` is negative; no value out of range.
RuleValue item_of(const RuleValue& value, std::int32_t index);

/// An independent copy, for people.
Value to_value(const RuleValue& value);

}  // namespace botocxx::endpoint
