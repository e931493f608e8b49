#include "credentials/profile_keys.h"

#include "credentials/decline.h"

#include <fmt/format.h>

namespace botocxx::credentials {
namespace {

std::string value_of(const IniFile::Section& section, std::string_view option) {
  const IniFile::Option* found = section.find(option);
  return found ? found->value : std::string();
}

}  // namespace

Result<std::shared_ptr<const Credentials>> profile_keys(const KeyPlace& place) {
  if (!place.problem.empty()) return declined(place.problem);
  if (!place.section) {
    return declined(fmt::format("{} has no profile {}", place.path, place.profile));
  }
  Credentials found;
  found.access_key = value_of(*place.section, "aws_access_key_id");
  if (found.access_key.empty()) {
    return declined(
        fmt::format("profile {} in {} has no aws_access_key_id", place.profile, place.path));
  }
  found.secret_key = value_of(*place.section, "aws_secret_access_key");
  if (found.secret_key.empty()) {
    return partial(place.method, "aws_secret_access_key")
        .with_context("profile", place.profile)
        .with_context("file", fmt::format("{}:{}", place.path, place.section->line));
  }
  found.session_token = value_of(*place.section, "aws_security_token");
  if (found.session_token.empty()) {
    found.session_token = value_of(*place.section, "aws_session_token");
  }
  found.account_id = value_of(*place.section, "aws_account_id");
  found.source = place.method;
  return std::make_shared<const Credentials>(std::move(found));
}

}  // namespace botocxx::credentials
