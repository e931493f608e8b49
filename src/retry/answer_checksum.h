#pragma once

#include <botocxx/retry/retry_policy.h>

#include <cstdint>
#include <optional>
#include <string>

namespace botocxx::retry {

struct ChecksumMismatch {
  std::uint64_t expected = 0;
  std::uint32_t actual = 0;
};

/// Set when the answer has that header and its body another CRC-32 than it says. A header that is
/// no number says nothing.
std::optional<ChecksumMismatch> crc32_mismatch(const AttemptOutcome& outcome,
                                               const std::string& header);

}  // namespace botocxx::retry
