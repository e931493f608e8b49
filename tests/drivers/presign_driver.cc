// Signs forms through a client: one line of `wire` with a member "form" in, {"url", "fields"} out.
// For tests/differential/test_presign.py.
#include <botocxx/codec/json.h>
#include <botocxx/presign/presign.h>
#include <botocxx/session/session.h>

#include <iostream>
#include <map>

namespace botocxx {
namespace {

Timestamp line_time;

class LineClock : public Clock {
 public:
  Timestamp now() const override { return line_time; }
};

std::string text_of(const Value& value) { return std::string(value.get_if_string().value_or("")); }

Host host_of_lines() {
  static const LineClock clock;
  Host host = system_host();
  host.clock = &clock;
  return host;
}

Result<Client> client_of(const Value& line) {
  SessionOptions session_options;
  session_options.read_configuration = false;
  session_options.host = host_of_lines();
  auto session = Session::create(std::move(session_options));
  if (!session) return std::move(session).error();
  ClientOptions options;
  auto config = Config::from_value(line["config"]);
  if (!config) return std::move(config).error();
  options.config = *std::move(config);
  options.region_name = text_of(line["region"]);
  options.endpoint_url = text_of(line["endpoint_url"]);
  const Value& credentials = line["credentials"];
  options.config.unsigned_requests = credentials.is_null();
  options.aws_access_key_id = text_of(credentials["access_key"]);
  options.aws_secret_access_key = text_of(credentials["secret_key"]);
  options.aws_session_token = text_of(credentials["token"]);
  return session->client(text_of(line["service"]), std::move(options));
}

Result<Value> sign(const Value& line) {
  static std::map<std::string, Client> clients;
  line_time = Timestamp::parse(text_of(line["time"])).value();
  const std::string key =
      to_json(Value::list({Value(line["config"]), Value(line["region"]),
                           Value(line["endpoint_url"]), Value(line["credentials"])}));
  auto known = clients.find(key);
  if (known == clients.end()) {
    auto client = client_of(line);
    if (!client) return std::move(client).error();
    known = clients.emplace(key, *std::move(client)).first;
  }
  const Value& form = line["form"];
  PresignPostOptions options;
  options.expires_in = std::chrono::seconds(form["expires_in"].get_if_int().value_or(3600));
  for (const Value& field : form["fields"].items()) {
    options.fields.emplace_back(text_of(field[0]), text_of(field[1]));
  }
  if (form["conditions"].is_list()) options.conditions = form["conditions"];
  auto post = presign_post(known->second, text_of(form["bucket"]), text_of(form["key"]), options);
  if (!post) return std::move(post).error();
  Value fields = Value::list();
  for (const auto& [name, value] : post->fields) {
    fields.push_back(Value::list({Value(name), Value(value)}));
  }
  Value out = Value::object();
  out.set("url", post->url);
  out.set("fields", std::move(fields));
  return out;
}

}  // namespace
}  // namespace botocxx

int main() {
  std::string line;
  while (std::getline(std::cin, line)) {
    auto answer = botocxx::sign(botocxx::parse_json(line).value());
    if (answer) {
      std::cout << to_json(*answer) << '\n';
      continue;
    }
    botocxx::Value error = botocxx::Value::object();
    error.set("code", answer.error().code());
    error.set("message", answer.error().message());
    botocxx::Value out = botocxx::Value::object();
    out.set("error", std::move(error));
    std::cout << to_json(out) << '\n';
  }
}
