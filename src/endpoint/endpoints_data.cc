#include "endpoint/endpoints_data.h"

#include "codec/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace botocxx::endpoint {
namespace {

using codec::json_pointer_token;

constexpr std::string_view kFirstPartition = "aws";
// They list dual-stack hosts, but have none.
constexpr std::string_view kWithoutDualStack[] = {"aws-iso", "aws-iso-b"};

std::string_view text(const Value& value) { return value.get_if_string().value_or(""); }

bool lacks_dual_stack(const Value& partition) {
  return std::ranges::find(kWithoutDualStack, text(partition["partition"])) !=
         std::end(kWithoutDualStack);
}

// The variant with exactly these tags, or null.
const Value& variant_of(const Value& level, EndpointVariant wanted) {
  static const Value none;
  for (const Value& candidate : level["variants"].items()) {
    EndpointVariant found;
    for (const Value& tag : candidate["tags"].items()) {
      found.dual_stack = found.dual_stack || text(tag) == "dualstack";
      found.fips = found.fips || text(tag) == "fips";
    }
    if (found.dual_stack == wanted.dual_stack && found.fips == wanted.fips) return candidate;
  }
  return none;
}

std::string fill_in(std::string_view pattern, std::string_view service, std::string_view region,
                    std::string_view suffix) {
  std::string out;
  while (!pattern.empty()) {
    std::size_t open = pattern.find('{');
    out += pattern.substr(0, open);
    std::size_t close = pattern.find('}', std::min(open, pattern.size()));
    if (open == std::string_view::npos || close == std::string_view::npos) break;
    std::string_view name = pattern.substr(open + 1, close - open - 1);
    if (name == "service") out += service;
    if (name == "region") out += region;
    if (name == "dnsSuffix") out += suffix;
    pattern.remove_prefix(close + 1);
  }
  return out;
}

Error variant_error(std::string_view service, std::string_view region, EndpointVariant variant) {
  std::string tags = variant.dual_stack ? "'dualstack'" : "";
  if (variant.fips) tags += tags.empty() ? "'fips'" : ", 'fips'";
  return Error(ErrorKind::kEndpoint, "EndpointVariant",
               fmt::format("Unable to construct a modeled endpoint with the following variant(s) "
                           "[{}]: Endpoint does not exist for {} in region {}",
                           tags, service, region));
}

Error bad_endpoints(std::string pointer, std::string_view reason) {
  return Error(ErrorKind::kModel, "InvalidEndpoints",
               fmt::format("endpoint data at {}: {}", pointer, reason))
      .with_context("pointer", std::move(pointer));
}

// Looks a key up in one level after the other.
class Levels {
 public:
  void add(const Value& level) { levels_.push_back(&level); }
  const Value& operator[](std::string_view name) const {
    static const Value none;
    for (const Value* level : levels_) {
      if (const Value* found = level->find(name)) return *found;
    }
    return none;
  }

 private:
  std::vector<const Value*> levels_;
};

}  // namespace

bool EndpointsData::Partition::claims(std::string_view region) const {
  if ((*content)["regions"].contains(region)) return true;
  return pattern && pattern->matches(region);
}

Result<EndpointsData::Partition> EndpointsData::read_partition(const Value& content,
                                                               const std::string& pointer) {
  if (!content.is_object()) return bad_endpoints(pointer, "expected an object");
  for (const char* name : {"partition", "dnsSuffix"}) {
    if (text(content[name]).empty()) {
      return bad_endpoints(fmt::format("{}/{}", pointer, name), "expected a text");
    }
  }
  for (const char* name : {"regions", "services", "defaults"}) {
    if (content[name].is_object() || content[name].is_null()) continue;
    return bad_endpoints(fmt::format("{}/{}", pointer, name), "expected an object");
  }
  for (const Value::Member& service : content["services"].members()) {
    std::string where = fmt::format("{}/services/{}", pointer, json_pointer_token(service.key));
    if (!service.value.is_object()) return bad_endpoints(where, "expected an object");
    const Value& endpoints = service.value["endpoints"];
    if (!endpoints.is_object() && !endpoints.is_null()) {
      return bad_endpoints(where + "/endpoints", "expected an object");
    }
  }
  Partition partition{&content, std::nullopt};
  const Value& pattern = content["regionRegex"];
  if (pattern.is_null()) return partition;
  partition.pattern = RegionPattern::compile(text(pattern));
  if (!partition.pattern || !pattern.is_string()) {
    return bad_endpoints(pointer + "/regionRegex", "expected a pattern of regions' names");
  }
  return partition;
}

Result<std::shared_ptr<const EndpointsData>> EndpointsData::read(
    std::shared_ptr<const Value> document) {
  auto data = std::make_shared<EndpointsData>();
  data->document_ = std::move(document);
  const Value& partitions = (*data->document_)["partitions"];
  if (!partitions.is_list() || partitions.empty()) {
    return bad_endpoints("/partitions", "expected a list of at least one partition");
  }
  for (std::size_t i = 0; i < partitions.size(); ++i) {
    auto partition = read_partition(partitions[i], fmt::format("/partitions/{}", i));
    if (!partition) return std::move(partition).error();
    data->partitions_.push_back(*std::move(partition));
  }
  return std::shared_ptr<const EndpointsData>(std::move(data));
}

