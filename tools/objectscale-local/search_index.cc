#include "search_index.h"

#include "service_error.h"
#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

#include <algorithm>

namespace botocxx::objectscale {
namespace {

SqlValue to_sql(const IndexValue& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
  return std::get<std::string>(value);
}

std::optional<IndexValue> system_value(const SearchKey& key, const ObjectVersion& object) {
  constexpr std::int64_t kMicroseconds = 1000;
  if (key.name == "size") return IndexValue(object.size);
  if (key.name == "lastmodified") return IndexValue(object.modified_ms * kMicroseconds);
  if (key.name == "createtime") return IndexValue(object.created_ms * kMicroseconds);
  if (key.name == "owner") return IndexValue(object.owner);
  if (key.name == "objectname") return IndexValue(object.key);
  return std::nullopt;
}

std::optional<IndexValue> value_of(const SearchKey& key, const ObjectVersion& object) {
  if (!key.name.starts_with(kUserPrefix)) return system_value(key, object);
  const Value* text = object.metadata.find(std::string_view(key.name).substr(kUserPrefix.size()));
  if (!text || !text->is_string()) return std::nullopt;
  return parse_index_value(key.datatype, text->as_string());
}

Error invalid(std::string message) { return service_error("InvalidArgument", std::move(message)); }

class Compiler {
 public:
  explicit Compiler(const std::vector<SearchKey>& keys) : keys_(keys) {}

  Result<void> compile(const Expression& expression, CompiledQuery& out) {
    if (expression.kind == Expression::Kind::kCondition) return condition(expression, out);
    bool conjunction = expression.kind == Expression::Kind::kAnd;
    return range(expression.parts, conjunction ? " AND " : " OR ", out);
  }

 private:
  /// Halves the parts, so that SQL's own nesting stays low.
  Result<void> range(std::span<const Expression> parts, std::string_view word, CompiledQuery& out) {
    if (parts.size() == 1) return compile(parts.front(), out);
    out.condition += '(';
    std::size_t half = parts.size() / 2;
    if (Result<void> done = range(parts.first(half), word, out); !done) return done;
    out.condition += word;
    if (Result<void> done = range(parts.subspan(half), word, out); !done) return done;
    out.condition += ')';
    return {};
  }

  Result<void> condition(const Expression& expression, CompiledQuery& out) {
    const Condition& condition = expression.condition;
    const SearchKey* key = find_search_key(keys_, condition.selector);
    if (!key)
      return invalid("query: " + condition.selector + " is not a key of the bucket's index");
    if (condition.quoted && key->datatype != Datatype::kString) {
      return invalid(fmt::format("query: {} is of type {}, its values have no quotes", key->shown,
                                 to_string(key->datatype)));
    }
    std::optional<IndexValue> value = parse_index_value(key->datatype, condition.argument);
    if (!value) {
      return invalid(fmt::format("query: '{}' is not a value of type {}, as {} wants",
                                 condition.argument, to_string(key->datatype), key->shown));
    }
    out.condition += fmt::format(
        "EXISTS(SELECT 1 FROM index_values i WHERE i.bucket = v.bucket AND i.version = v.id "
        "AND i.name = ? AND i.value {} ?)",
        to_string(condition.comparison));
    out.values.emplace_back(key->name);
    out.values.push_back(to_sql(*value));
    return {};
  }

  const std::vector<SearchKey>& keys_;
};

bool names(const Condition& condition, std::string_view key) {
  return equals_ignore_case(condition.selector, key);
}

/// Whether nothing without `key` can match.
bool requires_key(const Expression& expression, std::string_view key) {
  auto does = [&](const Expression& part) { return requires_key(part, key); };
  switch (expression.kind) {
    case Expression::Kind::kCondition:
      return names(expression.condition, key);
    case Expression::Kind::kAnd:
      return std::ranges::any_of(expression.parts, does);
    case Expression::Kind::kOr:
      break;
  }
  return std::ranges::all_of(expression.parts, does);
}

/// What the whole expression demands of the sort key's value, as far as it is easily seen.
void collect_bounds(const Expression& expression, const std::vector<SearchKey>& keys,
                    CompiledQuery& query) {
  if (expression.kind == Expression::Kind::kAnd) {
    for (const Expression& part : expression.parts) {
      if (part.kind == Expression::Kind::kCondition) collect_bounds(part, keys, query);
    }
  }
  if (expression.kind != Expression::Kind::kCondition) return;
  const Condition& condition = expression.condition;
  if (!names(condition, query.sort_key)) return;
  const SearchKey* key = find_search_key(keys, condition.selector);
  std::optional<IndexValue> value = parse_index_value(key->datatype, condition.argument);
  query.sort_bounds.push_back({condition.comparison, to_sql(*value)});
}

/// A statement's text and parameters as they grow together.
class Sql {
 public:
  void add(std::string_view text, std::initializer_list<SqlValue> values = {}) {
    text_ += text;
    values_.insert(values_.end(), values);
  }
  void add(std::string_view text, const std::vector<SqlValue>& values) {
    text_ += text;
    values_.insert(values_.end(), values.begin(), values.end());
  }
  const std::string& text() const { return text_; }
  void bind_to(Statement& statement) const {
    for (const SqlValue& value : values_) statement.bind(value);
  }

