#include "customize/builtin_handlers.h"
#include "customize/registration.h"
#include <botocxx/base/text_encoding.h>

namespace botocxx::customize {

// Functions that call each other in a circle are stopped by the id that goes around.
void register_recursion_detection(Events& events, const Host& host) {
  on(events, "before-call", [environment = host.environment](BeforeCall& event) {
    constexpr std::string_view kHeader = "X-Amzn-Trace-Id";
    if (event.request.headers.contains(kHeader)) return;
    auto id = environment->get("_X_AMZN_TRACE_ID");
    if (!id || id->empty() || !environment->get("AWS_LAMBDA_FUNCTION_NAME")) return;
    event.request.headers.add(std::string(kHeader), percent_encode(*id, "=;:+&[]{}\"',"));
  });
}

}  // namespace botocxx::customize
