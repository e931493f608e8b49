#pragma once

#include "database.h"
#include "search_keys.h"
#include <botocxx/value/value.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::objectscale {

struct Bucket {
  std::int64_t id = 0;
  std::string name;
  std::int64_t created_ms = 0;
  std::string owner;
  std::string versioning;  ///< empty, "Enabled" or "Suspended"
  bool search = false;     ///< has a metadata index
  Value settings;          ///< members of the creation request that say how the bucket behaves
};

std::optional<Bucket> find_bucket(Database& database, std::string_view name);
/// Sorted by name.
std::vector<Bucket> list_buckets(Database& database);
void insert_bucket(Database& database, Bucket& bucket, std::span<const SearchKey> keys);
/// Writes versioning, search and settings.
void update_bucket(Database& database, const Bucket& bucket);
/// Whether it holds neither versions nor delete markers.
bool is_bucket_empty(Database& database, const Bucket& bucket);
void remove_bucket(Database& database, const Bucket& bucket);

/// Sorted by name.
std::vector<SearchKey> search_keys_of(Database& database, const Bucket& bucket);
/// Removes the bucket's index as a whole.
void drop_search_keys(Database& database, const Bucket& bucket);

}  // namespace botocxx::objectscale
