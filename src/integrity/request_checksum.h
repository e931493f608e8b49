#pragma once

#include "integrity/checksum_choice.h"
#include <botocxx/message/http.h>

namespace botocxx::integrity {

/// Adds the chosen checksum to a request: as a header, for which the body is read and rewound, or
/// behind the body, which takes `aws-chunked` form. Returns whether it did: an optional checksum is
/// left out where the body can be read only once and trailers cannot be. Error "UnseekableStream"
/// where one is needed.
Result<bool> apply_request_checksum(const RequestChecksum& checksum, HttpRequest& request);

}  // namespace botocxx::integrity
