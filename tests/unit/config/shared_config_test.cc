#include "config/shell_words.h"
#include "support/scratch_folder.h"
#include <botocxx/config/shared_config.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

namespace botocxx {
namespace {

using testing_support::FakeEnvironment;
using testing_support::ScratchFolder;

class SharedConfigTest : public testing::Test {
 protected:
  void config(std::string_view text) { folder_.write(".aws/config", text); }
  void credentials(std::string_view text) { folder_.write(".aws/credentials", text); }
  void set(const std::string& name, const std::string& value) { variables_[name] = value; }

  Result<std::shared_ptr<const SharedConfig>> load(std::string_view profile = {}) {
    variables_["HOME"] = folder_.path();
    environment_ = FakeEnvironment(variables_);
    return SharedConfig::load(testing_support::host_with(environment_), profile);
  }
  std::string region(std::string_view given = {}) {
    auto loaded = load();
    return configured_region(**loaded, testing_support::host_with(environment_), given);
  }
  std::string get(std::string_view option, std::string_view profile = {}) {
    auto setting = load(profile).value()->get(option);
    return setting ? setting->value : "(none)";
  }

  ScratchFolder folder_;
  std::map<std::string, std::string> variables_;
  FakeEnvironment environment_;
};

TEST_F(SharedConfigTest, WithoutFilesThereIsAnEmptyDefaultProfile) {
  auto loaded = load().value();
  EXPECT_EQ(loaded->profile(), "default");
  EXPECT_EQ(loaded->config_section(), nullptr);
  EXPECT_TRUE(loaded->profile_names().empty());
  EXPECT_EQ(loaded->config_path(), folder_.path(".aws/config"));
}

TEST_F(SharedConfigTest, FindsProfilesInBothFilesAndTheCredentialsFileWins) {
  config(
      "[default]\nregion = a\n[profile dev]\nregion = b\nx = 1\n[profile \"two words\"]\nregion = "
      "c\n"
      "[preview]\n[profilefoo]\n[profile a b]\n[sso-session s]\n");
  credentials("[dev]\nregion = from-credentials\n[only]\ny = 1\n");
  EXPECT_EQ(get("region"), "a");
  EXPECT_EQ(get("region", "dev"), "from-credentials");
  EXPECT_EQ(get("x", "dev"), "1");
  EXPECT_EQ(get("region", "two words"), "c");
  EXPECT_EQ(get("y", "only"), "1");
  EXPECT_THAT(load().value()->profile_names(),
              testing::ElementsAre("default", "dev", "two words", "only"));
  EXPECT_EQ(load("dev").value()->get("x")->origin, folder_.path(".aws/config") + ":5");
}

TEST_F(SharedConfigTest, TheProgramNamesTheProfileThenTheEnvironmentInBotocoresOrder) {
  config("[profile a]\n[profile b]\n[profile c]\n");
  set("AWS_PROFILE", "a");
  EXPECT_EQ(load().value()->profile(), "a");
  set("AWS_DEFAULT_PROFILE", "b");
  EXPECT_EQ(load().value()->profile(), "b");
  EXPECT_EQ(load("c").value()->profile(), "c");
  set("AWS_DEFAULT_PROFILE", "");
  EXPECT_EQ(load().value()->profile(), "a");
}

TEST_F(SharedConfigTest, AProfileThatIsNowhereIsAnErrorThatNamesTheFilesAndTheNearest) {
  config("[profile production]\n");
  credentials("[staging]\n");
  auto loaded = load("prodution");
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().code(), "ProfileNotFound");
  EXPECT_EQ(loaded.error().message(), "The config profile (prodution) could not be found");
  EXPECT_THAT(loaded.error().describe(),
              testing::AllOf(testing::HasSubstr(folder_.path(".aws/config")),
                             testing::HasSubstr(folder_.path(".aws/credentials")),
                             testing::HasSubstr("did you mean production?")));
}

TEST_F(SharedConfigTest, FilesMayLieElsewhere) {
  folder_.write("else/where", "[default]\nregion = moved\n");
  set("AWS_CONFIG_FILE", "~/else/$PART");
  set("PART", "where");
  EXPECT_EQ(get("region"), "moved");
}

TEST_F(SharedConfigTest, ADamagedFileIsAnErrorThatNamesTheLine) {
  config("[default]\nwhatever\n");
  auto loaded = load();
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().code(), "ConfigParse");
  EXPECT_THAT(loaded.error().message(), testing::HasSubstr(folder_.path(".aws/config") + ":2: "));
}

