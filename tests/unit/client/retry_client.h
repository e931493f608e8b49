#pragma once

#include "codec/json.h"
#include "model/compiler.h"
#include <botocxx/client/client.h>
#include <botocxx/transport/recorded_http_client.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace botocxx {

/// A clock that only waiting moves, and how long was waited.
class FakeTime : public Clock {
 public:
  Timestamp now() const override {
    return Timestamp::from_unix(seconds_ + waited().count() / 1'000'000'000);
  }
  void set(std::int64_t seconds) { seconds_ = seconds; }
  void wait(std::chrono::nanoseconds delay) { delays_.push_back(delay); }
  std::chrono::nanoseconds waited() const {
    std::chrono::nanoseconds sum{0};
    for (auto delay : delays_) sum += delay;
    return sum;
  }
  std::vector<double> delays() const {
    std::vector<double> seconds;
    for (auto delay : delays_) seconds.push_back(std::chrono::duration<double>(delay).count());
    return seconds;
  }

 private:
  std::int64_t seconds_ = 1'440'938'160;  // 2015-08-30T12:36:00Z
  std::vector<std::chrono::nanoseconds> delays_;
};

class FakeSleeper : public Sleeper {
 public:
  explicit FakeSleeper(FakeTime& time) : time_(time) {}
  Time now() const override {
    return Time(std::chrono::duration_cast<Time::duration>(time_.waited()));
  }
  Result<void> sleep_until(Time end, const std::stop_token&) const override {
    time_.wait(std::chrono::duration_cast<std::chrono::nanoseconds>(end - now()));
    return {};
  }

 private:
  FakeTime& time_;
};

/// Every fraction is one half.
class HalfRandom : public Random {
 public:
  void fill(std::span<std::byte> out) const override {
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = std::byte(i == 3 ? 0x80 : 0);
  }
};

/// Tries again as it is told to: the delays of the first attempts, in seconds.
class ScriptedPolicy : public RetryPolicy {
 public:
  explicit ScriptedPolicy(std::vector<double> delays) : delays_(std::move(delays)) {}

  RetryMemory begin() const override { return first; }
  RetryVerdict decide(const AttemptOutcome& outcome, RetryMemory& memory, Timestamp,
                      const Random&) override {
    memory.max_attempts = 9;
    outcomes.push_back(
        {outcome.status, std::string(outcome.error_code), outcome.failure != nullptr});
    RetryVerdict verdict;
    bool bad = outcome.failure != nullptr || outcome.status >= 300;
    auto number = static_cast<std::size_t>(outcome.attempt);
    if (!bad || number > delays_.size()) return verdict;
    verdict.delay = RetryDelay(delays_[number - 1]);
    verdict.reason = "scripted";
    return verdict;
  }
  void end(int status, const RetryMemory&) override { ended.push_back(status); }

  struct Seen {
    int status;
    std::string code;
    bool failed;
    friend bool operator==(const Seen&, const Seen&) = default;
  };
  RetryMemory first{};
  std::vector<Seen> outcomes;
  std::vector<int> ended;

 private:
  std::vector<double> delays_;
};

/// Sends everything to a host that is named after bucket and region, which handlers may change.
class HostOfRegion : public EndpointResolver {
 public:
  Result<Endpoint> resolve(const EndpointQuery& query) const override {
    Value builtins = Value::object();
    builtins.set("AWS::Region", query.region);
    if (query.adjust_builtins) {
      if (auto done = query.adjust_builtins(builtins); !done) return std::move(done).error();
    }
    std::string region(builtins["AWS::Region"].as_string());
    Endpoint endpoint;
    endpoint.url = Url::parse("https://" + region + ".example.com").value();
    Value scheme = Value::object();
    scheme.set("name", "sigv4");
    scheme.set("signingRegion", region);
    Value schemes = Value::list();
    schemes.push_back(std::move(scheme));
    endpoint.properties = Value::object();
    endpoint.properties.set("authSchemes", std::move(schemes));
    return endpoint;
  }
};

/// What tests of retries need of a client's world.
struct RetryWorld {
  FakeTime time;
  FakeSleeper sleeper{time};
  HalfRandom random;
  std::shared_ptr<RecordedHttpClient> http = std::make_shared<RecordedHttpClient>();
  std::shared_ptr<ScriptedPolicy> policy;
  Config config;
  std::string endpoint_url;

  /// Of a rest-json service with the operations "Put" (a blob as its body) and those of `more`.
  Client client(std::string_view service = "shelf", std::string_view more = "") {
    std::string model = R"({"metadata": {"apiVersion": "2020-01-01", "endpointPrefix": "shelf",
      "signatureVersion": "v4", "protocol": "rest-json", "serviceId": ")";
    // Handlers are registered by the id.
    model += service == "s3" ? "S3" : "Shelf";
    model += R"("}, "operations": {
      "Put": {"name": "Put", "http": {"method": "PUT", "requestUri": "/{Bucket}"},
              "input": {"shape": "PutInput"}})";
    model += more;
    model += R"(}, "shapes": {
      "PutInput": {"type": "structure", "payload": "Body", "members": {
        "Bucket": {"shape": "Text", "location": "uri", "locationName": "Bucket"},
        "Body": {"shape": "Blob", "streaming": true}}, "required": ["Bucket"]},
      "HeadInput": {"type": "structure", "members": {
        "Bucket": {"shape": "Text", "location": "uri", "locationName": "Bucket"}}},
      "Endpoints": {"type": "structure", "members": {"Endpoints": {"shape": "EndpointList"}}},
      "EndpointList": {"type": "list", "member": {"shape": "Endpoint"}},
      "Endpoint": {"type": "structure", "members": {
        "Address": {"shape": "Text"}, "CachePeriodInMinutes": {"shape": "Long"}}},
      "Long": {"type": "long"}, "Blob": {"type": "blob"}, "Text": {"type": "string"}}})";
    ClientParts parts;
    parts.model = model::compile_and_open(codec::parse_json(model).value(), service, "1").value();
    parts.region = "us-east-1";
    parts.config = config;
    parts.endpoint_url = endpoint_url;
    Credentials credentials;
    credentials.access_key = "AKID";
    credentials.secret_key = "SECRET";
    parts.credentials = make_static_credentials_provider(credentials);
    parts.endpoints = std::make_shared<HostOfRegion>();
    parts.http = http;
    parts.retries = policy;
    parts.host.clock = &time;
    parts.host.random = &random;
    parts.sleeper = &sleeper;
    return Client::create(std::move(parts)).value();
  }

  HttpRequest request(std::size_t number) const { return http->requests().at(number); }
};

}  // namespace botocxx
