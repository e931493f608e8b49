#pragma once

#include <botocxx/base/error.h>

#include <string>
#include <string_view>

namespace botocxx::objectscale {

/// An error of the service with the status that belongs to its code.
Error service_error(std::string_view code, std::string message);
/// With a usual message.
Error service_error(std::string_view code);

inline constexpr std::string_view kSearchNotEnabled = "Metadata search not enabled";
inline constexpr std::string_view kInvalidSearchList = "Invalid metadata search list entered";

}  // namespace botocxx::objectscale
