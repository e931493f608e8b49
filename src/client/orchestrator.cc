#include "client/orchestrator.h"

#include "client/event_stream_state.h"
#include "client/response_state.h"
#include "protocol/parser.h"
#include "protocol/serializer.h"
#include "validate/validate.h"

#include <fmt/format.h>

#include <algorithm>

namespace botocxx::client {
namespace {

// What the parsers can read; a server that never ends must not fill memory.
constexpr std::uint64_t kBodyLimit = INT32_MAX;
// An error body is a small document; a server that streams more than this is not read to its end.
constexpr std::uint64_t kErrorBodyLimit = 16 * 1024 * 1024;

const Value& no_parameters() {
  static const Value empty = Value::object();
  return empty;
}

Value with_idempotency_tokens(const Value& params, const Operation& operation,
                              const Client::State& client, const CallOptions& options) {
  Value filled = params;
  auto input = operation.input();
  if (!input) return filled;
  for (Member member : input->shape().members()) {
    if (!member.idempotency_token() || filled.contains(member.name())) continue;
    filled.set(member.name(), options.idempotency_token ? *options.idempotency_token
                                                        : make_uuid4(*client.parts.host.random));
  }
  return filled;
}

Result<void> validate(const Client::State& client, const Operation& operation,
                      const Value& params) {
  if (!client.parts.config.parameter_validation) return {};
  if (auto input = operation.input()) return validate::check_params(params, input->shape());
  if (params.empty()) return {};
  return Error(
      ErrorKind::kValidation, "ParamValidation",
      fmt::format("Parameter validation failed:\n{} takes no parameters", operation.name()));
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

// botocore adds the length when it prepares a request, after signing: it is never signed.
void add_content_length(HttpRequest& request) {
  bool bodiless_method =
      request.method == "GET" || request.method == "HEAD" || request.method == "OPTIONS";
  if (request.headers.contains("Content-Length") || request.headers.contains("Transfer-Encoding")) {
    return;
  }
  auto size = request.body.size();
  if (!size) {
    request.headers.set("Transfer-Encoding", "chunked");
  } else if (*size > 0 || !bodiless_method) {
    request.headers.set("Content-Length", std::to_string(*size));
  }
}

SendOptions send_options(const Client::State& client, const Operation& operation,
                         const CallOptions& options) {
  SendOptions send;
  send.connect_timeout = client.parts.config.connect_timeout;
  send.read_timeout = client.parts.config.read_timeout;
  send.deadline = options.deadline;
  send.stop = options.stop;
  send.stream_response =
      operation.has_streaming_output() || operation.event_stream_output().has_value();
  if (!send.stream_response) send.body_limit = kBodyLimit;
  return send;
}

// The path with what the endpoint took out of it; of a bucket alone with a slash behind it.
Result<std::string> whole_path(const Client::State& client, const Operation& operation,
                               const Value& params) {
  auto whole = protocol::serialize(operation, client.protocol, params, {.omit_host_prefix = true});
  if (!whole) return std::move(whole).error();
  bool one_label = whole->path.find('/', 1) == std::string::npos;
  return one_label ? whole->path + '/' : whole->path;
}

Error with_call(Error error, const Client::State& client, const Operation& operation) {
  return std::move(error).with_call(std::string(client.parts.model->service_name()),
                                    std::string(operation.name()));
}

}  // namespace

Result<Endpoint> resolve_endpoint(const Client::State& client, const Operation& operation,
                                  const Value& params, const CallOptions& options) {
  return client.parts.endpoints->resolve(
      {operation, params, client.parts.region, client.parts.endpoint_url, client.parts.use_ssl,
       client.parts.config, client.parts.credentials.get(), options.deadline});
}

Result<Prepared> prepare(const Client::State& client, const Operation& operation,
                         const Value& given, const CallOptions& options) {
  // `{}` is null in C++; for parameters it means none.
  const Value& named = given.is_null() ? no_parameters() : given;
  Value params = with_idempotency_tokens(named, operation, client, options);
  auto completed = client.parts.endpoints->complete_params(operation, client.parts.config, params);
  if (!completed) return std::move(completed).error();
  if (auto valid = validate(client, operation, params); !valid) return std::move(valid).error();
  auto endpoint = resolve_endpoint(client, operation, params, options);
  if (!endpoint) return std::move(endpoint).error();
  auto plan = plan_signing(client, operation, *endpoint);
  if (!plan) return std::move(plan).error();
  protocol::SerializeOptions serialize_options;
  if (endpoint->request_uri) serialize_options.request_uri = *endpoint->request_uri;
  serialize_options.omit_host_prefix = endpoint->omit_host_prefix;
  auto serialized = protocol::serialize(operation, client.protocol, params, serialize_options);
  if (!serialized) return std::move(serialized).error();
  if (plan->choice.scheme.family == auth::SchemeFamily::kStoreV1 && endpoint->request_uri) {
    auto path = whole_path(client, operation, params);
    if (!path) return std::move(path).error();
    plan->resource_path = *std::move(path);
  }
  Prepared prepared;
  std::string_view request_uri = serialize_options.request_uri.value_or(operation.request_uri());
  prepared.request.url =
      join_url(*endpoint, *serialized, request_uri, client.parts.config.inject_host_prefix);
  prepared.request.method = std::move(serialized->method);
  prepared.request.headers = std::move(serialized->headers);
  prepared.request.body = std::move(serialized->body);
  // A body that was sent before is at its end: without this an empty one would go out.
  if (prepared.request.body.can_rewind()) {
    if (auto rewound = prepared.request.body.rewind(); !rewound) return std::move(rewound).error();
  }
  for (auto& [name, value] : endpoint->headers) prepared.request.headers.set(name, value);
  prepared.request.headers.set("User-Agent", client.user_agent);
  prepared.signing = *std::move(plan);
  return prepared;
}

Result<Attempt> sign_attempt(const Client::State& client, const Prepared& prepared,
                             const CallOptions& options) {
  Attempt attempt{.request = prepared.request};
  auto additions = sign_request(client, prepared.signing, attempt.request, options);
  if (!additions) return std::move(additions).error();
  auth::apply(*additions, attempt.request);
  attempt.additions = *std::move(additions);
  add_content_length(attempt.request);
  return attempt;
}

Result<Response> parse_response(const Client::State& client, const Operation& operation,
                                HttpResponse response, int attempts) {
  bool failed = response.status >= 300;
  bool events = operation.event_stream_output() && !failed;
  bool stream = events || (operation.has_streaming_output() && !failed);
  auto state = std::make_unique<Response::State>();
  if (!stream) {
    auto body = response.body.read_all(failed ? kErrorBodyLimit : UINT64_MAX);
    // That the service failed matters more than that it said so at too great length.
    bool too_long = !body && failed && body.error().code() == "BodyTooLarge";
    if (!body && !too_long) return with_call(std::move(body).error(), client, operation);
    if (!too_long) state->body = *std::move(body);
    response.body = Body();
  }
  if (failed) {
    Error error = protocol::parse_error(operation, client.protocol, response, state->body);
    return with_call(std::move(error).with_attempts(attempts), client, operation);
  }
  state->model = client.parts.model;
  state->attempts = attempts;
  state->head = std::move(response);
  state->operation = operation.name();
  if (events) {
    auto opened = open_event_stream(state->model, operation, client.protocol, state->head);
    if (!opened) return std::move(opened).error().with_attempts(attempts);
    state->events = std::move(opened->events);
    state->body = std::move(opened->initial);
  }
  auto answer =
      protocol::parse_answer(operation, client.protocol, state->head, state->body, &state->arena);
  if (!answer) {
    return with_call(std::move(answer).error().with_attempts(attempts), client, operation);
  }
  state->output = std::move(answer->output);
  if (events) state->output.erase(operation.event_stream_output()->name());
  state->metadata = std::move(answer->metadata);
  state->head.body = Body();
  return Response(std::move(state));
}

Result<Response> call(const Client::State& client, const Operation& operation, const Value& params,
                      const CallOptions& options) {
  auto prepared = prepare(client, operation, params, options);
  if (!prepared) return with_call(std::move(prepared).error(), client, operation);
  auto attempt = sign_attempt(client, *prepared, options);
  if (!attempt) return with_call(std::move(attempt).error(), client, operation);
  if (!client.parts.http) {
    return Error(ErrorKind::kUsage, "NoTransport", "this client was made without an HTTP client");
  }
  auto response =
      client.parts.http->send(attempt->request, send_options(client, operation, options));
  if (!response) return with_call(std::move(response).error(), client, operation);
  auto parsed = parse_response(client, operation, *std::move(response), 1);
  if (!parsed) return with_mismatch(std::move(parsed).error(), attempt->additions);
  return parsed;
}

}  // namespace botocxx::client
