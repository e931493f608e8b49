#include "support/scratch_folder.h"
#include <botocxx/session/default_session.h>
#include <botocxx/session/session.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <string>
#include <thread>

namespace botocxx {
namespace {

using testing::ElementsAre;
using testing_support::FakeEnvironment;
using testing_support::ScratchFolder;

constexpr std::string_view kModel = R"({"metadata": {"apiVersion": "2020-01-01",
  "endpointPrefix": "shelf", "protocol": "json", "jsonVersion": "1.0", "serviceId": "Book Shelf",
  "signatureVersion": "v4", "targetPrefix": "S"},
  "operations": {"List": {"name": "List", "http": {"method": "POST", "requestUri": "/"}}},
  "shapes": {}})";
constexpr std::string_view kModes = R"({"version": 1,
  "base": {"retryMode": "standard", "connectTimeoutInMillis": 1100},
  "modes": {"standard": {"connectTimeoutInMillis": {"override": 3100}}, "in-region": {}}})";

class SessionTest : public testing::Test {
 protected:
  SessionTest() {
    folder_.write("models/shelf/2020-01-01/service-2.json", kModel);
    folder_.write("models/shelf/2019-01-01/service-2.json", kModel);
    folder_.write("models/sdk-default-configuration.json", kModes);
    variables_["AWS_CONFIG_FILE"] = folder_.path("config");
    variables_["AWS_SHARED_CREDENTIALS_FILE"] = folder_.path("credentials");
    variables_["HOME"] = folder_.path();
  }

  Result<Session> open(SessionOptions options = {}) {
    environment_ = std::make_unique<FakeEnvironment>(variables_);
    options.host = testing_support::host_with(*environment_);
    options.data_path.push_back(folder_.path("models"));
    return Session::create(std::move(options));
  }
  Client client(ClientOptions options = {}, SessionOptions session = {}) {
    return open(std::move(session)).value().client("shelf", std::move(options)).value();
  }

  ScratchFolder folder_;
  std::map<std::string, std::string> variables_;
  std::unique_ptr<FakeEnvironment> environment_;
};

TEST_F(SessionTest, KnowsItsProfilesAndVariables) {
  folder_.write("config", "[default]\nregion = a\n[profile dev]\nmax_attempts = 4\n");
  folder_.write("credentials", "[keys]\naws_access_key_id = x\n");
  Session session = open({.profile_name = "dev"}).value();
  EXPECT_THAT(session.available_profiles(), ElementsAre("default", "dev", "keys"));
  EXPECT_EQ(session.get_config_variable("max_attempts")->as_int(), 4);
  EXPECT_EQ(session.get_config_variable("profile")->as_string(), "dev");
  EXPECT_TRUE(session.get_config_variable("region")->is_null());
  EXPECT_TRUE(session.get_config_variable("s3")->is_null());
}

TEST_F(SessionTest, StaysAsItIsWhenAVariableIsSetOnACopy) {
  Session session = open().value();
  Session other = session.with_config_variable("region", "eu-west-1").value();
  other = other.with_config_variable("s3.use_arn_region", true).value();
  EXPECT_EQ(session.region_name(), "");
  EXPECT_EQ(other.region_name(), "eu-west-1");
  EXPECT_EQ((*other.get_config_variable("s3"))["use_arn_region"].as_bool(), true);
  EXPECT_EQ(session.with_config_variable("profile", "gone").error().code(), "ProfileNotFound");
}

TEST_F(SessionTest, ClientsStartFromItsDefaultConfig) {
  SessionOptions options;
  options.default_client_config.read_timeout = std::chrono::seconds(1);
  options.default_client_config.connect_timeout = std::chrono::seconds(2);
  options.default_client_config.s3.addressing_style = "path";
  ClientOptions own;
  own.config.connect_timeout = std::chrono::seconds(3);
  own.config.s3.use_arn_region = true;
  Client made = client(own, options);
  EXPECT_EQ(made.config().read_timeout, std::chrono::seconds(1));
  EXPECT_EQ(made.config().connect_timeout, std::chrono::seconds(3));
  EXPECT_EQ(made.config().s3.addressing_style, "") << "groups count as a whole";
  Config fresh;
  fresh.read_timeout = std::chrono::seconds(9);
  Session session = open(options).value();
  auto changed = session.with_default_client_config(fresh).client("shelf");
  EXPECT_EQ(changed->config().read_timeout, std::chrono::seconds(9));
}

