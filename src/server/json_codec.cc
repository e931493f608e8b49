#include "codec/json.h"
#include "server/json_document.h"
#include "server/json_error.h"
#include "server/json_params.h"

namespace botocxx::server {
namespace {

std::string content_type(const ServiceModel* model) {
  std::string version = model ? model->metadata("jsonVersion") : std::string();
  return "application/x-amz-json-" + (version.empty() ? "1.0" : version);
}

Result<void> decode(const Shape& input, const Route&, const HttpRequest& request, Value& params) {
  Result<std::string> body = request.body.read_all();
  if (!body) return std::move(body).error();
  return decode_json_members(input, *body, params);
}

Result<void> encode(const Operation& operation, const Value& output, const EncodeOptions& options,
                    HttpResponse& response) {
  if (!options.request_id.empty()) {
    response.headers.set("x-amzn-RequestId", std::string(options.request_id));
  }
  response.headers.set("Content-Type", content_type(&operation.model()));
  std::optional<Member> member = operation.output();
  Result<Value> json = member ? members_to_json(member->shape(), output) : Value::object();
  if (!json) return std::move(json).error();
  response.body = Body(codec::write_json(*json));
  return {};
}

void encode_error(const ErrorAnswer& answer, HttpResponse& response) {
  Result<Value> members = Value::object();
  if (answer.shape) members = members_to_json(*answer.shape, answer.members);
  Value document = error_members(answer, members ? *members : Value::object());
  document.set("__type", Value(error_type(answer)));
  set_error_headers(answer, response);
  response.headers.set("Content-Type", content_type(answer.model));
  response.body = Body(codec::write_json(document));
}

}  // namespace

const ProtocolCodec kJsonCodec{"json", true, decode, encode, encode_error};

}  // namespace botocxx::server
