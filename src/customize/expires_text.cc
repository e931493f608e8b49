#include "customize/builtin_handlers.h"
#include "customize/registration.h"

#include <algorithm>

namespace botocxx::customize {
namespace {

constexpr std::string_view kExpires = "Expires";

bool has_expires(const Operation& operation) {
  auto output = operation.output();
  if (!output) return false;
  for (Member member : output->shape().members()) {
    if (member.shape().name() == kExpires && member.wire_name() == kExpires) return true;
  }
  return false;
}

}  // namespace

// Objects are stored with whatever somebody wrote into this header; a text that is no time must not
// keep anyone from the object.
void register_expires_text(Events& events) {
  on(events, "before-parse.s3.*", [](BeforeParse& event) {
    auto text = event.response.headers.joined(kExpires);
    if (!text || text->empty() || !has_expires(event.operation)) return;
    event.customized_response.set("ExpiresString", *text);
    if (!Timestamp::parse(*text)) event.response.headers.remove(kExpires);
  });
}

}  // namespace botocxx::customize
