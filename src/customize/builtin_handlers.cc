#include "customize/builtin_handlers.h"

namespace botocxx::customize {

// Handlers of one name are called in the order in which they are registered: it is botocore's.
void register_builtin_handlers(Events& events, const Host& host) {
  register_service_names(events);
  register_operation_aliases(events);
  register_millisecond_timestamps(events);
  register_decoded_documents(events);
  register_bucket_location(events);
  register_queue_error_codes(events);
  register_expires_text(events);
  register_damaged_answers(events);
  register_oauth_errors(events);
  register_bucket_name_check(events);
  register_listing_encoding(events);
  register_copy_source(events);
  register_metadata_check(events);
  register_recursion_detection(events, host);
  register_expect_continue(events, host);
  register_archive_vaults(events);
  register_json_accept(events);
  register_xml_newlines(events);
  register_prediction_host(events);
  register_customer_keys(events);
  register_user_data(events);
  register_hosted_zone_ids(events);
  register_presigned_speech(events);
  register_search_by_post(events);
  register_cross_region_urls(events);
  register_api_version_header(events);
  register_parameter_aliases(events);
}

}  // namespace botocxx::customize
