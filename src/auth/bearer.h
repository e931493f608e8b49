#pragma once

#include "auth/signature.h"
#include <botocxx/base/result.h>

#include <string_view>

namespace botocxx::auth {

/// `Authorization: Bearer TOKEN` (RFC 6750). A token that is empty, or that would end its header,
/// is refused; the error does not show it.
Result<SignatureAdditions> sign_bearer(std::string_view token);

}  // namespace botocxx::auth
