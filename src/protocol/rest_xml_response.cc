#include "protocol/rest_xml_response.h"

#include "codec/xml.h"
#include "protocol/xml_shape.h"

#include <fmt/format.h>

#include <unordered_map>

namespace botocxx::protocol {
namespace {

using codec::XmlDocument;
using codec::XmlNode;

Result<XmlDocument> parse_document(std::string_view body) {
  auto document = XmlDocument::parse(body);
  if (document) return document;
  const Error& cause = document.error();
  Error error = parse_failure(fmt::format(
      "Unable to parse response ({}), invalid XML received. Further retries may succeed",
      cause.message()));
  for (const auto& [name, value] : cause.context()) {
    error = std::move(error).with_context(name, value);
  }
  return error;
}

Result<void> read_members(const Shape& shape, std::string_view body, Value& out,
                          std::pmr::memory_resource* resource) {
  if (body.empty()) {
    const XmlNode nothing;
    return XmlShapeParser(nullptr, resource).parse_members(shape, nothing, out);
  }
  auto document = parse_document(body);
  if (!document) return std::move(document).error();
  return XmlShapeParser(&*document, resource).parse_members(shape, document->root(), out);
}

Result<Value> read_payload(const Member& payload, std::string_view body,
                           std::pmr::memory_resource* resource) {
  if (body.empty()) {
    const XmlNode nothing;
    return XmlShapeParser(nullptr, resource).parse(payload, nothing);
  }
  auto document = parse_document(body);
  if (!document) return std::move(document).error();
  return XmlShapeParser(&*document, resource).parse(payload, document->root());
}

Value to_fields(const XmlNode& parent);

// An element that only holds text is that text, null when there is none; of repeated elements the
// first one's children count. As botocore does.
Value to_field(const XmlNode& element, bool repeated) {
  if (element.first_child != nullptr || repeated) return to_fields(element);
  return element.text.empty() ? Value() : Value(element.text);
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

// S3's form: the root is the error. With a namespace too, which botocore fails to see.
ErrorDocument from_bare_error(const XmlNode& root, const HttpResponse& head) {
  ErrorDocument document;
  Value error = to_fields(root);
  add_request_ids(head, document);
  std::string request_id = take_text(error, "RequestId"), host_id = take_text(error, "HostId");
  if (document.request_id.empty()) document.request_id = std::move(request_id);
  if (document.host_id.empty()) document.host_id = std::move(host_id);
  document.fields.set("Error", std::move(error));
  return document;
}

// `<ErrorResponse><Error>…</Error><RequestId>…</RequestId></ErrorResponse>`, or anything else.
ErrorDocument from_error_response(const XmlNode& root, const HttpResponse& head) {
  ErrorDocument document;
  Value parsed = to_fields(root);
  document.request_id = take_text(parsed, "RequestId");
  add_request_ids(head, document);
  Value error{{"Message", ""}, {"Code", ""}};
  for (const Value::Member& field : parsed["Error"].members()) error.set(field.key, field.value);
  document.fields.set("Error", std::move(error));
  for (const Value::Member& field : parsed.members()) {
    if (field.key.view() != "Error") document.fields.set(field.key, field.value);
  }
  return document;
}

}  // namespace

const RestDocumentRules kRestXmlDocumentRules{read_members, read_payload};

ErrorDocument parse_rest_xml_error(const Operation&, const HttpResponse& head,
                                   std::string_view body) {
  if (body.empty()) return error_from_status(head);
  auto xml = XmlDocument::parse(body);
  if (!xml) return error_from_status(head);
  const XmlNode& root = xml->root();
  return root.name == "Error" ? from_bare_error(root, head) : from_error_response(root, head);
}

}  // namespace botocxx::protocol
