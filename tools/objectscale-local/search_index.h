#pragma once

#include "object_table.h"
#include "query_expression.h"
#include "search_keys.h"
#include <botocxx/base/result.h>

#include <functional>
#include <optional>
#include <string>

namespace botocxx::objectscale {

/// Writes the index entries of a version (instead of the ones it has). A value that does not parse
/// as its key's type leaves no entry.
void index_version(Database& database, const Bucket& bucket, const ObjectVersion& object);

/// A query whose names and literals are known to be good.
struct CompiledQuery {
  struct Bound {
    Comparison comparison;
    SqlValue value;
  };
  std::string condition;         ///< SQL over `v`
  std::vector<SqlValue> values;  ///< its parameters
  std::string sort_key;          ///< lower-case
  /// Every match has the sort key; what follows then also holds for its value.
  bool always_sortable = false;
  std::vector<Bound> sort_bounds;
};

/// Errors ("InvalidArgument") for keys that the bucket does not index and literals of the wrong
/// type. `sorted` is empty or one of the expression's keys.
Result<CompiledQuery> compile_query(const Expression& expression,
                                    const std::vector<SearchKey>& keys, std::string_view sorted);

/// A place in the order of results: after the row with these values.
struct SearchPosition {
  SqlValue sort_value;
  std::string key;
  std::int64_t id = 0;
};

enum class VersionScope { kLatest, kAll };

struct SearchScan {
  VersionScope versions = VersionScope::kLatest;
  std::string prefix;
  std::optional<SearchPosition> after;
};

/// A match in the order of results.
struct Match {
  std::int64_t id = 0;  ///< of the version
  std::string key;
  SqlValue sort_value;
};

/// Calls `visit` for every match, ordered by the sort key's value, then name, then newest first;
/// objects without the sort key come first. Stops when `visit` returns false.
void scan_matches(Database& database, const Bucket& bucket, const CompiledQuery& query,
                  const SearchScan& scan, const std::function<bool(const Match&)>& visit);

/// The least text above all that begin with `prefix`; nothing when there is none.
std::optional<std::string> prefix_end(std::string_view prefix);

}  // namespace botocxx::objectscale
