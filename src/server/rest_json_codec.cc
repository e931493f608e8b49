#include "codec/json.h"
#include "server/json_document.h"
#include "server/json_error.h"
#include "server/json_params.h"
#include "server/rest_codec.h"

namespace botocxx::server {
namespace {

constexpr std::string_view kContentType = "application/json";

Result<void> decode_document(const Shape& input, const std::string& body, Value& params) {
  std::optional<Member> payload = input.payload();
  if (!payload) return decode_json_members(input, body, params);
  Result<Value> value = decode_json_payload(*payload, body);
  if (!value) return std::move(value).error();
  params.set(payload->name(), std::move(*value));
  return {};
}

Result<std::string> encode_document(const Member& output, const Value& value,
                                    const EncodeOptions&) {
  if (std::optional<Member> payload = output.shape().payload()) {
    const Value* present = value.find(payload->name());
    if (!present || present->is_null()) return std::string();
    Result<Value> json = to_json(*payload, *present);
    if (!json) return std::move(json).error();
    return codec::write_json(*json);
  }
  if (!has_body_members(output.shape())) return std::string();
  Result<Value> json = members_to_json(output.shape(), value);
  if (!json) return std::move(json).error();
  return codec::write_json(*json);
}

constexpr RestDocuments kDocuments{kContentType, decode_document, encode_document};

void encode_error(const ErrorAnswer& answer, HttpResponse& response) {
  Result<Value> members = Value::object();
  if (answer.shape) members = members_to_json(*answer.shape, answer.members);
  Value document = error_members(answer, members ? *members : Value::object());
  encode_rest_error_headers(answer, response);
  response.headers.set("x-amzn-errortype", error_type(answer));
  set_error_headers(answer, response);
  response.headers.set("Content-Type", std::string(kContentType));
  response.body = Body(codec::write_json(document));
}

}  // namespace

const ProtocolCodec kRestJsonCodec{
    "rest-json", true,
    [](const Shape& input, const Route& route, const HttpRequest& request, Value& params) {
      return decode_rest(kDocuments, input, route, request, params);
    },
    [](const Operation& operation, const Value& output, const EncodeOptions& options,
       HttpResponse& response) {
      return encode_rest(kDocuments, operation, output, options, response);
    },
    encode_error};

}  // namespace botocxx::server
