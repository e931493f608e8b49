#pragma once

#include "protocol/error_document.h"
#include "protocol/json_shape.h"
#include <botocxx/base/result.h>
#include <botocxx/message/http.h>
#include <botocxx/model/service_model.h>
#include <botocxx/value/value.h>

#include <memory_resource>
#include <optional>
#include <string_view>

/// Bodies of answers, as json and rest-json have them.
namespace botocxx::protocol {

/// Adds the members of `shape` that `body` holds to `out`. An empty body holds none; a body that is
/// no JSON at all (nor begins like it, unless `shape` is an exception) is the member "message".
Result<void> read_json_members(JsonScalars scalars, const Shape& shape, std::string_view body,
                               Value& out, std::pmr::memory_resource* resource);

/// The payload member, whole; an empty body is an empty object or list.
Result<Value> read_json_payload(JsonScalars scalars, const Member& payload, std::string_view body,
                                std::pmr::memory_resource* resource);

/// The body of an error as an object, which may refer to `body`. A body that is no JSON object is
/// the member "message"; one that is not even a text gives nothing.
std::optional<Value> read_json_error(std::string_view body);

/// Message and code by "message" and "__type". Where botocore finds no code but the status, this
/// looks where rest-json has it.
ErrorDocument make_json_error(const HttpResponse& head, const Value& body);

/// Where rest-json has the code: the header "x-amzn-errortype", else "code" or "Code"; null when
/// there is none.
Value rest_json_error_code(const HttpResponse& head, const Value& body);

}  // namespace botocxx::protocol
