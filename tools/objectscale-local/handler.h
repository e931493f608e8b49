#pragma once

#include "bucket_table.h"
#include "endpoint.h"
#include <botocxx/base/result.h>
#include <botocxx/message/http.h>
#include <botocxx/model/service_model.h>
#include <botocxx/value/value.h>

#include <optional>
#include <string>
#include <string_view>

namespace botocxx::objectscale {

/// A request after routing, verification and decoding.
struct Call {
  Endpoint& endpoint;
  Operation operation;
  const Value& params;
  const HttpRequest& http;
  const std::string& owner;  ///< the access key; empty for operations without authentication

  /// A text parameter; empty when it is absent.
  std::string text(std::string_view name) const;
  bool has(std::string_view name) const;
  std::int64_t integer(std::string_view name, std::int64_t fallback) const;
  bool flag(std::string_view name) const;
};

struct Reply {
  Value output = Value::object();
  int status = 0;                       ///< 0: the operation's own
  Headers headers = {};                 ///< besides those of the model
  std::string root = {};                ///< name of the document's root element
  bool plain_namespace = false;         ///< the document has no default namespace
  std::optional<std::string> document;  ///< instead of what the model makes of `output`
};

using Handler = Result<Reply> (*)(const Call& call);

/// Null for operations that this endpoint does not know.
Handler find_handler(std::string_view operation);

/// The bucket that the call names; errors "NoSuchBucket" and "EmptyBucketInProgress".
Result<Bucket> bucket_of(Database& database, const Call& call);
Result<Bucket> bucket_named(Database& database, std::string_view name);

Value owner_value(const std::string& owner);

Result<Reply> list_buckets_call(const Call& call);
Result<Reply> create_bucket(const Call& call);
Result<Reply> head_bucket(const Call& call);
Result<Reply> delete_bucket(const Call& call);
Result<Reply> get_bucket_location(const Call& call);
Result<Reply> get_bucket_versioning(const Call& call);
Result<Reply> put_bucket_versioning(const Call& call);
Result<Reply> put_bucket_is_stale_allowed(const Call& call);
Result<Reply> get_bucket_deletion_status(const Call& call);
Result<Reply> enable_object_lock(const Call& call);

Result<Reply> put_object(const Call& call);
Result<Reply> get_object(const Call& call);
Result<Reply> head_object(const Call& call);
Result<Reply> delete_object(const Call& call);
Result<Reply> delete_objects(const Call& call);
Result<Reply> copy_object(const Call& call);
Result<Reply> copy_range(const Call& call);
Result<Reply> extend_object_retention(const Call& call);

Result<Reply> list_objects(const Call& call);
Result<Reply> list_objects_v2(const Call& call);
Result<Reply> list_object_versions(const Call& call);

Result<Reply> create_multipart_upload(const Call& call);
Result<Reply> upload_part(const Call& call);
Result<Reply> upload_part_copy(const Call& call);
Result<Reply> list_parts_call(const Call& call);
Result<Reply> list_multipart_uploads(const Call& call);
Result<Reply> complete_multipart_upload(const Call& call);
Result<Reply> abort_multipart_upload(const Call& call);

Result<Reply> get_system_metadata(const Call& call);
Result<Reply> get_search_metadata(const Call& call);
Result<Reply> disable_metadata_search(const Call& call);
Result<Reply> metadata_search(const Call& call);

Result<Reply> list_data_nodes(const Call& call);
Result<Reply> ping(const Call& call);

}  // namespace botocxx::objectscale
