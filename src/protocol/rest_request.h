#pragma once

#include "protocol/scalar_text.h"
#include "protocol/serializer.h"

#include <string_view>

namespace botocxx::protocol {

/// What of the parameters a document is made of.
enum class BodyPart {
  kPayload,     ///< the value of the payload member, whole
  kBodyMembers  ///< the members of the input that go nowhere else
};

/// How the REST protocols differ from each other: in their documents.
struct RestBodyRules {
  /// The document of `value`, which `reference` (payload member or input) describes.
  Result<std::string> (*write)(const Value& value, const Member& reference, BodyPart part,
                               TimestampPrecision precision);
  /// Sent where a structure payload is not given.
  std::string_view empty_document;
  /// Whether `empty_document` is sent too when the input has body members but none is given.
  bool (*needs_document)(const Shape& input);
  /// Of documents; empty: none is set.
  std::string_view content_type;
};

/// The request of a REST protocol: labels, query string, headers and payload are the same in all.
Result<SerializedRequest> serialize_rest(const Operation& operation, const Value& params,
                                         const SerializeOptions& options,
                                         const RestBodyRules& rules);

/// True when `member` is bound to the URI or to headers.
bool is_bound_outside_body(const Member& member);

}  // namespace botocxx::protocol
