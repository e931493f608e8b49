#pragma once

#include <botocxx/events/events.h>
#include <botocxx/model/service_model.h>

namespace botocxx::customize {

/// Sends calls of a store to the region of their bucket when the first answer shows that it is
/// another than the client's: botocore's `S3RegionRedirectorv2`. Later calls for the bucket go
/// there at once. Does nothing for other services.
void register_bucket_redirect(const ServiceModel& model, Events& events);

}  // namespace botocxx::customize
