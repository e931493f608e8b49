#include "client/signing.h"

#include "auth/mismatch.h"
#include "auth/sign.h"
#include "client/session_call.h"
#include "client/signed_events.h"
#include <botocxx/base/text_encoding.h>

#include <algorithm>
#include <array>

namespace botocxx::client {
namespace {

using auth::SchemeFamily;

constexpr std::string_view kNone = "none";
// check_layers: allow-file service-name: these are names of signature versions and scopes
// Scopes whose Version 4 leaves the path as it is and always sends the hash of the body.
constexpr std::array<std::string_view, 4> kStoreSigningNames{"s3", "s3-outposts",
                                                             "s3-object-lambda", "s3express"};

std::string_view requested_in_code(const Config& config) {
  return config.unsigned_requests ? kNone : std::string_view(config.signature_version);
}

std::vector<std::string_view> views(const std::vector<std::string>& texts) {
  return {texts.begin(), texts.end()};
}

// Blanks count nowhere, and empty names do not count.
std::vector<std::string> names_of(std::string_view list) {
  std::vector<std::string> names(1);
  for (char c : list) {
    if (c == ',') {
      if (!names.back().empty()) names.emplace_back();
    } else if (c != ' ' && c != '\t') {
      names.back() += c;
    }
  }
  if (names.back().empty()) names.pop_back();
  return names;
}

std::string text_of(const Value& value) { return std::string(value.get_if_string().value_or("")); }

std::optional<std::vector<auth::EndpointAuthScheme>> schemes_of(const Endpoint& endpoint) {
  const Value& schemes = endpoint.properties["authSchemes"];
  if (!schemes.is_list()) return std::nullopt;
  std::vector<auth::EndpointAuthScheme> read;
  for (const Value& scheme : schemes.items()) {
    auth::EndpointAuthScheme& one = read.emplace_back();
    one.name = text_of(scheme["name"]);
    one.signing_name = text_of(scheme["signingName"]);
    one.signing_region = text_of(scheme["signingRegion"]);
    for (const Value& region : scheme["signingRegionSet"].items()) {
      one.signing_region_set.push_back(text_of(region));
    }
  }
  return read;
}

std::string_view forced_version(const Client::State& client, const Operation& operation) {
  const SigningRules& rules = client.parts.signing;
  for (const auto& [name, version] : rules.forced) {
    if (name == operation.name()) return version;
  }
  bool configured = !requested_in_code(client.parts.config).empty();
  return configured ? std::string_view() : std::string_view(rules.version_unless_configured);
}

// A store that is asked without a region is signed for the one that its endpoint names.
std::string_view region_of(const Client::State& client, const Endpoint& endpoint) {
  if (!endpoint.signing_region.empty()) return endpoint.signing_region;
  if (!client.parts.region.empty()) return client.parts.region;
  for (const Value& scheme : endpoint.properties["authSchemes"].items()) {
    if (auto region = scheme["signingRegion"].get_if_string()) return *region;
  }
  return {};
}

bool takes_v1(const Client::State& client, const Endpoint& endpoint) {
  const std::string& version = client.parts.signing.version_of_known_urls;
  const std::vector<std::string>& known = endpoint.known_signature_versions;
  return !version.empty() && requested_in_code(client.parts.config).empty() &&
         std::ranges::find(known, version) != known.end();
}

Result<auth::PayloadHash> payload_hash(const Client::State& client, const SigningPlan& plan,
                                       const HttpRequest& request) {
  auth::PayloadFacts facts;
  facts.scheme = plan.choice.scheme;
  facts.https = request.url.scheme == "https";
  facts.payload_signing_enabled = client.parts.config.s3.payload_signing_enabled;
  facts.has_checksum_header = request.headers.contains(
      plan.checksum_header.empty() ? std::string_view("Content-MD5") : plan.checksum_header);
  facts.checksum_in_trailer = plan.checksum_in_trailer;
  facts.streaming_input = plan.streaming_input;
  // A URL of Version 4 is signed with its (empty) body also where requests go without.
  bool plain_url = plan.choice.scheme.family == SchemeFamily::kV4 &&
                   plan.choice.scheme.form == auth::SigningForm::kQuery;
  facts.sign_payload = plan.choice.sign_payload || plain_url;
  auth::PayloadHash hash = auth::choose_payload_hash(facts);
  if (hash != auth::PayloadHash::kSigned || request.body.can_rewind()) return hash;
  const SchemeFamily family = plan.choice.scheme.family;
  if (!is_version_4(family)) return hash;
  bool store = family != SchemeFamily::kV4 && family != SchemeFamily::kV4a;
  if (store && !facts.payload_signing_enabled && facts.https) return auth::PayloadHash::kUnsigned;
  return Error(ErrorKind::kUsage, "UnseekableStream",
               "the body must be read twice, once for its signature and once to send it, but this "
               "stream can be read only once")
      .with_hint("pass a file or octets, or set s3.payload_signing_enabled to false");
}

// Also without a signature a server must learn how to read the body.
auth::SignatureAdditions unsigned_additions(const SigningPlan& plan) {
  auth::SignatureAdditions additions;
  if (plan.checksum_in_trailer) {
    additions.headers.push_back({"X-Amz-Content-SHA256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"});
  }
  return additions;
}

// The host's time, as far as it is known to differ from this machine's.
Timestamp signing_time(const Client::State& client, const HttpRequest& request) {
  Timestamp now = client.parts.host.clock->now();
  if (!client.clock_offsets) return now;
  auto offset = client.clock_offsets->get(request.url.host);
  return Timestamp::from_unix(now.seconds() + offset.count(), now.nanoseconds());
}

auth::SigningInput signing_input(const Client::State& client, const SigningPlan& plan,
                                 Timestamp time) {
  auth::SigningInput input;
  input.scheme = plan.choice.scheme;
  input.v4.region = plan.choice.region;
  if (input.scheme.family == SchemeFamily::kV4a || input.scheme.family == SchemeFamily::kStoreV4a) {
    input.v4.region_set = plan.choice.region;
  }
  input.v4.service = plan.choice.signing_name;
  input.v4.time = time;
  input.v4.expires = plan.expires;
  input.v4.keep_query = plan.query_is_final;
  input.store_v1.resource_path = plan.resource_path;
  const StoreSigning& store = client.parts.signing.store;
  for (const StoreSigning::SubResource& rule : store.sub_resources) {
    input.store_v1.more_sub_resources.push_back({rule.name, rule.unless});
  }
  input.store_v1.more_header_prefixes = store.header_prefixes;
  input.bearer_token = client.parts.bearer_token;
  return input;
}

Result<std::shared_ptr<const Credentials>> credentials_for(const Client::State& client,
                                                           const SigningPlan& plan,
                                                           const CallOptions& options) {
  if (!client.parts.credentials) {
    return Error(ErrorKind::kCredentials, "NoCredentials", "Unable to locate credentials");
  }
  if (plan.choice.scheme.family == SchemeFamily::kSessionV4) {
    return client.sessions.get(plan.session_bucket, client.parts.host.clock->now(),
                               [&] { return open_session(client, plan.session_bucket, options); });
  }
  return client.parts.credentials->resolve(options.deadline);
}

// The head is signed without its body, and each message of the body after the one before it.
Result<auth::SignatureAdditions> sign_with_events(const Client::State& client,
                                                  const HttpRequest& request,
                                                  const Credentials& credentials,
                                                  auth::SigningInput& input) {
  input.v4.payload = auth::PayloadHash::kSignedEvents;
  auto additions = auth::sign(request, &credentials, input, &client.signing_keys);
  if (!additions) return additions;
  auto signer =
      auth::EventSigner::create(additions->signature, credentials, input.v4, &client.signing_keys);
  if (!signer) return std::move(signer).error();
  auto messages = request.body.read_all();
  if (!messages) return std::move(messages).error();
  auto body = sign_event_messages(*messages, *signer, *client.parts.host.clock);
  if (!body) return std::move(body).error();
  additions->body = *std::move(body);
  return additions;
}

std::vector<std::string> preference_of(const ClientParts& parts) {
  const std::string& in_code = parts.config.auth_scheme_preference;
  return names_of(in_code.empty() ? parts.signing.auth_scheme_preference : in_code);
}

Result<auth::SignatureAdditions> sign_with_token(const Client::State& client,
                                                 const HttpRequest& request,
                                                 auth::SigningInput input,
                                                 const CallOptions& options) {
  if (!input.bearer_token.empty() || !client.parts.tokens) {
    return auth::sign(request, nullptr, input);
  }
  auto token = client.parts.tokens->resolve(options.deadline);
  if (!token) return std::move(token).error();
  input.bearer_token = (*token)->token;
  return auth::sign(request, nullptr, input);
}

bool asks_for_v4a(const ClientParts& parts) {
  const std::vector<std::string> preference = preference_of(parts);
  return requested_in_code(parts.config).ends_with("v4a") ||
         std::ranges::find(preference, "sigv4a") != preference.end();
}

// Without being asked for, Version 4a is left to what takes nothing else, as by botocore without
// AWS's C library.
template <typename Facts, typename Choose>
auto choose_v4a_last(Facts facts, const ClientParts& parts, Choose choose) {
  facts.has_v4a = asks_for_v4a(parts);
  auto choice = choose(facts);
  bool none = !choice && (choice.error().is("UnknownSignatureVersion") ||
                          choice.error().is("UnsupportedSignatureVersion"));
  if (!none || facts.has_v4a) return choice;
  facts.has_v4a = true;
  return choose(facts);
}

}  // namespace

bool is_version_4(SchemeFamily family) {
  return family == SchemeFamily::kV4 || family == SchemeFamily::kV4a ||
         family == SchemeFamily::kStoreV4 || family == SchemeFamily::kStoreV4a ||
         family == SchemeFamily::kSessionV4;
}

bool is_store_signing_name(std::string_view name) {
  return std::ranges::find(kStoreSigningNames, name) != kStoreSigningNames.end();
}

Result<std::string> client_signature_version(const ClientParts& parts) {
  auth::ClientSchemeFacts facts;
  facts.configured = requested_in_code(parts.config);
  facts.service_default = parts.signing.default_version;
  std::vector<std::string> model_auth = parts.model->auth();
  std::string model_version = parts.model->signature_version();
  facts.model_auth = views(model_auth);
  facts.model_signature_version = model_version;
  // A model without a word on it, and without an entry of endpoints.json that is known here.
  if (model_version.empty()) facts.endpoint_versions = {"v4"};
  return choose_v4a_last(facts, parts, auth::choose_client_scheme);
}

Result<SigningPlan> plan_signing(const Client::State& client, const Operation& operation,
                                 const Endpoint& endpoint, const SigningUse& use) {
  const Config& config = client.parts.config;
  auth::SchemeFacts facts;
  facts.client_scheme = client.signature_version;
  facts.requested_in_code = requested_in_code(config);
  facts.preference_in_code = !config.auth_scheme_preference.empty();
  facts.preference = preference_of(client.parts);
  std::vector<std::string> service_auth = client.parts.model->auth();
  facts.service_auth = views(service_auth);
  facts.operation_auth = operation.auth();
  facts.operation_auth_type = operation.auth_type();
  facts.operation_unsigned_payload = operation.trait("unsignedPayload") == "true";
  facts.endpoint_schemes = schemes_of(endpoint);
  facts.forced = forced_version(client, operation);
  facts.signing_name = endpoint.signing_name.empty() ? client.signing_name : endpoint.signing_name;
  facts.region = region_of(client, endpoint);
  facts.v4a_region_set = config.sigv4a_signing_region_set;
  facts.store_signing_names = kStoreSigningNames;
  facts.has_service_token = client.parts.signing.prefer_bearer;
  facts.form = use.form;
  facts.ignore_endpoint_region = !use.keeps_endpoint_region;
  facts.presign_with_v1 = use.form != auth::SigningForm::kHeaders && takes_v1(client, endpoint);
  auto choice = choose_v4a_last(facts, client.parts, auth::choose_scheme);
  if (!choice) return std::move(choice).error();
  SigningPlan plan;
  plan.choice = *std::move(choice);
  plan.streaming_input = operation.has_streaming_input();
  plan.event_input = operation.event_stream_input().has_value() &&
                     plan.choice.scheme == auth::AuthScheme{SchemeFamily::kV4, {}};
  return plan;
}

Result<auth::SignatureAdditions> sign_request(const Client::State& client, const SigningPlan& plan,
                                              const HttpRequest& request,
                                              const CallOptions& options,
                                              const Credentials* own_credentials) {
  auth::SigningInput input = signing_input(client, plan, signing_time(client, request));
  const SchemeFamily family = input.scheme.family;
  if (family == SchemeFamily::kNone) return unsigned_additions(plan);
  if (family == SchemeFamily::kBearer) return sign_with_token(client, request, input, options);
  std::shared_ptr<const Credentials> resolved;
  if (own_credentials == nullptr) {
    auto credentials = credentials_for(client, plan, options);
    if (!credentials) return std::move(credentials).error();
    resolved = *std::move(credentials);
    own_credentials = resolved.get();
  }
  if (plan.event_input) return sign_with_events(client, request, *own_credentials, input);
  auto payload = payload_hash(client, plan, request);
  if (!payload) return std::move(payload).error();
  input.v4.payload = *payload;
  return auth::sign(request, own_credentials, input, &client.signing_keys);
}

Result<auth::PostForm> sign_form(const Client::State& client, const SigningPlan& plan,
                                 const auth::PostPolicy& policy, const CallOptions& options) {
  const SchemeFamily family = plan.choice.scheme.family;
  const bool v4 = family == SchemeFamily::kV4 || family == SchemeFamily::kStoreV4 ||
                  family == SchemeFamily::kSessionV4;
  if (!v4 && family != SchemeFamily::kStoreV1) {
    return Error(ErrorKind::kUsage, "UnsupportedSignatureVersion",
                 "Signature version(s) are not supported: " + auth::to_string(plan.choice.scheme));
  }
  auto credentials = credentials_for(client, plan, options);
  if (!credentials) return std::move(credentials).error();
  auth::SigningInput input = signing_input(client, plan, client.parts.host.clock->now());
  input.v4.session_auth = family == SchemeFamily::kSessionV4;
  if (!v4) return auth::sign_post_v1(policy, **credentials, input.v4);
  return auth::sign_post_v4(policy, **credentials, input.v4, &client.signing_keys);
}

Error with_mismatch(Error error, const auth::SignatureAdditions& ours) {
  if (ours.signature.empty() || error.kind() != ErrorKind::kService) return error;
  auth::ServiceStages theirs = auth::stages_in_message(error.message());
  if (error.fields() != nullptr) {
    const Value& details = (*error.fields())["Error"];
    if (auto text = details["CanonicalRequest"].get_if_string()) theirs.canonical_request = *text;
    if (auto text = details["StringToSign"].get_if_string()) theirs.string_to_sign = *text;
  }
  if (!error.is("SignatureDoesNotMatch") && !error.is("InvalidSignatureException")) return error;
  auto explained = auth::explain_mismatch(ours, theirs);
  return explained ? std::move(error).with_hint(*std::move(explained)) : error;
}

}  // namespace botocxx::client
