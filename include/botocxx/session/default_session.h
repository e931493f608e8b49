#pragma once

#include <botocxx/base/export.h>
#include <botocxx/session/session.h>

namespace botocxx::inline v1 {

/// The process's own session, made with default options when it is first asked for: boto3's
/// default session. Thread-safe; a failure is not kept, the next call tries again.
BOTOCXX_EXPORT Result<Session> default_session();

/// Replaces it; who has the old one keeps it. Thread-safe.
BOTOCXX_EXPORT Result<Session> setup_default_session(SessionOptions options = {});

}  // namespace botocxx::inline v1
