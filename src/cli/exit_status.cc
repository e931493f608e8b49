#include "cli/exit_status.h"

namespace botocxx::cli {

ExitStatus exit_status_of(const Error& error) {
  switch (error.kind()) {
    case ErrorKind::kUsage:
    case ErrorKind::kValidation:
      return ExitStatus::kUsage;
    case ErrorKind::kCredentials:
      return ExitStatus::kConfiguration;
    case ErrorKind::kEndpoint:
      return error.code() == "NoRegion" ? ExitStatus::kConfiguration : ExitStatus::kOther;
    case ErrorKind::kService:
      return ExitStatus::kService;
    case ErrorKind::kModel:
    case ErrorKind::kTransport:
    case ErrorKind::kParse:
    case ErrorKind::kCancelled:
    case ErrorKind::kTimeout:
    case ErrorKind::kInternal:
      return ExitStatus::kOther;
  }
  return ExitStatus::kOther;
}

}  // namespace botocxx::cli
