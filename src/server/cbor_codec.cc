#include "server/cbor_document.h"
#include "server/json_error.h"
#include "server/protocol_codec.h"

namespace botocxx::server {
namespace {

Result<void> decode(const Shape& input, const Route&, const HttpRequest& request, Value& params) {
  Result<std::string> body = request.body.read_all();
  if (!body) return std::move(body).error();
  return decode_cbor_members(input, *body, params);
}

void set_document(std::string document, HttpResponse& response) {
  response.headers.set("smithy-protocol", "rpc-v2-cbor");
  response.headers.set("Content-Type", "application/cbor");
  response.body = Body(std::move(document));
}

Result<void> encode(const Operation& operation, const Value& output, const EncodeOptions& options,
                    HttpResponse& response) {
  if (!options.request_id.empty()) {
    response.headers.set("x-amzn-RequestId", std::string(options.request_id));
  }
  std::optional<Member> member = operation.output();
  Result<std::string> document =
      member ? encode_cbor_members(member->shape(), output) : encode_cbor_texts(Value::object());
  if (!document) return std::move(document).error();
  set_document(std::move(*document), response);
  return {};
}

/// Whether the exception itself says the message.
bool has_message(const Shape& shape, const Value& members) {
  for (Member member : shape.members()) {
    const Value* present = members.find(member.name());
    bool named = member.name() == "message" || member.name() == "Message";
    if (named && present && !present->is_null()) return true;
  }
  return false;
}

void encode_error(const ErrorAnswer& answer, HttpResponse& response) {
  Value texts = Value::object();
  texts.set("__type", Value(error_type(answer)));
  bool modelled = answer.shape && answer.members.is_object();
  if (!modelled || !has_message(*answer.shape, answer.members)) {
    texts.set("message", Value(answer.error.message()));
  }
  for (const auto& [name, text] : answer.error.context()) {
    bool taken = texts.contains(name) || (modelled && answer.members.contains(name));
    if (!taken) texts.set(name, Value(text));
  }
  Result<std::string> document = encode_cbor_texts(texts);
  if (modelled) {
    // Members that can't be encoded are left out: an error is never refused.
    Result<std::string> whole = encode_cbor_members(*answer.shape, answer.members, texts);
    if (whole) document = std::move(whole);
  }
  set_error_headers(answer, response);
  set_document(std::move(*document), response);
}

}  // namespace

const ProtocolCodec kCborCodec{"smithy-rpc-v2-cbor", true, decode, encode, encode_error};

}  // namespace botocxx::server
