// Any answer, as a query and as an ec2 one: status (first octet), header lines up to an empty one,
// body. Results, ids and errors are made of it; what they hold is copied and printed.
#include "fuzz/xml_answer.h"
#include "protocol/parser.h"

#include <cstdint>

using namespace botocxx;

namespace {

void answer(std::string_view protocol, const HttpResponse& head, std::string body) {
  Operation operation = fuzz::fuzzed_model().operations()[0];
  Error error = protocol::parse_error(operation, protocol, head, body);
  std::pmr::monotonic_buffer_resource arena;
  auto parsed = protocol::parse_answer(operation, protocol, head, body, &arena);
  Value copy = parsed ? Value(parsed->output) : Value(parsed.error().describe());
  Value metadata = parsed ? Value(parsed->metadata) : Value();
  body.assign(body.size(), '\0');  // copies and errors own what they hold
  static_cast<void>(codec::write_json(copy));
  static_cast<void>(codec::write_json(metadata));
  static_cast<void>(error.describe());
  if (error.fields() != nullptr) static_cast<void>(codec::write_json(*error.fields()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
  HttpResponse head = fuzz::take_head(text);
  head.status = 200 + data[0] * 2;
  answer("query", head, std::string(text));
  answer("ec2", head, std::string(text));
  return 0;
}
