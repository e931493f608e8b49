#include "client/user_agent.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace botocxx::client {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

UserAgentParts linux_parts() {
  UserAgentParts parts;
  parts.platform = {"Linux", "6.1.0", "x86_64"};
  return parts;
}

TEST(UserAgent, NamesLibrarySystemMachineAndLanguage) {
  EXPECT_EQ(user_agent(linux_parts(), {}, {}),
            "Botocxx/0.1.0 ua/2.1 os/linux#6.1.0 md/arch#x86_64 lang/c++#20");
}

TEST(UserAgent, AProgramsNameGoesFirstOnlyWithItsVersion) {
  UserAgentParts parts = linux_parts();
  parts.program.name = "backup tool";
  EXPECT_THAT(user_agent(parts, {}, {}), StartsWith("Botocxx/0.1.0 ua/2.1"));
  parts.program.version = "3.1";
  EXPECT_THAT(user_agent(parts, {}, {}), StartsWith("backup-tool/3.1 md/Botocxx#0.1.0 ua/2.1"));
}

TEST(UserAgent, SystemsWithoutAStandardNameAreOtherAndKeepTheirOwn) {
  UserAgentParts parts = linux_parts();
  parts.platform = {"Darwin", "23", ""};
  EXPECT_THAT(user_agent(parts, {}, {}), HasSubstr("os/macos#23 lang/"));
  parts.platform = {"Plan 9", "4", "MIPS"};
  EXPECT_THAT(user_agent(parts, {}, {}), HasSubstr("os/other md/Plan-9#4 md/arch#mips lang/"));
  parts.platform = {};
  EXPECT_THAT(user_agent(parts, {}, {}), HasSubstr("ua/2.1 os/other lang/"));
}

TEST(UserAgent, AnOverrideLeavesOnlyTheExtras) {
  UserAgentParts parts = linux_parts();
  parts.program = {"tool", "1", "session-extra", "env"};
  Config config;
  config.user_agent = "mine/1.0";
  config.user_agent_appid = "app";
  config.user_agent_extra = "client extra";
  EXPECT_EQ(user_agent(parts, config, {Feature::kWaiter}), "mine/1.0 session-extra client extra");
}

TEST(UserAgent, FeaturesComeInOneListBeforeSettingsAndApplication) {
  UserAgentParts parts = linux_parts();
  parts.program.execution_environment = "AWS_Lambda_x";
  parts.retry_mode = "standard";
  parts.endpoint_discovery = true;
  Config config;
  config.user_agent_appid = "my app/1#2";
  EXPECT_THAT(user_agent(parts, config, {Feature::kCredentialsLogin, Feature::kPaginator}),
              EndsWith("exec-env/AWS_Lambda_x m/C,AD cfg/retry-mode#standard "
                       "cfg/endpoint-discovery app/my-app-1#2"));
}

TEST(UserAgent, NothingInItCanEndTheHeader) {
  UserAgentParts parts = linux_parts();
  parts.program.name = "a\r\nHost: x";
  parts.program.version = "\xff";
  EXPECT_THAT(user_agent(parts, {}, {}), Not(HasSubstr("\n")));
}

TEST(UserAgent, MarksAreThoseThatServicesCount) {
  EXPECT_EQ(feature_mark(Feature::kWaiter), "B");
  EXPECT_EQ(feature_mark(Feature::kEndpointOverride), "N");
  EXPECT_EQ(feature_mark(Feature::kResolvedAccountId), "T");
  EXPECT_EQ(feature_mark(Feature::kRequestChecksumCrc32), "U");
  EXPECT_EQ(feature_mark(Feature::kRequestChecksumSha256), "Y");
  EXPECT_EQ(feature_mark(Feature::kRequestChecksumXxhash128), "AI");
  EXPECT_EQ(feature_mark(Feature::kResponseChecksumWhenRequired), "c");
  EXPECT_EQ(feature_mark(Feature::kCredentialsProfileSourceProfile), "o");
  EXPECT_EQ(feature_mark(Feature::kCredentialsHttp), "z");
  EXPECT_EQ(feature_mark(Feature::kCredentialsImds), "0");
  EXPECT_EQ(feature_mark(Feature::kBearerServiceEnvironment), "3");
}

}  // namespace
}  // namespace botocxx::client
