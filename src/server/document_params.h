#pragma once

#include <botocxx/base/result.h>
#include <botocxx/model/service_model.h>
#include <botocxx/value/value.h>

#include <string_view>

/// Documents of JSON and CBOR, which differ in their scalars only, as parameters.
namespace botocxx::server {

/// Reads a scalar of the shape's type from what the document holds; never null.
using ScalarReader = Result<Value> (*)(ShapeType type, const Value& found);

/// Adds the members of `shape` that `document` holds to `params`: null members are absent, unknown
/// names ignored. Error "MalformedParameter" with the member's path for a value of another kind.
Result<void> read_document_members(const Shape& shape, const Value& document, ScalarReader scalar,
                                   Value& params);

/// `found` as `member`. Nulls of lists and maps are kept, and free-form documents as they are.
Result<Value> read_document(const Member& member, const Value& found, ScalarReader scalar);

/// "MalformedParameter": "expected a list, not a string".
Error unexpected_kind(std::string_view expected, const Value& found);

/// An integer of 64 bits; whole numbers may come with a fraction of zero.
Result<Value> read_whole_number(const Value& found);

}  // namespace botocxx::server
