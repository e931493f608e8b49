#pragma once

#include <botocxx/base/result.h>
#include <botocxx/model/service_model.h>
#include <botocxx/value/value.h>

#include <string>

namespace botocxx::server {

/// `value` as the JSON that parsers read as `member`. Error "UnencodableOutput" with the path.
Result<Value> to_json(const Member& member, const Value& value);

/// The members of `shape` that belong into the body, under their names on the wire.
Result<Value> members_to_json(const Shape& shape, const Value& value);

}  // namespace botocxx::server
