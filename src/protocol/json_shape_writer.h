#pragma once

#include "protocol/scalar_text.h"
#include <botocxx/base/result.h>
#include <botocxx/model/service_model.h>
#include <botocxx/value/value.h>

#include <string>

namespace botocxx::protocol {

/// Appends `value` as JSON, guided by shapes and byte for byte as Python's `json.dumps` prints what
/// botocore makes of it: ", " and ": ", ASCII only. Names are the model's `locationName`s.
Result<void> write_json_value(std::string& out, const Value& value, const Member& reference,
                              TimestampPrecision precision = TimestampPrecision::kDefault);

/// `value` as a document of its own.
Result<std::string> write_json_document(const Member& reference, const Value& value);
Result<std::string> write_json_document(const Member& reference, const Value& value,
                                        TimestampPrecision precision);

/// Appends the members of `value` that `keep` accepts as an object.
Result<void> write_json_members(std::string& out, const Value& value, const Shape& shape,
                                bool (*keep)(const Member& member, const Value& value),
                                TimestampPrecision precision = TimestampPrecision::kDefault);

}  // namespace botocxx::protocol
