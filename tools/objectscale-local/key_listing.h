#pragma once

#include "object_table.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace botocxx::objectscale {

/// What a page of a listing begins with and holds.
struct KeyListing {
  std::string prefix;
  std::string delimiter;
  std::string after;  ///< names beginning behind this one
  std::int64_t max_keys = 1000;
  bool all_versions = false;
  /// With `all_versions`: within the name `after`, versions behind this one are listed too; 0 for
  /// none.
  std::int64_t after_id = 0;
};

struct KeyPage {
  std::vector<ObjectVersion> objects;
  std::vector<std::string> prefixes;
  bool truncated = false;
  std::string last;          ///< the last name or group of the page
  std::int64_t last_id = 0;  ///< the last version; 0 after a group
  std::string last_version;
};

/// The next page of current objects (or of all versions, newest first), in octet order of names;
/// names that contain the delimiter behind the prefix are folded into groups.
KeyPage list_keys(Database& database, const Bucket& bucket, const KeyListing& listing);

}  // namespace botocxx::objectscale
