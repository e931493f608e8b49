#include "search_keys.h"

#include "service_error.h"
#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace botocxx::objectscale {
namespace {

using enum Datatype;

constexpr auto kIndexable = std::to_array<SystemKey>({
    {"LastModified", kDatetime, "mtime"},
    {"Owner", kString, "owner"},
    {"Size", kInteger, "size"},
    {"CreateTime", kDatetime, "createtime"},
    {"ObjectName", kString, "object-name"},
});

constexpr auto kOptional = std::to_array<SystemKey>({
    {"ContentEncoding", kString, "encoding"},
    {"ContentType", kString, "ctype"},
    {"CreateTime", kDatetime, "createtime"},
    {"Etag", kString, "etag"},
    {"Expiration", kDatetime, "expiration"},
    {"Expires", kDatetime, "Expires"},
    {"LastModified", kDatetime, "mtime"},
    {"Namespace", kString, "namespace"},
    {"ObjName", kString, "object-name"},
    {"ObjectName", kString, "object-name"},
    {"Owner", kString, "owner"},
    {"Retention", kInteger, "retention"},
    {"Size", kInteger, "size"},
});

std::string_view trim(std::string_view text) {
  std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

Error invalid(std::string message) { return service_error(kInvalidSearchList, std::move(message)); }

Result<SearchKey> parse_user_key(std::string_view name, std::string_view type) {
  if (name.size() == kUserPrefix.size())
    return invalid("a user key needs a name after x-amz-meta-");
  std::optional<Datatype> datatype = parse_datatype(type);
  if (!datatype) {
    return invalid(fmt::format(
        "{}: the datatype must be string, integer, datetime or decimal, not '{}'", name, type));
  }
  std::string lower = to_lower(name);
  return SearchKey{lower, lower, *datatype};
}

Result<SearchKey> parse_entry(std::string_view entry) {
  std::size_t semicolon = entry.find(';');
  std::string_view name = trim(entry.substr(0, semicolon));
  bool typed = semicolon != std::string_view::npos;
  std::string_view type = typed ? trim(entry.substr(semicolon + 1)) : std::string_view();
  if (name.empty()) return invalid("an entry of the list is empty");
  if (to_lower(name).starts_with(kUserPrefix)) return parse_user_key(name, type);
  const auto* known = std::ranges::find_if(
      kIndexable, [&](const SystemKey& key) { return equals_ignore_case(key.name, name); });
  if (known == kIndexable.end()) return invalid(fmt::format("{} can't be indexed", name));
  if (typed && parse_datatype(type) != known->datatype) {
    return invalid(
        fmt::format("{} is of type {}, not '{}'", known->name, to_string(known->datatype), type));
  }
  return SearchKey{to_lower(known->name), std::string(known->name), known->datatype};
}

}  // namespace

std::span<const SystemKey> indexable_system_keys() { return kIndexable; }
std::span<const SystemKey> optional_attributes() { return kOptional; }

Result<std::vector<SearchKey>> parse_search_keys(std::string_view header) {
  std::vector<SearchKey> keys;
  while (true) {
    std::size_t comma = header.find(',');
    Result<SearchKey> key = parse_entry(trim(header.substr(0, comma)));
    if (!key) return std::move(key).error();
    if (find_search_key(keys, key->name)) return invalid(key->shown + " occurs twice");
    keys.push_back(std::move(*key));
    if (keys.size() > kMostSearchKeys) {
      return invalid(fmt::format("more than {} keys", kMostSearchKeys));
    }
    if (comma == std::string_view::npos) return keys;
    header.remove_prefix(comma + 1);
  }
}

const SearchKey* find_search_key(std::span<const SearchKey> keys, std::string_view name) {
  auto found = std::ranges::find_if(
      keys, [&](const SearchKey& key) { return equals_ignore_case(key.name, name); });
  return found == keys.end() ? nullptr : &*found;
}

}  // namespace botocxx::objectscale
