// Signs what it is told to: one JSON object a line in, one a line out. For
// tests/differential/test_signatures.py, which says what the members mean.
#include "auth/ecdsa_key.h"
#include "auth/post_form.h"
#include "auth/scheme_choice.h"
#include "auth/sign.h"
#include "codec/json.h"
#include <botocxx/base/text_encoding.h>
#include <botocxx/tokens/auth_tokens.h>
#include <botocxx/tokens/cloudfront_signer.h>

#include <iostream>

namespace botocxx {
namespace {

std::string text_of(const Value& job, std::string_view name) {
  return std::string(job[name].as_string());
}

std::vector<std::string> texts_of(const Value& list) {
  std::vector<std::string> texts;
  for (const Value& item : list.items()) texts.emplace_back(item.as_string());
  return texts;
}

std::vector<std::string_view> views_of(const Value& list) {
  std::vector<std::string_view> views;
  for (const Value& item : list.items()) views.push_back(item.as_string());
  return views;
}

std::vector<Headers::Field> fields_of(const Value& pairs) {
  std::vector<Headers::Field> fields;
  for (const Value& pair : pairs.items()) {
    fields.push_back({std::string(pair[0].as_string()), std::string(pair[1].as_string())});
  }
  return fields;
}

template <typename Pairs>
Value pairs_value(const Pairs& pairs) {
  Value list = Value::list();
  for (const auto& [name, value] : pairs) list.push_back(Value::list({Value(name), Value(value)}));
  return list;
}

Value error_value(const Error& error) {
  Value out = Value::object();
  out.set("error", Value(error.code()));
  out.set("message", Value(error.message()));
  return out;
}

Credentials credentials_of(const Value& job) {
  Credentials credentials;
  credentials.access_key = text_of(job, "access_key");
  credentials.secret_key = text_of(job, "secret_key");
  if (job.contains("token")) credentials.session_token = text_of(job, "token");
  return credentials;
}

auth::PayloadHash payload_of(const Value& job, auth::AuthScheme scheme, bool https) {
  const Value& facts = job["payload"];
  auth::PayloadFacts payload;
  payload.scheme = scheme;
  payload.https = https;
  if (facts.contains("setting")) payload.payload_signing_enabled = facts["setting"].as_bool();
  payload.has_checksum_header = facts["has_checksum"].as_bool();
  payload.streaming_input = facts["streaming"].as_bool();
  payload.sign_payload = facts["sign"].as_bool();
  payload.checksum_in_trailer = facts["trailer"].as_bool();
  return choose_payload_hash(payload);
}

auth::SigningInput input_of(const Value& job, const HttpRequest& request) {
  auth::SigningInput input;
  input.scheme = auth::parse_scheme(job["scheme"].as_string()).value();
  input.v4.region = job["region"].as_string();
  input.v4.service = job["service"].as_string();
  input.v4.time = Timestamp::from_unix(job["time"].as_int());
  input.v4.payload = payload_of(job, input.scheme, request.url.scheme == "https");
  if (job.contains("region_set")) input.v4.region_set = job["region_set"].as_string();
  if (job.contains("expires")) input.v4.expires = std::chrono::seconds(job["expires"].as_int());
  if (job.contains("bearer")) input.bearer_token = job["bearer"].as_string();
  if (job.contains("auth_path")) input.store_v1.resource_path = text_of(job, "auth_path");
  return input;
}

Result<Value> sign_request(const Value& job) {
  HttpRequest request;
  request.method = text_of(job, "method");
  auto url = Url::parse(job["url"].as_string());
  if (!url) return std::move(url).error();
  request.url = *std::move(url);
  for (auto& field : fields_of(job["headers"])) request.headers.add(field.name, field.value);
  request.body = Body(base64_decode(job["body"].as_string()).value());
  const Credentials credentials = credentials_of(job);
  const auth::SigningInput input = input_of(job, request);
  static auth::SigningKeyCache cache;
  auto additions = auth::sign(request, &credentials, input, &cache);
  if (!additions) return std::move(additions).error();
  auth::apply(*additions, request);
  Value out = Value::object();
  out.set("url", Value(request.url.to_string()));
  out.set("headers", pairs_value(request.headers.fields()));
  out.set("body", Value(base64_encode(as_byte_span(request.body.bytes()))));
  out.set("canonical_request", Value(additions->canonical_request));
  out.set("string_to_sign", Value(additions->string_to_sign));
  out.set("signature", Value(additions->signature));
  return out;
}

// Whether `signature` of `text` was made with the credentials' key of Version 4a.
Result<Value> verify(const Value& job) {
  auto key = auth::EcdsaKey::derive(job["access_key"].as_string(), job["secret_key"].as_string());
  if (!key) return std::move(key).error();
  auto point = key->public_key();
  if (!point) return std::move(point).error();
  Value out = Value::object();
  out.set("verified",
          Value(verify_ecdsa(*point, job["text"].as_string(), job["signature"].as_string())));
  return out;
}

Result<Value> sign_form(const Value& job) {
  auth::PostPolicy policy;
  for (auto& field : fields_of(job["fields"])) policy.fields.emplace_back(field.name, field.value);
  policy.conditions = job["conditions"];
  policy.expires = std::chrono::seconds(job["expires"].as_int());
  policy = for_object(std::move(policy), job["bucket"].as_string(), job["key"].as_string());
  auth::SigV4Options options;
  options.region = job["region"].as_string();
  options.service = job["service"].as_string();
  options.time = Timestamp::from_unix(job["time"].as_int());
  auto scheme = auth::parse_scheme(job["scheme"].as_string()).value();
  options.session_auth = scheme.family == auth::SchemeFamily::kSessionV4;
  auto form = scheme.family == auth::SchemeFamily::kStoreV1
                  ? sign_post_v1(policy, credentials_of(job), options)
                  : sign_post_v4(policy, credentials_of(job), options);
  if (!form) return std::move(form).error();
  Value out = Value::object();
  out.set("fields", pairs_value(form->fields));
  return out;
}

Result<Value> make_token(const Value& job) {
  TokenRequest request{.credentials = credentials_of(job),
                       .region = text_of(job, "region"),
                       .time = Timestamp::from_unix(job["time"].as_int()),
                       .expires = std::chrono::seconds(job["expires"].as_int())};
  const std::string kind = text_of(job, "kind"), host = text_of(job, "host");
  auto token =
      kind == "eks" ? eks_auth_token(text_of(job, "cluster"), host, request)
      : kind == "rds"
          ? rds_auth_token(host, static_cast<std::uint16_t>(job["port"].as_int()),
                           text_of(job, "user"), request)
          : dsql_auth_token(host,
                            kind == "dsql-admin" ? DsqlAction::kConnectAdmin : DsqlAction::kConnect,
                            request);
  if (!token) return std::move(token).error();
  Value out = Value::object();
  out.set("token", Value(*token));
  return out;
}

Result<Value> sign_cloudfront(const Value& job) {
  auto rsa = rsa_sha1_signer(job["pem"].as_string());
  if (!rsa) return std::move(rsa).error();
  CloudFrontSigner signer(text_of(job, "key_id"), *rsa);
  CloudFrontLimits limits{.expires = Timestamp::from_unix(job["expires"].as_int())};
  if (job.contains("not_before")) {
    limits.not_before = Timestamp::from_unix(job["not_before"].as_int());
  }
  if (job.contains("ip")) limits.ip_address = text_of(job, "ip");
  const std::string url = text_of(job, "url"), policy = cloudfront_policy(url, limits);
  auto canned = signer.signed_url(url, limits.expires);
  auto custom = signer.signed_url(url, std::string_view(policy));
  if (!canned) return std::move(canned).error();
  if (!custom) return std::move(custom).error();
  Value out = Value::object();
  out.set("policy", Value(policy));
  out.set("canned", Value(*canned));
  out.set("custom", Value(*custom));
  return out;
}

std::optional<std::vector<auth::EndpointAuthScheme>> endpoint_schemes(const Value& list) {
  if (list.is_null()) return std::nullopt;
  std::vector<auth::EndpointAuthScheme> schemes;
  for (const Value& item : list.items()) {
    auth::EndpointAuthScheme scheme;
    scheme.name = text_of(item, "name");
    if (item.contains("signingName")) scheme.signing_name = text_of(item, "signingName");
    if (item.contains("signingRegion")) scheme.signing_region = text_of(item, "signingRegion");
    scheme.signing_region_set = texts_of(item["signingRegionSet"]);
    schemes.push_back(std::move(scheme));
  }
  return schemes;
}

Result<Value> choose(const Value& job) {
  static constexpr std::string_view kStoreNames[] = {"s3", "s3-outposts", "s3-object-lambda",
                                                     "s3express"};
  auth::SchemeFacts facts;
  facts.client_scheme = job["client_scheme"].as_string();
  facts.requested_in_code = job["requested_in_code"].as_string();
  facts.preference = texts_of(job["preference"]);
  facts.preference_in_code = job["preference_in_code"].as_bool();
  facts.service_auth = views_of(job["service_auth"]);
  facts.operation_auth = views_of(job["operation_auth"]);
  facts.operation_auth_type = job["operation_auth_type"].as_string();
  facts.operation_unsigned_payload = job["unsigned_payload"].as_bool();
  facts.endpoint_schemes = endpoint_schemes(job["endpoint_schemes"]);
  facts.presign_with_v1 = job["presign_with_v1"].as_bool();
  facts.signing_name = job["signing_name"].as_string();
  facts.region = job["region"].as_string();
  facts.v4a_region_set = job["region_set"].as_string();
  facts.store_signing_names = kStoreNames;
  facts.has_service_token = job["has_token"].as_bool();
  facts.form = static_cast<auth::SigningForm>(job["form"].as_int());
  facts.has_v4a = job["has_v4a"].as_bool();
  auto choice = choose_scheme(facts);
  if (!choice) return std::move(choice).error();
  Value out = Value::object();
  out.set("scheme", Value(to_string(choice->scheme)));
  out.set("signing_name", Value(choice->signing_name));
  out.set("region", Value(choice->region));
  out.set("sign_payload", Value(choice->sign_payload));
  return out;
}

Result<Value> run(const Value& job) {
  const std::string kind = text_of(job, "job");
  if (kind == "sign") return sign_request(job);
  if (kind == "verify") return verify(job);
  if (kind == "form") return sign_form(job);
  if (kind == "token") return make_token(job);
  if (kind == "cloudfront") return sign_cloudfront(job);
  if (kind == "choose") return choose(job);
  return Error(ErrorKind::kUsage, "UnknownJob", "unknown job " + kind);
}

}  // namespace
}  // namespace botocxx

int main() {
  using namespace botocxx;
  for (std::string line; std::getline(std::cin, line);) {
    auto job = codec::parse_json(line);
    auto answer = job ? run(*job) : Result<Value>(std::move(job).error());
    std::cout << codec::write_json(answer ? *answer : error_value(answer.error())) << '\n';
  }
}