Result<std::optional<KnownEndpoint>> EndpointsData::find_in(const Partition& partition,
                                                            std::string_view service,
                                                            std::string_view region,
                                                            EndpointVariant variant,
                                                            bool force) const {
  const Value& content = *partition.content;
  const Value& service_data = content["services"][service];
  std::string_view for_all = text(service_data["partitionEndpoint"]);
  std::string_view name = region.empty() ? for_all : region;
  if (name.empty()) return Error(ErrorKind::kEndpoint, "NoRegion", "You must specify a region.");
  if (!service_data["endpoints"].contains(name)) {
    if (!force && !partition.claims(name)) return std::optional<KnownEndpoint>();
    bool regional = service_data["isRegionalized"].get_if_bool().value_or(true);
    if (!for_all.empty() && !regional) name = for_all;
  }
  const Value& entry = service_data["endpoints"][name];
  Levels levels;
  if (variant.dual_stack || variant.fips) {
    bool any = false;
    for (const Value* level : {&entry, &service_data["defaults"], &content["defaults"]}) {
      const Value& found = variant_of(*level, variant);
      any = any || !found.is_null();
      levels.add(found);
    }
    if (!any) return variant_error(service, name, variant);
  }
  levels.add(entry);
  // Before the defaults, whose variants' suffixes are not those of this endpoint.
  Value suffix = Value{{"dnsSuffix", text(content["dnsSuffix"])}};
  levels.add(suffix);
  levels.add(service_data["defaults"]);
  levels.add(content["defaults"]);
  KnownEndpoint endpoint;
  endpoint.partition = text(content["partition"]);
  endpoint.name = name;
  endpoint.hostname = fill_in(text(levels["hostname"]), service, name, text(levels["dnsSuffix"]));
  const Value& scope = levels["credentialScope"];
  endpoint.signing_region = scope["region"].get_if_string().value_or(name);
  endpoint.signing_name = text(scope["service"]);
  const Value& protocols = levels["protocols"];
  endpoint.https = std::ranges::any_of(
      protocols.items(), [](const Value& protocol) { return text(protocol) == "https"; });
  return std::optional(std::move(endpoint));
}

Result<KnownEndpoint> EndpointsData::find(std::string_view service, std::string_view region,
                                          EndpointVariant variant) const {
  for (const Partition& partition : partitions_) {
    if (variant.dual_stack && lacks_dual_stack(*partition.content)) continue;
    auto found = find_in(partition, service, region, variant, false);
    if (!found) return std::move(found).error();
    if (*found) return **std::move(found);
  }
  for (const Partition& partition : partitions_) {
    if (text((*partition.content)["partition"]) != kFirstPartition) continue;
    auto found = find_in(partition, service, region, variant, true);
    if (!found) return std::move(found).error();
    if (*found) return **std::move(found);
  }
  // Nothing is known of it.
  KnownEndpoint endpoint;
  endpoint.name = region;
  endpoint.hostname = fmt::format("{}.{}.amazonaws.com", service, region);
  endpoint.signing_region = region;
  return endpoint;
}

std::vector<std::string> EndpointsData::signature_versions(std::string_view service,
                                                           std::string_view region) const {
  std::vector<std::string> versions;
  for (const Partition& partition : partitions_) {
    const Value& content = *partition.content;
    const Value& service_data = content["services"][service];
    bool listed =
        content["regions"].contains(region) || text(service_data["partitionEndpoint"]) == region;
    if (!listed || !service_data["endpoints"].contains(region)) continue;
    Levels levels;
    levels.add(service_data["endpoints"][region]);
    levels.add(service_data["defaults"]);
    levels.add(content["defaults"]);
    for (const Value& version : levels["signatureVersions"].items()) {
      versions.emplace_back(text(version));
    }
    return versions;
  }
  return versions;
}

std::vector<std::string> EndpointsData::partitions() const {
  std::vector<std::string> names;
  for (const Partition& partition : partitions_) {
    names.emplace_back(text((*partition.content)["partition"]));
  }
  return names;
}

std::vector<std::string> EndpointsData::endpoint_names(std::string_view service,
                                                       std::string_view partition,
                                                       bool non_regional) const {
  std::vector<std::string> names;
  for (const Partition& candidate : partitions_) {
    const Value& content = *candidate.content;
    if (text(content["partition"]) != partition) continue;
    for (const Value::Member& entry : content["services"][service]["endpoints"].members()) {
      if (non_regional || content["regions"].contains(entry.key)) {
        names.emplace_back(entry.key.view());
      }
    }
  }
  return names;
}

Result<std::string> EndpointsData::partition_of(std::string_view region) const {
  for (const Partition& partition : partitions_) {
    if (partition.claims(region)) return std::string(text((*partition.content)["partition"]));
  }
  return Error(
      ErrorKind::kUsage, "UnknownRegion",
      fmt::format("Unknown region: '{}'. No partition found for provided region_name.", region));
}

}  // namespace botocxx::endpoint
