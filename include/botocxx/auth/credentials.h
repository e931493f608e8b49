#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/timestamp.h>

#include <iosfwd>
#include <optional>
#include <string>

namespace botocxx::inline v1 {

/// Who signs. An immutable snapshot; printing one never shows its secret parts.
struct BOTOCXX_EXPORT Credentials {
  std::string access_key{};
  std::string secret_key{};
  std::string session_token{};  ///< empty when they are long-term
  std::string account_id{};     ///< empty when unknown
  std::optional<Timestamp> expires{};
  std::string source{};  ///< where they came from, e.g. "environment"
};

/// The access key's id, what else is set, and the source; never a secret.
BOTOCXX_EXPORT std::string to_string(const Credentials& credentials);
BOTOCXX_EXPORT std::ostream& operator<<(std::ostream& out, const Credentials& credentials);

}  // namespace botocxx::inline v1
