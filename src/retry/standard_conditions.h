#pragma once

#include <botocxx/retry/retry_policy.h>

#include <string>
#include <string_view>
#include <vector>

namespace botocxx::retry {

/// What single services add to the conditions of mode "standard", in either of its forms.
struct ServiceConditions {
  std::vector<std::string> retryable_codes{};  ///< codes worth another attempt here only
  std::string crc32_header{};                  ///< the header with the body's CRC-32; empty: none
};

/// Timeouts and failures of servers and connections.
bool is_transient(const AttemptOutcome& outcome);
/// The service asks for fewer requests, by its code or the model's word for it.
bool is_throttling(const AttemptOutcome& outcome);
/// Why another attempt is worth it; empty: it is not.
std::string_view retryable_reason(const AttemptOutcome& outcome, const ServiceConditions& service);

}  // namespace botocxx::retry
