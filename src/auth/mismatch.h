#pragma once

#include "auth/signature.h"

#include <optional>
#include <string>
#include <string_view>

namespace botocxx::auth {

/// The stages that a service says it computed; empty where it did not say.
struct ServiceStages {
  std::string canonical_request{};
  std::string string_to_sign{};
};

/// Finds the stages in an error's message, as services write that have no fields for them.
ServiceStages stages_in_message(std::string_view message);

/// Where the service's stages and ours part, in a sentence or two for people, e.g. "the service
/// signed another header 'host': it has 'a', we have 'b'". Tokens, signatures and credentials are
/// left out of what is quoted. Nothing when the service said nothing that can be compared.
std::optional<std::string> explain_mismatch(const SignatureAdditions& ours,
                                            const ServiceStages& theirs);

}  // namespace botocxx::auth
