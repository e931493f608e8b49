#pragma once

#include <botocxx/base/host.h>
#include <botocxx/client/client.h>

#include <set>
#include <string>
#include <string_view>

namespace botocxx::client {

/// Things a call made use of, which services count. Each has a short mark in the User-Agent header.
enum class Feature {
  kWaiter,
  kPaginator,
  kRetryModeLegacy,
  kRetryModeStandard,
  kRetryModeAdaptive,
  kStoreTransfer,
  kGzipRequestCompression,
  kProtocolRpcV2Cbor,
  kEndpointOverride,
  kAccountIdModePreferred,
  kAccountIdModeDisabled,
  kAccountIdModeRequired,
  kSigv4aSigning,
  kResolvedAccountId,
  kRequestChecksumCrc32,
  kRequestChecksumCrc32c,
  kRequestChecksumCrc64,
  kRequestChecksumSha1,
  kRequestChecksumSha256,
  kRequestChecksumMd5,
  kRequestChecksumSha512,
  kRequestChecksumXxhash3,
  kRequestChecksumXxhash64,
  kRequestChecksumXxhash128,
  kRequestChecksumWhenSupported,
  kRequestChecksumWhenRequired,
  kResponseChecksumWhenSupported,
  kResponseChecksumWhenRequired,
  kCredentialsCode,
  kCredentialsEnvironment,
  kCredentialsEnvironmentWebIdentity,
  kCredentialsAssumeRole,
  kCredentialsAssumeRoleWebIdentity,
  kCredentialsProfile,
  kCredentialsProfileSourceProfile,
  kCredentialsProfileNamedProvider,
  kCredentialsProfileWebIdentity,
  kCredentialsProfileSso,
  kCredentialsSso,
  kCredentialsProfileSsoLegacy,
  kCredentialsSsoLegacy,
  kCredentialsProfileProcess,
  kCredentialsProcess,
  kCredentialsBoto2ConfigFile,
  kCredentialsHttp,
  kCredentialsImds,
  kBearerServiceEnvironment,
  kCredentialsProfileLogin,
  kCredentialsLogin,
};

/// The mark of a feature ("B", "AC"), as botocore's `useragent` has it.
std::string_view feature_mark(Feature feature);

/// Features of a client or a call, in a fixed order.
using Features = std::set<Feature>;

/// What the header is made of, beside the client's options and a call's features.
struct UserAgentParts {
  ProgramName program{};
  Platform platform{};
  std::string retry_mode{};  ///< empty: not told
  bool endpoint_discovery = false;
};

/// What a client makes use of in each of its calls.
Features client_features(const ClientParts& parts, std::string_view protocol);

/// The User-Agent header: `Botocxx/0.1.0 ua/2.1 os/linux#6.1 md/arch#x86_64 lang/c++#20 m/E,b …`,
/// with characters that are not allowed in it replaced by dashes. A `Config::user_agent` replaces
/// all but the extras. Copied behaviour: botocore's `useragent.UserAgentString`.
std::string user_agent(const UserAgentParts& parts, const Config& config, const Features& features);

}  // namespace botocxx::client
