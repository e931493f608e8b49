#include "server/json_error.h"

namespace botocxx::server {
namespace {

bool is_query_compatible(const ErrorAnswer& answer) {
  return answer.model && answer.model->metadata_json("awsQueryCompatible").has_value();
}

}  // namespace

Value error_members(const ErrorAnswer& answer, const Value& members) {
  Value document = members.is_object() ? members : Value::object();
  bool has_message = document.contains("message") || document.contains("Message");
  if (!has_message) document.set("message", Value(answer.error.message()));
  for (const auto& [name, text] : answer.error.context()) {
    if (!document.contains(name)) document.set(name, Value(text));
  }
  return document;
}

std::string error_type(const ErrorAnswer& answer) {
  if (!answer.shape) return answer.error.code();
  return std::string(is_query_compatible(answer) ? answer.shape->name()
                                                 : answer.shape->error_code());
}

void set_error_headers(const ErrorAnswer& answer, HttpResponse& response) {
  if (!answer.identity.request_id.empty()) {
    response.headers.set("x-amzn-RequestId", answer.identity.request_id);
  }
  if (!is_query_compatible(answer)) return;
  std::string code(answer.shape ? answer.shape->error_code() : answer.error.code());
  response.headers.set("x-amzn-query-error",
                       code + (response.status < 500 ? ";Sender" : ";Receiver"));
}

}  // namespace botocxx::server
