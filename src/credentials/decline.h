#pragma once

#include <botocxx/base/error.h>

#include <string>
#include <string_view>

namespace botocxx::credentials {

/// Code of an error that lets the next provider of a chain try.
inline constexpr char kDeclined[] = "NoCredentials";

/// A provider that has nothing to offer: `reason` says what it looked for.
inline Error declined(std::string reason) {
  return Error(ErrorKind::kCredentials, kDeclined, std::move(reason));
}

inline Error partial(std::string_view method, std::string_view missing) {
  std::string text = "Partial credentials found in ";
  text.append(method).append(", missing: ").append(missing);
  return Error(ErrorKind::kCredentials, "PartialCredentials", std::move(text));
}

inline Error retrieval_failed(std::string_view method, std::string_view why) {
  std::string text = "Error when retrieving credentials from ";
  text.append(method).append(": ").append(why);
  return Error(ErrorKind::kCredentials, "CredentialRetrieval", std::move(text));
}

inline Error invalid_config(std::string text) {
  return Error(ErrorKind::kCredentials, "InvalidConfig", std::move(text));
}

/// A provider of a context without a way to services or the machine's endpoints.
inline Error unreachable(std::string_view method, std::string_view what) {
  std::string why = "this chain was made without a way to reach ";
  return retrieval_failed(method, why.append(what))
      .with_hint("let a Session make it, or fill in CredentialsContext");
}

}  // namespace botocxx::credentials
