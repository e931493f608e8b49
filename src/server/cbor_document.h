#pragma once

#include <botocxx/base/result.h>
#include <botocxx/model/service_model.h>
#include <botocxx/value/value.h>

#include <string>

namespace botocxx::server {

/// The parameters of a request's body. Errors "MalformedBody" for what is no CBOR map,
/// "MalformedParameter" with the member's path for a value of another kind.
Result<void> decode_cbor_members(const Shape& input, const std::string& body, Value& params);

/// The members of `shape` as a CBOR map under their own names, then those of `more`, which holds
/// texts. Error "UnencodableOutput" with the path.
Result<std::string> encode_cbor_members(const Shape& shape, const Value& value,
                                        const Value& more = {});
/// A map of texts.
std::string encode_cbor_texts(const Value& texts);

}  // namespace botocxx::server
