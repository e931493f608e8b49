#include "auth/sign.h"

#include "auth/bearer.h"
#include "auth/sigv4a.h"

namespace botocxx::auth {
namespace {

constexpr std::chrono::seconds kUrlLife{3600};
constexpr std::chrono::seconds kSessionUrlLife{300};

SigV4Options options_of(const SigningInput& input) {
  SigV4Options options = input.v4;
  const SchemeFamily family = input.scheme.family;
  const bool session = family == SchemeFamily::kSessionV4;
  const bool store =
      session || family == SchemeFamily::kStoreV4 || family == SchemeFamily::kStoreV4a;
  if (store) {
    options.double_encode_path = options.normalize_path = false;
    options.send_content_sha256 = true;
    options.session_auth = session;
  }
  if (input.scheme.form != SigningForm::kQuery) {
    options.expires.reset();
    return options;
  }
  if (store) options.payload = PayloadHash::kUnsigned;
  if (!options.expires) options.expires = session ? kSessionUrlLife : kUrlLife;
  return options;
}

HmacV1Options store_options_of(const SigningInput& input) {
  HmacV1Options options = input.store_v1;
  options.moment = {.time = input.v4.time, .clock_skew = input.v4.clock_skew};
  options.expires.reset();
  if (input.scheme.form == SigningForm::kQuery)
    options.expires = input.v4.expires.value_or(kUrlLife);
  return options;
}

}  // namespace

Result<SignatureAdditions> sign(const HttpRequest& request, const Credentials* credentials,
                                const SigningInput& input, SigningKeyCache* cache) {
  if (input.scheme.form == SigningForm::kPostForm || !is_supported(input.scheme)) {
    return Error(ErrorKind::kUsage, "UnsupportedSignatureVersion",
                 "Signature version(s) are not supported: " + to_string(input.scheme));
  }
  const Credentials none;
  const Credentials& who = credentials ? *credentials : none;
  const SigningMoment moment{.time = input.v4.time, .clock_skew = input.v4.clock_skew};
  switch (input.scheme.family) {
    case SchemeFamily::kNone:
      break;
    case SchemeFamily::kV2:
      return sign_v2(request, who, moment);
    case SchemeFamily::kV3:
      return sign_v3(request, who, moment);
    case SchemeFamily::kV4:
    case SchemeFamily::kStoreV4:
    case SchemeFamily::kSessionV4:
      return sign_v4(request, who, options_of(input), cache);
    case SchemeFamily::kV4a:
    case SchemeFamily::kStoreV4a:
      return sign_v4a(request, who, options_of(input), cache);
    case SchemeFamily::kStoreV1:
      return sign_hmac_v1(request, who, store_options_of(input));
    case SchemeFamily::kBearer:
      return sign_bearer(input.bearer_token);
  }
  return SignatureAdditions{};
}

}  // namespace botocxx::auth
