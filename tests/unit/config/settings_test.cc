#include "config/defaults_mode.h"
#include "support/scratch_folder.h"
#include <botocxx/config/settings.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

namespace botocxx {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing_support::FakeEnvironment;
using testing_support::ScratchFolder;

class SettingsTest : public testing::Test {
 protected:
  void config(std::string_view text) { folder_.write("config", text); }
  void credentials(std::string_view text) { folder_.write("credentials", text); }
  void set(const std::string& name, const std::string& value) { variables_[name] = value; }

  Settings resolve(const Value& variables = Value::object()) {
    variables_["AWS_CONFIG_FILE"] = folder_.path("config");
    variables_["AWS_SHARED_CREDENTIALS_FILE"] = folder_.path("credentials");
    environment_ = FakeEnvironment(variables_);
    shared_ = SharedConfig::load(testing_support::host_with(environment_)).value();
    return Settings::resolve({&environment_, shared_.get(), variables});
  }

  static std::vector<std::string> origins(const Settings& settings, std::string_view name) {
    std::vector<std::string> places;
    for (const auto& candidate : settings.find(name)->candidates) {
      places.push_back(candidate.origin);
    }
    return places;
  }

  ScratchFolder folder_;
  std::map<std::string, std::string> variables_;
  FakeEnvironment environment_;
  std::shared_ptr<const SharedConfig> shared_;
};

TEST(SettingTable, HasEveryNameOnce) {
  std::set<std::string_view> names;
  for (const SettingSpec& spec : setting_table()) {
    EXPECT_TRUE(names.insert(spec.name).second) << spec.name;
    EXPECT_FALSE(spec.meaning.empty()) << spec.name;
    EXPECT_FALSE(spec.type == SettingType::kSecret && !spec.default_text.empty()) << spec.name;
  }
}

TEST_F(SettingsTest, TheProgramComesFirstThenEnvironmentProfileAndDefault) {
  config("[default]\nretry_mode = standard\n");
  credentials("[default]\nretry_mode = adaptive\n");
  set("AWS_RETRY_MODE", "legacy");
  Settings settings = resolve(Value{{"retry_mode", "given"}});
  EXPECT_EQ(settings.text("retry_mode"), "given");
  EXPECT_THAT(origins(settings, "retry_mode"),
              ElementsAre("the program", "AWS_RETRY_MODE", folder_.path("credentials") + ":2",
                          folder_.path("config") + ":2", "default"));
}

TEST_F(SettingsTest, VariablesOfASessionNameSettingsOfBlocksByTheirLastPart) {
  EXPECT_EQ(resolve(Value{{"use_arn_region", true}}).flag("s3.use_arn_region"), true);
  EXPECT_EQ(resolve(Value{{"s3.use_arn_region", false}, {"use_arn_region", true}})
                .flag("s3.use_arn_region"),
            false);
}

TEST_F(SettingsTest, KnowWhereALineOfABlockStands) {
  config("[default]\ns3 =\n  addressing_style = path\n\n  use_arn_region = false\n");
  Settings settings = resolve();
  EXPECT_EQ(settings.text("s3.addressing_style"), "path");
  EXPECT_EQ(settings.flag("s3.use_arn_region"), false);
  EXPECT_THAT(origins(settings, "s3.use_arn_region"), ElementsAre(folder_.path("config") + ":5"));
}

TEST_F(SettingsTest, OfABlockThatIsATextDoNotCountNorDoVariables) {
  config("[default]\ns3 = path\n");
  set("AWS_S3_USE_ARN_REGION", "true");
  Settings settings = resolve();
  EXPECT_EQ(settings.flag("s3.use_arn_region"), std::nullopt);
}

TEST_F(SettingsTest, AnEmptyVariableCountsButForNames) {
  config("[default]\nca_bundle = x\nregion = r\n");
  set("AWS_CA_BUNDLE", "");
  set("AWS_DEFAULT_REGION", "");
  Settings settings = resolve();
  EXPECT_EQ(settings.text("ca_bundle"), "");
  EXPECT_EQ(settings.text("region"), "r");
}

TEST_F(SettingsTest, AreConvertedWhenTheyAreAskedFor) {
  set("AWS_MAX_ATTEMPTS", " +1_0 ");
  set("AWS_CSM_PORT", "x");
  set("AWS_USE_FIPS_ENDPOINT", "TRUE");
  set("AWS_USE_DUALSTACK_ENDPOINT", "1");
  config("[default]\napi_versions =\n  a = 1\n  b = 2\n");
  Settings settings = resolve();
  EXPECT_EQ(*settings.integer("max_attempts"), 10);
  EXPECT_EQ(settings.value("max_attempts")->as_int(), 10);
  EXPECT_EQ(settings.flag("use_fips_endpoint"), true);
  EXPECT_EQ(settings.flag("use_dualstack_endpoint"), false);
  EXPECT_EQ((*settings.value("api_versions"))["b"].as_string(), "2");
  EXPECT_TRUE(settings.value("ca_bundle")->is_null());
  EXPECT_TRUE(settings.value("nobody knows it")->is_null());
  auto port = settings.integer("csm_port");
  ASSERT_FALSE(port);
  EXPECT_EQ(port.error().code(), "InvalidConfig");
  EXPECT_THAT(port.error().describe(), HasSubstr("AWS_CSM_PORT"));
}

TEST_F(SettingsTest, IntegersAreWhatPythonTakesForOne) {
  for (const char* text :
       {"", "1.5", "0x10", "1__0", "_1", "1_", "+-1", "--1", "99999999999999999999"}) {
    set("AWS_MAX_ATTEMPTS", text);
    EXPECT_FALSE(resolve().integer("max_attempts")) << text;
  }
  set("AWS_MAX_ATTEMPTS", "-2");
  EXPECT_EQ(*resolve().integer("max_attempts"), -2);
}

TEST_F(SettingsTest, AnotherLayerGoesWhereItBelongs) {
  config("[default]\nretry_mode = adaptive\n");
  std::vector<std::pair<std::string, std::string>> mode{{"retry_mode", "standard"},
                                                        {"sts_regional_endpoints", "legacy"}};
  Settings settings = resolve().with_layer(SettingLayer::kDefaultsMode, mode, "defaults mode x");
  EXPECT_EQ(settings.text("retry_mode"), "adaptive");
  EXPECT_EQ(settings.text("sts_regional_endpoints"), "legacy");
  EXPECT_FALSE(settings.find("sts_regional_endpoints")->is_configured());
  std::vector<std::pair<std::string, std::string>> own{{"retry_mode", "legacy"}};
  settings = settings.with_layer(SettingLayer::kClient, own, "--config");
  EXPECT_EQ(settings.text("retry_mode"), "legacy");
}

TEST_F(SettingsTest, UrlsOfServicesComeInBotocoresOrder) {
  config(
      "[default]\nendpoint_url = http://profile\nservices = s\n"
      "[services s]\nauto_scaling =\n  endpoint_url = http://section\n");
  Settings settings = resolve();
  EXPECT_EQ(*settings.endpoint_url("auto-scaling"), "http://section");
  EXPECT_EQ(*settings.endpoint_url("x"), "http://profile");
  set("AWS_ENDPOINT_URL", "http://all");
  EXPECT_EQ(*resolve().endpoint_url("auto-scaling"), "http://all");
  set("AWS_ENDPOINT_URL_AUTO_SCALING", "http://one");
  settings = resolve();
  EXPECT_EQ(*settings.endpoint_url("auto-scaling"), "http://one");
  auto setting = settings.endpoint_url_setting("auto-scaling");
  ASSERT_EQ(setting->candidates.size(), 4U);
  EXPECT_EQ(setting->candidates[2].origin, folder_.path("config") + ":6");
}

TEST_F(SettingsTest, AnEmptyUrlOfTheCredentialsFileHidesThatOfTheConfigFile) {
  config("[default]\nendpoint_url = http://profile\n");
  credentials("[default]\nendpoint_url =\n");
  EXPECT_EQ(*resolve().endpoint_url("x"), "");
}

TEST_F(SettingsTest, AServicesSectionThatIsMissingMattersWhereItIsAskedFor) {
  config("[default]\nservices = gone\n");
  Settings settings = resolve();
  auto url = settings.endpoint_url("x");
  ASSERT_FALSE(url);
  EXPECT_EQ(url.error().code(), "InvalidConfig");
  EXPECT_THAT(url.error().message(), HasSubstr("\"gone\""));
  set("AWS_ENDPOINT_URL", "http://all");
  EXPECT_EQ(*resolve().endpoint_url("x"), "http://all");
}

TEST_F(SettingsTest, WithoutEffectAreReportedWithTheirPlace) {
  set("AWS_CSM_ENABLED", "true");
  EXPECT_THAT(settings_without_effect(resolve()), ElementsAre("csm_enabled (AWS_CSM_ENABLED)"));
}

// --- defaults modes
// -------------------------------------------------------------------------------

Value modes() {
  return Value{
      {"base", Value{{"retryMode", "standard"}, {"connectTimeoutInMillis", 1000}}},
      {"modes", Value{{"plain", Value::object()},
                      {"slow", Value{{"connectTimeoutInMillis", Value{{"add", 500}}}}},
                      {"slower", Value{{"connectTimeoutInMillis", Value{{"multiply", 3}}}}},
                      {"own", Value{{"retryMode", Value{{"override", "adaptive"}}}}}}}};
}

std::string default_of(std::string_view mode, std::string_view setting) {
  auto defaults = config::defaults_of_mode(modes(), mode);
  if (!defaults) return defaults.error().code();
  for (const auto& [name, text] : *defaults) {
    if (name == setting) return text;
  }
  return "(none)";
}

TEST(DefaultsMode, ChangesTheBaseAsItsDocumentSays) {
  EXPECT_EQ(default_of("plain", "retry_mode"), "standard");
  EXPECT_EQ(default_of("plain", "connect_timeout"), "1");
  EXPECT_EQ(default_of("slow", "connect_timeout"), "1.5");
  EXPECT_EQ(default_of("SLOWER", "connect_timeout"), "3");
  EXPECT_EQ(default_of("own", "retry_mode"), "adaptive");
  EXPECT_EQ(default_of("legacy", "retry_mode"), "(none)");
  EXPECT_EQ(default_of("other", "retry_mode"), "InvalidDefaultsMode");
}

TEST(DefaultsMode, IsDetectedFromWhereTheProgramRuns) {
  using Variables = std::map<std::string, std::string>;
  auto detect = [](const Variables& variables, std::optional<std::string> machine) {
    FakeEnvironment environment(variables);
    return config::detect_defaults_mode("here", environment, [&] { return machine; });
  };
  EXPECT_EQ(detect({}, std::nullopt), "standard");
  EXPECT_EQ(detect({}, "here"), "in-region");
  EXPECT_EQ(detect({}, "there"), "cross-region");
  EXPECT_EQ(detect({{"AWS_REGION", "there"}}, "here"), "in-region") << "not in a service's hands";
  EXPECT_EQ(detect({{"AWS_EXECUTION_ENV", "x"}, {"AWS_REGION", "there"}}, "here"), "cross-region");
  EXPECT_EQ(detect({{"AWS_EXECUTION_ENV", "x"}, {"AWS_DEFAULT_REGION", "here"}}, "there"),
            "in-region");
  EXPECT_EQ(detect({{"AWS_EXECUTION_ENV", "x"}}, std::nullopt), "standard");
  FakeEnvironment none;
  EXPECT_EQ(config::detect_defaults_mode("here", none, nullptr), "standard");
}

}  // namespace
}  // namespace botocxx
