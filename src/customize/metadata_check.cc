#include "customize/builtin_handlers.h"
#include "customize/registration.h"

#include <fmt/format.h>

#include <algorithm>

namespace botocxx::customize {
namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Headers carry it.
Result<void> check_metadata(BeforeParameterBuild& event) {
  for (const Value::Member& member : event.params["Metadata"].members()) {
    std::string_view value = member.value.get_if_string().value_or("");
    if (is_ascii(member.key) && is_ascii(value)) continue;
    return invalid_parameter(
        fmt::format("Non ascii characters found in S3 metadata for key \"{}\", value: \"{}\".  \n"
                    "S3 metadata can only contain ASCII characters. ",
                    member.key.view(), value));
  }
  return {};
}

}  // namespace

void register_metadata_check(Events& events) {
  for (auto operation : {"CopyObject", "PutObject", "CreateMultipartUpload"}) {
    on(events, fmt::format("before-parameter-build.s3.{}", operation), check_metadata);
  }
}

}  // namespace botocxx::customize