TEST_F(SharedConfigTest, TheLaterOfTwoSectionsForOneProfileCountsAsAWhole) {
  config("[default]\na = 1\nb = 1\n[profile default]\na = 2\n");
  EXPECT_EQ(get("a"), "2");
  EXPECT_EQ(get("b"), "(none)");
}

TEST_F(SharedConfigTest, AnEmptyVariableMeansThatThereIsNoSuchFile) {
  config("[default]\nregion = there\n");
  credentials("[default]\nkey = there\n");
  set("AWS_CONFIG_FILE", "");
  EXPECT_EQ(get("region"), "(none)");
  EXPECT_EQ(get("key"), "there");
}

TEST_F(SharedConfigTest, FindsSectionsOfSessionsServicesAndOthers) {
  config(
      "[sso-session a]\nsso_region = r\n[services 'my own']\ns3 =\n  endpoint_url = u\n"
      "[services]\n[preview]\nx = 1\n[sso-session a b]\n[profile p]\nregion = q\n");
  auto loaded = load().value();
  EXPECT_EQ(loaded->sso_session("a")->find("sso_region")->value, "r");
  EXPECT_EQ(loaded->sso_session("b"), nullptr);
  EXPECT_EQ(loaded->services("my own")->find("s3")->find("endpoint_url")->value, "u");
  ASSERT_EQ(loaded->other_sections().size(), 1U);
  EXPECT_EQ(loaded->other_sections()[0]->name, "preview");
  EXPECT_EQ(loaded->get_of("p", "region")->value, "q");
  EXPECT_FALSE(loaded->get("region"));
}

TEST_F(SharedConfigTest, AllValuesOfAnOptionAreThereBestFirst) {
  config("[default]\nregion = a\ns3 =\n  x = 1\n");
  credentials("[default]\nregion = b\n");
  auto loaded = load().value();
  auto all = loaded->all_of("region");
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].value, "b");
  EXPECT_EQ(all[1].origin, folder_.path(".aws/config") + ":2");
  EXPECT_EQ(loaded->get_nested("s3", "x")->origin, folder_.path(".aws/config") + ":4");
  EXPECT_FALSE(loaded->get_nested("region", "x"));
}

TEST_F(SharedConfigTest, AProfileThatIsNowhereMayBeAskedForAllTheSame) {
  FakeEnvironment none;
  auto loaded = SharedConfig::load(testing_support::host_with(none), "nowhere",
                                   SharedConfig::MissingProfile::kIsEmpty);
  ASSERT_TRUE(loaded);
  EXPECT_EQ((*loaded)->profile(), "nowhere");
  EXPECT_EQ((*loaded)->profile_origin(), "the program");
  EXPECT_FALSE((*loaded)->has_profile("nowhere"));
}

TEST_F(SharedConfigTest, RegionComesFromTheProgramTheEnvironmentOrTheProfile) {
  EXPECT_EQ(region(), "");
  config("[default]\nregion = of-profile\n");
  EXPECT_EQ(region(), "of-profile");
  set("AWS_REGION", "of-region");
  EXPECT_EQ(region(), "of-region");
  set("AWS_DEFAULT_REGION", "of-default-region");
  EXPECT_EQ(region(), "of-default-region");
  EXPECT_EQ(region("given"), "given");
}

TEST(ShellWords, AreSplitAsAShellDoes) {
  using testing::ElementsAre;
  auto split = [](std::string_view text) { return config::split_shell_words(text).value(); };
  EXPECT_THAT(split(" a  b\tc "), ElementsAre("a", "b", "c"));
  EXPECT_THAT(split("profile \"a b\"'c d'e"), ElementsAre("profile", "a bc de"));
  EXPECT_THAT(split("a\\ b \"c\\\"d\\e\" ''"), ElementsAre("a b", "c\"d\\e", ""));
  EXPECT_FALSE(config::split_shell_words("\"open"));
  EXPECT_FALSE(config::split_shell_words("open\\"));
}

}  // namespace
}  // namespace botocxx
