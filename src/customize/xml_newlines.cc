#include "customize/builtin_handlers.h"
#include "customize/registration.h"

namespace botocxx::customize {
namespace {

// A parser makes any line end of a key "\n", unless it is written as a reference. No line end in
// these bodies comes from anywhere but parameters.
void escape_line_ends(BeforeCall& event) {
  const std::string& body = event.request.body.bytes();
  if (event.request.body.is_stream() || body.find_first_of("\r\n") == std::string::npos) return;
  std::string escaped;
  for (char c : body) {
    if (c == '\r') {
      escaped += "&#xD;";
    } else if (c == '\n') {
      escaped += "&#xA;";
    } else {
      escaped += c;
    }
  }
  event.request.body = Body(std::move(escaped));
}

}  // namespace

void register_xml_newlines(Events& events) {
  on(events, "before-call.s3.DeleteObjects", escape_line_ends);
  on(events, "before-call.s3.PutBucketLifecycleConfiguration", escape_line_ends);
}

}  // namespace botocxx::customize
