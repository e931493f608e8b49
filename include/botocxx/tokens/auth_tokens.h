#pragma once

#include <botocxx/auth/credentials.h>
#include <botocxx/base/export.h>
#include <botocxx/base/result.h>
#include <botocxx/base/timestamp.h>

#include <chrono>
#include <cstdint>
#include <string>

namespace botocxx::inline v1 {

/// Who asks for a token, when, and where the service is. A token is a secret: it holds a
/// signature that stands for the credentials until it expires. All functions here are pure.
struct BOTOCXX_EXPORT TokenRequest {
  Credentials credentials{};
  std::string region{};
  Timestamp time{};
  std::chrono::seconds expires{900};
};

/// The password with which `user` connects to a database of RDS (botocore's
/// `generate_db_auth_token`): `HOST:PORT/?Action=connect&…`.
BOTOCXX_EXPORT Result<std::string> rds_auth_token(const std::string& host, std::uint16_t port,
                                                  const std::string& user,
                                                  const TokenRequest& request);

enum class DsqlAction { kConnect, kConnectAdmin };
/// The password for a cluster of Aurora DSQL (botocore's `generate_db_connect_auth_token` and
/// `generate_db_connect_admin_auth_token`).
BOTOCXX_EXPORT Result<std::string> dsql_auth_token(const std::string& host, DsqlAction action,
                                                   const TokenRequest& request);

/// The bearer token that a Kubernetes cluster of EKS accepts (`aws eks get-token`): a URL of STS
/// that tells who asks. `sts_url` is the endpoint in the region, e.g.
/// `https://sts.us-east-1.amazonaws.com`. The URL is valid for a minute whatever `expires` says;
/// the cluster accepts the token for 15 minutes.
BOTOCXX_EXPORT Result<std::string> eks_auth_token(const std::string& cluster,
                                                  const std::string& sts_url,
                                                  const TokenRequest& request);

}  // namespace botocxx::inline v1
