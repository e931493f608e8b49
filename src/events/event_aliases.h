#pragma once

#include <string>
#include <string_view>

namespace botocxx::events {

/// The event's name with the service's present name in place of one that it had before
/// ("before-call.ce" is "before-call.cost-explorer"). As in botocore, one name is replaced at most.
std::string resolve_aliases(std::string_view name);

}  // namespace botocxx::events
