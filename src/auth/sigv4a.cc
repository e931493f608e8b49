#include "auth/sigv4a.h"

#include "auth/signing_key.h"
#include "auth/v4_draft.h"

namespace botocxx::auth {

Result<SignatureAdditions> sign_v4a(const HttpRequest& request, const Credentials& credentials,
                                    const SigV4Options& options, SigningKeyCache* cache) {
  std::string_view region_set = options.region_set.empty() ? options.region : options.region_set;
  const V4Flavor flavor{.algorithm = kEcdsaP256Sha256,
                        .region = {},
                        .region_set = region_set.empty() ? "*" : region_set,
                        .expires_last = true};
  auto draft = draft_v4(request, credentials, options, flavor);
  if (!draft) return std::move(draft).error();
  auto key = SigningKeyAccess::ecdsa_key(credentials.access_key, credentials.secret_key, cache);
  if (!key) return std::move(key).error();
  auto signature = key->sign(draft->additions.string_to_sign);
  if (!signature) return std::move(signature).error();
  return finish_v4(*std::move(draft), credentials, options, flavor, *std::move(signature));
}

}  // namespace botocxx::auth
