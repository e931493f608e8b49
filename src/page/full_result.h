#pragma once

#include "page/paging_rules.h"
#include <botocxx/base/result.h>
#include <botocxx/value/value.h>

#include <optional>
#include <string>

namespace botocxx::page {

/// Adds a page's results to `all`: lists are joined, numbers summed, texts strung together; of what
/// is neither, the first stays.
Result<void> add_page(const PagingRules& rules, const Value& page, Value& all);

/// Completes `all` with what only the first page said: objects within objects are merged, anything
/// else replaces what is there, but for lists that pages were joined to.
Result<void> add_non_aggregate(const PagingRules& rules, const Value& part, Value& all);

}  // namespace botocxx::page
