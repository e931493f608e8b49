#include "server/rest_codec.h"
#include "server/xml_document.h"
#include "server/xml_error.h"
#include "server/xml_params.h"

namespace botocxx::server {
namespace {

constexpr std::string_view kContentType = "application/xml";

Result<std::string> encode_document(const Member& output, const Value& value,
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

constexpr RestDocuments kDocuments{kContentType, decode_xml_params, encode_document};

void encode_error(const ErrorAnswer& answer, HttpResponse& response) {
  std::string document(kXmlDeclaration);
  open_element(document, "Error", answer.options.xml_namespace);
  write_error_elements(document, answer);
  const ErrorIdentity& identity = answer.identity;
  write_lenient_element(document, "Resource", identity.resource);
  write_lenient_element(document, "RequestId", identity.request_id);
  if (!identity.host_id.empty()) write_lenient_element(document, "HostId", identity.host_id);
  document += "</Error>";
  encode_rest_error_headers(answer, response);
  set_xml_body(std::move(document), kContentType, response);
}

}  // namespace

const ProtocolCodec kRestXmlCodec{
    "rest-xml", true,
    [](const Shape& input, const Route& route, const HttpRequest& request, Value& params) {
      return decode_rest(kDocuments, input, route, request, params);
    },
    [](const Operation& operation, const Value& output, const EncodeOptions& options,
       HttpResponse& response) {
      return encode_rest(kDocuments, operation, output, options, response);
    },
    encode_error};

}  // namespace botocxx::server
