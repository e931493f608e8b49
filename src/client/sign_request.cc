#include "auth/sign.h"
#include "client/content_length.h"
#include "client/signing.h"
#include <botocxx/client/sign_request.h>

namespace botocxx::inline v1 {
namespace {

using auth::SchemeFamily;
using auth::SigningForm;

Error usage(std::string code, std::string message) {
  return Error(ErrorKind::kUsage, std::move(code), std::move(message));
}

Result<auth::AuthScheme> scheme_of(const RequestSigning& how) {
  std::string version = how.signature_version;
  if (version.empty()) version = client::is_store_signing_name(how.service) ? "s3v4" : "v4";
  auto scheme = auth::parse_scheme(version);
  if (!scheme)
    return usage("UnknownSignatureVersion", "Unknown Signature Version: " + version + ".");
  if (how.expires_in) scheme->form = SigningForm::kQuery;
  bool supported = auth::is_supported(*scheme) && scheme->form != SigningForm::kPostForm;
  // Tokens and sessions come from elsewhere than credentials.
  if (!supported || scheme->family == SchemeFamily::kBearer) {
    return usage("UnsupportedSignatureVersion",
                 "Signature version(s) are not supported: " + auth::to_string(*scheme));
  }
  return *scheme;
}

Result<void> check_scope(SchemeFamily family, const RequestSigning& how) {
  if (!client::is_version_4(family)) return {};
  if (how.service.empty()) {
    return usage("MissingSigningName", "the name of the service that is signed for is missing");
  }
  if (how.region.empty()) {
    return Error(ErrorKind::kEndpoint, "NoRegion", "You must specify a region.");
  }
  return {};
}

}  // namespace

HttpRequest complete_request(HttpRequest request) {
  client::add_content_length(request);
  return request;
}

Result<SignedRequest> sign_request(HttpRequest request, const Credentials& credentials,
                                   const RequestSigning& how, Timestamp time) {
  auto scheme = scheme_of(how);
  if (!scheme) return std::move(scheme).error();
  if (auto valid = check_scope(scheme->family, how); !valid) return std::move(valid).error();
  auth::SigningInput input;
  input.scheme = *scheme;
  input.v4.service = how.service;
  input.v4.region = how.region;
  if (scheme->family == SchemeFamily::kV4a || scheme->family == SchemeFamily::kStoreV4a) {
    input.v4.region_set = how.region;
  }
  input.v4.time = time;
  input.v4.expires = how.expires_in;
  input.v4.payload = how.sign_payload ? auth::PayloadHash::kSigned : auth::PayloadHash::kUnsigned;
  auto additions = auth::sign(request, &credentials, input);
  if (!additions) return std::move(additions).error();
  auth::apply(*additions, request);
  return SignedRequest{.request = complete_request(std::move(request)),
                       .stages = auth::describe(*additions)};
}

}  // namespace botocxx::inline v1
