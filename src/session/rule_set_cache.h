#pragma once

#include <botocxx/base/result.h>
#include <botocxx/endpoint/rule_set.h>
#include <botocxx/value/value.h>

#include <memory>

namespace botocxx::session {

/// The compiled form of a rule set's document; compiled once per process as long as the loader
/// gives the same document. `partitions` may be null. Thread-safe.
Result<std::shared_ptr<const EndpointRuleSet>> compiled_rule_set(
    const std::shared_ptr<const Value>& document, const std::shared_ptr<const Value>& partitions);

}  // namespace botocxx::session