 private:
  std::string text_;
  std::vector<SqlValue> values_;
};

// A match's sort value where objects without the key may match too.
constexpr std::string_view kLookUp =
    "FROM (SELECT v.*, (SELECT i.value FROM index_values i WHERE i.version = v.id AND i.name = ?) "
    "AS sort_value FROM versions v WHERE v.bucket = ?) v WHERE v.bucket = ?";
// Where none of them may, the index gives the order, and a page needs no more than its rows.
constexpr std::string_view kDriveByIndex =
    "FROM index_values s CROSS JOIN versions v ON v.id = s.version WHERE s.bucket = ? AND s.name = "
    "?";

/// The rows behind `after` in the order of results.
void add_seek(Sql& sql, const SearchPosition& after, std::string_view sort) {
  if (std::holds_alternative<std::monostate>(after.sort_value)) {
    sql.add(fmt::format(" AND ({0} IS NOT NULL OR ", sort));
  } else {
    sql.add(fmt::format(" AND {0} >= ? AND ({0} > ? OR ", sort),
            {after.sort_value, after.sort_value});
  }
  sql.add("v.key > ? OR (v.key = ? AND v.id < ?))", {after.key, after.key, after.id});
}

Sql scan_statement(const Bucket& bucket, const CompiledQuery& query, const SearchScan& scan) {
  Sql sql;
  std::string_view sort = query.always_sortable ? "s.value" : "v.sort_value";
  sql.add(fmt::format("SELECT v.id, v.key, {} ", sort));
  if (query.always_sortable) {
    sql.add(kDriveByIndex, {bucket.id, query.sort_key});
    for (const CompiledQuery::Bound& bound : query.sort_bounds) {
      sql.add(fmt::format(" AND s.value {} ?", to_string(bound.comparison)), {bound.value});
    }
  } else {
    sql.add(kLookUp, {query.sort_key, bucket.id, bucket.id});
  }
  sql.add(" AND v.delete_marker = 0");
  if (scan.versions == VersionScope::kLatest) sql.add(" AND v.latest = 1");
  if (!scan.prefix.empty()) {
    sql.add(" AND v.key >= ?", {scan.prefix});
    if (auto end = prefix_end(scan.prefix)) sql.add(" AND v.key < ?", {*end});
  }
  sql.add(" AND " + query.condition, query.values);
  if (scan.after) add_seek(sql, *scan.after, sort);
  sql.add(fmt::format(" ORDER BY {}, v.key, v.id DESC", sort));
  return sql;
}

}  // namespace

void index_version(Database& database, const Bucket& bucket, const ObjectVersion& object) {
  if (!bucket.search) return;
  database.prepare("DELETE FROM index_values WHERE version = ?").bind(object.id).run();
  if (object.delete_marker) return;
  for (const SearchKey& key : search_keys_of(database, bucket)) {
    std::optional<IndexValue> value = value_of(key, object);
    if (!value) continue;
    database.prepare("INSERT INTO index_values(bucket, name, value, version) VALUES(?, ?, ?, ?)")
        .bind_all(bucket.id, std::string_view(key.name), to_sql(*value), object.id)
        .run();
  }
}

Result<CompiledQuery> compile_query(const Expression& expression,
                                    const std::vector<SearchKey>& keys, std::string_view sorted) {
  CompiledQuery query;
  if (Result<void> done = Compiler(keys).compile(expression, query); !done) {
    return std::move(done).error();
  }
  std::vector<const Condition*> conditions = conditions_of(expression);
  query.sort_key = to_lower(sorted.empty() ? conditions.front()->selector : sorted);
  if (std::ranges::none_of(conditions, [&](const Condition* condition) {
        return names(*condition, query.sort_key);
      })) {
    return invalid(fmt::format("sorted: {} does not occur in the query", sorted));
  }
  query.always_sortable = requires_key(expression, query.sort_key);
  collect_bounds(expression, keys, query);
  return query;
}

void scan_matches(Database& database, const Bucket& bucket, const CompiledQuery& query,
                  const SearchScan& scan, const std::function<bool(const Match&)>& visit) {
  Sql sql = scan_statement(bucket, query, scan);
  Statement row = database.prepare_once(sql.text());
  sql.bind_to(row);
  while (row.step()) {
    if (!visit({row.integer(0), row.text(1), row.value(2)})) return;
  }
}

std::optional<std::string> prefix_end(std::string_view prefix) {
  std::string end(prefix);
  while (!end.empty()) {
    auto last = static_cast<unsigned char>(end.back());
    if (last < 0xFF) {
      end.back() = static_cast<char>(last + 1);
      return end;
    }
    end.pop_back();
  }
  return std::nullopt;
}

}  // namespace botocxx::objectscale
