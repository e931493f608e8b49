#include "auth/sigv4.h"

#include "auth/signing_key.h"
#include "auth/v4_draft.h"
#include <botocxx/base/text_encoding.h>

namespace botocxx::auth {

Result<SignatureAdditions> sign_v4(const HttpRequest& request, const Credentials& credentials,
                                   const SigV4Options& options, SigningKeyCache* cache) {
  if (options.region.empty()) {
    return Error(ErrorKind::kEndpoint, "NoRegion", "You must specify a region.");
  }
  const V4Flavor flavor{
      .algorithm = kHmacSha256, .region = options.region, .region_set = {}, .expires_last = false};
  auto draft = draft_v4(request, credentials, options, flavor);
  if (!draft) return std::move(draft).error();
  const SigningScope scope{std::string_view(draft->time).substr(0, 8), options.region,
                           options.service};
  std::string signature = hex_encode(SigningKeyAccess::key(credentials.secret_key, scope, cache)
                                         .mac(draft->additions.string_to_sign));
  return finish_v4(*std::move(draft), credentials, options, flavor, std::move(signature));
}

}  // namespace botocxx::auth
