#include "auth/sigv2.h"

#include "auth/query_params.h"
#include "base/digest.h"
#include <botocxx/base/text_encoding.h>

#include <algorithm>

namespace botocxx::auth {
namespace {

Error no_credentials() {
  return Error(ErrorKind::kCredentials, "NoCredentials", "Unable to locate credentials");
}

bool lacks_keys(const Credentials& credentials) {
  return credentials.access_key.empty() || credentials.secret_key.empty();
}

void set_param(QueryParams& params, std::string_view name, std::string value) {
  auto same = [&](const auto& pair) { return pair.first == name; };
  auto place = std::find_if(params.begin(), params.end(), same);
  if (place == params.end()) {
    params.emplace_back(name, std::move(value));
  } else {
    place->second = std::move(value);
  }
}

std::string hmac_base64(std::string_view secret, std::string_view text) {
  return base64_encode(base::hmac_sha256(as_byte_span(secret), text));
}

std::string v2_string(const HttpRequest& request, QueryParams params) {
  std::sort(params.begin(), params.end());
  std::string text = request.method + "\n" + request.url.host;
  if (!request.url.port.empty()) text.append(":").append(request.url.port);
  text.append("\n").append(request.url.path.empty() ? "/" : request.url.path).append("\n");
  return text += encode_params(params);
}

}  // namespace

Result<SignatureAdditions> sign_v2(const HttpRequest& request, const Credentials& credentials,
                                   const SigningMoment& moment) {
  if (lacks_keys(credentials)) return no_credentials();
  if (request.body.is_stream()) {
    return Error(ErrorKind::kUsage, "UnsupportedBody",
                 "Signature Version 2 signs the parameters of a form, not a stream");
  }
  const bool in_body = !request.body.bytes().empty();
  QueryParams params = parse_params(in_body ? request.body.bytes() : request.url.query);
  set_param(params, "AWSAccessKeyId", credentials.access_key);
  set_param(params, "SignatureVersion", "2");
  set_param(params, "SignatureMethod", "HmacSHA256");
  set_param(params, "Timestamp", moment.server_time().to_iso8601());
  if (!credentials.session_token.empty()) {
    set_param(params, "SecurityToken", credentials.session_token);
  }
  std::erase_if(params, [](const auto& pair) { return pair.first == "Signature"; });
  SignatureAdditions additions;
  additions.string_to_sign = v2_string(request, params);
  additions.signature = hmac_base64(credentials.secret_key, additions.string_to_sign);
  params.emplace_back("Signature", additions.signature);
  (in_body ? additions.body : additions.query) = encode_form(params);
  return additions;
}

Result<SignatureAdditions> sign_v3(const HttpRequest& /*request*/, const Credentials& credentials,
                                   const SigningMoment& moment) {
  if (lacks_keys(credentials)) return no_credentials();
  SignatureAdditions additions;
  additions.string_to_sign = moment.server_time().to_rfc822();
  additions.signed_headers = "date";
  additions.signature = hmac_base64(credentials.secret_key, additions.string_to_sign);
  additions.headers.push_back({"Date", additions.string_to_sign});
  if (!credentials.session_token.empty()) {
    additions.headers.push_back({"X-Amz-Security-Token", credentials.session_token});
  }
  additions.headers.push_back(
      {"X-Amzn-Authorization", "AWS3-HTTPS AWSAccessKeyId=" + credentials.access_key +
                                   ",Algorithm=HmacSHA256,Signature=" + additions.signature});
  return additions;
}

}  // namespace botocxx::auth
