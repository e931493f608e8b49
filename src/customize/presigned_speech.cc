#include "customize/builtin_handlers.h"
#include "customize/registration.h"

namespace botocxx::customize {

// A URL is opened without a content type.
void register_presigned_speech(Events& events) {
  on(events, "before-sign.polly.SynthesizeSpeech", [](BeforeSign& event) {
    if (event.context.is_presign_request) event.request.headers.remove("Content-Type");
  });
}

}  // namespace botocxx::customize
