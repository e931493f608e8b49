#include "upload_table.h"

#include "codec/json.h"

namespace botocxx::objectscale {
namespace {

constexpr std::string_view kColumns =
    "SELECT id, key, initiated_ms, owner, attributes, metadata FROM uploads ";

Upload read_upload(const Statement& row) {
  Upload upload;
  upload.id = row.text(0);
  upload.key = row.text(1);
  upload.initiated_ms = row.integer(2);
  upload.owner = row.text(3);
  upload.attributes = codec::parse_json(row.text(4)).or_throw();
  upload.metadata = codec::parse_json(row.text(5)).or_throw();
  return upload;
}

}  // namespace

void insert_upload(Database& database, const Bucket& bucket, const Upload& upload) {
  database
      .prepare(
          "INSERT INTO uploads(id, bucket, key, initiated_ms, owner, attributes, metadata) "
          "VALUES(?, ?, ?, ?, ?, ?, ?)")
      .bind_all(std::string_view(upload.id), bucket.id, std::string_view(upload.key),
                upload.initiated_ms, std::string_view(upload.owner),
                std::string_view(codec::write_json(upload.attributes)),
                std::string_view(codec::write_json(upload.metadata)))
      .run();
}

std::optional<Upload> find_upload(Database& database, const Bucket& bucket, std::string_view key,
                                  std::string_view id) {
  Statement row =
      database.prepare(std::string(kColumns) + "WHERE bucket = ? AND key = ? AND id = ?");
  row.bind_all(bucket.id, key, id);
  if (!row.step()) return std::nullopt;
  return read_upload(row);
}

std::vector<Upload> list_uploads(Database& database, const Bucket& bucket,
                                 std::string_view prefix) {
  std::vector<Upload> uploads;
  Statement row = database.prepare(std::string(kColumns) + "WHERE bucket = ? ORDER BY key, id");
  row.bind(bucket.id);
  while (row.step()) {
    Upload upload = read_upload(row);
    if (upload.key.starts_with(prefix)) uploads.push_back(std::move(upload));
  }
  return uploads;
}

std::vector<std::string> remove_upload(Database& database, std::string_view id) {
  std::vector<std::string> files;
  for (const UploadedPart& part : list_parts(database, id)) files.push_back(part.file);
  database.prepare("DELETE FROM uploads WHERE id = ?").bind(id).run();
  return files;
}

std::string put_part(Database& database, std::string_view upload, const UploadedPart& part) {
  std::string old_file;
  {
    Statement row = database.prepare("SELECT file FROM parts WHERE upload = ? AND number = ?");
    row.bind_all(upload, part.number);
    if (row.step()) old_file = row.text(0);
  }
  database
      .prepare(
          "INSERT OR REPLACE INTO parts(upload, number, size, etag, modified_ms, file) "
          "VALUES(?, ?, ?, ?, ?, ?)")
      .bind_all(upload, part.number, part.size, std::string_view(part.etag), part.modified_ms,
                std::string_view(part.file))
      .run();
  return old_file;
}

std::vector<UploadedPart> list_parts(Database& database, std::string_view upload) {
  std::vector<UploadedPart> parts;
  Statement row = database.prepare(
      "SELECT number, size, etag, modified_ms, file FROM parts WHERE upload = ? ORDER BY number");
  row.bind(upload);
  while (row.step()) {
    parts.push_back({row.integer(0), row.integer(1), row.text(2), row.integer(3), row.text(4)});
  }
  return parts;
}

}  // namespace botocxx::objectscale
