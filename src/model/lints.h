#pragma once

#include "model/extras_merge.h"
#include <botocxx/value/value.h>

#include <string_view>
#include <vector>

namespace botocxx::model {

/// What is wrong with a service-2 document, extras merged and normalized. Errors are what no client
/// could work with; warnings are what is probably not meant.
std::vector<Finding> lint_service(const Value& document);

/// The same for another type; `service` is the service-2 document it belongs to, or null.
std::vector<Finding> lint_document(const Value& document, std::string_view type,
                                   const Value* service);

}  // namespace botocxx::model
