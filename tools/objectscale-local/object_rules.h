#pragma once

#include "handler.h"
#include "object_table.h"
#include <botocxx/base/result.h>

/// What reading and writing objects have in common.
namespace botocxx::objectscale {

/// A key that can be stored: UTF-8, at most 1024 octets.
Result<void> check_key(const std::string& key);

/// What a writer says of an object beside its content.
Value attributes_of(const Call& call);
/// User metadata with lower-case names; error "MetadataTooLarge".
Result<Value> metadata_of(const Call& call);

/// The version that a call means: `VersionId`, else the latest. Errors "NoSuchKey",
/// "NoSuchVersion", "MethodNotAllowed" for a delete marker that was named.
Result<ObjectVersion> object_of(Database& database, const Bucket& bucket, const std::string& key,
                                const std::string& version_id);

/// Evaluates If-Match, If-None-Match, If-Modified-Since, If-Unmodified-Since as members with
/// `prefix` in their names ("" or "CopySource").
struct Preconditions {
  std::string if_match, if_none_match;
  std::optional<Timestamp> if_modified_since, if_unmodified_since;
};
Preconditions preconditions_of(const Call& call, std::string_view prefix);
enum class Purpose { kRead, kWrite };
/// Errors "PreconditionFailed", for reads also "NotModified". `object` is null where there is none.
Result<void> check_preconditions(const Preconditions& conditions, const ObjectVersion* object,
                                 Purpose purpose);

/// Error "ObjectUnderRetention" while the version must not be changed.
Result<void> check_retention(const Bucket& bucket, const ObjectVersion& object,
                             std::int64_t now_ms);

/// Fills in what `put_version` needs: version id by the bucket's versioning, owner, times. Fails
/// when the version that it would replace is under retention.
Result<void> prepare_version(Database& database, const Call& call, const Bucket& bucket,
                             ObjectVersion& object);

/// Sets VersionId in an output where the bucket has versions.
void set_version_id(const Bucket& bucket, const ObjectVersion& object, Value& output);

std::string quoted_etag(const ObjectVersion& object);
std::string unquoted(std::string_view etag);

/// "bucket/key[?versionId=id]", percent-encoded, as copies name their source.
struct ObjectName {
  std::string bucket, key, version_id;
};
Result<ObjectName> parse_copy_source(std::string_view text);

}  // namespace botocxx::objectscale
