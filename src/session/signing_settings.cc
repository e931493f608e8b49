#include "session/signing_settings.h"

namespace botocxx::session {
namespace {

// Services of this signing name prefer a token of the environment to other schemes.
constexpr std::string_view kPrefersBearer = "bedrock";

std::string setting(const Environment& environment, const SharedConfig* shared,
                    std::string_view variable, std::string_view option) {
  if (auto value = environment.get(variable)) return *std::move(value);
  if (shared == nullptr) return {};
  auto found = shared->get(option);
  return found ? found->value : std::string();
}

std::string token_variable(std::string name) {
  for (char& c : name) {
    if (c == '-' || c == ' ') c = '_';
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return "AWS_BEARER_TOKEN_" + name;
}

}  // namespace

void complete_signing_settings(const ServiceModel& model, const Environment& environment,
                               const SharedConfig* shared, ClientParts& parts) {
  parts.signing.auth_scheme_preference =
      setting(environment, shared, "AWS_AUTH_SCHEME_PREFERENCE", "auth_scheme_preference");
  if (parts.config.sigv4a_signing_region_set.empty()) {
    parts.config.sigv4a_signing_region_set =
        setting(environment, shared, "AWS_SIGV4A_SIGNING_REGION_SET", "sigv4a_signing_region_set");
  }
  std::string name = model.signing_name();
  auto token = environment.get(token_variable(name));
  if (!token) return;
  parts.signing.prefer_bearer = name == kPrefersBearer;
  if (parts.bearer_token.empty()) parts.bearer_token = *std::move(token);
}

}  // namespace botocxx::session
