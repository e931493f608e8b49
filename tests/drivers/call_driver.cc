// Makes the calls of one client with a clock that only waiting moves, and a fixed random number:
// one JSON object in, then an empty line for each call, and one JSON object a line out. For
// tests/differential/test_retries.py, which says what the members mean.
#include "codec/json.h"
#include <botocxx/base/sleeper.h>
#include <botocxx/base/text_encoding.h>
#include <botocxx/session/session.h>

#include <algorithm>
#include <iostream>

namespace botocxx {
namespace {

// The fraction whose 53 bits are those of the number.
class FixedRandom : public Random {
 public:
  double fraction = 0;

  void fill(std::span<std::byte> out) const override {
    auto bits = static_cast<std::uint64_t>(fraction * 9007199254740992.0);
    std::uint32_t words[2] = {static_cast<std::uint32_t>(bits >> 26) << 5,
                              static_cast<std::uint32_t>(bits & 0x3ffffff) << 6};
    for (std::size_t i = 0; i < out.size(); ++i) {
      out[i] = static_cast<std::byte>(words[i / 4 % 2] >> (8 * (i % 4)));
    }
  }
};

class FakeClock : public Clock {
 public:
  std::chrono::nanoseconds since_1970{0};

  Timestamp now() const override {
    auto seconds = std::chrono::floor<std::chrono::seconds>(since_1970);
    return Timestamp::from_unix(seconds.count(),
                                static_cast<std::int32_t>((since_1970 - seconds).count()));
  }
};

// Waits in no time, moves the clock, and remembers how long.
class FakeSleeper : public Sleeper {
 public:
  FakeClock clock;
  mutable Value delays = Value::list();

  Time now() const override {
    return Time(std::chrono::duration_cast<Time::duration>(clock.since_1970));
  }
  Result<void> sleep_until(Time end, const std::stop_token&) const override {
    auto delay = std::chrono::duration_cast<std::chrono::nanoseconds>(end - now());
    delays.push_back(Value(static_cast<double>(delay.count()) / 1e9));
    const_cast<FakeSleeper*>(this)->clock.since_1970 += delay;
    return {};
  }
};

Value params_of(const Value& call) {
  Value params(call["params"]);
  const Value& body = call["unseekable_body"];
  if (!body.is_string()) return params;
  auto left = std::make_shared<std::string>(body.as_string());
  auto read = [left](std::span<std::byte> out) -> Result<std::size_t> {
    std::size_t count = std::min(out.size(), left->size());
    std::copy_n(as_byte_span(*left).begin(), count, out.begin());
    left->erase(0, count);
    return count;
  };
  params.set("Body", Body::from_callback(read, left->size()));
  return params;
}

Value history_value(const std::vector<AttemptRecord>& history) {
  Value list = Value::list();
  for (const AttemptRecord& record : history) {
    Value one = Value::object();
    one.set("status", record.status);
    one.set("code", record.error_code);
    one.set("reason", record.reason);
    list.push_back(std::move(one));
  }
  return list;
}

Value call(const Client& client, const Value& job) {
  Value out = Value::object();
  auto response = client.call(job["operation"].as_string(), params_of(job));
  if (!response) {
    const Error& error = response.error();
    out.set("error", error.code());
    out.set("status", error.status());
    out.set("attempts", error.attempts());
    out.set("message", error.describe());
    out.set("history", history_value(error.attempt_history()));
    return out;
  }
  Value metadata = response->metadata();
  out.set("status", response->status());
  out.set("attempts", response->attempts());
  for (const char* name : {"MaxAttemptsReached", "RetryQuotaReached"}) {
    if (metadata.contains(name)) out.set(name, metadata[name]);
  }
  out.set("history", history_value(response->attempt_history()));
  return out;
}

Result<void> run(const Value& job) {
  FixedRandom random;
  random.fraction = job["fraction"].as_double();
  FakeSleeper sleeper;
  sleeper.clock.since_1970 = std::chrono::seconds(job["now"].as_int());
  SessionOptions options;
  options.read_configuration = job["new_rules"].as_bool();
  options.host.random = &random;
  options.host.clock = &sleeper.clock;
  auto session = Session::create(options);
  if (!session) return std::move(session).error();
  ClientOptions client_options;
  auto config = Config::from_value(job["config"]);
  if (!config) return std::move(config).error();
  client_options.config = *std::move(config);
  client_options.region_name = job["region"].as_string();
  client_options.endpoint_url = job["endpoint_url"].as_string();
  client_options.aws_access_key_id = "a";
  client_options.aws_secret_access_key = "b";
  client_options.sleeper = &sleeper;
  auto client = session->client(job["service"].as_string(), std::move(client_options));
  if (!client) return std::move(client).error();
  std::string line;
  for (const Value& one : job["calls"].items()) {
    std::getline(std::cin, line);
    Value answer = call(*client, one);
    answer.set("delays", std::exchange(sleeper.delays, Value::list()));
    std::cout << codec::write_json(answer) << std::endl;
  }
  return {};
}

int run_job() {
  std::string line;
  std::getline(std::cin, line);
  auto job = codec::parse_json(line);
  auto done = job ? run(*job) : Result<void>(job.error());
  if (done) return 0;
  std::cerr << done.error().describe() << '\n';
  return 1;
}

}  // namespace
}  // namespace botocxx

int main() { return botocxx::run_job(); }
