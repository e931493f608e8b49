#pragma once

#include <botocxx/base/host.h>
#include <botocxx/events/events.h>

namespace botocxx::customize {

/// What services need beyond their models, as handlers of events: botocore's `BUILTIN_HANDLERS`,
/// one behaviour a file. `host` has to outlive the handlers.
void register_builtin_handlers(Events& events, const Host& host);

// The behaviours. Each registers its own handlers.
void register_service_names(Events& events);
void register_operation_aliases(Events& events);
void register_parameter_aliases(Events& events);
void register_bucket_name_check(Events& events);
void register_listing_encoding(Events& events);
void register_copy_source(Events& events);
void register_metadata_check(Events& events);
void register_customer_keys(Events& events);
void register_user_data(Events& events);
void register_hosted_zone_ids(Events& events);
void register_archive_vaults(Events& events);
void register_expect_continue(Events& events, const Host& host);
void register_xml_newlines(Events& events);
void register_recursion_detection(Events& events, const Host& host);
void register_json_accept(Events& events);
void register_api_version_header(Events& events);
void register_search_by_post(Events& events);
void register_prediction_host(Events& events);
void register_cross_region_urls(Events& events);
void register_millisecond_timestamps(Events& events);
void register_decoded_documents(Events& events);
void register_bucket_location(Events& events);
void register_expires_text(Events& events);
void register_damaged_answers(Events& events);
void register_oauth_errors(Events& events);
void register_queue_error_codes(Events& events);
void register_presigned_speech(Events& events);

}  // namespace botocxx::customize
