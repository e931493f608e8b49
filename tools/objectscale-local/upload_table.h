#pragma once

#include "bucket_table.h"
#include <botocxx/value/value.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::objectscale {

/// A multipart upload under way.
struct Upload {
  std::string id;
  std::string key;
  std::int64_t initiated_ms = 0;
  std::string owner;
  Value attributes;
  Value metadata;
};

struct UploadedPart {
  std::int64_t number = 0;
  std::int64_t size = 0;
  std::string etag;  ///< without quotes
  std::int64_t modified_ms = 0;
  std::string file;
};

void insert_upload(Database& database, const Bucket& bucket, const Upload& upload);
std::optional<Upload> find_upload(Database& database, const Bucket& bucket, std::string_view key,
                                  std::string_view id);
/// Ordered by key, then id.
std::vector<Upload> list_uploads(Database& database, const Bucket& bucket, std::string_view prefix);
/// Removes an upload with its parts; returns the parts' files.
std::vector<std::string> remove_upload(Database& database, std::string_view id);
/// Returns the file of the part that it replaces, empty when there was none.
std::string put_part(Database& database, std::string_view upload, const UploadedPart& part);
/// Ordered by number.
std::vector<UploadedPart> list_parts(Database& database, std::string_view upload);

}  // namespace botocxx::objectscale
