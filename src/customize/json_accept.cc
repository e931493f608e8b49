#include "customize/builtin_handlers.h"
#include "customize/registration.h"

namespace botocxx::customize {

// Without it some operations answer in another JSON than the model's.
void register_json_accept(Events& events) {
  on(events, "before-call.apigateway", [](BeforeCall& event) {
    if (!event.request.headers.contains("Accept")) {
      event.request.headers.add("Accept", "application/json");
    }
  });
}

}  // namespace botocxx::customize
