// The operations that the upstream endpoint cases name, through a real client: each a test
// `endpoint_rules.operations/<service>_<case>_<input>`. The URL begins with the expected one, and
// what is signed for is what the case's first scheme states; where an error is expected, nothing
// is sent.
#include "client/rule_set_endpoint_resolver.h"
#include "codec/json.h"
#include "customize/endpoint_policies.h"
#include "customize/signing_rules.h"
#include <botocxx/base/host.h>
#include <botocxx/session/session.h>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace botocxx::suites {
namespace {

// botocore refuses them before it looks for an endpoint.
constexpr std::string_view kNoBuckets[] = {"bucket name", "example.com#"};

Value read_json(const std::string& path) {
  return codec::parse_json(system_host().files->read_file(path).value()).value();
}

// A service's own policy with the case's built-in parameters in place of the client's.
class CasePolicy : public client::EndpointPolicy {
 public:
  CasePolicy(std::shared_ptr<const client::EndpointPolicy> real, Value built_ins)
      : real_(std::move(real)), built_ins_(std::move(built_ins)) {}

  std::string region(const EndpointQuery& query) const override { return real_->region(query); }
  Value built_in(std::string_view name, const EndpointQuery&, const std::string&) const override {
    return built_ins_[name];
  }
  Value client_context(std::string_view name, const EndpointQuery& query) const override {
    return real_->client_context(name, query);
  }
  Value missing(std::string_view name, const EndpointQuery& query) const override {
    return real_->missing(name, query);
  }
  void finish(const EndpointQuery& query, const Value& params, Endpoint& endpoint) const override {
    real_->finish(query, params, endpoint);
  }
  Error translate(Error error, const Value& params) const override {
    return real_->translate(std::move(error), params);
  }
  Result<void> complete_params(const Operation& operation, const Config& config,
                               Value& params) const override {
    return real_->complete_params(operation, config, params);
  }

 private:
  std::shared_ptr<const client::EndpointPolicy> real_;
  Value built_ins_;
};

class NoHttpClient : public HttpClient {
 public:
  Result<HttpResponse> send(const HttpRequest&, const SendOptions&) override {
    ++sent;
    return Error(ErrorKind::kUsage, "NeedsConnection", "nothing is sent in these tests");
  }
  int sent = 0;
};

class OperationCase : public testing::Test {
 public:
  OperationCase(std::string service, const Value& entry, const Value& input)
      : service_(std::move(service)), expected_(entry["expect"]), input_(input) {}

  void TestBody() override {
    SCOPED_TRACE(codec::write_json(input_));
    const Value& given = input_["operationParams"];
    Value params = given.is_null() ? Value::object() : given;
    std::string name(input_["operationName"].as_string());
    auto http = std::make_shared<NoHttpClient>();
    if (expected_["error"].is_string()) {
      auto called = client(http, false).call(name, params);
      ASSERT_FALSE(called);
      EXPECT_NE(called.error().code(), "NeedsConnection");
      EXPECT_EQ(http->sent, 0);
      return;
    }
    check_endpoint(client(http, false), name, params);
  }

 private:
  void check_endpoint(const Client& client, const std::string& name, const Value& params) {
    const Value& endpoint = expected_["endpoint"];
    auto resolved = client.resolve_endpoint(name, params);
    ASSERT_TRUE(resolved) << resolved.error().describe();
    const Value& scheme = endpoint["properties"]["authSchemes"][0];
    if (auto region = scheme["signingRegion"].get_if_string()) {
      EXPECT_EQ(resolved->signing_region, *region);
    }
    if (auto set = scheme["signingRegionSet"][0].get_if_string()) {
      EXPECT_EQ(resolved->signing_region, *set);
    }
    if (auto signing_name = scheme["signingName"].get_if_string()) {
      EXPECT_EQ(resolved->signing_name, *signing_name);
    }
    auto request = client.prepare(name, params);
    bool session = resolved->auth_type == "v4-s3express";
    if (session)
      request = this->client(std::make_shared<NoHttpClient>(), true).prepare(name, params);
    ASSERT_TRUE(request) << request.error().describe();
    EXPECT_TRUE(request->url.to_string().starts_with(endpoint["url"].as_string()))
        << request->url.to_string() << "\nexpected " << endpoint["url"].as_string();
    for (const Value::Member& header : endpoint["headers"].members()) {
      EXPECT_EQ(request->headers.get(header.key), header.value[0].get_if_string());
    }
    if (auto authorization = request->headers.get("Authorization");
        authorization && (resolved->auth_type == "v4" || resolved->auth_type == "s3v4")) {
      std::string scope =
          fmt::format("/{}/{}/aws4_request", resolved->signing_region, resolved->signing_name);
      EXPECT_NE(authorization->find(scope), std::string_view::npos) << *authorization;
    }
  }

