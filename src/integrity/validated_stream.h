#pragma once

#include "integrity/checksum.h"
#include <botocxx/message/body.h>
#include <botocxx/message/headers.h>

#include <optional>
#include <span>
#include <string>

namespace botocxx::integrity {

/// What an answer says that its body's checksum is.
struct ExpectedChecksum {
  ChecksumAlgorithm algorithm{};
  std::string value{};  ///< base64, as sent
};

/// The first of `algorithms` that `headers` have a checksum of the whole body for: one of parts
/// ("…-3") says nothing of the body itself and is passed over.
std::optional<ExpectedChecksum> find_expected_checksum(
    std::span<const ChecksumAlgorithm> algorithms, const Headers& headers);

/// Error "FlexibleChecksum" when the octets have another checksum.
Result<void> check(const ExpectedChecksum& expected, std::string_view octets);

/// `body`, read through a check: the read that finds its end gives the error "FlexibleChecksum" if
/// the octets before it have another checksum. Whoever stops before the end learns nothing.
Body validated(Body body, ExpectedChecksum expected);

}  // namespace botocxx::integrity
