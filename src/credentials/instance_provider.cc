#include "codec/json.h"
#include "credentials/decline.h"
#include "credentials/expiry.h"
#include "credentials/instance_metadata.h"
#include "credentials/refresher.h"
#include <botocxx/credentials/machine_providers.h>

#include <fmt/format.h>

#include <array>
#include <atomic>
#include <optional>
#include <utility>

namespace botocxx::inline v1 {
namespace {

constexpr char kMethod[] = "iam-role";
constexpr char kFolder[] = "latest/meta-data/iam/security-credentials/";

bool is_anything(const std::string&) { return true; }
bool is_json(const std::string& body) { return codec::parse_json(body).has_value(); }

class InstanceProvider : public CredentialsProvider {
 public:
  explicit InstanceProvider(CredentialsContext context)
      : context_(std::move(context)),
        refresher_(*context_.host.clock, {.method = kMethod,
                                          .first = credentials::Refresher::First::kLoaded,
                                          .warn = context_.options.warn}) {}

  Result<std::shared_ptr<const Credentials>> resolve(Deadline deadline) override {
    if (!context_.instance_http) {
      return credentials::declined("this chain was made without a way to ask it");
    }
    auto settings = credentials::instance_metadata_settings(context_);
    if (!settings) return std::move(settings).error();
    if (settings->disabled) return credentials::declined("AWS_EC2_METADATA_DISABLED is true");
    auto found = refresher_.get(deadline, [&](Deadline end) { return fetch(*settings, end); });
    if (found) had_some_ = true;
    // Once it had credentials, having none is a failure.
    if (!found && had_some_ && found.error().code() == credentials::kDeclined) {
      return credentials::retrieval_failed(
                 kMethod,
                 "Credential refresh failed, response did not contain: access_key, secret_key, "
                 "token, expiry_time")
          .with_hint(found.error().message());
    }
    return found;
  }
  std::string_view method() const override { return kMethod; }

 private:
  Result<Credentials> fetch(const credentials::InstanceMetadataSettings& settings,
                            Deadline deadline) const {
    auto http = context_.instance_http();
    credentials::InstanceMetadata metadata(settings, *http, deadline);
    auto token = metadata.token();
    if (!token) return std::move(token).error();
    if (metadata.ended()) return credentials::declined(metadata.why());
    auto role = metadata.get(kFolder, *token, is_anything);
    if (!role) return std::move(role).error();
    if (!*role) return credentials::declined(metadata.why());
    auto answer = metadata.get(kFolder + **role, *token, is_json);
    if (!answer) return std::move(answer).error();
    if (!*answer) return credentials::declined(metadata.why());
    return read(codec::parse_json(**answer).value_or(Value()), **role);
  }

  Result<Credentials> read(const Value& answer, const std::string& role) const {
    for (std::string_view name : {"AccessKeyId", "SecretAccessKey", "Token", "Expiration"}) {
      if (answer[name].is_string()) continue;
      std::string why = fmt::format("the credentials of role {} have no {}", role, name);
      if (auto code = answer["Code"].get_if_string()) why += fmt::format(" (code {})", *code);
      return credentials::declined(std::move(why));
    }
    auto expires = credentials::read_expiry(answer["Expiration"].as_string());
    if (!expires) {
      return credentials::retrieval_failed(kMethod, "Expiration is not a timestamp");
    }
    Credentials found;
    found.access_key = answer["AccessKeyId"].as_string();
    found.secret_key = answer["SecretAccessKey"].as_string();
    found.session_token = answer["Token"].as_string();
    found.expires = extended(*expires);
    found.source = kMethod;
    return found;
  }

  // The service that renews them may be out, while those that have ended are accepted for some
  // time: what is about to end is used for 17 to 25 minutes more.
  Timestamp extended(Timestamp expires) const {
    const std::int64_t margin = std::int64_t{15} * 60 + jitter();
    const Timestamp now = context_.host.clock->now();
    if (now < Timestamp::from_unix(expires.seconds() - margin)) return expires;
    if (context_.options.warn) {
      context_.options.warn(
          fmt::format("Attempting credential expiration extension due to a credential service "
                      "availability issue. A refresh of these credentials will be attempted again "
                      "within the next {} minutes.",
                      (margin + 30) / 60));
    }
    return Timestamp::from_unix(now.seconds() + margin);
  }

  // Two to ten minutes.
  std::int64_t jitter() const {
    std::array<std::byte, 4> bytes{};
    context_.host.random->fill(bytes);
    std::uint32_t number = 0;
    for (std::byte byte : bytes) number = number << 8 | std::to_integer<std::uint32_t>(byte);
    return 120 + static_cast<std::int64_t>(number % 481);
  }

  const CredentialsContext context_;
  std::atomic<bool> had_some_ = false;
  credentials::Refresher refresher_;
};

}  // namespace

std::shared_ptr<CredentialsProvider> make_instance_credentials_provider(
    CredentialsContext context) {
  return std::make_shared<InstanceProvider>(std::move(context));
}

}  // namespace botocxx::inline v1
