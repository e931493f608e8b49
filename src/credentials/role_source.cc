#include "credentials/role_source.h"

#include "codec/python_text.h"
#include "credentials/decline.h"
#include "credentials/profile_chain.h"
#include <botocxx/credentials/machine_providers.h>
#include <botocxx/credentials/role_providers.h>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace botocxx::credentials {
namespace {

using Provider = std::shared_ptr<CredentialsProvider>;

bool has(const SharedConfig& config, std::string_view profile, std::string_view option) {
  return config.get_of(profile, option).has_value();
}

bool has_keys(const SharedConfig& config, std::string_view profile) {
  return has(config, profile, "aws_access_key_id") || has(config, profile, "aws_secret_access_key");
}

/// A source that must have credentials: another error takes the place of "there are none".
class NeededSource : public CredentialsProvider {
 public:
  NeededSource(Provider source, Error missing)
      : source_(std::move(source)), missing_(std::move(missing)) {}

  Result<std::shared_ptr<const Credentials>> resolve(Deadline deadline) override {
    auto found = source_->resolve(deadline);
    if (found || found.error().code() != kDeclined) return found;
    Error error = missing_;
    if (found.error().hints().empty()) return std::move(error).with_hint(found.error().message());
    for (const std::string& hint : found.error().hints()) {
      error = std::move(error).with_hint(hint);
    }
    return error;
  }
  std::string_view method() const override { return source_->method(); }

 private:
  const Provider source_;
  const Error missing_;
};

std::optional<std::int64_t> whole_number(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('+')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  std::int64_t number = 0;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

class RoleChain {
 public:
  RoleChain(const CredentialsContext& context, const std::string& profile)
      : context_(context), config_(*context.config), visited_{profile} {}

  Result<Provider> role(const std::string& profile) {
    auto source = source_of(profile);
    if (!source) return source;
    RoleOptions role;
    role.role_arn = text(profile, "role_arn");
    role.role_session_name = text(profile, "role_session_name");
    role.external_id = text(profile, "external_id");
    role.mfa_serial = text(profile, "mfa_serial");
    role.duration_seconds = whole_number(text(profile, "duration_seconds"));
    return make_role_provider(context_, std::move(role), *std::move(source));
  }

 private:
  std::string text(const std::string& profile, std::string_view option) const {
    auto setting = config_.get_of(profile, option);
    return setting ? std::move(setting->value) : std::string();
  }

  Result<Provider> source_of(const std::string& profile) {
    auto named = config_.get_of(profile, "credential_source");
    auto other = config_.get_of(profile, "source_profile");
    if (named && other) {
      return invalid_config(fmt::format(
          "The profile \"{}\" contains both source_profile and credential_source.", profile));
    }
    if (!named && !other) return partial("assume-role", "source_profile or credential_source");
    if (named) return named_source(named->value, profile);
    if (auto valid = check_source(profile, other->value); !valid) return std::move(valid).error();
    visited_.push_back(other->value);
    return profile_source(other->value);
  }

  Result<Provider> named_source(const std::string& name, const std::string& profile) const {
    Provider source;
    if (name == "Environment") {
      source = make_environment_credentials_provider(context_.host, context_.options.warn);
    } else if (name == "Ec2InstanceMetadata") {
      source = make_instance_credentials_provider(context_);
    } else if (name == "EcsContainer") {
      source = make_container_credentials_provider(context_);
    } else {
      return invalid_config(fmt::format("The credential source \"{}\" referenced in profile \"{}\" "
                                        "is not valid.",
                                        name, profile))
          .with_hint("it may be Environment, Ec2InstanceMetadata or EcsContainer");
    }
    Error missing = retrieval_failed(
        name,
        fmt::format("No credentials found in credential_source referenced in profile {}", profile));
    return std::make_shared<NeededSource>(std::move(source), std::move(missing));
  }

  Result<void> check_source(const std::string& parent, const std::string& source) const {
    if (!config_.has_profile(source)) {
      return invalid_config(
          fmt::format("The source_profile \"{}\" referenced in the profile \"{}\" does not exist.",
                      source, parent));
    }
    if (std::ranges::find(visited_, source) == visited_.end()) return {};
    // A profile may name itself for the keys that it holds beside the role.
    if (source == parent && has_keys(config_, source)) return {};
    std::string visited;
    for (const std::string& profile : visited_) {
      visited += (visited.empty() ? "" : ", ") + codec::python_repr(profile);
    }
    return Error(ErrorKind::kCredentials, "InfiniteLoopConfig",
                 fmt::format("Infinite loop in credential configuration detected. Attempting to "
                             "load from profile {} which has already been visited. Visited "
                             "profiles: [{}]",
                             source, visited));
  }

  Result<Provider> profile_source(const std::string& profile) {
    if (has_role(config_, profile) && !has_keys(config_, profile)) return role(profile);
    Error missing =
        invalid_config(fmt::format("The source profile \"{}\" must have credentials.", profile));
    return std::make_shared<NeededSource>(
        make_credentials_chain(profile_providers(context_, profile, EnvironmentKeys::kIgnored)),
        std::move(missing));
  }

  const CredentialsContext& context_;
  const SharedConfig& config_;
  std::vector<std::string> visited_;
};

}  // namespace

bool has_role(const SharedConfig& config, std::string_view profile) {
  return has(config, profile, "role_arn") && !has(config, profile, "web_identity_token_file");
}

Result<Provider> role_of(const CredentialsContext& context, const std::string& profile) {
  return RoleChain(context, profile).role(profile);
}

}  // namespace botocxx::credentials
