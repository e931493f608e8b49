#pragma once

#include <string_view>

namespace botocxx::suites {

/// True for operations of a service that no server can tell apart by their requests; twins.txt
/// lists them with reasons.
bool are_twins(std::string_view service, std::string_view sent, std::string_view routed);

}  // namespace botocxx::suites
