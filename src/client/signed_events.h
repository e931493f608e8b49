#pragma once

#include "auth/event_signer.h"
#include <botocxx/base/host.h>

#include <string>
#include <string_view>

namespace botocxx::client {

/// Each of `messages` (a body of event messages) as the payload of a message that bears its time
/// and signature, then the empty one that closes the stream.
Result<std::string> sign_event_messages(std::string_view messages, auth::EventSigner& signer,
                                        const Clock& clock);

}  // namespace botocxx::client
