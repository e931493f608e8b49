#pragma once

#include "bucket_table.h"
#include "database.h"
#include <botocxx/value/value.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::objectscale {

inline constexpr std::string_view kNullVersion = "null";

/// One version of an object, or a delete marker.
struct ObjectVersion {
  std::int64_t id = 0;  ///< grows with every write
  std::string key;
  std::string version_id{kNullVersion};
  bool latest = true;
  bool delete_marker = false;
  std::int64_t size = 0;
  std::string etag;  ///< without quotes
  std::int64_t created_ms = 0;
  std::int64_t modified_ms = 0;
  std::string owner;
  std::string file;  ///< name in the blob store; empty for delete markers
  Value attributes;  ///< members of GetObject's output that the writer chose, as texts
  Value metadata;    ///< user metadata: lower-case names without prefix
};

/// "SELECT columns FROM versions v "; read rows with `read_object`.
std::string_view object_columns();
ObjectVersion read_object(const Statement& row);

/// The latest version, delete markers included.
std::optional<ObjectVersion> find_latest(Database& database, const Bucket& bucket,
                                         std::string_view key);
/// By `ObjectVersion::id`.
std::optional<ObjectVersion> find_by_id(Database& database, std::int64_t id);
std::optional<ObjectVersion> find_version(Database& database, const Bucket& bucket,
                                          std::string_view key, std::string_view version_id);

/// Adds a version as the latest, in the place of the one with the same version id, and indexes it.
/// Returns the file that is not needed any more, empty when there is none.
std::string put_version(Database& database, const Bucket& bucket, ObjectVersion& object);
/// Replaces content and attributes of a version, keeping its place.
void update_version(Database& database, const Bucket& bucket, const ObjectVersion& object);
/// Removes a version; the newest of the rest becomes the latest.
void remove_version(Database& database, const Bucket& bucket, const ObjectVersion& object);
/// Removes all versions of a bucket; returns their files.
std::vector<std::string> remove_all_versions(Database& database, const Bucket& bucket);

}  // namespace botocxx::objectscale
