#include <botocxx/credentials/provider.h>

namespace botocxx::inline v1 {
namespace {

class StaticProvider : public CredentialsProvider {
 public:
  explicit StaticProvider(Credentials credentials)
      : credentials_(std::make_shared<const Credentials>(std::move(credentials))) {}

  Result<std::shared_ptr<const Credentials>> resolve(Deadline) override { return credentials_; }
  std::string_view method() const override { return "explicit"; }

 private:
  std::shared_ptr<const Credentials> credentials_;
};

}  // namespace

std::shared_ptr<CredentialsProvider> make_static_credentials_provider(Credentials credentials) {
  if (credentials.source.empty()) credentials.source = "explicit";
  return std::make_shared<StaticProvider>(std::move(credentials));
}

}  // namespace botocxx::inline v1
