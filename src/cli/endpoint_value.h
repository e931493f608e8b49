#pragma once

#include <botocxx/endpoint/rule_set.h>
#include <botocxx/value/value.h>

namespace botocxx::cli {

/// {"url": …, "properties": {…}, "headers": {"name": ["value"]}}
Value endpoint_value(const RuleSetEndpoint& endpoint);

}  // namespace botocxx::cli
