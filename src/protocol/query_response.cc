#include "protocol/query_response.h"

#include "protocol/scalar_parse.h"
#include "protocol/xml_fields.h"

#include <fmt/format.h>

namespace botocxx::protocol {
namespace {

using codec::XmlNode;

Value text_or_null(const XmlNode& element) {
  return element.text.empty() ? Value() : Value(element.text);
}

// Each child of <ResponseMetadata> as its text.
void read_query_metadata(const XmlNode& root, Value& metadata) {
  const XmlNode* holder = find_child(root, "ResponseMetadata");
  if (holder == nullptr) return;
  for (const XmlNode* child = holder->first_child; child != nullptr; child = child->next_sibling) {
    if (!metadata.contains(child->name)) metadata.set(child->name, text_or_null(*child));
  }
}

void read_ec2_metadata(const XmlNode& root, Value& metadata) {
  const XmlNode* id = find_child(root, "requestId");
  if (id != nullptr) metadata.set("RequestId", text_or_null(*id));
}

// What stands in place of the result, in short.
std::string describe_root(const XmlNode& root) {
  std::string children;
  std::size_t count = 0;
  for (const XmlNode* child = root.first_child; child != nullptr; child = child->next_sibling) {
    if (++count > 5) break;
    children += fmt::format("{}<{}>", count == 1 ? "" : ", ", child->name.substr(0, 60));
  }
  if (count > 5) children += ", …";
  return fmt::format("<{}>{}", root.name.substr(0, 60),
                     count == 0 ? " without elements" : " with " + children);
}

Result<const XmlNode*> find_result(const Member& output, const XmlNode& root,
                                   const QueryDocumentRules& rules) {
  std::string_view wrapper = output.result_wrapper();
  if (!rules.wrapped || wrapper.empty()) return &root;
  const XmlNode* result = find_child(root, wrapper);
  if (result != nullptr) return result;
  return parse_failure(
      fmt::format("the answer has no element <{}>; it is {}", wrapper, describe_root(root)));
}

}  // namespace

const QueryDocumentRules kQueryDocumentRules{true, read_query_metadata, error_element};
const QueryDocumentRules kEc2DocumentRules{false, read_ec2_metadata, listed_error_element};

Result<void> parse_query(const Operation& operation, std::string_view body,
                         const QueryDocumentRules& rules, Answer& out,
                         std::pmr::memory_resource* resource) {
  auto output = operation.output();
  // botocore wants a document also where there is nothing to say.
  if (body.empty() && (!output || output->shape().members().empty())) return {};
  auto document = parse_answer_document(body);
  if (!document) return std::move(document).error();
  rules.read_metadata(document->root(), out.metadata);
  if (!output) return {};
  auto result = find_result(*output, document->root(), rules);
  if (!result) return std::move(result).error();
  return XmlShapeParser(&*document, resource, rules.find_error)
      .parse_members(output->shape(), **result, out.output);
}

ErrorDocument parse_query_error(const Operation&, const HttpResponse& head, std::string_view body) {
  auto xml = codec::XmlDocument::parse(body);
  if (!xml) return error_from_status(head);
  ErrorDocument document;
  Value parsed = to_fields(xml->root());
  // ec2's form, and SimpleDB's: <Errors><Error>…</Error></Errors>.
  if (const Value* errors = parsed.find("Errors"); errors != nullptr && errors->is_object()) {
    Value listed = *errors;
    parsed.erase("Errors");
    for (const Value::Member& field : listed.members()) parsed.set(field.key, field.value);
  }
  if (!parsed["Error"].is_object()) return error_from_status(head);
  for (std::string_view name : {"RequestId", "RequestID"}) {
    std::string id = take_text(parsed, name);
    if (document.request_id.empty()) document.request_id = std::move(id);
  }
  add_request_ids(head, document);
  document.fields = std::move(parsed);
  return document;
}

Result<void> parse_query_error_members(const Shape& shape, std::string_view body,
                                       const QueryDocumentRules& rules, Value& out) {
  auto document = parse_answer_document(body);
  if (!document) return std::move(document).error();
  return XmlShapeParser(&*document, out.resource(), rules.find_error)
      .parse_members(shape, document->root(), out);
}

}  // namespace botocxx::protocol
