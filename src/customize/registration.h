#pragma once

#include <botocxx/events/events.h>
#include <botocxx/events/payloads.h>

#include <string>
#include <string_view>
#include <utility>

namespace botocxx::customize {

/// Registers a handler under a name that is known to be right: a wrong one throws.
inline void on(Events& events, std::string_view name, EventHandler handler) {
  (void)events.register_handler(name, std::move(handler)).value();
}

/// botocore's `ParamValidationError`.
inline Error invalid_parameter(std::string_view report) {
  return Error(ErrorKind::kValidation, "ParamValidation",
               "Parameter validation failed:\n" + std::string(report));
}

}  // namespace botocxx::customize
