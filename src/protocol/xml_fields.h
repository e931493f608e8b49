#pragma once

#include "codec/xml.h"
#include <botocxx/base/result.h>
#include <botocxx/value/value.h>

#include <string>
#include <string_view>

/// XML of answers without shapes: what errors and request ids are read from.
namespace botocxx::protocol {

/// The body of an answer; what is wrong with it in the words of botocore's parsers.
Result<codec::XmlDocument> parse_answer_document(std::string_view body);

/// The children of `parent` by name. An element that only holds text is that text, null when there
/// is none; of repeated elements the first one's children count. As botocore does.
Value to_fields(const codec::XmlNode& parent);

/// Removes the text `name` from `object` and returns it; empty when there is none.
std::string take_text(Value& object, std::string_view name);

/// The first child of that name, or null.
const codec::XmlNode* find_child(const codec::XmlNode& parent, std::string_view name);

}  // namespace botocxx::protocol
