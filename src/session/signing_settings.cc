#include "session/signing_settings.h"

namespace botocxx::session {
namespace {

// Services of this signing name prefer a token of the environment to other schemes.
constexpr std::string_view kPrefersBearer = "bedrock";

std::string token_variable(std::string name) {
  for (char& c : name) {
    if (c == '-' || c == ' ') c = '_';
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return "AWS_BEARER_TOKEN_" + name;
}

}  // namespace

void complete_signing_settings(const ServiceModel& model, const Environment& environment,
                               const Settings& settings, ClientParts& parts) {
  parts.signing.auth_scheme_preference = settings.text("auth_scheme_preference").value_or("");
  std::string name = model.signing_name();
  auto token = environment.get(token_variable(name));
  if (!token) return;
  parts.signing.prefer_bearer = name == kPrefersBearer;
  if (parts.bearer_token.empty()) parts.bearer_token = *std::move(token);
}

}  // namespace botocxx::session
