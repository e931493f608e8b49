#pragma once

#include "auth/payload_hash.h"
#include "auth/scheme.h"
#include <botocxx/base/result.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::auth {

/// What a client signs with where no operation or endpoint says otherwise.
struct ClientSchemeFacts {
  std::string_view configured{};       ///< by code or profile; "none" for unsigned; empty: not
  std::string_view service_default{};  ///< of services that are older than their models; or empty
  std::vector<std::string_view> model_auth{};         ///< the service's `auth` trait
  std::string_view model_signature_version{};         ///< the service's `signatureVersion`
  std::vector<std::string_view> endpoint_versions{};  ///< `signatureVersions` of endpoints.json
  bool has_v4a = true;  ///< false: as botocore does without its C library
};

/// botocore's signature version of a client. The error "UnknownSignatureVersion" names what was
/// offered.
Result<std::string> choose_client_scheme(const ClientSchemeFacts& facts);

/// One entry of an endpoint's `authSchemes`.
struct EndpointAuthScheme {
  std::string name{};  ///< "sigv4", "sigv4a", "sigv4-s3express", …
  std::string signing_name{};
  std::string signing_region{};
  std::vector<std::string> signing_region_set{};
};

/// All that the choice for one call depends on. Views must outlive the call only.
struct SchemeFacts {
  std::string_view client_scheme{};  ///< what `choose_client_scheme` gave
  /// What the program itself asked for, "none" for unsigned; empty: nothing. Profiles do not count.
  std::string_view requested_in_code{};
  std::vector<std::string> preference{};  ///< `auth_scheme_preference`: "sigv4a", "noAuth", …
  bool preference_in_code = false;
  std::vector<std::string_view> service_auth{};    ///< the service's `auth` trait
  std::vector<std::string_view> operation_auth{};  ///< the operation's
  std::string_view operation_auth_type{};          ///< the operation's `authtype`
  bool operation_unsigned_payload = false;         ///< the operation's `unsignedPayload`
  /// The resolved endpoint's; nothing where it has none.
  std::optional<std::vector<EndpointAuthScheme>> endpoint_schemes{};
  bool ignore_endpoint_region = false;  ///< presigning, unless the endpoint came from an ARN
  std::string_view forced{};            ///< by the operation's own rule, e.g. "none"; or empty
  bool presign_with_v1 = false;  ///< URLs and forms that V4a or sessions do not claim: HmacV1
  std::string_view signing_name{};
  std::string_view region{};           ///< the client's signing region; empty: none
  std::string_view explicit_region{};  ///< asked for this signature only; or empty
  std::string_view v4a_region_set{};   ///< `sigv4a_signing_region_set`; or empty
  /// Signing names whose V4 is S3's.
  std::span<const std::string_view> store_signing_names{};
  bool has_service_token = false;  ///< a bearer token for this very service is there
  SigningForm form = SigningForm::kHeaders;
  bool has_v4a = true;  ///< false: as botocore does without its C library
};

struct SchemeChoice {
  AuthScheme scheme{};
  std::string signing_name{};
  std::string region{};      ///< of V4a the region set
  bool sign_payload = true;  ///< false: the model leaves the body out of the signature
};

/// Which signer signs a call, with what name and region: botocore's chain of operation, endpoint,
/// handlers, preference and client. A pure function of `facts`.
Result<SchemeChoice> choose_scheme(const SchemeFacts& facts);

/// What decides whether a body is hashed.
struct PayloadFacts {
  AuthScheme scheme{};
  bool https = true;
  std::optional<bool> payload_signing_enabled{};  ///< the S3 setting
  bool has_checksum_header = false;               ///< the checksum's, or else Content-MD5
  bool streaming_input = false;                   ///< of the operation
  bool sign_payload = true;                       ///< the choice's
  bool checksum_in_trailer = false;
};

PayloadHash choose_payload_hash(const PayloadFacts& facts);

}  // namespace botocxx::auth
