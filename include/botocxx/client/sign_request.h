#pragma once

#include <botocxx/auth/credentials.h>
#include <botocxx/base/export.h>
#include <botocxx/base/result.h>
#include <botocxx/base/timestamp.h>
#include <botocxx/message/http.h>

#include <chrono>
#include <optional>
#include <string>

namespace botocxx::inline v1 {

/// How a request that no model describes is signed.
struct RequestSigning {
  std::string service{};  ///< the signing name: "execute-api", "es", "s3", …
  std::string region{};   ///< of 4a the region set, comma-separated; `*`: all
  /// botocore's name of the version ("v4", "s3v4", "v4a", "s3", "v2", …); empty: that of Version 4
  /// which the service takes.
  std::string signature_version{};
  /// Set: the signature goes into the URL and is valid that long.
  std::optional<std::chrono::seconds> expires_in{};
  /// False: the body is not hashed; services that allow it want https.
  bool sign_payload = true;
};

/// A request that can be sent with `HttpClient::send`, and how it came to its signature.
struct SignedRequest {
  HttpRequest request{};
  /// Canonical request, string to sign and what was added, for people: without secrets.
  std::string stages{};
};

/// Signs any request, as users of botocore's `AWSRequest` and signers do. All headers that
/// `request` has are signed but those that proxies change; `Content-Length` is added unsigned. A
/// body that was read for its hash is rewound. A pure function: send the result with
/// `make_curl_http_client()`, whose answer is status, headers and, with
/// `SendOptions::stream_response`, a body that is read as it arrives.
///
/// Errors: "UnknownSignatureVersion", "UnsupportedSignatureVersion", "NoCredentials", "NoRegion"
/// and "MissingSigningName" where the version needs one, "UnseekableStream" for a body that can be
/// read only once and must be hashed.
BOTOCXX_EXPORT Result<SignedRequest> sign_request(HttpRequest request,
                                                  const Credentials& credentials,
                                                  const RequestSigning& how, Timestamp time);

/// The same without a signature: only completes the headers.
BOTOCXX_EXPORT HttpRequest complete_request(HttpRequest request);

}  // namespace botocxx::inline v1
