#include "client/prepare.h"

#include "client/attempt.h"
#include "client/body_integrity.h"
#include "protocol/serializer.h"
#include "validate/validate.h"
#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

#include <algorithm>

namespace botocxx::client {
namespace {

Value with_idempotency_tokens(Value params, const Call& call) {
  auto input = call.operation.input();
  if (!input) return params;
  for (Member member : input->shape().members()) {
    if (!member.idempotency_token() || params.contains(member.name())) continue;
    const auto& given = call.options.idempotency_token;
    params.set(member.name(), given ? *given : make_uuid4(*call.client.parts.host.random));
  }
  return params;
}

Result<void> validate(const Call& call, const Value& params) {
  if (!call.client.parts.config.parameter_validation.value_or(true)) return {};
  if (auto input = call.operation.input()) return validate::check_params(params, input->shape());
  if (params.empty()) return {};
  return Error(
      ErrorKind::kValidation, "ParamValidation",
      fmt::format("Parameter validation failed:\n{} takes no parameters", call.operation.name()));
}

// botocore's `_urljoin`: the endpoint's own path stays in front, one slash at the joint.
std::string join_paths(const std::string& base, const std::string& path, bool bare_root) {
  if (path.empty() || bare_root) return base.empty() ? "/" : base;
  if (base.empty() || base == "/") return path.starts_with('/') ? path : '/' + path;
  if (base.ends_with('/') && path.starts_with('/')) return base + path.substr(1);
  return base + path;
}

Url join_url(const Endpoint& endpoint, const protocol::SerializedRequest& request,
             std::string_view request_uri, bool inject_host_prefix) {
  Url url = endpoint.url;
  if (inject_host_prefix) url.host = request.host_prefix + url.host;
  // "/?flag" keeps its slash behind the endpoint's path; "/" alone adds none.
  bool flag_is_sent = request_uri.find('?') != std::string_view::npos && request.has_query;
  bool bare_root = request.path == "/" && !flag_is_sent;
  url.path = join_paths(url.path, request.path, bare_root);
  if (request.has_query) {
    url.query += (url.query.empty() ? "" : "&") + request.query;
    url.has_query = true;
  }
  return url;
}

bool is_arn(std::string_view text) {
  return text.starts_with("arn:") && std::count(text.begin(), text.end(), ':') >= 5;
}

// The region of a URL is the client's, whatever the endpoint says, unless a resource names it.
SigningUse signing_use(const Call& call, const Value& params) {
  SigningUse use{.form = call.form};
  use.keeps_endpoint_region = call.form == auth::SigningForm::kHeaders ||
                              is_arn(params["Bucket"].get_if_string().value_or(""));
  return use;
}

// The path with what the endpoint took out of it; of a bucket alone with a slash behind it, and
// without an ARN in the bucket's place.
Result<std::string> whole_path(const Call& call, const Value& params) {
  auto whole =
      protocol::serialize(call.operation, call.client.protocol, params, {.omit_host_prefix = true});
  if (!whole) return std::move(whole).error();
  std::size_t slash = whole->path.find('/', 1);
  if (slash == std::string::npos) {
    slash = whole->path.size();
    whole->path += '/';
  }
  const std::string first = percent_decode(std::string_view(whole->path).substr(0, slash));
  const bool names_resource = !first.empty() && is_arn(std::string_view(first).substr(1));
  return names_resource ? whole->path.substr(slash) : whole->path;
}

Result<HttpRequest> serialize(const Call& call, const Value& params, const Endpoint& endpoint) {
  protocol::SerializeOptions options;
  if (endpoint.request_uri) options.request_uri = *endpoint.request_uri;
  options.omit_host_prefix = endpoint.omit_host_prefix;
  options.millisecond_timestamps = call.client.millisecond_timestamps;
  auto serialized = protocol::serialize(call.operation, call.client.protocol, params, options);
  if (!serialized) return std::move(serialized).error();
  std::string_view uri = options.request_uri.value_or(call.operation.request_uri());
  HttpRequest request;
  request.url = join_url(endpoint, *serialized, uri,
                         call.client.parts.config.inject_host_prefix.value_or(true));
  request.method = std::move(serialized->method);
  request.headers = std::move(serialized->headers);
  request.body = std::move(serialized->body);
  // A body that was sent before is at its end: without this an empty one would go out.
  if (request.body.can_rewind()) {
    if (auto rewound = request.body.rewind(); !rewound) return std::move(rewound).error();
  }
  for (const auto& [name, value] : endpoint.headers) request.headers.set(name, value);
  if (!call.context.is_presign_request) request.headers.set("User-Agent", call.client.user_agent);
  if (!call.method.empty()) request.method = call.method;
  return request;
}

Result<void> emit_before_call(Call& call, const Value& params, Prepared& prepared) {
  CallSigner signer(call, prepared.signing);
  BeforeCall event(call.operation, call.context, params, prepared.request, signer);
  if (auto handled = call.events.emit(event); !handled) return handled;
  prepared.answer = std::move(event.response);
  return {};
}

}  // namespace

Result<Value> build_params(Call& call, const Value& given) {
  // `{}` is null in C++; for parameters it means none.
  Value params = given.is_null() ? Value::object() : given;
  if (call.events.heard(EventKind::kProvideClientParams)) {
    ProvideClientParams event(call.operation, call.context, params);
    if (auto handled = call.events.emit(event); !handled) return std::move(handled).error();
    if (event.response) params = *std::move(event.response);
  }
  ask_for_checksum(call, params);
  BeforeParameterBuild event(call.operation, call.context, params);
  if (auto handled = call.events.emit(event); !handled) return std::move(handled).error();
  params = with_idempotency_tokens(std::move(params), call);
  const Client::State& client = call.client;
  auto completed =
      client.parts.endpoints->complete_params(call.operation, client.parts.config, params);
  if (!completed) return std::move(completed).error();
  return params;
}

EndpointQuery endpoint_query(Call& call, const Value& params) {
  const ClientParts& parts = call.client.parts;
  EndpointQuery query{call.operation,
                      params,
                      parts.region,
                      parts.endpoint_url,
                      parts.use_ssl,
                      parts.config,
                      parts.credentials.get(),
                      call.options.deadline};
  if (call.context.is_presign_request) query.use = EndpointUse::kUrl;
  if (call.events.heard(EventKind::kBeforeEndpointResolution)) {
    query.adjust_builtins = [&call, &params](Value& builtins) -> Result<void> {
      BeforeEndpointResolution event(call.operation, call.context, params, builtins);
      return call.events.emit(event);
    };
  }
  return query;
}

Result<Endpoint> resolve_endpoint(Call& call, const Value& params) {
  auto endpoint = call.client.parts.endpoints->resolve(endpoint_query(call, params));
  if (endpoint) call.context.endpoint_properties = endpoint->properties;
  return endpoint;
}

Result<Prepared> prepare(Call& call, const Value& given) {
  auto params = build_params(call, given);
  if (!params) return std::move(params).error();
  if (auto valid = validate(call, *params); !valid) return std::move(valid).error();
  auto endpoint = resolve_endpoint(call, *params);
  if (!endpoint) return std::move(endpoint).error();
  auto plan = plan_signing(call.client, call.operation, *endpoint, signing_use(call, *params));
  if (!plan) return std::move(plan).error();
  auto request = serialize(call, *params, *endpoint);
  if (!request) return std::move(request).error();
  if (plan->choice.scheme.family == auth::SchemeFamily::kStoreV1 && endpoint->request_uri) {
    auto path = whole_path(call, *params);
    if (!path) return std::move(path).error();
    plan->resource_path = *std::move(path);
  }
  call.context.signing.region = plan->choice.region;
  call.context.signing.signing_name = plan->choice.signing_name;
  Prepared prepared;
  prepared.request = *std::move(request);
  plan->session_bucket = (*params)["Bucket"].get_if_string().value_or("");
  prepared.signing = *std::move(plan);
  if (call.context.is_presign_request) return prepared;
  auto checksum = plan_checksums(call, *params, prepared.request);
  if (!checksum) return std::move(checksum).error();
  if (auto handled = emit_before_call(call, *params, prepared); !handled) {
    return std::move(handled).error();
  }
  if (prepared.answer) return prepared;
  if (auto done = complete_body(call, *checksum, prepared); !done) return std::move(done).error();
  prepared.params = *std::move(params);
  return prepared;
}

}  // namespace botocxx::client
