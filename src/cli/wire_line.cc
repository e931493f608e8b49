#include "cli/wire_line.h"

#include "cli/endpoint_value.h"
#include <botocxx/base/text_encoding.h>
#include <botocxx/codec/json.h>
#include <botocxx/jmespath/expression.h>
#include <botocxx/model/typed_json.h>
#include <botocxx/presign/presign.h>

#include <fmt/format.h>

#include <mutex>
#include <optional>

namespace botocxx::cli {
namespace {

// Enough for every service and version; a stream of lines that all differ must not fill memory.
constexpr std::size_t kMostClients = 1024;

// What a line fixes the time to; a client that several lines share asks on the line's own thread.
thread_local const Timestamp* fixed_time = nullptr;

class LineClock : public Clock {
 public:
  Timestamp now() const override {
    return fixed_time != nullptr ? *fixed_time : system_host().clock->now();
  }
};

// The line's "uuid", from which all that is random comes where there is one.
thread_local const std::string* fixed_octets = nullptr;

class LineRandom : public Random {
 public:
  void fill(std::span<std::byte> out) const override {
    if (fixed_octets == nullptr || fixed_octets->empty()) return system_host().random->fill(out);
    for (std::size_t i = 0; i < out.size(); ++i) {
      out[i] = static_cast<std::byte>((*fixed_octets)[i % fixed_octets->size()]);
    }
  }
};

class RandomOfLine {
 public:
  explicit RandomOfLine(std::string_view uuid) {
    int digits = 0;
    int octet = 0;
    for (char c : uuid) {
      bool digit = c >= '0' && c <= '9';
      bool letter = (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
      if (!digit && !letter) continue;
      octet = octet * 16 + (digit ? c - '0' : (c & 0xf) + 9);
      if (++digits % 2 != 0) continue;
      octets_ += static_cast<char>(octet);
      octet = 0;
    }
    fixed_octets = &octets_;
  }
  ~RandomOfLine() { fixed_octets = nullptr; }
  RandomOfLine(const RandomOfLine&) = delete;
  RandomOfLine& operator=(const RandomOfLine&) = delete;

 private:
  std::string octets_;
};

class TimeOfLine {
 public:
  explicit TimeOfLine(const Timestamp& time) { fixed_time = &time; }
  ~TimeOfLine() { fixed_time = nullptr; }
  TimeOfLine(const TimeOfLine&) = delete;
  TimeOfLine& operator=(const TimeOfLine&) = delete;
};

Host host_of_lines() {
  static const LineClock clock;
  static const LineRandom random;
  Host host = system_host();
  host.clock = &clock;
  host.random = &random;
  return host;
}

Error bad_line(std::string message) {
  return Error(ErrorKind::kUsage, "InvalidInput", std::move(message));
}

Result<std::string> text_field(const Value& line, std::string_view name, bool required) {
  const Value& field = line[name];
  if (field.is_string()) return std::string(field.as_string());
  if (field.is_null() && !required) return std::string();
  return bad_line(fmt::format("\"{}\" must be a text", name));
}

std::string answer(const Value& id, std::string_view name, Value result) {
  Value out = Value::object();
  if (!id.is_null()) out.set("id", id);
  if (name.empty()) {
    for (Value::Member& member : result.members()) out.set(member.key, std::move(member.value));
  } else {
    out.set(name, std::move(result));
  }
  return to_json(out);
}

Value error_value(const Error& error) {
  Value out = Value::object();
  out.set("code", error.code());
  out.set("message", error.message());
  if (error.kind() != ErrorKind::kService) return out;
  out.set("status", error.status());
  Value result = Value::object();
  if (error.fields() != nullptr) {
    auto fields = to_typed_json(*error.fields());
    for (const Value::Member& member : fields ? fields->members() : result.members()) {
      if (member.key.view() != "Error") result.set(member.key, member.value);
    }
  }
  out.set("result", std::move(result));
  return out;
}

// Repeated names joined by ",", as the contract asks.
Value header_value(const Headers& headers) {
  Value out = Value::object();
  for (const Headers::Field& field : headers) {
    std::string joined;
    bool first = true;
    for (const Headers::Field& other : headers) {
      if (!equals_ignore_case(other.name, field.name)) continue;
      joined += (first ? "" : ",") + other.value;
      first = false;
    }
    bool seen = false;
    for (const Value::Member& member : out.members()) {
      seen = seen || equals_ignore_case(member.key, field.name);
    }
    if (!seen) out.set(field.name, joined);
  }
  return out;
}

Result<void> set_credentials(const Value& line, ClientOptions& options) {
  const Value* credentials = line.find("credentials");
  if (credentials == nullptr) return {};
  if (credentials->is_null()) {
    options.config.unsigned_requests = true;
    return {};
  }
  if (!credentials->is_object()) return bad_line("\"credentials\" must be an object or null");
  for (auto [name, target] : {std::pair{"access_key", &options.aws_access_key_id},
                              std::pair{"secret_key", &options.aws_secret_access_key},
                              std::pair{"token", &options.aws_session_token},
                              std::pair{"bearer_token", &options.bearer_token}}) {
    auto text = text_field(*credentials, name, false);
    if (!text) return std::move(text).error();
    *target = *std::move(text);
  }
  return {};
}

// Never sends: `wire` opens no connection.
class NoHttpClient : public HttpClient {
 public:
  Result<HttpResponse> send(const HttpRequest&, const SendOptions&) override {
    return Error(ErrorKind::kUsage, "NeedsConnection", "wire opens no connection");
  }
};

Result<Value> parse_line(std::string_view line) {
  auto value = parse_json(line);
  if (!value) return bad_line(fmt::format("not JSON: {}", value.error().message()));
  if (!value->is_object()) return bad_line("expected a JSON object");
  return value;
}

// All that a client is made of; lines that agree in it share one.
std::string client_key(const Value& line) {
  Value key = Value::object();
  for (std::string_view name :
       {"service", "api_version", "region", "endpoint_url", "credentials", "config", "extras"}) {
    if (const Value* field = line.find(name)) key.set(name, *field);
  }
  return to_json(key);
}

template <typename Serve>
std::string serve(std::string_view line, std::string_view name, Serve serve_line) {
  auto value = parse_line(line);
  if (!value) return answer(Value(), "error", error_value(value.error()));
  const Value& id = (*value)["id"];
  auto result = serve_line(*value);
  if (!result) return answer(id, "error", error_value(result.error()));
  return answer(id, name, *std::move(result));
}

Result<Value> presigned_request(const Client& client, std::string_view operation,
                                const Value& params, const Value& wishes, const CallOptions& call) {
  PresignOptions options;
  options.call = call;
  const Value& expires = wishes["expires_in"];
  if (!wishes.is_object() || !(expires.is_null() || expires.is_int())) {
    return bad_line("\"presign\" must be an object, its \"expires_in\" a number of seconds");
  }
  if (auto seconds = expires.get_if_int()) options.expires_in = std::chrono::seconds(*seconds);
  auto method = text_field(wishes, "http_method", false);
  if (!method) return std::move(method).error();
  options.http_method = *std::move(method);
  auto presigned = presign(client, operation, params, options);
  if (!presigned) return std::move(presigned).error();
  Value out = Value::object();
  out.set("method", presigned->method);
  out.set("url", presigned->url);
  out.set("headers", header_value(presigned->headers));
  out.set("body", "");
  return out;
}

}  // namespace

Result<Client> WireFilter::client_of(const Value& line) const {
  std::string key = client_key(line);
  {
    std::shared_lock lock(mutex_);
    if (auto known = clients_.find(key); known != clients_.end()) return known->second;
  }
  auto client = open_client(line);
  if (!client) return client;
  std::unique_lock lock(mutex_);
  if (clients_.size() >= kMostClients) clients_.clear();
  clients_.emplace(std::move(key), *client);
  return client;
}

Result<Session> WireFilter::open_session(const Value& line) const {
  SessionOptions session_options;
  session_options.read_configuration = false;
  session_options.data_path = data_path_;
  session_options.host = host_of_lines();
  for (const Value& name : line["extras"].items()) {
    session_options.extras.emplace_back(name.get_if_string().value_or(""));
  }
  return Session::create(std::move(session_options));
}

Result<Client> WireFilter::open_client(const Value& line) const {
  auto session = open_session(line);
  if (!session) return std::move(session).error();
  auto service = text_field(line, "service", true);
  if (!service) return std::move(service).error();
  ClientOptions options;
  options.http_client = std::make_shared<NoHttpClient>();
  auto config = Config::from_value(line["config"]);
  if (!config) return std::move(config).error();
  options.config = *std::move(config);
  for (auto [name, target] :
       {std::pair{"api_version", &options.api_version}, std::pair{"region", &options.region_name},
        std::pair{"endpoint_url", &options.endpoint_url}}) {
    auto text = text_field(line, name, false);
    if (!text) return std::move(text).error();
    *target = *std::move(text);
  }
  if (auto set = set_credentials(line, options); !set) return std::move(set).error();
  return session->client(*service, std::move(options));
}

Result<Value> WireFilter::make_request(const Value& line) const {
  std::optional<Timestamp> time;
  std::optional<TimeOfLine> time_of_line;
  if (const Value& given = line["time"]; !given.is_null()) {
    auto fixed = Timestamp::parse(given.get_if_string().value_or(""));
    if (!fixed) return std::move(fixed).error();
    time_of_line.emplace(time.emplace(*fixed));
  }
  auto client = client_of(line);
  if (!client) return std::move(client).error();
  auto name = text_field(line, "operation", true);
  if (!name) return std::move(name).error();
  auto operation = client->model().operation(*name);
  if (!operation) return std::move(operation).error();
  if (operation->event_stream_input()) {
    return Error(ErrorKind::kUsage, "NeedsConnection",
                 fmt::format("{} sends an event stream: each event is signed after the one before, "
                             "as it goes out",
                             operation->name()));
  }
  Value params = line["params"].is_null() ? Value::object() : line["params"];
  if (auto input = operation->input()) {
    auto typed = from_typed_json(params, input->shape());
    if (!typed) return typed;
    params = *std::move(typed);
  }
  CallOptions options;
  std::optional<RandomOfLine> random_of_line;
  if (auto uuid = line["uuid"].get_if_string()) {
    options.idempotency_token = std::string(*uuid);
    random_of_line.emplace(*uuid);
  }
  if (!line["presign"].is_null()) {
    return presigned_request(*client, operation->name(), params, line["presign"], options);
  }
  auto request = client->prepare(operation->name(), params, options);
  if (!request) return std::move(request).error();
  auto body = request->body.read_all();
  if (!body) return std::move(body).error();
  Value out = Value::object();
  out.set("method", request->method);
  out.set("url", request->url.to_string());
  out.set("headers", header_value(request->headers));
  out.set("body", Value(Bytes{*body}));
  return out;
}

namespace {

Value in_model_order(const Value& result, const Shape& shape) {
  Value ordered = Value::object();
  for (Member member : shape.members()) {
    if (const Value* value = result.find(member.name())) ordered.set(member.name(), *value);
  }
  for (const Value::Member& member : result.members()) ordered.set(member.key, member.value);
  return ordered;
}

}  // namespace

Result<Value> WireFilter::read_response(const Value& line) const {
  auto client = client_of(line);
  if (!client) return std::move(client).error();
  auto name = text_field(line, "operation", true);
  if (!name) return std::move(name).error();
  HttpResponse response;
  auto status = line["status"].get_if_int();
  bool plausible = status && *status >= 100 && *status <= 999;
  if (!line["status"].is_null() && !plausible) {
    return bad_line("\"status\" must be an integer from 100 to 999");
  }
  response.status = static_cast<int>(status.value_or(200));
  if (!line["headers"].is_null() && !line["headers"].is_object()) {
    return bad_line("\"headers\" must be an object");
  }
  for (const Value::Member& header : line["headers"].members()) {
    if (!header.value.is_string()) return bad_line("\"headers\" must hold texts");
    response.headers.add(std::string(header.key.view()), std::string(header.value.as_string()));
  }
  bool no_text = !line["body"].is_null() && !line["body"].is_string();
  auto body = base64_decode(line["body"].get_if_string().value_or(""));
  if (!body || no_text) return bad_line("\"body\" must be base64");
  response.body = Body(*std::move(body));
  auto parsed = client->parse(*name, std::move(response));
  if (!parsed) return std::move(parsed).error();
  auto out = to_typed_json(parsed->output());
  if (!out) return out;
  auto operation = client->model().operation(*name);
  auto stream = operation->event_stream_output();
  if (!stream) return out;
  Value events = Value::list();
  for (Result<Value>& event : parsed->events()) {
    if (!event) return std::move(event).error();
    events.push_back(*std::move(event));
  }
  out->set(stream->name(), std::move(events));
  return in_model_order(*out, operation->output()->shape());
}

Result<Value> WireFilter::resolve_endpoint(const Value& line) const {
  auto session = open_session(line);
  if (!session) return std::move(session).error();
  auto service = text_field(line, "service", true);
  if (!service) return std::move(service).error();
  auto version = text_field(line, "api_version", false);
  if (!version) return std::move(version).error();
  const Value& params = line["params"];
  if (!params.is_null() && !params.is_object()) return bad_line("\"params\" must be an object");
  auto rules = session->endpoint_rule_set(*service, *version);
  if (!rules) return std::move(rules).error();
  auto endpoint = (*rules)->resolve(params);
  if (!endpoint) return std::move(endpoint).error();
  return endpoint_value(*endpoint);
}

std::string WireFilter::request(std::string_view line) const {
  return serve(line, "", [&](const Value& value) { return make_request(value); });
}

std::string WireFilter::response(std::string_view line) const {
  return serve(line, "result", [&](const Value& value) { return read_response(value); });
}

std::string WireFilter::endpoint(std::string_view line) const {
  return serve(line, "endpoint", [&](const Value& value) { return resolve_endpoint(value); });
}

std::string WireFilter::jmespath(std::string_view line) const {
  return serve(line, "result", [](const Value& value) -> Result<Value> {
    auto expression = text_field(value, "expression", true);
    if (!expression) return std::move(expression).error();
    return search_jmespath(*expression, value["input"]);
  });
}

}  // namespace botocxx::cli
