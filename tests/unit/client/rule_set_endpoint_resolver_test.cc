#include "client/rule_set_endpoint_resolver.h"

#include "client/regional_endpoint_resolver.h"
#include "codec/json.h"
#include "model/compiler.h"
#include <botocxx/client/client.h>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace botocxx::client {
namespace {

constexpr std::string_view kModel = R"({
  "metadata": {"apiVersion": "2020-01-01", "endpointPrefix": "box", "protocol": "rest-xml",
               "serviceId": "Box", "signatureVersion": "v4"},
  "clientContextParams": {"ServiceType": {"type": "string"}},
  "operations": {
    "Open": {"name": "Open", "http": {"method": "GET", "requestUri": "/open"}, "input": {"shape": "In"},
             "staticContextParams": {"Kind": {"value": "fixed"}},
             "operationContextParams": {"Names": {"path": "Items[*].Name"}}},
    "Shut": {"name": "Shut", "http": {"method": "GET", "requestUri": "/shut"}, "input": {"shape": "In"}}
  },
  "shapes": {"Text": {"type": "string"},
    "Item": {"type": "structure", "members": {"Name": {"shape": "Text"}}},
    "Items": {"type": "list", "member": {"shape": "Item"}},
    "In": {"type": "structure", "members": {"Items": {"shape": "Items"},
      "Lid": {"shape": "Text", "contextParam": {"name": "Kind"}}}}}})";

constexpr std::string_view kParameters = R"({
  "Region": {"type": "string", "builtIn": "AWS::Region"},
  "Endpoint": {"type": "string", "builtIn": "SDK::Endpoint"},
  "UseFIPS": {"type": "boolean", "builtIn": "AWS::UseFIPS", "default": false},
  "Account": {"type": "string", "builtIn": "AWS::Auth::AccountId"},
  "Mode": {"type": "string", "builtIn": "AWS::Auth::AccountIdEndpointMode"},
  "Kind": {"type": "string"}, "ServiceType": {"type": "string"}, "Names": {"type": "stringArray"}})";

class ResolverTest : public testing::Test {
 protected:
  ResolverTest() {
    model_ =
        model::compile_and_open(codec::parse_json(kModel).value(), "box", "2020-01-01").value();
  }

  std::shared_ptr<const RuleSetEndpointResolver> resolver(std::string_view endpoint) {
    std::string document = fmt::format(
        R"json({{"version": "1.0", "parameters": {}, "rules": [
            {{"type": "error", "conditions": [{{"fn": "stringEquals", "argv": [{{"ref": "Region"}}, "bad"]}}],
              "error": "Invalid region in ARN: `b/d` (invalid DNS name)"}},
            {{"type": "endpoint", "conditions": [], "endpoint": {}}}]}})json",
        kParameters, endpoint);
    auto rules = EndpointRuleSet::compile(codec::parse_json(document).value(), Value()).value();
    auto policy = std::make_shared<EndpointPolicy>();
    return RuleSetEndpointResolver::create(rules, *model_, policy, data_).value();
  }
  Value params_of(std::string_view operation, const Value& params) {
    auto made = resolver(R"({"url": "https://a"})");
    Operation view = model_->operation(operation).value();
    return made->rule_params(query(view, params)).value();
  }
  EndpointQuery query(const Operation& operation, const Value& params) {
    return {operation, params, region_, endpoint_url_, use_ssl_, config_, credentials_.get(), {}};
  }
  Result<Endpoint> resolve(std::string_view endpoint) {
    auto made = resolver(endpoint);
    Operation view = model_->operation("Shut").value();
    Value params = Value::object();
    return made->resolve(query(view, params));
  }

  std::shared_ptr<const ServiceModel> model_;
  std::string region_ = "eu-west-1";
  std::string endpoint_url_;
  bool use_ssl_ = true;
  Config config_;
  std::shared_ptr<CredentialsProvider> credentials_;
  EndpointsDataSource data_;
};

TEST_F(ResolverTest, WhatTheOperationFixesComesBeforeItsParametersAndTheClients) {
  config_.client_context_params = Value{{"service_type", "mine"}};
  EXPECT_EQ(params_of("Open", {{"Lid", "given"}})["Kind"].as_string(), "fixed");
  Value params = params_of("Shut", {{"Lid", "given"}});
  EXPECT_EQ(params["Kind"].as_string(), "given");
  EXPECT_EQ(params["ServiceType"].as_string(), "mine");
  EXPECT_FALSE(params_of("Shut", Value::object()).contains("Kind"));
}

TEST_F(ResolverTest, ParametersMayBeSearchedForInThoseOfTheCall) {
  Value items = Value::list({Value{{"Name", "a"}}, Value{{"Name", "b"}}});
  EXPECT_EQ(params_of("Open", Value{{"Items", items}})["Names"], Value::list({"a", "b"}));
  EXPECT_FALSE(params_of("Open", Value::object()).contains("Names"));
}

