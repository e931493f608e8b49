#include "credentials/decline.h"
#include <botocxx/credentials/machine_providers.h>

#include <fmt/format.h>

#include <optional>
#include <utility>

namespace botocxx::inline v1 {
namespace {

constexpr char kVariable[] = "AWS_CREDENTIAL_FILE";

std::string_view trim(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n\f\v";
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

// Lines of `name=value`; others say nothing, and of a name the last line counts.
std::optional<std::string> value_in(std::string_view content, std::string_view name) {
  std::optional<std::string> value;
  while (!content.empty()) {
    const std::size_t end = content.find_first_of("\r\n");
    std::string_view line = content.substr(0, end);
    content.remove_prefix(end == std::string_view::npos ? content.size() : end + 1);
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos || trim(line.substr(0, equals)) != name) continue;
    value = trim(line.substr(equals + 1));
  }
  return value;
}

class Ec2FileProvider : public CredentialsProvider {
 public:
  explicit Ec2FileProvider(Host host) : host_(host) {}

  Result<std::shared_ptr<const Credentials>> resolve(Deadline) override {
    auto variable = host_.environment->get(kVariable);
    if (!variable) return credentials::declined("AWS_CREDENTIAL_FILE is not set");
    const std::string path = expand_home(*variable);
    auto content = host_.files->read_file(path);
    if (!content) {
      return Error(ErrorKind::kCredentials, "ConfigNotFound",
                   fmt::format("The specified config file ({}) could not be found.", path))
          .with_cause(std::move(content).error());
    }
    auto id = value_in(*content, "AWSAccessKeyId");
    if (!id) return credentials::declined(fmt::format("{} has no AWSAccessKeyId", path));
    auto secret = value_in(*content, "AWSSecretKey");
    if (!secret) return credentials::partial(method(), "AWSSecretKey").with_context("file", path);
    Credentials found;
    found.access_key = *std::move(id);
    found.secret_key = *std::move(secret);
    found.source = method();
    return std::make_shared<const Credentials>(std::move(found));
  }
  std::string_view method() const override { return "ec2-credentials-file"; }

 private:
  // Variables in the name stay as they are, as in botocore.
  std::string expand_home(const std::string& path) const {
    if (path != "~" && !path.starts_with("~/")) return path;
    return home_directory(host_) + path.substr(1);
  }

  const Host host_;
};

}  // namespace

std::shared_ptr<CredentialsProvider> make_ec2_file_credentials_provider(
    CredentialsContext context) {
  return std::make_shared<Ec2FileProvider>(context.host);
}

}  // namespace botocxx::inline v1
