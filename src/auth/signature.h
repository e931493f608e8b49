#pragma once

#include <botocxx/message/http.h>

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace botocxx::auth {

/// What signing adds to a request, and the stages it went through. Every scheme fills in what it
/// has; a request is never changed by a signer.
struct SignatureAdditions {
  std::vector<Headers::Field> headers{};       ///< in botocore's order; replace fields of that name
  std::vector<std::string> removed_headers{};  ///< fields that may not be sent with the signature
  std::optional<std::string> query{};          ///< the signed URL's whole query
  std::optional<std::string> body{};           ///< the signed form, which replaces the body
  std::string canonical_request{};             ///< empty where a scheme has no such stage
  std::string string_to_sign{};
  std::string signed_headers{};
  std::string signature{};
};

/// Puts the additions into the request they were made of. Doing so again with newer ones leaves
/// nothing of the older.
void apply(const SignatureAdditions& additions, HttpRequest& request);

/// Everything that was added, with the stages; tokens and signatures are left out.
std::string describe(const SignatureAdditions& additions);
std::ostream& operator<<(std::ostream& out, const SignatureAdditions& additions);

}  // namespace botocxx::auth
