#include "credentials/role_arguments.h"

#include "codec/json.h"
#include "credentials/credential_document.h"
#include "credentials/decline.h"

namespace botocxx::credentials {
namespace {

// What names the role, without the name of a session that nobody chose.
Value named_arguments(const RoleOptions& role) {
  Value arguments = Value::object();
  auto set = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) arguments.set(name, value);
  };
  set("RoleSessionName", role.role_session_name);
  set("ExternalId", role.external_id);
  set("SerialNumber", role.mfa_serial);
  set("Policy", role.policy);
  if (role.duration_seconds) arguments.set("DurationSeconds", *role.duration_seconds);
  arguments.set("RoleArn", role.role_arn);
  return arguments;
}

}  // namespace

Value role_arguments(const RoleOptions& role, Timestamp now) {
  Value arguments = named_arguments(role);
  if (role.role_session_name.empty()) {
    arguments.set("RoleSessionName", "botocore-session-" + std::to_string(now.seconds()));
  }
  return arguments;
}

Result<std::string> role_cache_key(const RoleOptions& role) {
  Value arguments = named_arguments(role);
  if (!role.policy.empty()) {
    auto policy = codec::parse_json(role.policy);
    if (!policy) return invalid_config("the role's policy is not JSON").with_cause(policy.error());
    arguments.set("Policy", *std::move(policy));
  }
  return document_key(arguments, KeyForm::kSpaced);
}

}  // namespace botocxx::credentials
