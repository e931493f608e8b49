#pragma once

#include <botocxx/base/result.h>
#include <botocxx/model/service_model.h>
#include <botocxx/value/value.h>

#include <string_view>

namespace botocxx::server {

/// Adds the members of `input` that a JSON client puts into the body to `params`; null members are
/// absent, other names are ignored. An empty body is an empty object. Errors "MalformedBody" for
/// what is no JSON object, "MalformedParameter" with the member's path for a value of another kind.
Result<void> decode_json_members(const Shape& input, std::string_view body, Value& params);

/// The whole body as `payload`.
Result<Value> decode_json_payload(const Member& payload, std::string_view body);

}  // namespace botocxx::server
