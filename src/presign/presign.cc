#include "client/attempt.h"
#include "client/prepare.h"
#include "presign/url_query.h"
#include <botocxx/base/text_encoding.h>
#include <botocxx/presign/presign.h>

#include <fmt/format.h>

#include <algorithm>

namespace botocxx::inline v1 {
namespace {

using auth::SchemeFamily;

// What the address of a bucket follows from: the form is sent where the bucket is made.
constexpr std::string_view kBucketOperation = "CreateBucket";

bool takes_forms(std::string_view protocol) { return protocol == "query" || protocol == "ec2"; }

// Version 4 signs the body's parameters as part of the query; the older signature leaves the body
// to whoever sends it, and nothing is done where nothing is signed.
Result<void> move_body(client::Prepared& prepared, const Operation& operation,
                       std::string_view protocol) {
  HttpRequest& request = prepared.request;
  const SchemeFamily family = prepared.signing.choice.scheme.family;
  if (family != SchemeFamily::kNone && family != SchemeFamily::kStoreV1) {
    if (operation.has_streaming_input() && request.body.size() != 0) {
      return Error(ErrorKind::kUsage, "UnsupportedBody",
                   fmt::format("a signed URL cannot hold the body of {}", operation.name()))
          .with_hint("leave the body out: whoever uses the URL sends it");
    }
    auto form = takes_forms(protocol) ? presign::BodyForm::kForm : presign::BodyForm::kJson;
    auto query = presign::query_with_body(request, form);
    if (!query) return std::move(query).error();
    request.url.has_query = query->has_value();
    request.url.query = std::move(*query).value_or("");
    prepared.signing.query_is_final = true;
  }
  request.body = Body();
  return {};
}

bool is_listed(std::string_view names, std::string_view name) {
  while (!names.empty()) {
    std::size_t end = std::min(names.find(';'), names.size());
    if (names.substr(0, end) == name) return true;
    names.remove_prefix(std::min(end + 1, names.size()));
  }
  return false;
}

// What the service will look at when it checks the signature.
Headers signed_headers(const HttpRequest& request, const auth::SignatureAdditions& additions,
                       SchemeFamily family) {
  Headers headers;
  for (const Headers::Field& field : request.headers) {
    const std::string name = to_lower(field.name);
    if (name == "host") continue;
    bool is_signed = is_listed(additions.signed_headers, name);
    if (family == SchemeFamily::kStoreV1) {
      is_signed = name.starts_with("x-amz-") || name == "content-md5" || name == "content-type";
    }
    if (is_signed) headers.add(field.name, field.value);
  }
  return headers;
}

}  // namespace

Result<PresignedUrl> presign(const Client& client, std::string_view name, const Value& params,
                             const PresignOptions& options) {
  const Client::State& state = client.state();
  auto operation = state.parts.model->operation(name);
  if (!operation) return std::move(operation).error();
  client::Call call(state, *operation, options.call);
  call.context.is_presign_request = true;
  call.form = auth::SigningForm::kQuery;
  call.method = options.http_method;
  auto prepared = client::prepare(call, params);
  if (!prepared) return std::move(prepared).error();
  HttpRequest& request = prepared->request;
  for (const Headers::Field& field : options.headers) request.headers.set(field.name, field.value);
  const auto& plain = state.parts.signing.urls_without_content_type;
  if (std::ranges::find(plain, operation->name()) != plain.end()) {
    request.headers.remove("Content-Type");
  }
  if (auto moved = move_body(*prepared, *operation, state.protocol); !moved) {
    return std::move(moved).error();
  }
  prepared->signing.expires = options.expires_in;
  client::CallSigner signer(call, prepared->signing);
  if (auto made = signer.sign(request); !made) return std::move(made).error();
  return PresignedUrl{.method = request.method,
                      .url = request.url.to_string(),
                      .headers = signed_headers(request, signer.additions(),
                                                prepared->signing.choice.scheme.family)};
}

Result<PresignedPost> presign_post(const Client& client, std::string_view bucket,
                                   std::string_view key, const PresignPostOptions& options) {
  const Client::State& state = client.state();
  auto operation = state.parts.model->operation(kBucketOperation);
  if (!operation) return std::move(operation).error();
  Value params = Value::object();
  params.set("Bucket", bucket);
  client::Call call(state, *operation, options.call);
  call.context.is_presign_request = true;
  call.form = auth::SigningForm::kPostForm;
  auto prepared = client::prepare(call, params);
  if (!prepared) return std::move(prepared).error();
  PresignedPost post{.url = prepared->request.url.to_string(), .fields = options.fields};
  auth::PostPolicy policy = auth::for_object(
      {.fields = options.fields, .conditions = options.conditions, .expires = options.expires_in},
      bucket, key);
  if (prepared->signing.choice.scheme.family == SchemeFamily::kNone) {
    post.fields = std::move(policy.fields);
    return post;
  }
  auto form = client::sign_form(state, prepared->signing, policy, options.call);
  if (!form) return std::move(form).error();
  post.fields = std::move(form->fields);
  return post;
}

}  // namespace botocxx::inline v1
