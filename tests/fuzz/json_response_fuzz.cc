// Any answer, as a json and as a rest-json one: status (first octet), header lines up to an empty
// one, body. Results and errors are made of it; what they hold is copied and printed. The body is
// read without a shape, too.
#include "codec/json_tokens.h"
#include "fuzz/xml_answer.h"
#include "protocol/parser.h"

#include <cstdint>

using namespace botocxx;

namespace {

void answer(std::string_view protocol, const HttpResponse& head, std::string body) {
  Operation operation = fuzz::fuzzed_model().operations()[0];
  Error error = protocol::parse_error(operation, protocol, head, body);
  std::pmr::monotonic_buffer_resource arena;
  auto result = protocol::parse_output(operation, protocol, head, body, &arena);
  Value copy = result ? Value(*result) : Value(result.error().describe());
  body.assign(body.size(), '\0');  // copies and errors own what they hold
  static_cast<void>(codec::write_json(copy));
  static_cast<void>(codec::write_json(*error.fields()));
}

// A text that one reader takes, the other must take as well.
void skip_and_read(std::string_view body) {
  codec::JsonTokens skipped(body), read(body);
  skipped.skip_value();
  skipped.finish();
  Value value = read.read_value(std::pmr::get_default_resource());
  read.finish();
  if (skipped.failed() != read.failed()) std::abort();
  if (!read.failed()) static_cast<void>(codec::write_json(value));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
  HttpResponse head = fuzz::take_head(text);
  head.status = 200 + data[0] * 2;
  answer("json", head, std::string(text));
  answer("rest-json", head, std::string(text));
  skip_and_read(text);
  return 0;
}
