#pragma once

#include <botocxx/base/result.h>
#include <botocxx/base/timestamp.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace botocxx::credentials {

/// Whether less than `seconds` are left.
inline bool expires_within(Timestamp expires, Timestamp now, std::int64_t seconds) {
  return expires < Timestamp::from_unix(now.seconds() + seconds, now.nanoseconds());
}

/// Reads the times that are found in caches and answers, "2026-01-02T03:04:05UTC" among them.
inline Result<Timestamp> read_expiry(std::string_view text) {
  if (!text.ends_with("UTC")) return Timestamp::parse(text);
  std::string changed(text.substr(0, text.size() - 3));
  while (changed.ends_with(' ')) changed.pop_back();
  return Timestamp::parse(changed + 'Z');
}

}  // namespace botocxx::credentials
