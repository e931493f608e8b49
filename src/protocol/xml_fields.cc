#include "protocol/xml_fields.h"

#include "protocol/scalar_parse.h"

#include <unordered_map>

namespace botocxx::protocol {

using codec::XmlDocument;
using codec::XmlNode;

namespace {

Value to_field(const XmlNode& element, bool repeated) {
  if (element.first_child != nullptr || repeated) return to_fields(element);
  return element.text.empty() ? Value() : Value(element.text);
}

}  // namespace

Result<XmlDocument> parse_answer_document(std::string_view body) {
  auto document = XmlDocument::parse(body);
  if (document) return document;
  return unreadable_body("XML", document.error());
}

Value to_fields(const XmlNode& parent) {
  std::unordered_map<std::string_view, std::size_t> counts;
  for (const XmlNode* child = parent.first_child; child != nullptr; child = child->next_sibling) {
    ++counts[child->name];
  }
  Value out = Value::object();
  for (const XmlNode* child = parent.first_child; child != nullptr; child = child->next_sibling) {
    std::size_t& count = counts[child->name];
    if (count == 0) continue;  // done with the first of that name
    out.append_member(Key(child->name, out.resource()), to_field(*child, count > 1));
    count = 0;
  }
  return out;
}

std::string take_text(Value& object, std::string_view name) {
  std::string text(object[name].get_if_string().value_or(""));
  object.erase(name);
  return text;
}

const XmlNode* find_child(const XmlNode& parent, std::string_view name) {
  const XmlNode* child = parent.first_child;
  while (child != nullptr && child->name != name) child = child->next_sibling;
  return child;
}

}  // namespace botocxx::protocol
