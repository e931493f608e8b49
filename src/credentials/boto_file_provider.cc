#include "credentials/decline.h"
#include <botocxx/config/ini_file.h>
#include <botocxx/credentials/machine_providers.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>
#include <vector>

namespace botocxx::inline v1 {
namespace {

class BotoFileProvider : public CredentialsProvider {
 public:
  explicit BotoFileProvider(Host host) : host_(host) {}

  Result<std::shared_ptr<const Credentials>> resolve(Deadline) override {
    std::vector<std::string> looked_in;
    for (const std::string& place : places()) {
      const std::string path = expand_path(place, host_);
      looked_in.push_back(path);
      if (host_.files->status(path).type != FileSystem::Type::kFile) continue;
      auto text = host_.files->read_file(path);
      if (!text) continue;
      auto file = IniFile::parse(*text, path);
      if (!file) return std::move(file).error();
      const IniFile::Section* section = file->find("Credentials");
      if (section != nullptr && section->find("aws_access_key_id")) return keys(*section, path);
    }
    return credentials::declined(
        fmt::format("no keys in [Credentials] of {}", fmt::join(looked_in, " or ")));
  }
  std::string_view method() const override { return "boto-config"; }

 private:
  std::vector<std::string> places() const {
    if (auto variable = host_.environment->get("BOTO_CONFIG")) return {*std::move(variable)};
    return {"/etc/boto.cfg", "~/.boto"};
  }

  Result<std::shared_ptr<const Credentials>> keys(const IniFile::Section& section,
                                                  const std::string& path) const {
    const IniFile::Option* secret = section.find("aws_secret_access_key");
    if (secret == nullptr) {
      return credentials::partial(method(), "aws_secret_access_key").with_context("file", path);
    }
    Credentials found;
    found.access_key = section.find("aws_access_key_id")->value;
    found.secret_key = secret->value;
    found.source = method();
    return std::make_shared<const Credentials>(std::move(found));
  }

  const Host host_;
};

}  // namespace

std::shared_ptr<CredentialsProvider> make_boto_file_credentials_provider(
    CredentialsContext context) {
  return std::make_shared<BotoFileProvider>(context.host);
}

}  // namespace botocxx::inline v1
