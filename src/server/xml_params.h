#pragma once

#include <botocxx/base/result.h>
#include <botocxx/model/service_model.h>
#include <botocxx/value/value.h>

#include <string>

namespace botocxx::server {

/// Reads the members of `input` that a rest-xml client puts into the body. Elements are matched by
/// local name. Error "MalformedBody" names the element.
Result<void> decode_xml_params(const Shape& input, const std::string& body, Value& params);

}  // namespace botocxx::server
