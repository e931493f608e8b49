#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/host.h>
#include <botocxx/base/result.h>
#include <botocxx/config/shared_config.h>
#include <botocxx/credentials/json_cache.h>
#include <botocxx/credentials/operation_caller.h>
#include <botocxx/transport/http_client.h>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace botocxx::inline v1 {

/// What a program may choose about how credentials are found and kept.
struct CredentialsOptions {
  /// Asks a person for a code ("Enter MFA code for SERIAL: "), who should not see it echoed; null:
  /// a profile with `mfa_serial` is an error. Called by the thread that signs first.
  std::function<Result<std::string>(std::string_view prompt)> mfa_prompt{};
  /// Keeps credentials of assumed roles and of SSO; null: memory, one for each session.
  /// `make_json_file_cache(host, kCliCacheFolder)` shares them with aws-cli.
  std::shared_ptr<JsonCache> cache{};
  /// Keeps SSO tokens; null: the files of aws-cli (`kSsoCacheFolder`).
  std::shared_ptr<JsonCache> sso_token_cache{};
  /// Gets a line, free of secrets, when something went wrong that the program need not know (a
  /// refresh that failed while the old credentials are valid); null: nobody is told.
  std::function<void(std::string_view line)> warn{};
  /// Pauses between attempts; null: the thread sleeps.
  std::function<void(std::chrono::milliseconds)> pause{};
};

/// What providers are made of; a `Session` fills it in. A plain value.
struct CredentialsContext {
  Host host = system_host();
  std::shared_ptr<const SharedConfig> config{};  ///< never null
  std::shared_ptr<OperationCaller> services{};   ///< null: no service can be called
  /// Connections to endpoints of the machine (instance metadata with proxies of the environment,
  /// containers without); made when first wanted. Null: such endpoints are not asked.
  std::function<std::shared_ptr<HttpClient>()> instance_http{};
  std::function<std::shared_ptr<HttpClient>()> container_http{};
  CredentialsOptions options{};
};

}  // namespace botocxx::inline v1
