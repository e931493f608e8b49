// Each folder of cases/ is a test of its own name; README.md says what is in one.
#include "suites/credentials/scripted_traffic.h"
#include "support/scratch_folder.h"
#include <botocxx/codec/json.h>
#include <botocxx/credentials/token_provider.h>
#include <botocxx/session/session.h>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

namespace botocxx {
namespace {

namespace fs = std::filesystem;

const fs::path kCases = fs::path(BOTOCXX_SOURCE_DIR) / "tests/suites/credentials/cases";

class SetClock : public Clock {
 public:
  Timestamp now() const override { return time; }
  Timestamp time{};
};

class ZeroRandom : public Random {
 public:
  void fill(std::span<std::byte> out) const override {
    std::fill(out.begin(), out.end(), std::byte{0});
  }
};

class SetEnvironment : public Environment {
 public:
  std::optional<std::string> get(std::string_view name) const override {
    auto found = variables.find(std::string(name));
    if (found == variables.end()) return std::nullopt;
    return found->second;
  }
  std::map<std::string, std::string> variables;
};

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string with_home(std::string text, const std::string& home) {
  for (std::size_t at = 0; (at = text.find("{home}", at)) != std::string::npos;) {
    text.replace(at, 6, home);
  }
  return text;
}

std::vector<std::string> case_names() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(kCases)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

class CredentialsCase : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (!fs::exists(fs::path(BOTOCXX_MODELS_DATA) / "sts")) {
      GTEST_SKIP() << "the upstream models are not here: tools/models brings them";
    }
    const fs::path folder = kCases / GetParam();
    spec_ = parse_json(with_home(read_file(folder / "case.json"), home_.path())).value();
    if (fs::exists(folder / "fs")) {
      for (const auto& entry : fs::recursive_directory_iterator(folder / "fs")) {
        if (!entry.is_regular_file()) continue;
        home_.write(fs::relative(entry.path(), folder / "fs").string(),
                    with_home(read_file(entry.path()), home_.path()));
      }
    }
    environment_.variables = {
        {"HOME", home_.path()}, {"AWS_MAX_ATTEMPTS", "1"}, {"AWS_DEFAULT_REGION", "us-east-1"}};
    change_environment(spec_["environment"]);
    clock_.time = Timestamp::parse(spec_["now"].as_string()).value();
    traffic_ = std::make_shared<suites::ScriptedTraffic>(spec_["traffic"]);
  }

  void change_environment(const Value& changes) {
    for (const auto& change : changes.members()) {
      const std::string name(change.key.view());
      if (change.value.is_null()) {
        environment_.variables.erase(name);
      } else {
        environment_.variables[name] = change.value.as_string();
      }
    }
  }

  SessionOptions options() {
    SessionOptions options;
    options.profile_name = spec_["profile"].get_if_string().value_or("");
    options.data_path = {BOTOCXX_MODELS_DATA};
    options.http_client = traffic_;
    options.host = {&clock_, &random_, &environment_, system_host().files};
    options.credentials.pause = [](std::chrono::milliseconds) {};
    options.credentials.warn = [this](std::string_view line) { said_ += std::string(line) + '\n'; };
    if (spec_.contains("mfa")) {
      options.credentials.mfa_prompt = [this](std::string_view) -> Result<std::string> {
        return std::string(spec_["mfa"][asked_++].as_string());
      };
    }
    if (spec_["disk_cache"].get_if_bool().value_or(false)) {
      options.credentials.cache = make_json_file_cache(options.host, kCliCacheFolder);
    }
    return options;
  }

  // What `expect` of a step would be.
  Value outcome() {
    Value seen = Value::object();
    if (!session_ && !failure_) open();
    if (failure_) return of_error(*failure_);
    if (tokens_) {
      auto token = tokens_->resolve(std::nullopt);
      if (!token) return of_error(token.error());
      seen.set("token", (*token)->token);
      return seen;
    }
    auto found = session_->credentials()->resolve(std::nullopt);
    if (!found) return of_error(found.error());
    const Credentials& keys = **found;
    Value& values = seen.set("credentials", Value::object());
    values.set("access_key", keys.access_key);
    values.set("secret_key", keys.secret_key);
    if (!keys.session_token.empty()) values.set("token", keys.session_token);
    if (!keys.account_id.empty()) values.set("account_id", keys.account_id);
    values.set("method", keys.source);
    return seen;
  }

  void open() {
    auto made = Session::create(options());
    if (!made) {
      failure_ = made.error();
      return;
    }
    session_ = *std::move(made);
    if (spec_["wants"].get_if_string() == "token") {
      tokens_ = make_sso_token_provider(session_->credentials_context().value());
    }
  }

  Value of_error(const Error& error) {
    said_ += error.describe() + '\n';
    Value seen = Value::object();
    if (error.code() == "NoCredentials" || error.code() == "NoAuthToken") {
      seen.set("nothing", true);
      return seen;
    }
    seen.set("error", error.code());
    seen.set("message", error.message());
    return seen;
  }

  void check_files() {
    for (const auto& file : spec_["leaves"].members()) {
      const std::string path = home_.path(file.key.view());
      struct stat info {};
      ASSERT_EQ(::stat(path.c_str(), &info), 0) << path << " is missing";
      EXPECT_EQ(info.st_mode & 0777, 0600u) << path;
      auto content = parse_json(read_file(path));
      ASSERT_TRUE(content) << path;
      for (const auto& member : file.value.members()) {
        EXPECT_EQ(to_json((*content)[member.key.view()]), to_json(member.value)) << path;
      }
    }
  }

  testing_support::ScratchFolder home_;
  SetClock clock_;
  ZeroRandom random_;
  SetEnvironment environment_;
  Value spec_;
  std::shared_ptr<suites::ScriptedTraffic> traffic_;
  std::optional<Session> session_;
  std::optional<Error> failure_;
  std::shared_ptr<TokenProvider> tokens_;
  std::size_t asked_ = 0;
  std::string said_;
};

bool fits(const Value& seen, const Value& wanted) {
  if (!wanted.contains("error")) return seen == wanted;
  if (seen["error"] != wanted["error"]) return false;
  return !wanted.contains("message") || seen["message"] == wanted["message"];
}

TEST_P(CredentialsCase, ComesOut) {
  for (const Value& step : spec_["steps"].items()) {
    clock_.time =
        Timestamp::from_unix(clock_.time.seconds() + step["after"].get_if_int().value_or(0));
    change_environment(step["environment"]);
    for (const auto& file : step["write"].members()) {
      home_.write(file.key.view(), file.value.as_string());
    }
    const Value seen = outcome();
    EXPECT_TRUE(fits(seen, step["expect"]))
        << "came out:  " << to_json(seen) << "\nexpected: " << to_json(step["expect"]) << "\n"
        << said_;
  }
  for (const std::string& complaint : traffic_->complaints()) ADD_FAILURE() << complaint;
  EXPECT_EQ(traffic_->left(), 0u) << "exchanges that did not happen";
  check_files();
  EXPECT_EQ(said_.find("s3cr3t"), std::string::npos) << said_;
}

INSTANTIATE_TEST_SUITE_P(Suite, CredentialsCase, testing::ValuesIn(case_names()),
                         [](const auto& one) { return one.param; });

}  // namespace
}  // namespace botocxx
