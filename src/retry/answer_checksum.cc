#include "retry/answer_checksum.h"

#include "base/crc.h"

#include <charconv>

namespace botocxx::retry {

std::optional<ChecksumMismatch> crc32_mismatch(const AttemptOutcome& outcome,
                                               const std::string& header) {
  if (!outcome.headers) return std::nullopt;
  auto text = outcome.headers->get(header);
  if (!text) return std::nullopt;
  ChecksumMismatch found;
  auto [end, problem] = std::from_chars(text->data(), text->data() + text->size(), found.expected);
  if (problem != std::errc() || end != text->data() + text->size()) return std::nullopt;
  found.actual = base::crc32(outcome.body);
  if (found.actual == found.expected) return std::nullopt;
  return found;
}

}  // namespace botocxx::retry
