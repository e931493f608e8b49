#include "session/endpoint_files.h"

#include "session/rule_set_cache.h"

#include <fmt/format.h>

namespace botocxx::session {
namespace {

// Of a document that was read, but is not what it should be.
Error in_file(const Error& error, const std::string& path) {
  Error placed(error.kind(), error.code(), fmt::format("{}: {}", path, error.message()));
  for (const auto& [key, value] : error.context()) {
    placed = std::move(placed).with_context(key, value);
  }
  return std::move(placed).with_context("file", path);
}

}  // namespace

Result<std::shared_ptr<const endpoint::EndpointsData>> EndpointFiles::endpoints() {
  std::lock_guard lock(mutex_);
  if (endpoints_) return endpoints_;
  auto found = loader_.load_data_with_path("endpoints");
  if (!found) return std::move(found).error();
  auto data = endpoint::EndpointsData::read(found->first);
  if (!data) return in_file(data.error(), found->second);
  endpoints_ = *std::move(data);
  return endpoints_;
}

Result<std::shared_ptr<const endpoint::Partitions>> EndpointFiles::partitions() {
  std::lock_guard lock(mutex_);
  if (partitions_) return partitions_;
  auto found = loader_.load_data_with_path("partitions");
  if (!found && found.error().is("DataNotFound")) return partitions_;
  if (!found) return std::move(found).error();
  auto compiled = compiled_partitions(found->first);
  if (!compiled) return in_file(compiled.error(), found->second);
  partitions_ = *std::move(compiled);
  return partitions_;
}

client::EndpointsDataSource endpoints_data_source(std::shared_ptr<EndpointFiles> files) {
  using Data = std::shared_ptr<const endpoint::EndpointsData>;
  return [files = std::move(files)]() -> Result<Data> {
    auto data = files->endpoints();
    if (!data && data.error().is("DataNotFound")) return Data();
    return data;
  };
}

}  // namespace botocxx::session