TEST_F(SessionTest, RegionsAreTheClientsItsConfigsOrTheSessions) {
  variables_["AWS_DEFAULT_REGION"] = "of-variable";
  EXPECT_EQ(client().region_name(), "of-variable");
  ClientOptions options;
  options.config.region_name = "of-config";
  EXPECT_EQ(client(options).region_name(), "of-config");
  options.region_name = "of-client";
  EXPECT_EQ(client(options).region_name(), "of-client");
  options.region_name = "no host.example/";
  EXPECT_EQ(open().value().client("shelf", options).error().code(), "InvalidRegion");
}

TEST_F(SessionTest, AnAccountIsOfUseWithKeysOnly) {
  EXPECT_EQ(open({.aws_account_id = "1"}).error().code(), "NoCredentials");
  EXPECT_EQ(open({.aws_access_key_id = "a"}).error().code(), "PartialCredentials");
  Session session =
      open({.aws_access_key_id = "a", .aws_secret_access_key = "b", .aws_account_id = "1"}).value();
  EXPECT_EQ((*session.get_credentials())->account_id, "1");
}

TEST_F(SessionTest, AProfileNamesTheVersionsOfModels) {
  folder_.write("config", "[default]\napi_versions =\n  shelf = 2019-01-01\n");
  folder_.write("models/shelf/2019-01-01/service-2.json",
                std::string(kModel).replace(kModel.find("2020"), 4, "2019"));
  EXPECT_EQ(client().model().api_version(), "2019-01-01");
  EXPECT_EQ(client({.api_version = "2020-01-01"}).model().api_version(), "2020-01-01");
}

TEST_F(SessionTest, ADefaultsModeChangesWhatNobodySet) {
  variables_["AWS_DEFAULTS_MODE"] = "Standard";
  EXPECT_EQ(client().config().connect_timeout, std::chrono::milliseconds(3100));
  ClientOptions options;
  options.config.connect_timeout = std::chrono::seconds(7);
  EXPECT_EQ(client(options).config().connect_timeout, std::chrono::seconds(7));
  variables_["AWS_DEFAULTS_MODE"] = "in-regoin";
  EXPECT_EQ(open().value().client("shelf").error().code(), "InvalidDefaultsMode");
}

TEST_F(SessionTest, RetriesAreFoundInFilesAndModesToo) {
  folder_.write("config", "[default]\nmax_attempts = 7\n");
  EXPECT_EQ(client().config().retries.mode, "legacy");
  EXPECT_EQ(client().config().retries.total_max_attempts, 7);
  variables_["AWS_DEFAULTS_MODE"] = "standard";
  EXPECT_EQ(client().config().retries.mode, "standard");
  variables_["AWS_RETRY_MODE"] = "adaptive";
  EXPECT_EQ(client().config().retries.mode, "adaptive");
}

TEST_F(SessionTest, ABlankFileOfCertificatesIsAnErrorThatNamesItsPlace) {
  variables_["AWS_CA_BUNDLE"] = " ";
  auto made = open().value().client("shelf");
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code(), "InvalidConfig");
  EXPECT_THAT(made.error().message(), testing::HasSubstr("AWS_CA_BUNDLE"));
  ClientOptions options;
  options.http.ca_bundle = "/own.pem";
  EXPECT_TRUE(open().value().client("shelf", options));
}

TEST_F(SessionTest, TheMachineIsAskedForItsRegionOnceAndOnlyWhenNothingElseTells) {
  std::atomic<int> asked = 0;
  SessionOptions options;
  options.region_name = "here";
  options.instance_region = [&] {
    ++asked;
    return std::optional<std::string>("here");
  };
  Session session = open(options).value();
  EXPECT_TRUE(session.client("shelf"));
  EXPECT_EQ(asked, 0);
  ClientOptions automatic;
  automatic.config.defaults_mode = "auto";
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(session.client("shelf", automatic)->config().connect_timeout,
              std::chrono::milliseconds(1100));
  }
  EXPECT_EQ(asked, 1);
}

