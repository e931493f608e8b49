#pragma once

#include "client/call.h"
#include "client/prepare.h"
#include "integrity/checksum_choice.h"

#include <optional>

namespace botocxx::client {

/// Asks for the answer's checksum where that is wished for.
void ask_for_checksum(const Call& call, Value& params);

/// How the body of `request` will be checked, and by what the answer's; before handlers see the
/// request, as in botocore.
Result<std::optional<integrity::RequestChecksum>> plan_checksums(Call& call, const Value& params,
                                                                 const HttpRequest& request);

/// Compresses the body where that is wished for, adds its checksum, and tells the signer of it.
Result<void> complete_body(const Call& call,
                           const std::optional<integrity::RequestChecksum>& checksum,
                           Prepared& prepared);

/// Compares the body of a good answer with its checksum: one in memory at once (error
/// "FlexibleChecksum"), a stream while it is read.
Result<void> check_body(Call& call, HttpResponse& response);

}  // namespace botocxx::client
