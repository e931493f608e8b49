#include "model/file_names.h"

#include <botocxx/base/text_encoding.h>

#include <algorithm>
#include <array>
#include <vector>

namespace botocxx::model {
namespace {

constexpr std::array<std::string_view, 8> kTypes{
    "service-2",  "paginators-1",        "waiters-2",        "resources-1",
    "examples-1", "endpoint-rule-set-1", "endpoint-tests-1", "completions-1"};
constexpr std::string_view kExtrasEnding = ".sdk-extras";

bool is_known_type(std::string_view type) {
  return std::find(kTypes.begin(), kTypes.end(), type) != kTypes.end();
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "name-1": other software may keep types of its own beside the known ones.
bool has_form_of_type(std::string_view type) {
  std::size_t dash = type.rfind('-');
  if (dash == type.npos || dash == 0 || dash + 1 == type.size()) return false;
  bool number =
      std::all_of(type.begin() + static_cast<std::ptrdiff_t>(dash) + 1, type.end(), is_digit);
  return number && type.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == type.npos;
}

std::vector<std::string> known_types() { return {kTypes.begin(), kTypes.end()}; }

bool take_ending(std::string_view& name, std::string_view ending) {
  if (!name.ends_with(ending)) return false;
  name.remove_suffix(ending.size());
  return true;
}

}  // namespace

std::optional<ModelFileName> parse_file_name(std::string_view name) {
  ModelFileName parts;
  parts.compressed = take_ending(name, ".gz");
  if (!take_ending(name, ".json")) return std::nullopt;
  parts.is_extras = take_ending(name, kExtrasEnding);
  std::size_t dot = name.find('.');
  if (dot != name.npos) {
    if (!parts.is_extras || dot + 1 == name.size()) return std::nullopt;
    parts.extras = name.substr(dot + 1);
    name = name.substr(0, dot);
  }
  if (!is_known_type(name)) {
    // A name near a known one is a slip of the pen, not another type.
    if (!has_form_of_type(name) || nearest_name(name, known_types())) return std::nullopt;
  }
  parts.type = name;
  return parts;
}

bool is_misnamed(std::string_view name) {
  if (name.empty() || name.front() == '.' || parse_file_name(name)) return false;
  std::string lower = to_lower(name);
  if (lower.find(".json") != lower.npos || lower.find("extras") != lower.npos) return true;
  return !nearest_file_name(name).empty();
}

std::string nearest_file_name(std::string_view name) {
  std::string lower = to_lower(name);
  std::string type = lower.substr(0, lower.find_first_of("._"));
  auto known = nearest_name(type, known_types());
  if (!known) return {};
  bool extras = lower.find("extra") != lower.npos;
  return *known + (extras ? std::string(kExtrasEnding) : "") + ".json";
}

}  // namespace botocxx::model
