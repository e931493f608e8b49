#include "customize/builtin_handlers.h"
#include "customize/registration.h"
#include <botocxx/base/text_encoding.h>

namespace botocxx::customize {
namespace {

// Always, as botocore does: what is base64 already is encoded once more.
void encode_user_data(BeforeParameterBuild& event) {
  const Value& data = event.params["UserData"];
  if (!data.is_string() && !data.is_bytes()) return;
  event.params.set("UserData", base64_encode(as_byte_span(data.as_bytes())));
}

}  // namespace

void register_user_data(Events& events) {
  on(events, "before-parameter-build.ec2.RunInstances", encode_user_data);
  on(events, "before-parameter-build.autoscaling.CreateLaunchConfiguration", encode_user_data);
}

}  // namespace botocxx::customize
