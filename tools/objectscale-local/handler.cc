#include "handler.h"

#include "service_error.h"

#include <algorithm>
#include <array>

namespace botocxx::objectscale {
namespace {

struct Entry {
  std::string_view operation;
  Handler handler;
};

constexpr auto kHandlers = std::to_array<Entry>({
    {"ListBuckets", list_buckets_call},
    {"CreateBucket", create_bucket},
    {"HeadBucket", head_bucket},
    {"DeleteBucket", delete_bucket},
    {"GetBucketLocation", get_bucket_location},
    {"GetBucketVersioning", get_bucket_versioning},
    {"PutBucketVersioning", put_bucket_versioning},
    {"PutBucketIsStaleAllowed", put_bucket_is_stale_allowed},
    {"GetBucketDeletionStatus", get_bucket_deletion_status},
    {"EnableObjectLock", enable_object_lock},
    {"PutObject", put_object},
    {"GetObject", get_object},
    {"HeadObject", head_object},
    {"DeleteObject", delete_object},
    {"DeleteObjects", delete_objects},
    {"CopyObject", copy_object},
    {"CopyRange", copy_range},
    {"ExtendObjectRetention", extend_object_retention},
    {"ListObjects", list_objects},
    {"ListObjectsV2", list_objects_v2},
    {"ListObjectVersions", list_object_versions},
    {"CreateMultipartUpload", create_multipart_upload},
    {"UploadPart", upload_part},
    {"UploadPartCopy", upload_part_copy},
    {"ListParts", list_parts_call},
    {"ListMultipartUploads", list_multipart_uploads},
    {"CompleteMultipartUpload", complete_multipart_upload},
    {"AbortMultipartUpload", abort_multipart_upload},
    {"GetSystemMetadata", get_system_metadata},
    {"GetSearchMetadata", get_search_metadata},
    {"DisableMetadataSearch", disable_metadata_search},
    {"MetadataSearch", metadata_search},
    {"ListDataNodes", list_data_nodes},
    {"Ping", ping},
});

}  // namespace

Handler find_handler(std::string_view operation) {
  const auto* found = std::ranges::find(kHandlers, operation, &Entry::operation);
  return found == kHandlers.end() ? nullptr : found->handler;
}

std::string Call::text(std::string_view name) const {
  const Value& value = params[name];
  return value.is_string() ? std::string(value.as_string()) : std::string();
}

bool Call::has(std::string_view name) const { return !params[name].is_null(); }

std::int64_t Call::integer(std::string_view name, std::int64_t fallback) const {
  return params[name].get_if_int().value_or(fallback);
}

bool Call::flag(std::string_view name) const { return params[name].get_if_bool().value_or(false); }

Result<Bucket> bucket_named(Database& database, std::string_view name) {
  std::optional<Bucket> bucket = find_bucket(database, name);
  if (!bucket) return service_error("NoSuchBucket").with_context("BucketName", std::string(name));
  return *std::move(bucket);
}

Result<Bucket> bucket_of(Database& database, const Call& call) {
  return bucket_named(database, call.text("Bucket"));
}

Value owner_value(const std::string& owner) {
  return Value::object({{"DisplayName", owner}, {"ID", owner}});
}

}  // namespace botocxx::objectscale
