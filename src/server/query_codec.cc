// The two protocols of forms: they answer in XML.
#include "server/form_params.h"
#include "server/protocol_codec.h"
#include "server/xml_document.h"
#include "server/xml_error.h"

#include <fmt/format.h>

namespace botocxx::server {
namespace {

constexpr std::string_view kContentType = "text/xml";

Result<void> decode(const FormNames& names, const Shape& input, const HttpRequest& request,
                    Value& params) {
  Result<FormFields> fields = read_form(request);
  if (!fields) return std::move(fields).error();
  Result<FormNode> form = make_form_tree(std::move(*fields));
  if (!form) return std::move(form).error();
  return decode_form_params(input, *form, names, params);
}

std::string root_name(const Operation& operation, const EncodeOptions& options) {
  if (!options.root_name.empty()) return std::string(options.root_name);
  return std::string(operation.name()) + "Response";
}

std::string root_namespace(const ServiceModel* model, const EncodeOptions& options) {
  if (!options.xml_namespace.empty() || !model) return std::string(options.xml_namespace);
  return model->metadata("xmlNamespace");
}

Result<void> write_result(std::string& document, const Member& output, const Value& value) {
  std::string_view wrapper = output.result_wrapper();
  if (wrapper.empty()) return write_members(document, output.shape(), value);
  open_element(document, wrapper, {});
  Result<void> done = write_members(document, output.shape(), value);
  document += fmt::format("</{}>", wrapper);
  return done;
}

Result<void> encode_query(const Operation& operation, const Value& value,
                          const EncodeOptions& options, HttpResponse& response) {
  std::string document, root = root_name(operation, options);
  open_element(document, root, root_namespace(&operation.model(), options));
  if (std::optional<Member> output = operation.output()) {
    Result<void> done = write_result(document, *output, value);
    if (!done) return done;
  }
  document += "<ResponseMetadata>";
  if (!options.request_id.empty()) {
    write_lenient_element(document, "RequestId", options.request_id);
  }
  document += fmt::format("</ResponseMetadata></{}>", root);
  set_xml_body(std::move(document), kContentType, response);
  return {};
}

Result<void> encode_ec2(const Operation& operation, const Value& value,
                        const EncodeOptions& options, HttpResponse& response) {
  std::string document, root = root_name(operation, options);
  open_element(document, root, root_namespace(&operation.model(), options));
  if (!options.request_id.empty()) {
    write_lenient_element(document, "requestId", options.request_id);
  }
  if (std::optional<Member> output = operation.output()) {
    Result<void> done = write_members(document, output->shape(), value);
    if (!done) return done;
  }
  document += fmt::format("</{}>", root);
  set_xml_body(std::move(document), kContentType, response);
  return {};
}

void encode_query_error(const ErrorAnswer& answer, HttpResponse& response) {
  std::string document;
  open_element(document, "ErrorResponse", root_namespace(answer.model, answer.options));
  document += "<Error>";
  write_lenient_element(document, "Type", response.status < 500 ? "Sender" : "Receiver");
  write_error_elements(document, answer);
  document += "</Error>";
  write_lenient_element(document, "RequestId", answer.identity.request_id);
  document += "</ErrorResponse>";
  set_xml_body(std::move(document), kContentType, response);
}

void encode_ec2_error(const ErrorAnswer& answer, HttpResponse& response) {
  std::string document = "<Response><Errors><Error>";
  write_error_elements(document, answer);
  document += "</Error></Errors>";
  write_lenient_element(document, "RequestID", answer.identity.request_id);
  document += "</Response>";
  set_xml_body(std::move(document), kContentType, response);
}

}  // namespace

const ProtocolCodec kQueryCodec{
    "query", false,
    [](const Shape& input, const Route&, const HttpRequest& request, Value& params) {
      return decode(kQueryNames, input, request, params);
    },
    encode_query, encode_query_error};

const ProtocolCodec kEc2Codec{
    "ec2", false,
    [](const Shape& input, const Route&, const HttpRequest& request, Value& params) {
      return decode(kEc2Names, input, request, params);
    },
    encode_ec2, encode_ec2_error};

}  // namespace botocxx::server
