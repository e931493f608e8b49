#include "codec/json.h"
#include "codec/python_text.h"
#include "config/shell_words.h"
#include "credentials/child_process.h"
#include "credentials/decline.h"
#include "credentials/expiry.h"
#include "credentials/refresher.h"
#include <botocxx/credentials/profile_providers.h>

#include <fmt/format.h>

#include <utility>

namespace botocxx::inline v1 {
namespace {

constexpr char kMethod[] = "custom-process";
// What a program says in its defence; more than a page helps nobody.
constexpr std::size_t kMostText = 4096;

class ProcessProvider : public CredentialsProvider {
 public:
  ProcessProvider(CredentialsContext context, std::string profile)
      : context_(std::move(context)),
        profile_(std::move(profile)),
        refresher_(*context_.host.clock, {.method = kMethod,
                                          .first = credentials::Refresher::First::kLoaded,
                                          .warn = context_.options.warn}) {}

  Result<std::shared_ptr<const Credentials>> resolve(Deadline deadline) override {
    auto command = context_.config->get_of(profile_, "credential_process");
    if (!command) {
      return credentials::declined(fmt::format("profile {} has no credential_process", profile_));
    }
    auto found = refresher_.get(deadline, [&](Deadline end) { return run(command->value, end); });
    if (found) return found;
    return std::move(found).error().with_context("setting", command->origin);
  }
  std::string_view method() const override { return kMethod; }

 private:
  static Error failed(std::string_view why) { return credentials::retrieval_failed(kMethod, why); }

  Result<Credentials> run(const std::string& command, Deadline deadline) const {
    auto words = config::split_shell_words(command);
    if (!words) return failed("credential_process has a quote that is not closed");
    if (words->empty()) return failed("credential_process is empty");
    auto ended = credentials::run_child(*words, deadline);
    if (!ended) {
      if (ended.error().kind() == ErrorKind::kTimeout) return std::move(ended).error();
      return failed(ended.error().message());
    }
    if (ended->status != 0) return failed(ended->errors.substr(0, kMostText));
    auto answer = codec::parse_json(ended->output);
    // What it printed may hold secrets.
    if (!answer) return failed("the process printed something that is not JSON");
    return read(*answer);
  }

  Result<Credentials> read(const Value& answer) const {
    const Value* version = answer.find("Version");
    if (version == nullptr || *version != Value(1)) {
      return failed(fmt::format(
          "Unsupported version '{}' for credential process provider, supported versions: 1",
          version ? codec::python_str(*version) : "<Version key not provided>"));
    }
    for (std::string_view name : {"AccessKeyId", "SecretAccessKey"}) {
      if (!answer[name].is_string()) {
        return failed(fmt::format("Missing required key in response: '{}'", name));
      }
    }
    Credentials found;
    found.access_key = answer["AccessKeyId"].as_string();
    found.secret_key = answer["SecretAccessKey"].as_string();
    found.session_token = answer["SessionToken"].get_if_string().value_or("");
    found.account_id = account_of(answer);
    found.source = kMethod;
    if (auto text = answer["Expiration"].get_if_string()) {
      auto expires = credentials::read_expiry(*text);
      if (!expires) return failed("Expiration is not a timestamp");
      found.expires = *expires;
    }
    return found;
  }

  std::string account_of(const Value& answer) const {
    std::string account(answer["AccountId"].get_if_string().value_or(""));
    auto setting = context_.config->get_of(profile_, "aws_account_id");
    return account.empty() && setting ? setting->value : account;
  }

  const CredentialsContext context_;
  const std::string profile_;
  credentials::Refresher refresher_;
};

}  // namespace

std::shared_ptr<CredentialsProvider> make_process_credentials_provider(CredentialsContext context,
                                                                       std::string profile) {
  if (profile.empty()) profile = context.config->profile();
  return std::make_shared<ProcessProvider>(std::move(context), std::move(profile));
}

}  // namespace botocxx::inline v1
