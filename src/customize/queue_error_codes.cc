#include "customize/builtin_handlers.h"
#include "customize/registration.h"

namespace botocxx::customize {

// Errors kept the codes of an older protocol; the names of their shapes are meant, too.
void register_queue_error_codes(Events& events) {
  on(events, "after-call.sqs.*", [](AfterCall& event) {
    auto code = event.parsed["Error"]["QueryErrorCode"].get_if_string();
    if (code && !code->empty()) event.context.error_code_override = *code;
  });
}

}  // namespace botocxx::customize
