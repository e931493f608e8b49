#include "search_index.h"

#include "service_error.h"
#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

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

constexpr std::string_view kSort =
    "(SELECT i.value FROM index_values i WHERE i.version = v.id AND i.name = ?)";

/// The rows behind `after` in the order of results.
void append_seek(const SearchPosition& after, const std::string& sort_key, std::string& sql,
                 std::vector<SqlValue>& values) {
  bool missing = std::holds_alternative<std::monostate>(after.sort_value);
  std::string sort(kSort);
  sql += " AND (";
  values.emplace_back(sort_key);
  if (missing) {
    sql += sort + " IS NOT NULL OR (" + sort + " IS NULL";
    values.emplace_back(sort_key);
  } else {
    sql += sort + " > ? OR (" + sort + " = ?";
    values.push_back(after.sort_value);
    values.emplace_back(sort_key);
    values.push_back(after.sort_value);
  }
  sql += " AND (v.key > ? OR (v.key = ? AND v.id < ?))))";
  values.emplace_back(after.key);
  values.emplace_back(after.key);
  values.emplace_back(after.id);
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
  query.sort_key = to_lower(conditions.front()->selector);
  if (sorted.empty()) return query;
  query.sort_key = to_lower(sorted);
  for (const Condition* condition : conditions) {
    if (equals_ignore_case(condition->selector, sorted)) return query;
  }
  return invalid(fmt::format("sorted: {} does not occur in the query", sorted));
}

void scan_matches(
    Database& database, const Bucket& bucket, const CompiledQuery& query, const SearchScan& scan,
    const std::function<bool(const ObjectVersion&, const SqlValue& sort_value)>& visit) {
  std::string sql(object_columns());
  std::string sort(kSort);
  // The sort value is one more column behind the object's own.
  sql.insert(sql.find(" FROM "), ", " + sort + " AS sort_value");
  std::vector<SqlValue> values{query.sort_key};
  sql += "WHERE v.bucket = ? AND v.delete_marker = 0";
  values.emplace_back(bucket.id);
  if (scan.versions == VersionScope::kLatest) sql += " AND v.latest = 1";
  if (!scan.prefix.empty()) {
    sql += " AND v.key >= ?";
    values.emplace_back(scan.prefix);
    if (std::optional<std::string> end = prefix_end(scan.prefix)) {
      sql += " AND v.key < ?";
      values.emplace_back(*end);
    }
  }
  sql += " AND " + query.condition;
  values.insert(values.end(), query.values.begin(), query.values.end());
  if (scan.after) append_seek(*scan.after, query.sort_key, sql, values);
  sql += " ORDER BY sort_value, v.key, v.id DESC";
  constexpr int kSortColumn = 13;
  Statement row = database.prepare_once(sql);
  for (const SqlValue& value : values) row.bind(value);
  while (row.step()) {
    if (!visit(read_object(row), row.value(kSortColumn))) return;
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
