#include "server/protocol_codec.h"
#include "server/xml_document.h"
#include "server/xml_params.h"

#include <algorithm>

namespace botocxx::server {
namespace {

bool has_body_members(const Shape& shape) {
  for (Member member : shape.members()) {
    if (member.location() == Location::kBody) return true;
  }
  return false;
}

Result<std::string> encode_body(const Member& output, const Value& value,
                                const EncodeOptions& options) {
  std::string document(kXmlDeclaration);
  if (std::optional<Member> payload = output.shape().payload()) {
    const Value* present = value.find(payload->name());
    if (!present || present->is_null()) return std::string();
    Result<void> done = write_element(document, *payload, *present, payload->serialized_name(),
                                      options.xml_namespace);
    if (!done) return std::move(done).error();
    return document;
  }
  if (!has_body_members(output.shape())) return std::string();
  std::string_view root = options.root_name;
  if (root.empty()) root = output.wire_name();
  if (root.empty()) root = output.shape().name();
  Result<void> done = write_element(document, output, value, root, options.xml_namespace);
  if (!done) return std::move(done).error();
  return document;
}

/// Text for people: what XML can't hold is left out rather than refused.
void write_lenient(std::string& out, std::string_view name, std::string_view text) {
  if (write_text_element(out, name, text)) return;
  std::string kept;
  std::ranges::copy_if(text, std::back_inserter(kept),
                       [](char c) { return c >= 0x20 && c < 0x7F; });
  write_text_element(out, name, kept);
}

std::string encode_error(const Error& error, const ErrorIdentity& identity,
                         const EncodeOptions& options) {
  std::string document(kXmlDeclaration);
  open_element(document, "Error", options.xml_namespace);
  write_lenient(document, "Code", error.code());
  write_lenient(document, "Message", error.message());
  for (const auto& [name, text] : error.context()) write_lenient(document, name, text);
  write_lenient(document, "Resource", identity.resource);
  write_lenient(document, "RequestId", identity.request_id);
  if (!identity.host_id.empty()) write_lenient(document, "HostId", identity.host_id);
  document += "</Error>";
  return document;
}

}  // namespace

const ProtocolCodec kRestXmlCodec{"rest-xml", "application/xml", decode_xml_params, encode_body,
                                  encode_error};

}  // namespace botocxx::server
