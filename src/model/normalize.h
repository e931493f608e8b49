#pragma once

#include "model/extras_merge.h"
#include <botocxx/value/value.h>

#include <vector>

namespace botocxx::model {

/// Repairs what extras files in the wild get wrong about request URIs, so that their operations
/// reach the address that was meant; a warning says so for each repair:
/// - a request URI without a leading "/" gets one;
/// - "/{Label}/?x" becomes "/{Label}?x" where the endpoint supplies the label;
/// - "?name={label}" becomes a query string member;
/// - a member that supplies the leading label of the URI, and that supplies an endpoint parameter
///   in all other operations, supplies it here too.
/// What is right is found in the document itself: no service is known by name, and models as AWS
/// publishes them come out unchanged.
std::vector<Finding> normalize_service(Value& document);

}  // namespace botocxx::model
