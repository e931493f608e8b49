#include "customize/builtin_handlers.h"
#include "customize/registration.h"

namespace botocxx::customize {

void register_millisecond_timestamps(Events& events) {
  on(events, "creating-serializer.bedrock-agentcore",
     [](CreatingSerializer& event) { event.millisecond_timestamps = true; });
}

}  // namespace botocxx::customize
