#include "client/session_call.h"

#include "client/orchestrator.h"

namespace botocxx::client {
namespace {

Error needs_connection() {
  return Error(ErrorKind::kUsage, "NeedsConnection",
               "this bucket takes requests of sessions only, and there is none");
}

std::string text_of(const Value& value) { return std::string(value.get_if_string().value_or("")); }

}  // namespace

Result<Credentials> open_session(const Client::State& client, const std::string& bucket,
                                 const CallOptions& options) {
  const std::string& name = client.parts.signing.session_operation;
  if (name.empty() || bucket.empty() || !client.parts.http) return needs_connection();
  auto operation = client.parts.model->operation(name);
  if (!operation) return std::move(operation).error();
  Value params = Value::object();
  params.set("Bucket", bucket);
  CallOptions own;
  own.deadline = options.deadline;
  own.stop = options.stop;
  auto response = call(client, *operation, params, own);
  if (!response) return std::move(response).error();
  const Value& given = (*response)["Credentials"];
  Credentials credentials;
  credentials.access_key = text_of(given["AccessKeyId"]);
  credentials.secret_key = text_of(given["SecretAccessKey"]);
  credentials.session_token = text_of(given["SessionToken"]);
  credentials.expires = given["Expiration"].get_if_timestamp();
  credentials.source = name;
  if (!credentials.access_key.empty() && !credentials.secret_key.empty()) return credentials;
  return Error(ErrorKind::kParse, "ResponseParser", name + " answered without credentials");
}

}  // namespace botocxx::client
