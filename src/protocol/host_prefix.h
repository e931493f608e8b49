#pragma once

#include <botocxx/base/result.h>
#include <botocxx/model/service_model.h>
#include <botocxx/value/value.h>

#include <string>

namespace botocxx::protocol {

/// The operation's host prefix with its labels filled in from `params`; empty when it has none.
/// Labels may hold letters, digits, "-" and "." only; the error names all that do not.
Result<std::string> expand_host_prefix(const Operation& operation, const Value& params);

}  // namespace botocxx::protocol
