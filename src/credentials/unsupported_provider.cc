#include "credentials/unsupported_provider.h"

#include "credentials/decline.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>

namespace botocxx::credentials {
namespace {

class UnsupportedProvider : public CredentialsProvider {
 public:
  UnsupportedProvider(Trigger trigger, std::shared_ptr<const SharedConfig> config, Host host)
      : trigger_(std::move(trigger)), config_(std::move(config)), host_(host) {}

  Result<std::shared_ptr<const Credentials>> resolve(Deadline) override {
    for (std::string_view variable : trigger_.variables) {
      auto value = host_.environment->get(variable);
      if (value && !value->empty()) return refused(fmt::format("{} is set", variable));
    }
    bool is_others =
        !trigger_.unless_option.empty() && config_->get(trigger_.unless_option).has_value();
    for (std::string_view option : trigger_.options) {
      if (is_others) break;
      auto setting = config_->get(option);
      if (!setting) continue;
      return refused(
          fmt::format("profile {} has {} ({})", config_->profile(), option, setting->origin));
    }
    return declined(what_is_missing());
  }
  std::string_view method() const override { return trigger_.method; }

 private:
  static Error refused(std::string why) {
    why += ", which this version of botocxx can't use yet";
    return Error(ErrorKind::kCredentials, kUnsupported, std::move(why));
  }

  std::string what_is_missing() const {
    if (trigger_.options.empty() && trigger_.variables.empty()) {
      return "this version of botocxx doesn't ask it yet";
    }
    std::string text;
    if (!trigger_.options.empty()) {
      text = fmt::format("profile {} has no {}", config_->profile(),
                         fmt::join(trigger_.options, " or "));
    }
    if (!trigger_.variables.empty()) {
      if (!text.empty()) text += ", and ";
      text += fmt::format("{} is not set", fmt::join(trigger_.variables, " or "));
    }
    return text;
  }

  Trigger trigger_;
  std::shared_ptr<const SharedConfig> config_;
  Host host_;
};

}  // namespace

std::shared_ptr<CredentialsProvider> make_unsupported_provider(
    Trigger trigger, std::shared_ptr<const SharedConfig> config, Host host) {
  return std::make_shared<UnsupportedProvider>(std::move(trigger), std::move(config), host);
}

}  // namespace botocxx::credentials
