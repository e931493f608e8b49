#include "retry/failure_kind.h"

#include <array>
#include <string_view>

namespace botocxx::retry {
namespace {

struct NamedKind {
  std::string_view code;
  FailureKind kind;
};
constexpr std::array<NamedKind, 8> kNamedKinds{{
    {"EndpointConnection", FailureKind::kConnection},
    {"ProxyConnection", FailureKind::kConnection},
    {"SSL", FailureKind::kConnection},
    {"ConnectTimeout", FailureKind::kConnectTimeout},
    {"ConnectionClosed", FailureKind::kClosed},
    {"ReadTimeout", FailureKind::kReadTimeout},
    {"HTTPClient", FailureKind::kOther},
    {"ResponseStreaming", FailureKind::kOther},
}};

}  // namespace

FailureKind failure_kind(const Error& error) {
  for (const NamedKind& named : kNamedKinds) {
    if (named.code == error.code()) return named.kind;
  }
  return FailureKind::kNone;
}

}  // namespace botocxx::retry
