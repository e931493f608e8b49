#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/result.h>
#include <botocxx/base/timestamp.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace botocxx::inline v1 {

/// Signs a message with RSA over SHA-1 and returns the signature's octets.
using RsaSigner = std::function<Result<std::string>(std::string_view message)>;

/// A signer of a private key in PEM (PKCS #1 or PKCS #8, not encrypted). It may be called from
/// several threads at once. Errors never show the key.
BOTOCXX_EXPORT Result<RsaSigner> rsa_sha1_signer(std::string_view pem);

/// What a policy allows.
struct BOTOCXX_EXPORT CloudFrontLimits {
  Timestamp expires{};
  std::optional<Timestamp> not_before{};
  std::string ip_address{};  ///< `1.2.3.4` or `1.2.3.0/24`; empty: any
};

/// A policy in the compact JSON that CloudFront expects; wildcards are allowed in `resource`.
BOTOCXX_EXPORT std::string cloudfront_policy(std::string_view resource,
                                             const CloudFrontLimits& limits);

/// Signed URLs and cookies for private content of CloudFront (botocore's `CloudFrontSigner`).
/// As thread-safe as its RSA signer.
class BOTOCXX_EXPORT CloudFrontSigner {
 public:
  /// `key_id` is the id of the public key (or key pair) that CloudFront knows.
  CloudFrontSigner(std::string key_id, RsaSigner signer);

  /// With a canned policy: good for this URL until `expires`.
  Result<std::string> signed_url(std::string_view url, Timestamp expires) const;
  /// With a policy of one's own, as `cloudfront_policy` makes it.
  Result<std::string> signed_url(std::string_view url, std::string_view policy) const;

  using Cookies = std::vector<std::pair<std::string, std::string>>;
  /// Names and values of the three cookies, with a canned policy or one's own.
  Result<Cookies> signed_cookies(std::string_view url, Timestamp expires) const;
  Result<Cookies> signed_cookies(std::string_view policy) const;

 private:
  Result<Cookies> sign(std::string_view policy, std::pair<std::string, std::string> first) const;

  std::string key_id_;
  RsaSigner signer_;
};

}  // namespace botocxx::inline v1
