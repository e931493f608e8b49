#include "session/session_credentials.h"

#include "client/operation_caller.h"
#include <botocxx/credentials/default_chain.h>

#include <map>
#include <optional>
#include <utility>

namespace botocxx::session {
namespace {

/// The session behind nested calls.
class NestedSession {
 public:
  NestedSession(SessionOptions options, std::string region) : options_(std::move(options)) {
    options_.region_name = std::move(region);
    options_.aws_access_key_id.clear();
    options_.aws_secret_access_key.clear();
    options_.aws_session_token.clear();
  }

  Result<Client> client(const ServiceCall& call) {
    auto session = get();
    if (!session) return std::move(session).error();
    ClientOptions options;
    options.region_name = call.region;
    if (call.credentials) {
      options.aws_access_key_id = call.credentials->access_key;
      options.aws_secret_access_key = call.credentials->secret_key;
      options.aws_session_token = call.credentials->session_token;
    } else {
      options.config.unsigned_requests = true;
    }
    return session->client(call.service, std::move(options));
  }

 private:
  Result<Session> get() {
    std::lock_guard lock(mutex_);
    if (session_) return *session_;
    auto made = Session::create(options_);
    if (made) session_ = *made;
    return made;
  }

  SessionOptions options_;
  std::mutex mutex_;
  std::optional<Session> session_;
};

// Made when it is first wanted, then always the same.
std::function<std::shared_ptr<HttpClient>()> lazy_http(std::shared_ptr<HttpClient> given,
                                                       HttpClientOptions options) {
  struct Memory {
    std::once_flag once;
    std::shared_ptr<HttpClient> client;
  };
  auto memory = std::make_shared<Memory>();
  return [memory, given = std::move(given), options = std::move(options)] {
    std::call_once(memory->once,
                   [&] { memory->client = given ? given : make_curl_http_client(options); });
    return memory->client;
  };
}

}  // namespace

CredentialsContext credentials_context(const SessionOptions& options,
                                       std::shared_ptr<const SharedConfig> shared,
                                       std::string region) {
  CredentialsContext context;
  context.host = options.host;
  context.config = std::move(shared);
  context.options = options.credentials;
  context.instance_http = lazy_http(options.http_client, {});
  HttpClientOptions direct;
  direct.proxies.emplace();
  context.container_http = lazy_http(options.http_client, std::move(direct));
  auto nested = std::make_shared<NestedSession>(options, std::move(region));
  context.services = client::make_operation_caller(
      {.make_client = [nested](const ServiceCall& call) { return nested->client(call); },
       .make_http = lazy_http(options.http_client, {})});
  return context;
}

SessionCredentials::SessionCredentials(const SessionOptions& options,
                                       std::shared_ptr<const SharedConfig> shared)
    : options_(options), shared_(std::move(shared)) {}

// A profile that the program names itself is not overridden by keys of the environment.
std::shared_ptr<CredentialsProvider> SessionCredentials::provider(const std::string& region) {
  std::lock_guard lock(mutex_);
  if (!provider_) {
    auto environment =
        options_.profile_name.empty() ? EnvironmentKeys::kUsed : EnvironmentKeys::kIgnored;
    provider_ =
        make_default_credentials_chain(credentials_context(options_, shared_, region), environment);
  }
  return provider_;
}

std::shared_ptr<TokenProvider> SessionCredentials::tokens(const std::string& signing_name,
                                                          const std::string& region) {
  std::lock_guard lock(mutex_);
  if (!sso_tokens_) {
    sso_tokens_ = make_sso_token_provider(credentials_context(options_, shared_, region));
  }
  return make_token_chain(
      {make_environment_token_provider(options_.host, signing_name), sso_tokens_});
}

}  // namespace botocxx::session
