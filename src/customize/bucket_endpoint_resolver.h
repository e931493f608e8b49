#pragma once

#include "endpoint/partitions.h"
#include <botocxx/client/endpoint_resolver.h>

#include <memory>

namespace botocxx::customize {

/// Amazon S3 and its compatibles where there is no rule set: regional hosts, and the bucket in the
/// path or in the host.
///
/// The choice follows botocore: "path" in the path; a user's own endpoint: in the path unless
/// "virtual" is asked for; else in the host where the name allows it. A leading /{Bucket} is taken
/// out of the request URI only when the host really holds the bucket, so that an operation which
/// names its bucket in no other way still reaches it.
std::shared_ptr<const EndpointResolver> make_bucket_endpoint_resolver(
    std::shared_ptr<const endpoint::Partitions> partitions);

}  // namespace botocxx::customize
