#include "retry/clock_skew.h"

#include <algorithm>
#include <array>

namespace botocxx::retry {
namespace {

// These mean a wrong time …
constexpr std::array<std::string_view, 3> kTimeCodes{"RequestTimeTooSkewed", "RequestExpired",
                                                     "RequestInTheFuture"};
// … and these can mean one; services allow for five minutes at least.
constexpr std::array<std::string_view, 4> kSignatureCodes{
    "InvalidSignatureException", "SignatureDoesNotMatch", "AuthFailure", "403"};
constexpr std::chrono::seconds kLeastDifference{10};
constexpr std::chrono::seconds kTolerance{240};

bool contains(const auto& list, std::string_view item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

}  // namespace

std::optional<std::chrono::seconds> clock_offset(std::string_view error_code,
                                                 const Headers& headers, Timestamp now,
                                                 std::chrono::seconds known) {
  bool certain = contains(kTimeCodes, error_code);
  if (!certain && !contains(kSignatureCodes, error_code)) return std::nullopt;
  auto text = headers.get("Date");
  if (!text) return std::nullopt;
  auto date = Timestamp::parse(*text);
  if (!date) return std::nullopt;
  std::chrono::seconds offset(date->seconds() - now.seconds());
  auto difference = std::chrono::abs(offset - known);
  if (difference < (certain ? kLeastDifference : kTolerance)) return std::nullopt;
  return offset;
}

}  // namespace botocxx::retry
