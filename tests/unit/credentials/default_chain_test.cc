#include "support/scratch_folder.h"
#include <botocxx/credentials/default_chain.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

namespace botocxx {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing_support::FakeEnvironment;
using testing_support::ScratchFolder;

// Every secret of these tests holds this word, so that one scan finds a leak.
constexpr char kSecret[] = "s3cr3t/+wJalr";

class DefaultChain : public testing::Test {
 protected:
  void config(std::string_view text) { folder_.write(".aws/config", text); }
  void credentials(std::string_view text) { folder_.write(".aws/credentials", text); }
  void set(const std::string& name, const std::string& value) { variables_[name] = value; }

  Result<std::shared_ptr<const Credentials>> resolve(
      EnvironmentKeys environment = EnvironmentKeys::kUsed) {
    variables_["HOME"] = folder_.path();
    environment_ = FakeEnvironment(variables_);
    Host host = testing_support::host_with(environment_);
    auto loaded = SharedConfig::load(host).value();
    CredentialsContext context;
    context.host = host;
    context.config = loaded;
    return make_default_credentials_chain(context, environment)->resolve(std::nullopt);
  }
  Credentials found(EnvironmentKeys environment = EnvironmentKeys::kUsed) {
    return *resolve(environment).value();
  }
  Error failure() {
    auto result = resolve();
    EXPECT_FALSE(result);
    EXPECT_EQ(result.error().kind(), ErrorKind::kCredentials);
    EXPECT_THAT(result.error().describe(), Not(HasSubstr("s3cr3t")));
    return result.error();
  }

