#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/result.h>
#include <botocxx/model/service_model.h>
#include <botocxx/value/value.h>

namespace botocxx::inline v1 {

/// Parameters written as JSON, turned into the kinds that the shape asks for: base64 text of a blob
/// becomes bytes, "NaN" and the infinities of a float become doubles. Everything else stays as it
/// is, also what does not fit the shape: validation reports that. Malformed base64 is an error
/// (code "ParamValidation") that names the member's path.
BOTOCXX_EXPORT Result<Value> from_typed_json(const Value& json, const Shape& shape);

/// A result made ready for printing as JSON: streams are read to their end into bytes.
BOTOCXX_EXPORT Result<Value> to_typed_json(const Value& value);

}  // namespace botocxx::inline v1
