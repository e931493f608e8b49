#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/result.h>

#include <string>
#include <string_view>

namespace botocxx::inline v1 {

/// An absolute http or https URL, taken apart without changing any octet of its path or query.
/// A plain value.
struct BOTOCXX_EXPORT Url {
  std::string scheme;  ///< lower-case, "http" or "https"
  std::string host;    ///< as written, without brackets' removal: "[::1]" keeps them
  std::string port;    ///< digits, empty when none was given
  std::string path;    ///< starts with "/" or is empty; still percent-encoded
  std::string query;   ///< without "?", still percent-encoded
  bool has_query = false;

  /// Refuses other schemes, user info, blanks and control characters, and a missing host.
  static Result<Url> parse(std::string_view text);

  /// "host" or "host:port", without the scheme's default port: the value of the Host header.
  std::string host_header() const;
  /// What stands on the request line: path (at least "/") and query.
  std::string target() const;
  std::string to_string() const;

  friend bool operator==(const Url&, const Url&) = default;
};

}  // namespace botocxx::inline v1
