#include "key_listing.h"

#include "search_index.h"

#include <algorithm>

namespace botocxx::objectscale {
namespace {

/// Where the scan goes on: at `from` or behind it.
struct Cursor {
  std::string from;
  bool inclusive = true;
  std::int64_t after_id = 0;  ///< older versions of the name `from` come first
};

/// What lies behind everything that begins with `prefix`; nothing when that is the end.
std::optional<Cursor> behind_group(const std::string& prefix) {
  std::optional<std::string> end = prefix_end(prefix);
  if (!end) return std::nullopt;
  return Cursor{*end, true, 0};
}

Statement open_scan(Database& database, const KeyListing& listing, const Cursor& cursor) {
  std::string sql(object_columns());
  sql += "WHERE v.bucket = ?";
  if (!listing.all_versions) sql += " AND v.latest = 1 AND v.delete_marker = 0";
  bool inside = cursor.after_id != 0;
  sql += cursor.inclusive || inside ? " AND v.key >= ?" : " AND v.key > ?";
  if (inside) sql += " AND (v.key > ? OR v.id < ?)";
  std::optional<std::string> end = prefix_end(listing.prefix);
  if (!listing.prefix.empty() && end) sql += " AND v.key < ?";
  sql += " ORDER BY v.key, v.id DESC";
  return database.prepare_once(sql);
}

void bind_scan(Statement& row, const Bucket& bucket, const KeyListing& listing,
               const Cursor& cursor) {
  row.bind(bucket.id).bind(std::string_view(cursor.from));
  if (cursor.after_id != 0) row.bind(std::string_view(cursor.from)).bind(cursor.after_id);
  std::optional<std::string> end = prefix_end(listing.prefix);
  if (!listing.prefix.empty() && end) row.bind(std::string_view(*end));
}

std::string group_of(const KeyListing& listing, const std::string& key) {
  if (listing.delimiter.empty()) return {};
  std::size_t end = key.find(listing.delimiter, listing.prefix.size());
  return end == std::string::npos ? std::string() : key.substr(0, end + listing.delimiter.size());
}

std::optional<Cursor> first_cursor(const KeyListing& listing) {
  if (listing.after < listing.prefix) return Cursor{listing.prefix, true, 0};
  // A page that ended with a group goes on behind all of it.
  if (std::string group = group_of(listing, listing.after);
      !group.empty() && group == listing.after) {
    return behind_group(group);
  }
  return Cursor{listing.after, listing.after.empty(), listing.after_id};
}

/// Adds rows from the cursor on until the page is full, the rows end, or a group was added: then
/// the scan begins anew behind the group.
std::optional<Cursor> fill(Database& database, const Bucket& bucket, const KeyListing& listing,
                           const Cursor& cursor, KeyPage& page) {
  Statement row = open_scan(database, listing, cursor);
  bind_scan(row, bucket, listing, cursor);
  while (row.step()) {
    if (static_cast<std::int64_t>(page.objects.size() + page.prefixes.size()) >= listing.max_keys) {
      page.truncated = true;
      return std::nullopt;
    }
    ObjectVersion object = read_object(row);
    if (std::string group = group_of(listing, object.key); !group.empty()) {
      page.last = group;
      page.last_id = 0;
      page.prefixes.push_back(group);
      return behind_group(group);
    }
    page.last = object.key;
    page.last_id = object.id;
    page.last_version = object.version_id;
    page.objects.push_back(std::move(object));
  }
  return std::nullopt;
}

}  // namespace

KeyPage list_keys(Database& database, const Bucket& bucket, const KeyListing& listing) {
  KeyPage page;
  if (listing.max_keys <= 0) return page;
  std::optional<Cursor> cursor = first_cursor(listing);
  while (cursor) cursor = fill(database, bucket, listing, *cursor, page);
  return page;
}

}  // namespace botocxx::objectscale