TEST_F(SessionTest, ManyOnManyThreadsDoNotMeet) {
  for (int i = 0; i < 8; ++i) {
    folder_.write("config-" + std::to_string(i),
                  "[default]\nregion = r" + std::to_string(i) + "\n");
  }
  std::vector<std::thread> threads;
  std::atomic<int> wrong = 0;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([this, i, &wrong] {
      auto variables = variables_;
      variables["AWS_CONFIG_FILE"] = folder_.path("config-" + std::to_string(i));
      FakeEnvironment environment(variables);
      for (int round = 0; round < 10; ++round) {
        SessionOptions options;
        options.host = testing_support::host_with(environment);
        options.data_path = {folder_.path("models")};
        auto session = Session::create(std::move(options));
        auto made = session ? session->client("shelf") : std::move(session).error();
        if (!made || made->region_name() != "r" + std::to_string(i)) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

TEST_F(SessionTest, TheDefaultOneIsSharedUntilItIsReplaced) {
  environment_ = std::make_unique<FakeEnvironment>(variables_);
  static FakeEnvironment kept(variables_);  // the process's session outlives the test
  SessionOptions options;
  options.host = testing_support::host_with(kept);
  options.region_name = "first";
  ASSERT_TRUE(setup_default_session(options));
  std::vector<std::thread> threads;
  std::atomic<int> wrong = 0;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 50; ++round) {
        auto session = default_session();
        if (!session || session->region_name().empty()) ++wrong;
      }
    });
  }
  options.region_name = "second";
  EXPECT_TRUE(setup_default_session(options));
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(default_session()->region_name(), "second");
}

TEST(ConfigMerge, TakesWhatTheOtherSets) {
  Config base, other;
  base.region_name = "a";
  base.read_timeout = std::chrono::seconds(1);
  base.s3.addressing_style = "path";
  base.proxies = Config::Proxies{{"http", "http://p"}};
  other.read_timeout = Config::kDefaultTimeout;
  other.parameter_validation = false;
  Config merged = base.merge(other);
  EXPECT_EQ(merged.region_name, "a");
  EXPECT_EQ(merged.read_timeout, Config::kDefaultTimeout) << "set to what the default is";
  EXPECT_EQ(merged.parameter_validation, false);
  EXPECT_EQ(merged.s3.addressing_style, "path");
  EXPECT_EQ(merged.proxies->at("http"), "http://p");
}

TEST(ConfigMerge, EveryOptionCanBeReadAndMerged) {
  Value all{{"region_name", "r"},
            {"signature_version", "v4"},
            {"user_agent", "u"},
            {"user_agent_extra", "e"},
            {"user_agent_appid", "i"},
            {"connect_timeout", 1},
            {"read_timeout", 2},
            {"parameter_validation", false},
            {"max_pool_connections", 3},
            {"proxies", Value{{"https", "http://p"}}},
            {"proxies_config",
             Value{{"proxy_ca_bundle", "c"}, {"proxy_client_cert", Value::list({"cert", "key"})}}},
            {"client_cert", Value::list({"cert", "key"})},
            {"inject_host_prefix", false},
            {"endpoint_discovery_enabled", true},
            {"use_dualstack_endpoint", true},
            {"use_fips_endpoint", true},
            {"ignore_configured_endpoint_urls", true},
            {"defaults_mode", "standard"},
            {"tcp_keepalive", true},
            {"request_min_compression_size_bytes", 4},
            {"disable_request_compression", true},
            {"client_context_params", Value{{"x", 1}}},
            {"sigv4a_signing_region_set", "*"},
            {"request_checksum_calculation", "when_required"},
            {"response_checksum_validation", "WHEN_REQUIRED"},
            {"account_id_endpoint_mode", "disabled"},
            {"auth_scheme_preference", "sigv4"}};
  auto read = Config::from_value(all);
  ASSERT_TRUE(read) << read.error().describe();
  Config merged = Config().merge(*read);
  EXPECT_EQ(merged.proxies->at("https"), "http://p");
  EXPECT_EQ(merged.proxies_config.client_key, "key");
  EXPECT_EQ(merged.client_key, "key");
  EXPECT_EQ(merged.max_pool_connections, 3U);
  EXPECT_EQ(merged.response_checksum_validation, "when_required");
  EXPECT_EQ(merged.request_min_compression_size_bytes, 4);
  EXPECT_EQ(merged.defaults_mode, "standard");
  EXPECT_EQ(merged.client_context_params["x"].as_int(), 1);
  EXPECT_EQ(merged.auth_scheme_preference, "sigv4");
  EXPECT_THAT(Config::option_names(), testing::SizeIs(30));
  for (const Value& wrong :
       {Value{{"proxies", "http://p"}}, Value{{"client_cert", Value::list({"one"})}},
        Value{{"defaults_mode", "fast"}}, Value{{"request_min_compression_size_bytes", 0}},
        Value{{"request_checksum_calculation", "sometimes"}}, Value{{"proxies_config", 1}},
        Value{{"proxies_config", Value{{"proxy_ca", "x"}}}}}) {
    EXPECT_FALSE(Config::from_value(wrong));
  }
}

}  // namespace
}  // namespace botocxx