  Client client(std::shared_ptr<HttpClient> http, bool unsigned_requests) {
    SessionOptions options;
    options.read_configuration = false;
    options.data_path = {BOTOCXX_MODELS_DATA};
    auto session = Session::create(std::move(options)).value();
    ClientParts parts;
    parts.model = session.loader().load_service_model(service_).value();
    const Value& built_ins = input_["builtInParams"];
    parts.region = built_ins["AWS::Region"].get_if_string().value_or("us-east-1");
    parts.config.inject_host_prefix = false;
    parts.config.unsigned_requests = unsigned_requests;
    // Cases state their schemes best first; Version 4a has to be asked for.
    const Value& scheme = expected_["endpoint"]["properties"]["authSchemes"][0];
    if (scheme["name"] == Value("sigv4a")) parts.config.auth_scheme_preference = "sigv4a";
    parts.signing = customize::signing_rules_for(*parts.model);
    parts.credentials = make_static_credentials_provider({"AKID", "SECRET", "", "", {}, ""});
    parts.http = std::move(http);
    auto policy = std::make_shared<CasePolicy>(customize::endpoint_policy_for(*parts.model),
                                               built_ins.is_null() ? Value::object() : built_ins);
    parts.endpoints = client::RuleSetEndpointResolver::create(
                          session.endpoint_rule_set(service_).value(), *parts.model, policy, {})
                          .value();
    return Client::create(std::move(parts)).value();
  }

  std::string service_;
  Value expected_;
  Value input_;
};

std::size_t register_operations() {
  std::string folder = std::string(BOTOCXX_UPSTREAM_TESTS) + "/functional/endpoint-rules";
  auto services = system_host().files->list_directory(folder);
  if (!services) return 0;
  std::size_t count = 0;
  for (const std::string& service : *services) {
    if (service.ends_with(".py")) continue;
    Value document = read_json(fmt::format("{}/{}/endpoint-tests-1.json", folder, service));
    std::span<const Value> cases = document["testCases"].items();
    for (std::size_t i = 0; i < cases.size(); ++i) {
      std::span<const Value> inputs = cases[i]["operationInputs"].items();
      for (std::size_t j = 0; j < inputs.size(); ++j) {
        auto bucket = inputs[j]["operationParams"]["Bucket"].get_if_string().value_or("");
        if (std::ranges::find(kNoBuckets, bucket) != std::end(kNoBuckets)) continue;
        auto the_case = std::make_shared<std::pair<Value, Value>>(cases[i], inputs[j]);
        testing::RegisterTest(
            "endpoint_rules.operations", fmt::format("{}_{}_{}", service, i, j).c_str(), nullptr,
            nullptr, __FILE__, __LINE__, [service, the_case]() -> testing::Test* {
              return new OperationCase(service, the_case->first, the_case->second);
            });
        ++count;
      }
    }
  }
  return count;
}

const std::size_t kOperations = register_operations();

TEST(EndpointOperationsSuite, IsThere) {
  if (kOperations == 0) GTEST_SKIP() << "the upstream suites are not there: run tools/models";
  EXPECT_GE(kOperations, 600u);
}

}  // namespace
}  // namespace botocxx::suites
