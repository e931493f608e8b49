#include "codec/repeated_keys.h"

#include <unordered_map>
#include <unordered_set>

namespace botocxx::codec {
namespace {

// Maps up to this size are searched one by one.
constexpr std::size_t kSmallMap = 16;

bool has_repeated_key(const Value& map) {
  if (map.size() < 2) return false;
  if (map.size() <= kSmallMap) {
    for (const Value::Member& entry : map.members()) {
      if (map.find(entry.key) != &entry.value) return true;
    }
    return false;
  }
  std::unordered_set<std::string_view> seen;
  for (const Value::Member& entry : map.members()) {
    if (!seen.insert(entry.key.view()).second) return true;
  }
  return false;
}

}  // namespace

void drop_repeated_keys(Value& map) {
  if (!has_repeated_key(map)) return;
  std::unordered_map<std::string_view, std::size_t> last;
  for (std::size_t i = 0; i < map.size(); ++i) last[map.members()[i].key.view()] = i;
  Value unique(map.resource());
  unique.make_object();
  for (const Value::Member& entry : map.members()) {
    auto found = last.find(entry.key.view());
    if (found == last.end()) continue;
    Value& value = map.members()[found->second].value;
    unique.append_member(Key(entry.key, map.resource()), std::move(value));
    last.erase(found);
  }
  map = std::move(unique);
}

}  // namespace botocxx::codec
