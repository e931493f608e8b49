#include "codec/json.h"
#include <botocxx/codec/json.h>

namespace botocxx::inline v1 {

Result<Value> parse_json(std::string_view text) { return codec::parse_json(text, {}); }

std::string to_json(const Value& value, JsonLayout layout) {
  return codec::write_json(value, layout == JsonLayout::kIndented ? codec::JsonStyle::kIndented
                                                                  : codec::JsonStyle::kCompact);
}

}  // namespace botocxx::inline v1
