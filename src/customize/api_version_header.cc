#include "customize/builtin_handlers.h"
#include "customize/registration.h"

namespace botocxx::customize {

// The operations that tell the others' endpoints say which version they are asked in.
void register_api_version_header(Events& events) {
  on(events, "before-call", [](BeforeCall& event) {
    if (event.operation.trait("endpointoperation") != "true") return;
    event.request.headers.set("x-amz-api-version", event.operation.model().metadata("apiVersion"));
  });
}

}  // namespace botocxx::customize
