#include "support/scratch_folder.h"
#include <botocxx/base/text_encoding.h>
#include <botocxx/credentials/sso_login.h>

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <deque>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace botocxx {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class SetClock : public Clock {
 public:
  Timestamp now() const override { return Timestamp::from_unix(1'772'366'400); }
};

// Answers in order, and remembers what was asked.
class FakeServices : public OperationCaller {
 public:
  Result<Value> call(const ServiceCall& call) override {
    calls.push_back(call);
    if (answers.empty()) return Error(ErrorKind::kUsage, "NoMore", "no more answers");
    auto answer = std::move(answers.front());
    answers.pop_front();
    return answer;
  }
  Result<std::string> endpoint_of(const ServiceCall&) override {
    return std::string("https://oidc.example/");
  }
  void fail(std::string code) {
    answers.push_back(Error(ErrorKind::kService, std::move(code), "no"));
  }
  std::deque<Result<Value>> answers;
  std::vector<ServiceCall> calls;
};

Value registered() {
  return Value{
      {"clientId", "cid"}, {"clientSecret", "s3cr3t"}, {"clientSecretExpiresAt", 1780000000}};
}
Value granted() {
  return Value{{"accessToken", "tok"}, {"expiresIn", 3600}, {"refreshToken", "ref"}};
}

// What a browser does when it is sent back; the answer's first line.
std::string visit(const std::string& port, const std::string& target) {
  int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(port)));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  std::string answer;
  if (::connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0) {
    const std::string request = "GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n";
    static_cast<void>(::send(descriptor, request.data(), request.size(), MSG_NOSIGNAL));
    char buffer[1024];
    for (ssize_t got; (got = ::recv(descriptor, buffer, sizeof(buffer), 0)) > 0;) {
      answer.append(buffer, static_cast<std::size_t>(got));
    }
  }
  ::close(descriptor);
  return answer.substr(0, answer.find('\r'));
}

std::string part(const std::string& url, const std::string& name) {
  std::size_t start = url.find(name + '=') + name.size() + 1;
  return percent_decode(url.substr(start, url.find('&', start) - start));
}

class SsoLogin : public testing::Test {
 protected:
  SsoLogin() {
    folder_.write(".aws/config",
                  "[default]\nsso_session = corp\n[sso-session corp]\nsso_start_url = "
                  "https://d.example/start\nsso_region = us-west-2\nsso_registration_scopes = a, "
                  "b ,\n[profile old]\nsso_start_url = https://d.example/start\nsso_region = x\n");
    environment_ = testing_support::FakeEnvironment({{"HOME", folder_.path()}});
    context_.host = testing_support::host_with(environment_);
    context_.host.clock = &clock_;
    context_.config = SharedConfig::load(context_.host).value();
    context_.services = services_;
    context_.options.pause = [this](std::chrono::milliseconds time) { paused_ += time; };
    options_ = sso_login_options(*context_.config).value();
    options_.show = [this](const SsoAuthorization& where) { shown_ = where; };
  }
  ~SsoLogin() override {
    if (browser_.joinable()) browser_.join();
  }
  // The browser comes back with what `target` makes of the address that was shown.
  void browse(std::function<std::string(const std::string& url)> target) {
    options_.show = [this, target = std::move(target)](const SsoAuthorization& where) {
      shown_ = where;
      const std::string back = part(where.url, "redirect_uri");
      const std::string port = back.substr(17, back.find('/', 17) - 17);
      browser_ = std::thread([=, this] {
        icon_ = visit(port, "/favicon.ico");
        page_ = visit(port, target(where.url));
      });
    };
  }

  testing_support::ScratchFolder folder_;
  testing_support::FakeEnvironment environment_;
  SetClock clock_;
  std::shared_ptr<FakeServices> services_ = std::make_shared<FakeServices>();
  CredentialsContext context_;
  SsoLoginOptions options_;
  SsoAuthorization shown_;
  std::thread browser_;
  std::string icon_, page_;
  std::chrono::milliseconds paused_{0};
};

TEST_F(SsoLogin, ReadsSessionScopesAndTheOlderForm) {
  EXPECT_EQ(options_.session_name, "corp");
  EXPECT_EQ(options_.region, "us-west-2");
  EXPECT_THAT(options_.scopes, testing::ElementsAre("a", "b"));
  auto old = sso_login_options(*SharedConfig::load(context_.host, "old").value()).value();
  EXPECT_EQ(old.session_name, "");
  EXPECT_EQ(old.start_url, "https://d.example/start");
  EXPECT_EQ(sso_login_options(*context_.config, "none").error().code(), "InvalidConfig");
}

TEST_F(SsoLogin, ByDeviceCodeWaitsAndSlowsDown) {
  options_.flow = SsoLoginOptions::Flow::kDeviceCode;
  services_->answers.push_back(registered());
  services_->answers.push_back(Value{{"deviceCode", "dev"},
                                     {"userCode", "ABCD"},
                                     {"verificationUri", "https://v"},
                                     {"verificationUriComplete", "https://v?c"},
                                     {"interval", 1}});
  services_->fail("AuthorizationPendingException");
  services_->fail("SlowDownException");
  services_->fail("AuthorizationPendingException");
  services_->answers.push_back(granted());
  EXPECT_EQ(sso_login(context_, options_).value(), Timestamp::from_unix(1'772'370'000));
  EXPECT_EQ(shown_.code, "ABCD");
  EXPECT_EQ(shown_.url_with_code, "https://v?c");
  EXPECT_EQ(paused_, std::chrono::seconds(6 + 6));
  EXPECT_EQ(services_->calls[0].params["clientName"].as_string(), "botocore-client-corp");
  EXPECT_FALSE(services_->calls[0].params.contains("grantTypes"));
  EXPECT_EQ(services_->calls.back().params["grantType"].as_string(),
            "urn:ietf:params:oauth:grant-type:device_code");
  EXPECT_EQ(services_->calls.back().region, "us-west-2");
}

TEST_F(SsoLogin, AClientThatIsRegisteredIsNotRegisteredAgain) {
  options_.flow = SsoLoginOptions::Flow::kDeviceCode;
  services_->answers.push_back(registered());
  for (int i = 0; i < 2; ++i) {
    services_->answers.push_back(Value::object({{"deviceCode", "dev"}}));
    services_->answers.push_back(granted());
    EXPECT_TRUE(sso_login(context_, options_));
  }
  EXPECT_EQ(services_->calls.size(), 5u);
  EXPECT_EQ(shown_.url, "") << "a client that was granted before asks nobody";
}

TEST_F(SsoLogin, ByAuthorizationCodeComesBackToThisMachine) {
  browse([](const std::string& url) {
    return "/oauth/callback?code=c%2B1&state=" + part(url, "state");
  });
  services_->answers.push_back(registered());
  services_->answers.push_back(granted());
  ASSERT_TRUE(sso_login(context_, options_));
  browser_.join();
  EXPECT_THAT(icon_, HasSubstr("404"));
  EXPECT_THAT(page_, HasSubstr("200"));
  EXPECT_THAT(shown_.url, StartsWith("https://oidc.example/authorize?response_type=code&"));
  EXPECT_EQ(part(shown_.url, "scopes"), "a b");
  EXPECT_EQ(part(shown_.url, "code_challenge").size(), 43u);
  const Value& sent = services_->calls.back().params;
  EXPECT_EQ(sent["code"].as_string(), "c+1");
  EXPECT_EQ(sent["redirectUri"].as_string(), part(shown_.url, "redirect_uri"));
  EXPECT_EQ(sent["codeVerifier"].as_string().size(), 64u);
  EXPECT_EQ(services_->calls[0].params["issuerUrl"].as_string(), "https://d.example/start");
}

TEST_F(SsoLogin, ARedirectOfAnotherLoginIsRefused) {
  browse([](const std::string&) { return "/oauth/callback?code=c&state=other"; });
  services_->answers.push_back(registered());
  auto failed = sso_login(context_, options_);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code(), "AuthorizationCodeLoad");
}

TEST_F(SsoLogin, WhatThePersonRefusesIsAnError) {
  browse([](const std::string&) { return "/oauth/callback?error=access_denied"; });
  services_->answers.push_back(registered());
  auto failed = sso_login(context_, options_);
  ASSERT_FALSE(failed);
  EXPECT_THAT(failed.error().message(), HasSubstr("access_denied"));
}

TEST_F(SsoLogin, NobodyComingBackEndsAtTheDeadline) {
  options_.deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(10);
  services_->answers.push_back(registered());
  EXPECT_EQ(sso_login(context_, options_).error().code(), "PendingAuthorizationExpired");
}

TEST_F(SsoLogin, LogoutRemovesTokensAndWhatCameOfThemOnly) {
  folder_.write(".aws/sso/cache/t.json", R"({"accessToken": "tok", "region": "us-west-2"})");
  folder_.write(".aws/sso/cache/registration.json", R"({"clientId": "c"})");
  folder_.write(".aws/sso/cache/damaged.json", "{");
  folder_.write(".aws/cli/cache/sso.json", R"({"ProviderType": "sso"})");
  folder_.write(".aws/cli/cache/role.json", R"({"Credentials": {}})");
  services_->fail("UnauthorizedException");
  EXPECT_EQ(sso_logout(context_).value(), 2u);
  EXPECT_EQ(services_->calls.at(0).operation, "Logout");
  auto left = context_.host.files->list_directory(folder_.path(".aws/sso/cache")).value();
  EXPECT_THAT(left, testing::ElementsAre("damaged.json", "registration.json"));
  EXPECT_THAT(context_.host.files->list_directory(folder_.path(".aws/cli/cache")).value(),
              testing::ElementsAre("role.json"));
}

}  // namespace
}  // namespace botocxx
