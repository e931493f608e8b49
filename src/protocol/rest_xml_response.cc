#include "protocol/rest_xml_response.h"

#include "codec/xml.h"
#include "protocol/scalar_parse.h"
#include "protocol/xml_fields.h"
#include "protocol/xml_shape.h"

namespace botocxx::protocol {
namespace {

using codec::XmlDocument;
using codec::XmlNode;

Result<void> read_members(const Shape& shape, std::string_view body, Value& out,
                          std::pmr::memory_resource* resource) {
  if (body.empty()) {
    const XmlNode nothing;
    return XmlShapeParser(nullptr, resource).parse_members(shape, nothing, out);
  }
  auto document = parse_answer_document(body);
  if (!document) return std::move(document).error();
  return XmlShapeParser(&*document, resource).parse_members(shape, document->root(), out);
}

Result<Value> read_payload(const Member& payload, std::string_view body,
                           std::pmr::memory_resource* resource) {
  if (body.empty()) {
    const XmlNode nothing;
    return XmlShapeParser(nullptr, resource).parse(payload, nothing);
  }
  auto document = parse_answer_document(body);
  if (!document) return std::move(document).error();
  return XmlShapeParser(&*document, resource).parse(payload, document->root());
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

// The name of the outermost element, without a prefix; empty where none is found at once. Cheap:
// every answer passes here.
std::string_view root_name(std::string_view body) {
  if (body.starts_with("\xef\xbb\xbf")) body.remove_prefix(3);
  for (;;) {
    body = strip(body);
    std::string_view end = body.starts_with("<?") ? "?>" : "-->";
    if (!body.starts_with("<?") && !body.starts_with("<!--")) break;
    std::size_t at = body.find(end);
    if (at == std::string_view::npos) return {};
    body.remove_prefix(at + end.size());
  }
  if (!body.starts_with('<')) return {};
  std::string_view name = body.substr(1, body.find_first_of(" \t\r\n/>", 1) - 1);
  return name.substr(name.find(':') + 1);
}

}  // namespace

bool hides_rest_xml_error(const Member& output, std::string_view body) {
  if (root_name(body) != "Error") return false;
  auto payload = output.shape().payload();
  if (!payload) return true;
  ShapeType type = payload->shape().type();
  return type != ShapeType::kBlob && type != ShapeType::kString && !payload->event_stream();
}

const RestDocumentRules kRestXmlDocumentRules{read_members, read_payload, false};

ErrorDocument parse_rest_xml_error(const Operation&, const HttpResponse& head,
                                   std::string_view body) {
  if (body.empty()) return error_from_status(head);
  auto xml = XmlDocument::parse(body);
  if (!xml) return error_from_status(head);
  const XmlNode& root = xml->root();
  return root.name == "Error" ? from_bare_error(root, head) : from_error_response(root, head);
}

}  // namespace botocxx::protocol