TEST_F(ResolverTest, AnEndpointOfTheUsersTakesNoVariants) {
  config_.use_fips_endpoint = true;
  EXPECT_EQ(params_of("Shut", Value::object())["UseFIPS"], Value(true));
  endpoint_url_ = "http://localhost:1/base";
  Value params = params_of("Shut", Value::object());
  EXPECT_EQ(params["UseFIPS"], Value(false));
  EXPECT_EQ(params["Endpoint"].as_string(), "http://localhost:1/base");
}

TEST_F(ResolverTest, TheAccountComesFromTheCredentials) {
  EXPECT_FALSE(params_of("Shut", Value::object()).contains("Account"));
  credentials_ = make_static_credentials_provider({"A", "S", "", "123456789012", {}, ""});
  Value params = params_of("Shut", Value::object());
  EXPECT_EQ(params["Account"].as_string(), "123456789012");
  EXPECT_EQ(params["Mode"].as_string(), "preferred");
  config_.unsigned_requests = true;
  params = params_of("Shut", Value::object());
  EXPECT_FALSE(params.contains("Account"));
  EXPECT_EQ(params["Mode"].as_string(), "disabled");
}

TEST_F(ResolverTest, WithoutARegionThereIsNoneUnlessThePartitionHasOne) {
  region_.clear();
  auto resolved = resolve(R"({"url": "https://{Region}"})");
  ASSERT_FALSE(resolved);
  EXPECT_EQ(resolved.error().code(), "NoRegion");
  auto document = std::make_shared<const Value>(codec::parse_json(R"({"partitions": [
      {"partition": "aws", "regions": {}, "dnsSuffix": "x", "services": {"box": {
       "partitionEndpoint": "aws-global", "endpoints": {"aws-global": {"hostname": "h",
       "credentialScope": {"region": "us-east-1", "service": "crate"}}}}}}]})")
                                                    .value());
  data_ = [document] { return endpoint::EndpointsData::read(document); };
  resolved = resolve(R"({"url": "https://{Region}"})");
  ASSERT_TRUE(resolved) << resolved.error().message();
  EXPECT_EQ(resolved->url.host, "aws-global");
  EXPECT_EQ(resolved->signing_region, "us-east-1");
  EXPECT_EQ(resolved->signing_name, "crate");
}

