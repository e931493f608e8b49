#include "protocol/query_response.h"

#include "protocol/scalar_parse.h"
#include "protocol/xml_fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <unordered_set>

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
  std::unordered_set<std::string_view> seen;
  for (const XmlNode* child = holder->first_child; child != nullptr; child = child->next_sibling) {
    if (!seen.insert(child->name).second) continue;
    metadata.append_member(Key(child->name, metadata.resource()), text_or_null(*child));
  }
}

void read_ec2_metadata(const XmlNode& root, Value& metadata) {
  const XmlNode* id = find_child(root, "requestId");
  if (id != nullptr) metadata.set("RequestId", text_or_null(*id));
}

std::string_view shortened(std::string_view name) {
  std::size_t size = std::min<std::size_t>(name.size(), 60);
  while (size < name.size() && (name[size] & 0xc0) == 0x80) --size;  // no half characters
  return name.substr(0, size);
}

// What stands in place of the result, in short.
std::string describe_root(const XmlNode& root) {
  constexpr int kMostNamed = 5;
  std::string children;
  int count = 0;
  for (const XmlNode* child = root.first_child; child != nullptr && count <= kMostNamed;
       child = child->next_sibling) {
    if (count++ > 0) children += ", ";
    children += count > kMostNamed ? "…" : fmt::format("<{}>", shortened(child->name));
  }
  return fmt::format("<{}>{}", shortened(root.name),
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

// ec2's form, and SimpleDB's: what <Errors> holds counts as if it stood beside it.
void unfold_error_list(Value& parsed) {
  const Value* errors = parsed.find("Errors");
  if (errors == nullptr || !errors->is_object()) return;
  std::unordered_set<std::string_view> listed{"Errors"};
  for (const Value::Member& field : errors->members()) listed.insert(field.key.view());
  Value unfolded = Value::object();
  auto take = [&](const Value::Member& field) {
    unfolded.append_member(Key(field.key, unfolded.resource()), field.value);
  };
  for (const Value::Member& field : parsed.members()) {
    if (!listed.contains(field.key.view())) take(field);
  }
  for (const Value::Member& field : errors->members()) take(field);
  parsed = std::move(unfolded);
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

ErrorDocument parse_query_error(const HttpResponse& head, std::string_view body,
                                const QueryDocumentRules& rules) {
  ErrorDocument document;
  auto xml = parse_answer_document(body);
  if (!xml) {
    document.unreadable = std::move(xml).error();
    add_request_ids(head, document);
    return document;
  }
  Value parsed = to_fields(xml->root());
  unfold_error_list(parsed);
  document.request_id = take_text(parsed, "RequestId");
  // SimpleDB spells it as ec2 does, but there botocore leaves it among the fields.
  if (document.request_id.empty()) {
    document.request_id = parsed["RequestID"].get_if_string().value_or("");
  }
  if (!rules.wrapped) parsed.erase("RequestID");
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
