#pragma once

#include "auth/sigv4.h"
#include <botocxx/value/value.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace botocxx::auth {

/// What a browser may send in a form, and until when.
struct PostPolicy {
  /// The form's fields so far, in order; `key` among them.
  std::vector<std::pair<std::string, std::string>> fields{};
  /// List of conditions: objects of one name and value, or lists such as
  /// `["starts-with", "$key", "user/"]`.
  Value conditions{};
  std::chrono::seconds expires{3600};
};

/// A signed form.
struct PostForm {
  std::vector<std::pair<std::string, std::string>> fields{};
  std::string policy_json{};     ///< what the field `policy` holds in base64
  std::string string_to_sign{};  ///< the field `policy`
  std::string signature{};
};

/// Adds the conditions and the field that every form needs: the bucket's name, and the key, or what
/// it begins with when it ends in `${filename}`.
PostPolicy for_object(PostPolicy policy, std::string_view bucket, std::string_view key);

/// Version 4's signature of any policy document, given as the base64 text of the field `policy`.
std::string post_signature_v4(std::string_view policy, const Credentials& credentials,
                              const SigV4Options& options, SigningKeyCache* cache = nullptr);

/// Signature Version 4 of a form (botocore's S3SigV4PostAuth; with `session_auth`
/// S3ExpressPostAuth). Of `options` region, service, time, clock skew and session count.
Result<PostForm> sign_post_v4(const PostPolicy& policy, const Credentials& credentials,
                              const SigV4Options& options, SigningKeyCache* cache = nullptr);

/// The form as it was signed before Version 4 (botocore's HmacV1PostAuth). Of `options` time and
/// clock skew count.
Result<PostForm> sign_post_v1(const PostPolicy& policy, const Credentials& credentials,
                              const SigV4Options& options);

}  // namespace botocxx::auth