  ScratchFolder folder_;
  std::map<std::string, std::string> variables_;
  FakeEnvironment environment_;
};

std::string keys(std::string_view id, std::string_view more = {}) {
  return "aws_access_key_id = " + std::string(id) + "\naws_secret_access_key = " + kSecret + "\n" +
         std::string(more);
}

TEST_F(DefaultChain, TakesTheEnvironmentBeforeTheFilesAndTheCredentialsFileBeforeTheConfigFile) {
  config("[default]\n" + keys("config@id", "aws_session_token = t1\naws_account_id = 12\n"));
  Credentials of_config = found();
  EXPECT_EQ(of_config.access_key, "config@id");
  EXPECT_EQ(of_config.secret_key, kSecret);
  EXPECT_EQ(of_config.session_token, "t1");
  EXPECT_EQ(of_config.account_id, "12");
  EXPECT_EQ(of_config.source, "config-file");

  credentials("[default]\n" + keys("shared", "aws_security_token = t2\naws_session_token = no\n"));
  EXPECT_EQ(found().access_key, "shared");
  EXPECT_EQ(found().session_token, "t2");
  EXPECT_EQ(found().source, "shared-credentials-file");

  set("AWS_ACCESS_KEY_ID", "env");
  set("AWS_SECRET_ACCESS_KEY", kSecret);
  set("AWS_SESSION_TOKEN", "t3");
  set("AWS_CREDENTIAL_EXPIRATION", "2999-01-01T00:00:00Z");
  EXPECT_EQ(found().access_key, "env");
  EXPECT_EQ(found().session_token, "t3");
  EXPECT_EQ(found().expires, Timestamp::parse("2999-01-01T00:00:00Z").value());
  EXPECT_EQ(found(EnvironmentKeys::kIgnored).access_key, "shared");

  set("AWS_SECURITY_TOKEN", "t4");
  EXPECT_EQ(found().session_token, "t4");
  set("AWS_ACCESS_KEY_ID", "");
  EXPECT_EQ(found().access_key, "shared");
}

TEST_F(DefaultChain, HalfAPairIsAnErrorInBotocoresWords) {
  config("[default]\naws_access_key_id = id\n");
  EXPECT_EQ(failure().message(),
            "Partial credentials found in config-file, missing: aws_secret_access_key");
  credentials("[default]\naws_access_key_id = id\n");
  EXPECT_EQ(failure().message(),
            "Partial credentials found in shared-credentials-file, missing: aws_secret_access_key");
  EXPECT_THAT(failure().describe(), HasSubstr(folder_.path(".aws/credentials") + ":1"));
  set("AWS_ACCESS_KEY_ID", "id");
  EXPECT_EQ(failure().code(), "PartialCredentials");
  EXPECT_EQ(failure().message(),
            "Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY");
}

TEST_F(DefaultChain, WithoutAnyEveryProviderSaysWhatItLookedFor) {
  config("[default]\nregion = x\naws_secret_access_key = s3cr3t\n");
  Error error = failure();
  EXPECT_EQ(error.code(), "NoCredentials");
  EXPECT_EQ(error.message(), "Unable to locate credentials");
  const std::string file = folder_.path(".aws/config"), other = folder_.path(".aws/credentials");
  EXPECT_THAT(
      error.hints(),
      testing::ElementsAre(
          "env: AWS_ACCESS_KEY_ID is not set", "assume-role: profile default has no role_arn",
          "assume-role-with-web-identity: profile default has no web_identity_token_file, and "
          "AWS_WEB_IDENTITY_TOKEN_FILE is not set",
          "sso: profile default has no sso_role_name or sso_account_id",
          "shared-credentials-file: " + other + " has no profile default",
          "login: profile default has no login_session",
          "custom-process: profile default has no credential_process",
          "config-file: profile default in " + file + " has no aws_access_key_id",
          "ec2-credentials-file: AWS_CREDENTIAL_FILE is not set",
          "boto-config: no keys in [Credentials] of /etc/boto.cfg or " + folder_.path(".boto"),
          "container-role: AWS_CONTAINER_CREDENTIALS_RELATIVE_URI or "
          "AWS_CONTAINER_CREDENTIALS_FULL_URI is not set",
          "iam-role: this chain was made without a way to ask it"));
}

// Using the static keys beside it would act as somebody else than the profile says.
TEST_F(DefaultChain, WhatAProfileAsksForAndCannotBeDoneEndsTheSearch) {
  credentials("[default]\n" + keys("static"));
  config("[default]\nrole_arn = arn:aws:iam::1:role/r\n");
  EXPECT_EQ(failure().code(), "PartialCredentials");
  config("[default]\nrole_arn = arn:aws:iam::1:role/r\nweb_identity_token_file = /none\n");
  EXPECT_EQ(failure().code(), "CredentialRetrieval");
  config("[default]\nsso_account_id = 1\n");
  EXPECT_EQ(failure().code(), "InvalidConfig");
  config("[default]\nlogin_session = x\ncredential_process = x --password s3cr3t\n");
  EXPECT_EQ(found().access_key, "static") << "the credentials file comes before these";
  folder_.remove(".aws/credentials");
  EXPECT_EQ(failure().code(), "LoginTokenLoad");
}

TEST_F(DefaultChain, ExpiredOrUnreadableExpirationsOfTheEnvironmentAreErrors) {
  set("AWS_ACCESS_KEY_ID", "id");
  set("AWS_SECRET_ACCESS_KEY", kSecret);
  for (const char* time : {"2001-01-01T00:00:00Z", "soon"}) {
    set("AWS_CREDENTIAL_EXPIRATION", time);
    EXPECT_EQ(failure().code(), "CredentialRetrieval");
  }
}

TEST_F(DefaultChain, AnEnvironmentThatChangesIsReadAnew) {
  struct Changing : Environment {
    std::optional<std::string> get(std::string_view) const override { return value; }
    std::string value = "one";
  } environment;
  auto provider = make_environment_credentials_provider(testing_support::host_with(environment));
  environment.value = "2999-01-01T00:00:00Z";
  EXPECT_EQ(provider->resolve(std::nullopt).value()->access_key, environment.value);
  environment.value = "";
  EXPECT_EQ(provider->resolve(std::nullopt).error().code(), "NoCredentials");
}

}  // namespace
}  // namespace botocxx
