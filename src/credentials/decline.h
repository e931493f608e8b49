#pragma once

#include <botocxx/base/error.h>

#include <string>

namespace botocxx::credentials {

/// Code of an error that ends a chain's search because its provider is asked for but can't be used.
inline constexpr char kUnsupported[] = "UnsupportedCredentials";

/// A provider that has nothing to offer: `reason` says what it looked for.
inline Error declined(std::string reason) {
  return Error(ErrorKind::kCredentials, "NoCredentials", std::move(reason));
}

inline Error partial(std::string_view method, std::string_view missing) {
  std::string text = "Partial credentials found in ";
  text.append(method).append(", missing: ").append(missing);
  return Error(ErrorKind::kCredentials, "PartialCredentials", std::move(text));
}

}  // namespace botocxx::credentials
