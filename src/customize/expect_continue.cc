#include "customize/builtin_handlers.h"
#include "customize/registration.h"
#include <botocxx/base/text_encoding.h>

namespace botocxx::customize {
namespace {

// botocore's `ensure_boolean`.
bool is_set(const Environment& environment, std::string_view name) {
  auto value = environment.get(name);
  return value && to_lower(*value) == "true";
}

bool has_content(const BeforeCall& event) {
  if (event.request.body.is_stream()) return true;
  // botocore makes a stream of what is in memory, for these two.
  std::string_view name = event.operation.name();
  return (name == "PutObject" || name == "UploadPart") && !event.params["Body"].is_null();
}

}  // namespace

// A store that refuses an upload, or sends it elsewhere, says so before it is sent.
void register_expect_continue(Events& events, const Host& host) {
  on(events, "before-call.s3", [environment = host.environment](BeforeCall& event) {
    std::string_view method = event.operation.http_method();
    if ((method != "PUT" && method != "POST") || !has_content(event)) return;
    bool skip_empty = is_set(*environment, "BOTO_EXPERIMENTAL__NO_EMPTY_CONTINUE");
    if (skip_empty && event.request.body.size() == 0) return;
    event.request.headers.set("Expect", "100-continue");
  });
}

}  // namespace botocxx::customize
