#pragma once

#include <botocxx/base/error.h>

namespace botocxx::cli {

/// The program's exit statuses, those of the AWS command line.
enum class ExitStatus {
  kOk = 0,
  kAbsent = 1,  ///< `configure get` of what is not set
  kInterrupted = 130,
  kUsage = 252,          ///< unknown command or option, parameters that do not validate
  kConfiguration = 253,  ///< settings or credentials
  kService = 254,        ///< the service answered with an error
  kOther = 255
};

ExitStatus exit_status_of(const Error& error);

}  // namespace botocxx::cli
