#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace botocxx::model {

/// What a file in a version folder is for, by its name.
struct ModelFileName {
  std::string type;    ///< "service-2", "paginators-1", …
  std::string extras;  ///< "" for `TYPE.sdk-extras.json`, NAME for `TYPE.NAME.sdk-extras.json`
  bool is_extras = false;
  bool compressed = false;
};

/// Nothing when a loader would never look for such a name.
std::optional<ModelFileName> parse_file_name(std::string_view name);

/// True when a loader ignores the file although it looks as if it was meant to be read.
bool is_misnamed(std::string_view name);
/// The right name that is nearest to a misnamed one; empty when there is none.
std::string nearest_file_name(std::string_view name);

}  // namespace botocxx::model
