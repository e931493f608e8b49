// Any octets as JSON: everything that finds places in the text agrees with what was parsed.
#include "codec/json.h"

#include <cstdint>
#include <cstdlib>
#include <memory_resource>
#include <string_view>

namespace {

using botocxx::Value;

void locate_all(std::string_view text, const Value& value, const std::string& pointer, int depth) {
  if (depth > 4) return;
  if (!botocxx::codec::locate_json_pointer(text, pointer)) std::abort();
  for (const Value::Member& member : value.members()) {
    locate_all(text, member.value, pointer + "/" + botocxx::codec::json_pointer_token(member.key),
               depth + 1);
  }
  for (std::size_t i = 0; i < value.items().size() && i < 8; ++i) {
    locate_all(text, value[i], pointer + "/" + std::to_string(i), depth + 1);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 20'000) return 0;
  std::string_view text(reinterpret_cast<const char*>(data), size);
  std::pmr::monotonic_buffer_resource arena;
  botocxx::codec::JsonReadOptions options;
  options.resource = &arena;
  std::vector<std::string> duplicates;
  options.duplicates = &duplicates;
  botocxx::codec::locate_json_pointer(text, "/a/0/b");
  botocxx::codec::find_repeated_names(text);
  auto value = botocxx::codec::parse_json(text, options);
  if (!value) return 0;
  if (duplicates.empty() != botocxx::codec::find_repeated_names(text).empty()) std::abort();
  if (size < 2'000) locate_all(text, *value, "", 0);
  return 0;
}
