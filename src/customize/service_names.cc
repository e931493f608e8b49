#include "customize/builtin_handlers.h"
#include "customize/registration.h"

namespace botocxx::customize {

void register_service_names(Events& events) {
  on(events, "choose-service-name", [](ChooseServiceName& event) {
    // What this service was called at first.
    if (event.service_name == "runtime.sagemaker") event.respond("sagemaker-runtime");
  });
}

}  // namespace botocxx::customize
