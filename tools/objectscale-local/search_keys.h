#pragma once

#include "datatype.h"
#include <botocxx/base/result.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::objectscale {

/// A key that a bucket's index holds.
struct SearchKey {
  std::string name;   ///< lower-case
  std::string shown;  ///< system keys keep their mixed case, user keys are lower-case
  Datatype datatype = Datatype::kString;
};

inline constexpr std::size_t kMostSearchKeys = 30;
inline constexpr std::string_view kUserPrefix = "x-amz-meta-";

/// What the service knows about a key by itself.
struct SystemKey {
  std::string_view name;
  Datatype datatype;
  std::string_view alias;  ///< its key in the SYSMD map
};

/// Keys that an index may hold, and attributes that a query may ask for.
std::span<const SystemKey> indexable_system_keys();
std::span<const SystemKey> optional_attributes();

/// Reads the header that declares a bucket's index: `entry *("," entry)` with
/// `entry = system-key [";" type] | user-key ";" type`. Any defect is the error
/// "Invalid metadata search list entered".
Result<std::vector<SearchKey>> parse_search_keys(std::string_view header);

/// Finds a key without regard to case.
const SearchKey* find_search_key(std::span<const SearchKey> keys, std::string_view name);

}  // namespace botocxx::objectscale
