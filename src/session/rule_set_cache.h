#pragma once

#include "endpoint/partitions.h"
#include <botocxx/base/result.h>
#include <botocxx/endpoint/rule_set.h>
#include <botocxx/value/value.h>

#include <memory>

namespace botocxx::session {

/// The compiled form of the partitions.json document; compiled once per process as long
/// as the loader gives the same document. Thread-safe.
Result<std::shared_ptr<const endpoint::Partitions>> compiled_partitions(
    const std::shared_ptr<const Value>& document);

/// The compiled form of a rule set's document; compiled once per process as long as the loader
/// gives the same document. `partitions` may be null. Thread-safe.
Result<std::shared_ptr<const EndpointRuleSet>> compiled_rule_set(
    const std::shared_ptr<const Value>& document,
    const std::shared_ptr<const endpoint::Partitions>& partitions);

}  // namespace botocxx::session
