#include "page/full_result.h"

#include <fmt/format.h>

#include <utility>
#include <vector>

namespace botocxx::page {
namespace {

bool is_numeric(const Value& value) { return value.is_number() || value.is_bool(); }

Value as_number(const Value& value) {
  return value.is_bool() ? Value(int{value.as_bool()}) : value;
}

Value sum(const Value& a, const Value& b) {
  std::int64_t total = 0;
  if (a.is_int() && b.is_int() && !__builtin_add_overflow(a.as_int(), b.as_int(), &total)) {
    return Value(total);
  }
  return Value(a.as_double() + b.as_double());
}

// Adds `more` to `existing`.
Result<void> extend(const PagePath& key, Value& existing, const Value& more) {
  if (more.is_list() && existing.is_list()) {
    for (const Value& item : more.items()) existing.push_back(item);
    return {};
  }
  if (more.is_string() && existing.is_string()) {
    existing = Value(std::string(existing.as_string()).append(more.as_string()));
    return {};
  }
  if (is_numeric(more) && is_numeric(existing)) {
    existing = sum(as_number(existing), as_number(more));
    return {};
  }
  bool addable = more.is_list() || more.is_string() || is_numeric(more);
  if (!addable) return {};
  return pagination_error(
      fmt::format("the result \"{}\" is of kind {} on one page and {} on another", key.text(),
                  to_string(existing.kind()), to_string(more.kind())));
}

// Objects within objects are merged, anything else of `from` replaces what is there.
void merge_objects(Value& into, const Value& from) {
  for (const Value::Member& member : from.members()) {
    Value* there = into.find(member.key);
    if (member.value.is_object() && there != nullptr && there->is_object()) {
      merge_objects(*there, member.value);
    } else {
      into.set(member.key, member.value);
    }
  }
}

}  // namespace

Result<void> add_page(const PagingRules& rules, const Value& page, Value& all) {
  for (const PagePath& key : rules.result_keys) {
    Value storage;
    auto found = key.find(page, storage);
    if (!found) return std::move(found).error();
    if ((*found)->is_null()) continue;
    if (Value* existing = key.place(all); existing != nullptr && !existing->is_null()) {
      if (auto added = extend(key, *existing, **found); !added) return added;
    } else if (auto set = key.set(all, **found); !set) {
      return set;
    }
  }
  return {};
}

Result<void> add_non_aggregate(const PagingRules& rules, const Value& part, Value& all) {
  std::vector<std::pair<const PagePath*, Value>> joined;
  for (const PagePath& key : rules.result_keys) {
    Value storage;
    auto there = key.find(part, storage);
    if (!there) return std::move(there).error();
    Value* list = key.place(all);
    if (!(*there)->is_list() || list == nullptr || !list->is_list()) continue;
    joined.emplace_back(&key, std::move(*list));
  }
  merge_objects(all, part);
  for (auto& [key, list] : joined) {
    if (auto set = key->set(all, std::move(list)); !set) return set;
  }
  return {};
}

}  // namespace botocxx::page
