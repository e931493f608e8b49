#pragma once

#include <string_view>

namespace botocxx::customize {

/// The patterns that botocore's errors name.
inline constexpr std::string_view kBucketPattern = R"(^[a-zA-Z0-9.\-_]{1,255}$)";
inline constexpr std::string_view kBucketArnPattern =
    R"(^arn:(aws).*:(s3|s3-object-lambda):[a-z\-0-9]*:[0-9]{12}:accesspoint[/:])"
    R"([a-zA-Z0-9\-.]{1,63}$|^arn:(aws).*:s3-outposts:[a-z\-0-9]+:[0-9]{12}:outpost[/:])"
    R"([a-zA-Z0-9\-]{1,63}[/:]accesspoint[/:][a-zA-Z0-9\-]{1,63}$)";

/// Whether a text matches them as Python does, to which a line end behind the text is none.
bool is_bucket_name(std::string_view text);
bool is_bucket_arn(std::string_view text);

}  // namespace botocxx::customize
