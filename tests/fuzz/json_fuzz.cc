// JSON text of any kind: an answer or an error, and what was read is written and read again the
// same.
#include "codec/json.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  auto value = botocxx::codec::parse_json(text);
  if (!value) return 0;
  auto again = botocxx::codec::parse_json(botocxx::codec::write_json(*value));
  if (!again || *again != *value) std::abort();
  return 0;
}
