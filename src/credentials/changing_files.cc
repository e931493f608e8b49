#include "credentials/changing_files.h"

#include <fmt/format.h>

#include <array>
#include <mutex>
#include <optional>
#include <utility>

namespace botocxx::credentials {
namespace {

using Stamp = std::array<FileSystem::Status, 2>;

bool same(const FileSystem::Status& a, const FileSystem::Status& b) {
  return a.type == b.type && a.size == b.size && a.modified_ns == b.modified_ns &&
         a.identity == b.identity;
}

class ProviderOfChangingFiles : public CredentialsProvider {
 public:
  ProviderOfChangingFiles(CredentialsContext context, MakeProvider make)
      : context_(std::move(context)),
        make_(std::move(make)),
        stamp_(stamp()),
        provider_(make_(context_)) {}

  Result<std::shared_ptr<const Credentials>> resolve(Deadline deadline) override {
    return current()->resolve(deadline);
  }
  std::string_view method() const override { return "chain"; }

 private:
  Stamp stamp() const {
    return {context_.host.files->status(context_.config->config_path()),
            context_.host.files->status(context_.config->credentials_path())};
  }

  std::shared_ptr<CredentialsProvider> current() {
    std::lock_guard lock(mutex_);
    const Timestamp now = context_.host.clock->now();
    if (looked_ && now >= *looked_ && now.seconds() <= looked_->seconds()) return provider_;
    looked_ = now;
    const Stamp found = stamp();
    if (same(found[0], stamp_[0]) && same(found[1], stamp_[1])) return provider_;
    stamp_ = found;
    auto config = SharedConfig::load(context_.host, context_.config->profile());
    if (config) {
      context_.config = *std::move(config);
      provider_ = make_(context_);
    } else if (context_.options.warn) {
      context_.options.warn(
          fmt::format("changed files are not used: {}", config.error().message()));
    }
    return provider_;
  }

  std::mutex mutex_;
  CredentialsContext context_;
  const MakeProvider make_;
  Stamp stamp_;
  std::optional<Timestamp> looked_;
  std::shared_ptr<CredentialsProvider> provider_;
};

}  // namespace

std::shared_ptr<CredentialsProvider> make_provider_of_changing_files(CredentialsContext context,
                                                                     MakeProvider make) {
  return std::make_shared<ProviderOfChangingFiles>(std::move(context), std::move(make));
}

}  // namespace botocxx::credentials
