#include "bucket_table.h"

#include "codec/json.h"

namespace botocxx::objectscale {
namespace {

constexpr std::string_view kColumns =
    "SELECT id, name, created_ms, owner, versioning, search, settings FROM buckets ";

Bucket read_bucket(const Statement& row) {
  Bucket bucket;
  bucket.id = row.integer(0);
  bucket.name = row.text(1);
  bucket.created_ms = row.integer(2);
  bucket.owner = row.text(3);
  bucket.versioning = row.text(4);
  bucket.search = row.integer(5) != 0;
  bucket.settings = codec::parse_json(row.text(6)).or_throw();
  return bucket;
}

}  // namespace

std::optional<Bucket> find_bucket(Database& database, std::string_view name) {
  Statement row = database.prepare(std::string(kColumns) + "WHERE name = ?");
  row.bind(name);
  if (!row.step()) return std::nullopt;
  return read_bucket(row);
}

std::vector<Bucket> list_buckets(Database& database) {
  std::vector<Bucket> buckets;
  Statement row = database.prepare(std::string(kColumns) + "ORDER BY name");
  while (row.step()) buckets.push_back(read_bucket(row));
  return buckets;
}

void insert_bucket(Database& database, Bucket& bucket, std::span<const SearchKey> keys) {
  database
      .prepare(
          "INSERT INTO buckets(name, created_ms, owner, versioning, search, settings) "
          "VALUES(?, ?, ?, ?, ?, ?)")
      .bind_all(std::string_view(bucket.name), bucket.created_ms, std::string_view(bucket.owner),
                std::string_view(bucket.versioning), std::int64_t{bucket.search},
                std::string_view(codec::write_json(bucket.settings)))
      .run();
  bucket.id = database.last_row_id();
  for (const SearchKey& key : keys) {
    database.prepare("INSERT INTO search_keys(bucket, name, shown, datatype) VALUES(?, ?, ?, ?)")
        .bind_all(bucket.id, std::string_view(key.name), std::string_view(key.shown),
                  to_string(key.datatype))
        .run();
  }
}

void update_bucket(Database& database, const Bucket& bucket) {
  database.prepare("UPDATE buckets SET versioning = ?, search = ?, settings = ? WHERE id = ?")
      .bind_all(std::string_view(bucket.versioning), std::int64_t{bucket.search},
                std::string_view(codec::write_json(bucket.settings)), bucket.id)
      .run();
}

bool is_bucket_empty(Database& database, const Bucket& bucket) {
  Statement found = database.prepare("SELECT 1 FROM versions WHERE bucket = ? LIMIT 1");
  return !found.bind(bucket.id).step();
}

void remove_bucket(Database& database, const Bucket& bucket) {
  database.prepare("DELETE FROM buckets WHERE id = ?").bind(bucket.id).run();
}

std::vector<SearchKey> search_keys_of(Database& database, const Bucket& bucket) {
  std::vector<SearchKey> keys;
  Statement row = database.prepare(
      "SELECT name, shown, datatype FROM search_keys WHERE bucket = ? ORDER BY name");
  row.bind(bucket.id);
  while (row.step()) {
    keys.push_back(
        {row.text(0), row.text(1), parse_datatype(row.text(2)).value_or(Datatype::kString)});
  }
  return keys;
}

void drop_search_keys(Database& database, const Bucket& bucket) {
  database.prepare("DELETE FROM index_values WHERE bucket = ?").bind(bucket.id).run();
  database.prepare("DELETE FROM search_keys WHERE bucket = ?").bind(bucket.id).run();
}

}  // namespace botocxx::objectscale
