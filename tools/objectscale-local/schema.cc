#include "schema.h"

#include <botocxx/base/error.h>

namespace botocxx::objectscale {
namespace {

constexpr std::int64_t kFormat = 1;

// `versions.id` grows with every write: it is the order of an object's versions.
// `index_values.value` has no type of its own: a key's values are all integers or all texts.
constexpr const char* kTables = R"sql(
CREATE TABLE IF NOT EXISTS buckets(
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  created_ms INTEGER NOT NULL,
  owner TEXT NOT NULL,
  versioning TEXT NOT NULL DEFAULT '',
  search INTEGER NOT NULL DEFAULT 0,
  settings TEXT NOT NULL DEFAULT '{}');
CREATE TABLE IF NOT EXISTS search_keys(
  bucket INTEGER NOT NULL REFERENCES buckets(id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  shown TEXT NOT NULL,
  datatype TEXT NOT NULL,
  PRIMARY KEY(bucket, name)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS versions(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  bucket INTEGER NOT NULL REFERENCES buckets(id),
  key TEXT NOT NULL,
  version_id TEXT NOT NULL,
  latest INTEGER NOT NULL,
  delete_marker INTEGER NOT NULL,
  size INTEGER NOT NULL,
  etag TEXT NOT NULL,
  created_ms INTEGER NOT NULL,
  modified_ms INTEGER NOT NULL,
  owner TEXT NOT NULL,
  file TEXT NOT NULL,
  attributes TEXT NOT NULL,
  metadata TEXT NOT NULL,
  UNIQUE(bucket, key, version_id));
CREATE INDEX IF NOT EXISTS versions_by_key ON versions(bucket, key, id DESC);
CREATE UNIQUE INDEX IF NOT EXISTS latest_versions ON versions(bucket, key) WHERE latest = 1;
CREATE TABLE IF NOT EXISTS index_values(
  bucket INTEGER NOT NULL,
  name TEXT NOT NULL,
  value NOT NULL,
  version INTEGER NOT NULL REFERENCES versions(id) ON DELETE CASCADE,
  PRIMARY KEY(bucket, name, value, version)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS index_values_by_version ON index_values(version, name);
CREATE TABLE IF NOT EXISTS uploads(
  id TEXT PRIMARY KEY,
  bucket INTEGER NOT NULL REFERENCES buckets(id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  initiated_ms INTEGER NOT NULL,
  owner TEXT NOT NULL,
  attributes TEXT NOT NULL,
  metadata TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS uploads_by_key ON uploads(bucket, key, id);
CREATE TABLE IF NOT EXISTS parts(
  upload TEXT NOT NULL REFERENCES uploads(id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  size INTEGER NOT NULL,
  etag TEXT NOT NULL,
  modified_ms INTEGER NOT NULL,
  file TEXT NOT NULL,
  PRIMARY KEY(upload, number)) WITHOUT ROWID;
)sql";

}  // namespace

void create_schema(Database& database) {
  std::int64_t format = 0;
  {
    Statement version = database.prepare("PRAGMA user_version");
    if (version.step()) format = version.integer(0);
  }
  if (format > kFormat) {
    throw_error(Error(ErrorKind::kInternal, "Storage",
                      "the data folder was written by a newer objectscale-local (format " +
                          std::to_string(format) + ")"));
  }
  database.execute(kTables);
  database.execute("PRAGMA user_version = " + std::to_string(kFormat));
}

}  // namespace botocxx::objectscale
