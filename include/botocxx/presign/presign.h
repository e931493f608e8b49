#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/result.h>
#include <botocxx/client/client.h>
#include <botocxx/message/headers.h>
#include <botocxx/value/value.h>

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace botocxx::inline v1 {

/// How a URL is signed for others.
struct PresignOptions {
  /// How long it is valid, from the client's clock on. Services refuse more than a week, and
  /// temporary credentials end earlier.
  std::chrono::seconds expires_in{3600};
  /// The method that it will be used with; empty: the operation's own.
  std::string http_method{};
  /// Signed with the operation's own headers: whoever uses the URL must send them, too.
  Headers headers{};
  CallOptions call{};
};

/// A URL that works without credentials until it expires. Whoever has it has what it allows: treat
/// it as a secret.
struct PresignedUrl {
  std::string method{};
  std::string url{};
  /// Headers that are signed and must be sent with the URL, octet for octet.
  Headers headers{};
};

/// Signs any operation of `client` as a URL (botocore's `generate_presigned_url`); nothing is sent.
///
/// A body becomes part of the URL's query where it is a form or a JSON object, as in botocore; S3's
/// URLs leave the body to whoever uploads. S3's URLs are signed for the global host where there is
/// one, and with the signature that S3 had before Version 4 where its region still takes that and
/// `signature_version` is not set: botocore's default. An operation without a signature gives its
/// plain URL.
///
/// Errors: those of `Client::prepare`; "UnsupportedSignatureVersion" for what cannot sign URLs
/// (tokens, Version 2); "UnsupportedBody" for a body that no query can hold. Thread-safe.
BOTOCXX_EXPORT Result<PresignedUrl> presign(const Client& client, std::string_view operation,
                                            const Value& params = Value::object(),
                                            const PresignOptions& options = {});

/// How a form is signed for others.
struct PresignPostOptions {
  std::chrono::seconds expires_in{3600};
  /// Fields of the form besides the key and the signature's own, in order ("acl", "Content-Type",
  /// "x-amz-meta-…"). Each needs a condition, too.
  std::vector<std::pair<std::string, std::string>> fields{};
  /// A list: `{{"acl", "public-read"}}` as an object, or lists such as
  /// `{"content-length-range", 1, 1048576}`. Those for bucket and key are added.
  Value conditions = Value::list();
  CallOptions call{};
};

struct PresignedPost {
  std::string url{};
  /// All fields of the form, in order; the file follows them, in a field named "file".
  std::vector<std::pair<std::string, std::string>> fields{};
};

/// Signs a form with which a browser uploads an object (botocore's `generate_presigned_post`).
/// `key` may end in `${filename}`, which the store replaces by the file's name. Errors: those of
/// `presign`; "UnknownOperation" for a service without buckets; "InvalidPolicy".
BOTOCXX_EXPORT Result<PresignedPost> presign_post(const Client& client, std::string_view bucket,
                                                  std::string_view key,
                                                  const PresignPostOptions& options = {});

}  // namespace botocxx::inline v1
