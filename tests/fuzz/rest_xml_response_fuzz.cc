// Any answer: status (first octet), header lines up to an empty one, body. Results and errors are
// made of it; what they hold is copied and printed.
#include "fuzz/xml_answer.h"
#include "protocol/parser.h"

#include <cstdint>

using namespace botocxx;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
  HttpResponse head = fuzz::take_head(text);
  head.status = 200 + data[0] * 2;
  std::string body(text);
  Operation operation = fuzz::fuzzed_model().operations()[0];
  Error error = protocol::parse_error(operation, "rest-xml", head, body);
  std::pmr::monotonic_buffer_resource arena;
  auto result = protocol::parse_output(operation, "rest-xml", head, body, &arena);
  Value copy = result ? Value(*result) : Value(result.error().describe());
  body.assign(body.size(), '\0');  // copies and errors own what they hold
  static_cast<void>(codec::write_json(copy));
  static_cast<void>(codec::write_json(*error.fields()));
  return 0;
}
