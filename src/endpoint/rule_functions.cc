#include "endpoint/rule_functions.h"

#include "endpoint/host_names.h"
#include "endpoint/rule_records.h"
#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace botocxx::endpoint {
namespace {

using Arguments = std::span<const RuleValue>;

// The names that botocore's messages use.
std::string_view python_type(const RuleValue& value) {
  if (!value.has_value) return "<class 'NoneType'>";
  if (value.type == RuleType::kString) return "<class 'str'>";
  if (value.type == RuleType::kBoolean) return "<class 'bool'>";
  return value.type == RuleType::kInteger ? "<class 'int'>" : "<class 'dict'>";
}

RuleValue is_set(Arguments given, FunctionContext&) { return RuleValue::of(given[0].has_value); }

RuleValue negate(Arguments given, FunctionContext&) {
  return RuleValue::of(!(given[0].has_value && given[0].boolean));
}

RuleValue string_equals(Arguments given, FunctionContext& context) {
  if (given[0].has_value && given[1].has_value)
    return RuleValue::of(given[0].text == given[1].text);
  context.failure = fmt::format("Both values must be strings, not {} and {}.",
                                python_type(given[0]), python_type(given[1]));
  return {};
}

RuleValue boolean_equals(Arguments given, FunctionContext& context) {
  if (given[0].has_value && given[1].has_value) {
    return RuleValue::of(given[0].boolean == given[1].boolean);
  }
  context.failure = fmt::format("Both arguments must be bools, not {} and {}.",
                                python_type(given[0]), python_type(given[1]));
  return {};
}

RuleValue substring(Arguments given, FunctionContext& context) {
  if (!given[0].has_value) {
    context.failure = fmt::format("Input must be a string, not {}.", python_type(given[0]));
    return {};
  }
  std::string_view text = given[0].text;
  std::int64_t start = given[1].integer;
  std::int64_t stop = given[2].integer;
  auto size = static_cast<std::int64_t>(text.size());
  bool ascii = std::all_of(text.begin(), text.end(),
                           [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (start < 0 || start >= stop || size < stop || !ascii) return {};
  bool reverse = given[3].has_value && given[3].boolean;
  auto first = static_cast<std::size_t>(reverse ? size - stop : start);
  return RuleValue::of(text.substr(first, static_cast<std::size_t>(stop - start)));
}

RuleValue uri_encode(Arguments given, FunctionContext& context) {
  if (!given[0].has_value || !context.take(given[0].text.size() * 3)) return {};
  return RuleValue::of(keep_text(percent_encode(given[0].text), context.arena));
}

RuleValue url_of(Arguments given, FunctionContext& context) {
  if (!context.take(given[0].text.size() * 4)) return {};
  const UrlParts* url = given[0].has_value ? parse_url(given[0].text, context.arena) : nullptr;
  return url != nullptr ? RuleValue::of(*url) : RuleValue();
}

RuleValue arn_of(Arguments given, FunctionContext& context) {
  if (!context.take(given[0].text.size())) return {};
  const ArnParts* arn = given[0].has_value ? parse_arn(given[0].text, context.arena) : nullptr;
  return arn != nullptr ? RuleValue::of(*arn) : RuleValue();
}

RuleValue partition_of(Arguments given, FunctionContext& context) {
  const Partitions& partitions = *context.partitions;
  return RuleValue::of(given[0].has_value ? partitions.find(given[0].text) : partitions.first());
}

bool allows_dots(const RuleValue& flag) { return flag.has_value && flag.boolean; }

RuleValue is_host_label(Arguments given, FunctionContext&) {
  return RuleValue::of(given[0].has_value &&
                       is_valid_host_label(given[0].text, allows_dots(given[1])));
}

RuleValue is_hostable_bucket(Arguments given, FunctionContext&) {
  return RuleValue::of(given[0].has_value &&
                       is_virtual_hostable_bucket(given[0].text, allows_dots(given[1])));
}

RuleValue coalesce(Arguments given, FunctionContext&) {
  auto found = std::find_if(given.begin(), given.end(),
                            [](const RuleValue& value) { return value.has_value; });
  return found == given.end() ? RuleValue() : *found;
}

RuleValue if_then_else(Arguments given, FunctionContext&) {
  return given[0].has_value && given[0].boolean ? given[1] : given[2];
}

RuleValue split(Arguments given, FunctionContext& context) {
  if (!given[0].has_value || !given[1].has_value) return {};
  if (!context.take(given[0].text.size() * sizeof(std::string_view))) return {};
  std::int64_t limit = std::max<std::int64_t>(given[2].integer, 0);
  return RuleValue::of(
      split_text(given[0].text, given[1].text, static_cast<std::size_t>(limit), context.arena));
}

using enum RuleType;
constexpr std::array kFunctions{
    FunctionSpec{"isSet", is_set, kBoolean, 1, 1, {kAny}},
    FunctionSpec{"not", negate, kBoolean, 1, 1, {kBoolean}},
    FunctionSpec{"stringEquals", string_equals, kBoolean, 2, 2, {kString, kString}},
    FunctionSpec{"booleanEquals", boolean_equals, kBoolean, 2, 2, {kBoolean, kBoolean}},
    FunctionSpec{"substring", substring, kString, 4, 4, {kString, kInteger, kInteger, kBoolean}},
    FunctionSpec{"uriEncode", uri_encode, kString, 1, 1, {kString}},
    FunctionSpec{"parseURL", url_of, kUrl, 1, 1, {kString}},
    FunctionSpec{"isValidHostLabel", is_host_label, kBoolean, 2, 2, {kString, kBoolean}},
    FunctionSpec{"aws.partition", partition_of, kPartition, 1, 1, {kString}},
    FunctionSpec{"aws.parseArn", arn_of, kArn, 1, 1, {kString}},
    FunctionSpec{
        "aws.isVirtualHostableS3Bucket", is_hostable_bucket, kBoolean, 2, 2, {kString, kBoolean}},
    FunctionSpec{"coalesce", coalesce, kAny, 2, kAnyNumber, {kAny, kAny, kAny, kAny}},
    FunctionSpec{"ite", if_then_else, kAny, 3, 3, {kBoolean, kAny, kAny}},
    FunctionSpec{"split", split, kStrings, 3, 3, {kString, kString, kInteger}}};

}  // namespace

bool FunctionContext::take(std::size_t octets) {
  if (octets <= octets_left) {
    octets_left -= octets;
    return true;
  }
  if (failure.empty()) failure = "The rules make texts that are too long.";
  return false;
}

const FunctionSpec* find_function(std::string_view name) {
  auto found = std::find_if(kFunctions.begin(), kFunctions.end(),
                            [&](const FunctionSpec& spec) { return spec.name == name; });
  return found == kFunctions.end() ? nullptr : &*found;
}

std::span<const FunctionSpec> all_functions() { return kFunctions; }

std::string_view keep_text(std::string_view text, std::pmr::memory_resource* arena) {
  if (text.empty()) return {};
  auto* kept = static_cast<char*>(arena->allocate(text.size(), 1));
  std::memcpy(kept, text.data(), text.size());
  return {kept, text.size()};
}

}  // namespace botocxx::endpoint
