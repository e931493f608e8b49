#include "endpoint/partitions.h"

#include <fmt/format.h>

#include <algorithm>

namespace botocxx::endpoint {
namespace {

// Of a pattern in a message.
constexpr std::size_t kMostShown = 80;

Error bad_partitions(std::string pointer, std::string_view reason) {
  return Error(ErrorKind::kModel, "InvalidPartitions",
               fmt::format("partitions at {}: {}", pointer.empty() ? "/" : pointer, reason))
      .with_context("pointer", std::move(pointer));
}

Result<Partition> compile_partition(const Value& document, const std::string& pointer) {
  Partition partition;
  auto id = document["id"].get_if_string();
  if (!id || id->empty()) return bad_partitions(pointer, "\"id\" must be a text");
  partition.id = *id;
  const Value& outputs = document["outputs"];
  for (auto [name, target] : {std::pair{"dnsSuffix", &partition.dns_suffix},
                              std::pair{"dualStackDnsSuffix", &partition.dual_stack_dns_suffix}}) {
    auto text = outputs[name].get_if_string();
    if (!text)
      return bad_partitions(fmt::format("{}/outputs/{}", pointer, name), "expected a text");
    *target = *text;
  }
  partition.implicit_global_region = outputs["implicitGlobalRegion"].get_if_string().value_or("");
  for (auto [name, target] : {std::pair{"supportsFIPS", &partition.supports_fips},
                              std::pair{"supportsDualStack", &partition.supports_dual_stack}}) {
    auto flag = outputs[name].get_if_bool();
    if (!flag) {
      return bad_partitions(fmt::format("{}/outputs/{}", pointer, name), "expected true or false");
    }
    *target = *flag;
  }
  for (const Value::Member& region : document["regions"].members()) {
    partition.regions.emplace_back(region.key.view());
  }
  std::sort(partition.regions.begin(), partition.regions.end());
  auto pattern = document["regionRegex"].get_if_string();
  if (!pattern) return bad_partitions(pointer + "/regionRegex", "expected a text");
  partition.pattern = RegionPattern::compile(*pattern);
  if (!partition.pattern && pattern->size() > kMostShown) {
    return bad_partitions(pointer + "/regionRegex",
                          fmt::format("bad pattern of {} octets", pattern->size()));
  }
  if (!partition.pattern) {
    return bad_partitions(pointer + "/regionRegex", fmt::format("bad pattern \"{}\"", *pattern));
  }
  return partition;
}

bool claims(const Partition& partition, std::string_view region) {
  if (std::binary_search(partition.regions.begin(), partition.regions.end(), region)) return true;
  return partition.pattern->matches(region);
}

}  // namespace

Result<std::shared_ptr<const Partitions>> Partitions::compile(const Value& document) {
  auto partitions = std::make_shared<Partitions>();
  const Value& list = document["partitions"];
  if (!list.is_list() || list.empty()) {
    return bad_partitions("/partitions", "expected a list of at least one partition");
  }
  for (std::size_t i = 0; i < list.size(); ++i) {
    auto partition = compile_partition(list[i], fmt::format("/partitions/{}", i));
    if (!partition) return std::move(partition).error();
    partitions->partitions_.push_back(*std::move(partition));
  }
  return std::shared_ptr<const Partitions>(std::move(partitions));
}

const Partition& Partitions::find(std::string_view region) const {
  auto found = std::find_if(partitions_.begin(), partitions_.end(),
                            [&](const Partition& partition) { return claims(partition, region); });
  return found == partitions_.end() ? first() : *found;
}

}  // namespace botocxx::endpoint
