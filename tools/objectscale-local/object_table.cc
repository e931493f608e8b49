#include "object_table.h"

#include "codec/json.h"
#include "search_index.h"

namespace botocxx::objectscale {
namespace {

void demote_latest(Database& database, const Bucket& bucket, std::string_view key) {
  database.prepare("UPDATE versions SET latest = 0 WHERE bucket = ? AND key = ? AND latest = 1")
      .bind_all(bucket.id, key)
      .run();
}

void promote_newest(Database& database, const Bucket& bucket, std::string_view key) {
  database
      .prepare(
          "UPDATE versions SET latest = 1 WHERE id = (SELECT id FROM versions "
          "WHERE bucket = ? AND key = ? ORDER BY id DESC LIMIT 1)")
      .bind_all(bucket.id, key)
      .run();
}

}  // namespace

std::string_view object_columns() {
  return "SELECT v.id, v.key, v.version_id, v.latest, v.delete_marker, v.size, v.etag, "
         "v.created_ms, v.modified_ms, v.owner, v.file, v.attributes, v.metadata FROM versions v ";
}

ObjectVersion read_object(const Statement& row) {
  ObjectVersion object;
  object.id = row.integer(0);
  object.key = row.text(1);
  object.version_id = row.text(2);
  object.latest = row.integer(3) != 0;
  object.delete_marker = row.integer(4) != 0;
  object.size = row.integer(5);
  object.etag = row.text(6);
  object.created_ms = row.integer(7);
  object.modified_ms = row.integer(8);
  object.owner = row.text(9);
  object.file = row.text(10);
  object.attributes = codec::parse_json(row.text(11)).or_throw();
  object.metadata = codec::parse_json(row.text(12)).or_throw();
  return object;
}

std::optional<ObjectVersion> find_latest(Database& database, const Bucket& bucket,
                                         std::string_view key) {
  Statement row = database.prepare(std::string(object_columns()) +
                                   "WHERE v.bucket = ? AND v.key = ? AND v.latest = 1");
  row.bind_all(bucket.id, key);
  if (!row.step()) return std::nullopt;
  return read_object(row);
}

std::optional<ObjectVersion> find_version(Database& database, const Bucket& bucket,
                                          std::string_view key, std::string_view version_id) {
  Statement row = database.prepare(std::string(object_columns()) +
                                   "WHERE v.bucket = ? AND v.key = ? AND v.version_id = ?");
  row.bind_all(bucket.id, key, version_id);
  if (!row.step()) return std::nullopt;
  return read_object(row);
}

std::optional<ObjectVersion> find_by_id(Database& database, std::int64_t id) {
  Statement row = database.prepare(std::string(object_columns()) + "WHERE v.id = ?");
  if (!row.bind(id).step()) return std::nullopt;
  return read_object(row);
}

std::string put_version(Database& database, const Bucket& bucket, ObjectVersion& object) {
  std::string old_file;
  std::optional<ObjectVersion> old = find_version(database, bucket, object.key, object.version_id);
  if (old) {
    old_file = old->file;
    database.prepare("DELETE FROM versions WHERE id = ?").bind(old->id).run();
  }
  demote_latest(database, bucket, object.key);
  database
      .prepare(
          "INSERT INTO versions(bucket, key, version_id, latest, delete_marker, size, etag, "
          "created_ms, modified_ms, owner, file, attributes, metadata) "
          "VALUES(?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .bind_all(bucket.id, std::string_view(object.key), std::string_view(object.version_id),
                std::int64_t{object.delete_marker}, object.size, std::string_view(object.etag),
                object.created_ms, object.modified_ms, std::string_view(object.owner),
                std::string_view(object.file),
                std::string_view(codec::write_json(object.attributes)),
                std::string_view(codec::write_json(object.metadata)))
      .run();
  object.id = database.last_row_id();
  index_version(database, bucket, object);
  return old_file;
}

void update_version(Database& database, const Bucket& bucket, const ObjectVersion& object) {
  database
      .prepare(
          "UPDATE versions SET size = ?, etag = ?, modified_ms = ?, file = ?, "
          "attributes = ?, metadata = ? WHERE id = ?")
      .bind_all(object.size, std::string_view(object.etag), object.modified_ms,
                std::string_view(object.file),
                std::string_view(codec::write_json(object.attributes)),
                std::string_view(codec::write_json(object.metadata)), object.id)
      .run();
  index_version(database, bucket, object);
}

void remove_version(Database& database, const Bucket& bucket, const ObjectVersion& object) {
  database.prepare("DELETE FROM versions WHERE id = ?").bind(object.id).run();
  if (object.latest) promote_newest(database, bucket, object.key);
}

std::vector<std::string> remove_all_versions(Database& database, const Bucket& bucket) {
  std::vector<std::string> files;
  {
    Statement row = database.prepare("SELECT file FROM versions WHERE bucket = ? AND file <> ''");
    row.bind(bucket.id);
    while (row.step()) files.push_back(row.text(0));
  }
  database.prepare("DELETE FROM versions WHERE bucket = ?").bind(bucket.id).run();
  return files;
}

}  // namespace botocxx::objectscale
