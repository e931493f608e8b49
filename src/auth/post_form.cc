#include "auth/post_form.h"

#include "auth/signing_key.h"
#include "base/digest.h"
#include "codec/json.h"
#include <botocxx/base/text_encoding.h>

#include <algorithm>

namespace botocxx::auth {
namespace {

constexpr std::string_view kAlgorithmField = "x-amz-algorithm";
constexpr std::string_view kCredentialField = "x-amz-credential";
constexpr std::string_view kDateField = "x-amz-date";

Result<void> check(const PostPolicy& policy, const Credentials& credentials) {
  if (credentials.access_key.empty() || credentials.secret_key.empty()) {
    return Error(ErrorKind::kCredentials, "NoCredentials", "Unable to locate credentials");
  }
  if (!policy.conditions.is_null() && !policy.conditions.is_list()) {
    return Error(ErrorKind::kUsage, "InvalidPolicy",
                 "the conditions of a POST policy must be a list of objects and lists");
  }
  return {};
}

void set_field(PostForm& form, std::string_view name, std::string value) {
  auto same = [&](const auto& field) { return field.first == name; };
  auto place = std::find_if(form.fields.begin(), form.fields.end(), same);
  if (place == form.fields.end()) {
    form.fields.emplace_back(name, std::move(value));
  } else {
    place->second = std::move(value);
  }
}

// A field that the policy must allow, too.
void add_with_condition(PostForm& form, Value& conditions, std::string_view name,
                        const std::string& value) {
  Value condition = Value::object();
  condition.set(std::string(name), Value(value));
  conditions.push_back(std::move(condition));
  set_field(form, name, value);
}

Timestamp server_time(const SigV4Options& options) {
  return Timestamp::from_unix(options.time.seconds() + options.clock_skew.count());
}

void write_policy(PostForm& form, const PostPolicy& policy, Value conditions, Timestamp now) {
  Value document = Value::object();
  Timestamp end = Timestamp::from_unix(now.seconds() + policy.expires.count());
  document.set("expiration", Value(end.to_iso8601()));
  document.set("conditions", std::move(conditions));
  form.policy_json = codec::write_json(document, codec::JsonStyle::kPython);
  form.string_to_sign = base64_encode(as_byte_span(form.policy_json));
  set_field(form, "policy", form.string_to_sign);
}

}  // namespace

PostPolicy for_object(PostPolicy policy, std::string_view bucket, std::string_view key) {
  constexpr std::string_view kFileName = "${filename}";
  if (policy.conditions.is_null()) policy.conditions = Value::list();
  Value of_bucket = Value::object();
  of_bucket.set("bucket", Value(std::string(bucket)));
  policy.conditions.push_back(std::move(of_bucket));
  if (key.ends_with(kFileName)) {
    const std::string begin(key.substr(0, key.size() - kFileName.size()));
    policy.conditions.push_back(Value::list({Value("starts-with"), Value("$key"), Value(begin)}));
  } else {
    Value of_key = Value::object();
    of_key.set("key", Value(std::string(key)));
    policy.conditions.push_back(std::move(of_key));
  }
  PostForm form{.fields = std::move(policy.fields)};
  set_field(form, "key", std::string(key));
  policy.fields = std::move(form.fields);
  return policy;
}

std::string post_signature_v4(std::string_view policy, const Credentials& credentials,
                              const SigV4Options& options, SigningKeyCache* cache) {
  const std::string time = server_time(options).to_basic();
  const SigningScope scope{std::string_view(time).substr(0, 8), options.region, options.service};
  return hex_encode(SigningKeyAccess::key(credentials.secret_key, scope, cache).mac(policy));
}

Result<PostForm> sign_post_v4(const PostPolicy& policy, const Credentials& credentials,
                              const SigV4Options& options, SigningKeyCache* cache) {
  if (auto valid = check(policy, credentials); !valid) return std::move(valid).error();
  const std::string time = server_time(options).to_basic();
  const SigningScope scope{std::string_view(time).substr(0, 8), options.region, options.service};
  PostForm form{.fields = policy.fields};
  Value conditions = policy.conditions.is_null() ? Value::list() : policy.conditions;
  add_with_condition(form, conditions, kAlgorithmField, std::string(kHmacSha256));
  add_with_condition(form, conditions, kCredentialField,
                     credentials.access_key + "/" + credential_scope(scope));
  add_with_condition(form, conditions, kDateField, time);
  if (!credentials.session_token.empty()) {
    add_with_condition(form, conditions,
                       options.session_auth ? "X-Amz-S3session-Token" : "x-amz-security-token",
                       credentials.session_token);
  }
  write_policy(form, policy, std::move(conditions), server_time(options));
  form.signature = post_signature_v4(form.string_to_sign, credentials, options, cache);
  set_field(form, "x-amz-signature", form.signature);
  return form;
}

Result<PostForm> sign_post_v1(const PostPolicy& policy, const Credentials& credentials,
                              const SigV4Options& options) {
  if (auto valid = check(policy, credentials); !valid) return std::move(valid).error();
  PostForm form{.fields = policy.fields};
  Value conditions = policy.conditions.is_null() ? Value::list() : policy.conditions;
  set_field(form, "AWSAccessKeyId", credentials.access_key);
  if (!credentials.session_token.empty()) {
    add_with_condition(form, conditions, "x-amz-security-token", credentials.session_token);
  }
  write_policy(form, policy, std::move(conditions), server_time(options));
  form.signature =
      base64_encode(as_byte_span(base::hmac_sha1(credentials.secret_key, form.string_to_sign)));
  set_field(form, "signature", form.signature);
  return form;
}

}  // namespace botocxx::auth
