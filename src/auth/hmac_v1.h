#pragma once

#include "auth/sigv2.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::auth {

/// A query parameter that is part of what is signed.
struct SubResource {
  std::string name{};
  std::string unless{};  ///< but not in a request that has this parameter; empty: always
};

/// The sub-resources that S3 knows, as botocore has them.
std::span<const std::string_view> signed_sub_resources();

/// What HmacV1 needs besides a request and credentials.
struct HmacV1Options {
  SigningMoment moment{};
  /// Path of the resource, with the bucket in front, where the request's path does not have it
  /// (virtual-hosted buckets); still percent-encoded.
  std::optional<std::string> resource_path{};
  /// What a store signs beyond S3: parameters, and prefixes of headers (lower case) besides
  /// `x-amz-`.
  std::vector<SubResource> more_sub_resources{};
  std::vector<std::string> more_header_prefixes{};
  /// Set: the signature goes into the query and is valid that long.
  std::optional<std::chrono::seconds> expires{};
};

/// The signature that S3 had before Version 4 (signature version `s3`), which older stores need.
Result<SignatureAdditions> sign_hmac_v1(const HttpRequest& request, const Credentials& credentials,
                                        const HmacV1Options& options);

}  // namespace botocxx::auth
