#include "customize/bucket_names.h"
#include "customize/builtin_handlers.h"
#include "customize/registration.h"

#include <fmt/format.h>

namespace botocxx::customize {

void register_bucket_name_check(Events& events) {
  on(events, "before-parameter-build.s3", [](BeforeParameterBuild& event) -> Result<void> {
    // What is no text is left to validation.
    auto bucket = event.params["Bucket"].get_if_string();
    if (!bucket || is_bucket_name(*bucket) || is_bucket_arn(*bucket)) return {};
    return invalid_parameter(
        fmt::format("Invalid bucket name \"{}\": Bucket name must match the regex \"{}\" or be an "
                    "ARN matching the regex \"{}\"",
                    *bucket, kBucketPattern, kBucketArnPattern));
  });
}

}  // namespace botocxx::customize