TEST_F(ResolverTest, ADamagedEndpointsFileIsAnErrorWhereverItIsAsked) {
  Error damaged(ErrorKind::kModel, "InvalidEndpoints", "endpoints.json: damaged");
  data_ = [damaged]() -> Result<std::shared_ptr<const endpoint::EndpointsData>> { return damaged; };
  EXPECT_EQ(resolve(R"({"url": "https://{Region}"})").error().code(), "InvalidEndpoints");
  region_.clear();
  EXPECT_EQ(resolve(R"({"url": "https://{Region}"})").error().code(), "InvalidEndpoints");
  RegionalEndpointResolver regional(nullptr, data_);
  Operation view = model_->operation("Shut").value();
  Value params = Value::object();
  EXPECT_EQ(regional.resolve(query(view, params)).error().code(), "InvalidEndpoints");
  endpoint_url_ = "https://mine";
  EXPECT_TRUE(regional.resolve(query(view, params)));
}

TEST_F(ResolverTest, AnExplanationNamesEveryParametersSource) {
  config_.use_fips_endpoint = true;
  config_.client_context_params = Value{{"service_type", "mine"}};
  SettingOrigins origins{{"use_fips_endpoint", "AWS_USE_FIPS_ENDPOINT"}};
  auto made = resolver(R"({"url": "https://{Region}"})");
  Operation view = model_->operation("Shut").value();
  Value params{{"Lid", "given"}};
  EndpointQuery asked = query(view, params);
  asked.origins = &origins;
  EndpointExplanation explanation;
  auto explained = made->explain(asked, {}, explanation);
  ASSERT_TRUE(explained) << explained.error().message();
  EXPECT_EQ(explained->url.host, "eu-west-1");
  std::map<std::string, std::string> sources;
  for (const auto& parameter : explanation.parameters) sources[parameter.name] = parameter.source;
  EXPECT_EQ(sources["Region"], "AWS::Region: region_name = eu-west-1");
  EXPECT_EQ(sources["Kind"], "Lid of the call");
  EXPECT_EQ(sources["ServiceType"], "client_context_params: service_type");
  EXPECT_EQ(sources["UseFIPS"],
            "AWS::UseFIPS: use_fips_endpoint = true (AWS_USE_FIPS_ENDPOINT), endpoint_url not set");
  ASSERT_FALSE(explanation.rules.path.empty());
  EXPECT_EQ(explanation.rules.path.back().kind, "endpoint");
}

TEST_F(ResolverTest, AnExplanationMayReplaceParametersAndLeaveTheOperationOut) {
  auto made = resolver(R"({"url": "https://{Region}"})");
  Operation view = model_->operation("Open").value();
  Value params = Value::object();
  EndpointExplanation explanation;
  ExplainOptions options;
  options.without_operation = true;
  options.rule_params = Value{{"Region", "mars-1"}};
  auto explained = made->explain(query(view, params), options, explanation);
  ASSERT_TRUE(explained) << explained.error().message();
  EXPECT_EQ(explained->url.host, "mars-1");
  for (const auto& parameter : explanation.parameters) {
    EXPECT_NE(parameter.name, "Kind") << "the operation fixes it";
    if (parameter.name != "Region") continue;
    EXPECT_EQ(parameter.source, "given for this explanation");
  }
}

TEST_F(ResolverTest, SchemesOfTheEndpointAreKeptForTheSigner) {
  auto resolved = resolve(R"({"url": "https://a", "headers": {"x-h": ["1", "2"]},
      "properties": {"authSchemes": [{"name": "sigv9"},
       {"name": "sigv4a", "signingName": "n", "signingRegionSet": ["*"]}, {"name": "sigv8"}]}})");
  ASSERT_TRUE(resolved);
  EXPECT_EQ(resolved->headers, (std::vector<std::pair<std::string, std::string>>{{"x-h", "1"}}));
  EXPECT_EQ(resolved->properties["authSchemes"].size(), 3u);
  EXPECT_EQ(resolved->signing_name, "");
}

TEST_F(ResolverTest, HeadersWithLineBreaksAreRefused) {
  for (const char* value : {"a\\r\\nb: c", "a\\n", "\\r", "a\\u0000"}) {
    auto resolved =
        resolve(fmt::format(R"({{"url": "https://a", "headers": {{"x-h": ["{}"]}}}})", value));
    ASSERT_FALSE(resolved) << value;
    EXPECT_EQ(resolved.error().code(), "EndpointResolution");
    EXPECT_NE(resolved.error().message().find("x-h"), std::string::npos);
  }
}

TEST_F(ResolverTest, WithoutTlsTheServicesOwnEndpointIsHttp) {
  use_ssl_ = false;
  EXPECT_EQ(resolve(R"({"url": "https://a/b"})")->url.to_string(), "http://a/b");
  endpoint_url_ = "https://mine";
  EXPECT_EQ(resolve(R"({"url": "https://mine"})")->url.to_string(), "https://mine/");
}

TEST_F(ResolverTest, RulesErrorsGetBotocoresNames) {
  region_ = "bad";
  auto resolved = resolve(R"({"url": "https://a"})");
  ASSERT_FALSE(resolved);
  EXPECT_EQ(resolved.error().code(), "InvalidHostLabel");
  EXPECT_NE(resolved.error().message().find("\"b/d\""), std::string::npos);
  region_ = "eu-west-1";
  resolved = resolve(R"({"url": "ftp://{Region}"})");
  EXPECT_EQ(resolved.error().code(), "InvalidEndpoint");
}

TEST_F(ResolverTest, UnknownBuiltInsAreRefused) {
  auto rules =
      EndpointRuleSet::compile(codec::parse_json(R"({"version": "1.0", "rules": [], "parameters":
                       {"P": {"type": "string", "builtIn": "AWS::Weather"}}})")
                                   .value(),
                               Value())
          .value();
  auto made =
      RuleSetEndpointResolver::create(rules, *model_, std::make_shared<EndpointPolicy>(), {});
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code(), "UnknownEndpointResolutionBuiltInName");
}

TEST_F(ResolverTest, AServiceWithoutRulesIsLookedUpInTheEndpointsFile) {
  auto document = std::make_shared<const Value>(codec::parse_json(R"({"partitions": [
      {"partition": "aws", "regions": {"eu-west-1": {}}, "dnsSuffix": "aws.example",
       "defaults": {"hostname": "{service}.{region}.{dnsSuffix}", "protocols": ["https"]},
       "services": {}}]})")
                                                    .value());
  RegionalEndpointResolver regional(nullptr,
                                    [document] { return endpoint::EndpointsData::read(document); });
  Operation view = model_->operation("Shut").value();
  Value params = Value::object();
  EXPECT_EQ(regional.resolve(query(view, params))->url.to_string(),
            "https://box.eu-west-1.aws.example/");
  use_ssl_ = false;
  EXPECT_EQ(regional.resolve(query(view, params))->url.scheme, "http");
  region_.clear();
  EXPECT_EQ(regional.resolve(query(view, params)).error().code(), "NoRegion");
  endpoint_url_ = "https://mine:8443/base";
  EXPECT_EQ(regional.resolve(query(view, params))->url.to_string(), "https://mine:8443/base");
}

}  // namespace
}  // namespace botocxx::client
