#include "endpoint/rule_value.h"

#include "endpoint/partitions.h"

#include <array>

namespace botocxx::endpoint {
namespace {

constexpr std::array kAttributes{
    AttributeSpec{RuleType::kUrl, "scheme", Attribute::kScheme, RuleType::kString},
    AttributeSpec{RuleType::kUrl, "authority", Attribute::kAuthority, RuleType::kString},
    AttributeSpec{RuleType::kUrl, "path", Attribute::kPath, RuleType::kString},
    AttributeSpec{RuleType::kUrl, "normalizedPath", Attribute::kNormalizedPath, RuleType::kString},
    AttributeSpec{RuleType::kUrl, "isIp", Attribute::kIsIp, RuleType::kBoolean},
    AttributeSpec{RuleType::kArn, "partition", Attribute::kPartition, RuleType::kString},
    AttributeSpec{RuleType::kArn, "service", Attribute::kService, RuleType::kString},
    AttributeSpec{RuleType::kArn, "region", Attribute::kRegion, RuleType::kString},
    AttributeSpec{RuleType::kArn, "accountId", Attribute::kAccountId, RuleType::kString},
    AttributeSpec{RuleType::kArn, "resourceId", Attribute::kResourceId, RuleType::kStrings},
    AttributeSpec{RuleType::kPartition, "name", Attribute::kName, RuleType::kString},
    AttributeSpec{RuleType::kPartition, "dnsSuffix", Attribute::kDnsSuffix, RuleType::kString},
    AttributeSpec{RuleType::kPartition, "dualStackDnsSuffix", Attribute::kDualStackDnsSuffix,
                  RuleType::kString},
    AttributeSpec{RuleType::kPartition, "implicitGlobalRegion", Attribute::kImplicitGlobalRegion,
                  RuleType::kString},
    AttributeSpec{RuleType::kPartition, "supportsFIPS", Attribute::kSupportsFips,
                  RuleType::kBoolean},
    AttributeSpec{RuleType::kPartition, "supportsDualStack", Attribute::kSupportsDualStack,
                  RuleType::kBoolean}};

RuleValue url_attribute(const UrlParts& url, Attribute attribute) {
  switch (attribute) {
    case Attribute::kScheme:
      return RuleValue::of(url.scheme);
    case Attribute::kAuthority:
      return RuleValue::of(url.authority);
    case Attribute::kPath:
      return RuleValue::of(url.path);
    case Attribute::kNormalizedPath:
      return RuleValue::of(url.normalized_path);
    case Attribute::kIsIp:
      return RuleValue::of(url.is_ip);
    default:
      return {};
  }
}

RuleValue arn_attribute(const ArnParts& arn, Attribute attribute) {
  switch (attribute) {
    case Attribute::kPartition:
      return RuleValue::of(arn.partition);
    case Attribute::kService:
      return RuleValue::of(arn.service);
    case Attribute::kRegion:
      return RuleValue::of(arn.region);
    case Attribute::kAccountId:
      return RuleValue::of(arn.account_id);
    case Attribute::kResourceId:
      return RuleValue::of(arn.resource_id);
    default:
      return {};
  }
}

RuleValue partition_attribute(const Partition& partition, Attribute attribute) {
  switch (attribute) {
    case Attribute::kName:
      return RuleValue::of(std::string_view(partition.id));
    case Attribute::kDnsSuffix:
      return RuleValue::of(std::string_view(partition.dns_suffix));
    case Attribute::kDualStackDnsSuffix:
      return RuleValue::of(std::string_view(partition.dual_stack_dns_suffix));
    case Attribute::kImplicitGlobalRegion:
      return RuleValue::of(std::string_view(partition.implicit_global_region));
    case Attribute::kSupportsFips:
      return RuleValue::of(partition.supports_fips);
    case Attribute::kSupportsDualStack:
      return RuleValue::of(partition.supports_dual_stack);
    default:
      return {};
  }
}

Value record_value(const RuleValue& value) {
  Value out = Value::object();
  for (const AttributeSpec& spec : kAttributes) {
    if (spec.record != value.type) continue;
    out.set(spec.name, to_value(attribute_of(value, spec.attribute)));
  }
  return out;
}

}  // namespace

std::string_view to_string(RuleType type) {
  switch (type) {
    case RuleType::kString:
      return "string";
    case RuleType::kBoolean:
      return "boolean";
    case RuleType::kInteger:
      return "integer";
    case RuleType::kStrings:
      return "list of strings";
    case RuleType::kPartition:
      return "partition";
    case RuleType::kUrl:
      return "URL";
    case RuleType::kArn:
      return "ARN";
    default:
      return "value";
  }
}

const AttributeSpec* find_attribute(RuleType record, std::string_view name) {
  for (const AttributeSpec& spec : kAttributes) {
    if (spec.record == record && spec.name == name) return &spec;
  }
  return nullptr;
}

std::string_view attribute_name(Attribute attribute) {
  for (const AttributeSpec& spec : kAttributes) {
    if (spec.attribute == attribute) return spec.name;
  }
  return {};
}

RuleValue attribute_of(const RuleValue& value, Attribute attribute) {
  if (!value.has_value || value.record == nullptr) return {};
  switch (value.type) {
    case RuleType::kUrl:
      return url_attribute(*static_cast<const UrlParts*>(value.record), attribute);
    case RuleType::kArn:
      return arn_attribute(*static_cast<const ArnParts*>(value.record), attribute);
    case RuleType::kPartition:
      return partition_attribute(*static_cast<const Partition*>(value.record), attribute);
    default:
      return {};
  }
}

RuleValue item_of(const RuleValue& value, std::int32_t index) {
  if (!value.has_value || value.type != RuleType::kStrings) return {};
  auto size = static_cast<std::int64_t>(value.strings.size());
  std::int64_t position = index < 0 ? size + index : index;
  if (position < 0 || position >= size) return {};
  return RuleValue::of(value.strings[static_cast<std::size_t>(position)]);
}

Value to_value(const RuleValue& value) {
  if (!value.has_value) return {};
  switch (value.type) {
    case RuleType::kString:
      return Value(value.text);
    case RuleType::kBoolean:
      return Value(value.boolean);
    case RuleType::kInteger:
      return Value(value.integer);
    case RuleType::kStrings: {
      Value out = Value::list();
      for (std::string_view item : value.strings) out.push_back(Value(item));
      return out;
    }
    default:
      return record_value(value);
  }
}

}  // namespace botocxx::endpoint
