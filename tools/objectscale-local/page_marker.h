#pragma once

#include "search_index.h"
#include <botocxx/base/result.h>

#include <string>
#include <string_view>

namespace botocxx::objectscale {

/// The place after a page's last match as text that clients must hand back untouched. It is base64
/// with "+", "/" and "=" in it, so that a client that encodes it twice or not at all is caught; it
/// is bound to the query's other parameters (`binding`), so that one that drops them is too.
std::string write_marker(const SearchPosition& position, std::string_view binding);
/// Error "InvalidArgument" for any other text, or another binding.
Result<SearchPosition> read_marker(std::string_view marker, std::string_view binding);

}  // namespace botocxx::objectscale
