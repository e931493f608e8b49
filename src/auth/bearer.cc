#include "auth/bearer.h"

#include <algorithm>

namespace botocxx::auth {

Result<SignatureAdditions> sign_bearer(std::string_view token) {
  if (token.empty()) {
    return Error(ErrorKind::kCredentials, "NoAuthToken", "Unable to locate authorization token");
  }
  auto unprintable = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  if (std::any_of(token.begin(), token.end(), unprintable)) {
    return Error(ErrorKind::kCredentials, "InvalidAuthToken",
                 "the authorization token holds a control character, such as a line end");
  }
  SignatureAdditions additions;
  additions.headers.push_back({"Authorization", "Bearer "});
  additions.headers.back().value.append(token);
  return additions;
}

}  // namespace botocxx::auth
