#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/result.h>

#include <chrono>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace botocxx::inline v1 {

/// A UTC instant with nanoseconds; a plain value. Years 1 to 9999 can be printed as text.
class BOTOCXX_EXPORT Timestamp {
 public:
  Timestamp() = default;

  /// `nanoseconds` must be in [0, 1e9); the instant is their sum, also before 1970.
  static Timestamp from_unix(std::int64_t seconds, std::int32_t nanoseconds = 0);
  /// Rounded to microseconds, as botocore's datetimes are.
  static Timestamp from_unix_double(double seconds);
  static Timestamp from_chrono(std::chrono::system_clock::time_point time);

  /// Reads what botocore's `parse_timestamp` accepts and services send: ISO 8601 (date only, basic
  /// or extended, `T` or blank, fraction, `Z`, offset or none = UTC), RFC 822/850/asctime, and
  /// epoch seconds as text.
  static Result<Timestamp> parse(std::string_view text);

  std::int64_t seconds() const { return seconds_; }
  std::int32_t nanoseconds() const { return nanoseconds_; }
  double to_unix_double() const;

  /// `2026-01-02T03:04:05Z`, with `.ffffff` only when there are microseconds: botocore's wire form.
  std::string to_iso8601() const;
  /// The same with exactly three digits (`.000Z`).
  std::string to_iso8601_milliseconds() const;
  /// `Fri, 02 Jan 2026 03:04:05 GMT`.
  std::string to_rfc822() const;
  /// `20260102T030405Z`, the form of signatures.
  std::string to_basic() const;

  friend auto operator<=>(const Timestamp&, const Timestamp&) = default;

 private:
  std::int64_t seconds_ = 0;
  std::int32_t nanoseconds_ = 0;
};

}  // namespace botocxx::inline v1
