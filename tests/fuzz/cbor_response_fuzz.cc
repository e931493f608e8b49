// Any answer: status (first octet), header lines up to an empty one, CBOR body. Results and errors
// are made of it; what they hold is copied and printed. The body is also read as a value, which
// must agree with skipping it.
#include "codec/cbor_value.h"
#include "codec/json.h"
#include "protocol/parser.h"
#include "unit/protocol/small_model.h"

#include <cstdint>
#include <cstdlib>

namespace {

using namespace botocxx;

const ServiceModel& fuzzed_model() {
  static const auto made = protocol::small_model(
      "{}",
      "'Out':{'type':'structure','members':{'S':{'shape':'S'},'I':{'shape':'I'},'F':{'shape':'F'},"
      "'B':{'shape':'B'},'X':{'shape':'X'},'T':{'shape':'T'},'L':{'shape':'Ss'},'M':{'shape':'M'},"
      "'Q':{'shape':'Q'},'U':{'shape':'U'},'R':{'shape':'R'}}},"
      "'Oops':{'type':'structure','exception':true,'members':{'Message':{'shape':'S'},'R':{'shape':"
      "'R'}}},"
      "'U':{'type':'structure','union':true,'members':{'A':{'shape':'S'},'R':{'shape':'R'}}},"
      "'R':{'type':'structure','members':{'R':{'shape':'R'},'Rs':{'shape':'Rs'},'Q':{'shape':'Q'}}}"
      ","
      "'Rs':{'type':'list','member':{'shape':'R'}},"
      "'Q':{'type':'map','key':{'shape':'S'},'value':{'shape':'U'}}",
      "", ",'targetPrefix':'Small'");
  return *made;
}

HttpResponse take_head(std::string_view& text) {
  HttpResponse head;
  while (!text.empty()) {
    std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.empty()) break;
    std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    head.headers.add(std::string(line.substr(0, colon)), std::string(line.substr(colon + 1)));
  }
  return head;
}

void read_as_a_value(std::string_view body) {
  codec::CborReader reader(body);
  bool skipped = reader.skip().has_value();
  auto value = codec::read_cbor(body);
  if (value && !skipped) std::abort();
  if (value) static_cast<void>(codec::write_json(*value));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
  HttpResponse head = take_head(text);
  head.status = 200 + data[0] * 2;
  std::string body(text);
  read_as_a_value(body);
  constexpr std::string_view kProtocol = "smithy-rpc-v2-cbor";
  Operation operation = fuzzed_model().operations()[0];
  Error error = protocol::parse_error(operation, kProtocol, head, body);
  std::pmr::monotonic_buffer_resource arena;
  auto result = protocol::parse_output(operation, kProtocol, head, body, &arena);
  Value copy = result ? Value(*result) : Value(result.error().describe());
  body.assign(body.size(), '\0');  // copies and errors own what they hold
  static_cast<void>(codec::write_json(copy));
  static_cast<void>(codec::write_json(*error.fields()));
  return 0;
}
