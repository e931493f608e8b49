#pragma once

#include <botocxx/base/error.h>

namespace botocxx::retry {

/// Failures of the HTTP layer in botocore's classes: those on the way to the endpoint derive from
/// `ConnectionError` there, the others from `HTTPClientError`.
enum class FailureKind {
  kNone,            ///< not of the HTTP layer: a signer's, a deadline's, a handler's
  kConnection,      ///< no connection was made
  kConnectTimeout,  ///< nor in time
  kClosed,          ///< the connection ended before its answer did
  kReadTimeout,     ///< the answer did not come in time
  kOther            ///< any other
};

FailureKind failure_kind(const Error& error);

}  // namespace botocxx::retry
