// A stream of messages. The first octet says in pieces of which size they come, whether their
// checksums are made right first (or nothing would get past them), and which protocol's documents
// they carry. What is understood is encoded again and must be the same then.
#include "base/crc.h"
#include "protocol/event_encoder.h"
#include "protocol/event_parser.h"
#include "unit/protocol/small_model.h"

#include <cstdint>
#include <cstdlib>

namespace {

using namespace botocxx;

const ServiceModel& fuzzed_model() {
  static const auto made = protocol::small_model(
      "{}",
      "'Out':{'type':'structure','members':{'E':{'shape':'E'},'A':{'shape':'S'}}},"
      "'E':{'type':'structure','eventstream':true,'members':{'X':{'shape':'EX'},'S':{'shape':'ES'},"
      "'D':{'shape':'ED'},'B':{'shape':'EB'},'H':{'shape':'EH'},'N':{'shape':'EN'},'Oops':{'shape':"
      "'Oops'}}},'EX':{'type':'structure','event':true,'members':{'P':{'shape':'X','eventpayload':"
      "true},'K':{'shape':'S','eventheader':true}}},"
      "'ES':{'type':'structure','event':true,'members':{'P':{'shape':'S','eventpayload':true}}},"
      "'ED':{'type':'structure','event':true,'members':{'P':{'shape':'D','eventpayload':true},'T':{"
      "'shape':'T','eventheader':true}}},'D':{'type':'structure','members':{'I':{'shape':'I'},'L':{"
      "'shape':'Ss'},'M':{'shape':'M'},'D':{'shape':'D'}}},"
      "'EB':{'type':'structure','event':true,'members':{'H':{'shape':'S','eventheader':true},'S':{"
      "'shape':'S'},'T':{'shape':'T'},'U':{'shape':'U'}}},'U':{'type':'structure','union':true,"
      "'members':{'A':{'shape':'S'},'B':{'shape':'I'}}},"
      "'EH':{'type':'structure','event':true,'members':{'B':{'shape':'B','eventheader':true},'I':{"
      "'shape':'I','eventheader':true},'L':{'shape':'L','eventheader':true},'X':{'shape':'X',"
      "'eventheader':true},'S':{'shape':'S','eventheader':true},'T':{'shape':'T','eventheader':"
      "true}"
      "}},'EN':{'type':'structure','event':true,'members':{}},"
      "'Oops':{'type':'structure','exception':true,'members':{'message':{'shape':'S'}}}");
  return *made;
}

std::uint32_t number_at(const std::string& octets, std::size_t at) {
  std::uint32_t out = 0;
  for (std::size_t i = 0; i < 4; ++i) out = out << 8 | static_cast<unsigned char>(octets[at + i]);
  return out;
}

void set_number(std::string& octets, std::size_t at, std::uint32_t number) {
  for (std::size_t i = 4; i-- > 0; number >>= 8) octets[at + i] = static_cast<char>(number & 0xff);
}

void make_checksums_right(std::string& octets) {
  for (std::size_t at = 0; octets.size() - at >= 16;) {
    std::size_t total = number_at(octets, at);
    std::string_view all = octets;
    set_number(octets, at + 8, base::crc32(all.substr(at, 8)));
    if (total < 16 || total > octets.size() - at) return;
    set_number(octets, at + total - 4, base::crc32(all.substr(at, total - 4)));
    at += total;
  }
}

// Events that hold no more than the encoder takes come back as they were.
void check_round_trip(const Shape& stream, const protocol::EventDocuments& documents,
                      const Value& event) {
  auto frame = protocol::EventEncoder(stream, documents).encode(event);
  std::string octets;
  if (!frame || !codec::append_event_frame(octets, *frame)) return;
  std::string_view rest = octets;
  auto read = codec::EventFrameDecoder().take(rest);
  if (!read || !*read || (*read)->payload != frame->payload) std::abort();
  if ((*read)->headers.size() != frame->headers.size()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  std::string octets(reinterpret_cast<const char*>(data + 1), size - 1);
  if ((data[0] & 1) != 0) make_checksums_right(octets);
  std::string_view protocol = (data[0] & 2) != 0 ? "smithy-rpc-v2-cbor" : "rest-xml";
  std::size_t piece_size = 1 + (data[0] >> 2) * 7;
  Shape stream = fuzzed_model().operations()[0].event_stream_output()->shape();
  static const protocol::EventDocuments kXml = *protocol::event_documents("rest-xml");
  static const protocol::EventDocuments kCbor = *protocol::event_documents("smithy-rpc-v2-cbor");
  const protocol::EventDocuments& documents = protocol == "rest-xml" ? kXml : kCbor;
  codec::EventFrameDecoder decoder;
  for (std::size_t at = 0; at < octets.size(); at += piece_size) {
    std::string_view piece = std::string_view(octets).substr(at, piece_size);
    while (!piece.empty()) {
      auto frame = decoder.take(piece);
      if (!frame) return 0;
      if (decoder.pending() > at + piece_size) std::abort();
      if (!*frame) continue;
      static_cast<void>(protocol::check_initial_response(stream, *frame, documents));
      auto event = protocol::parse_event(stream, **frame, documents);
      if (!event) static_cast<void>(event.error().describe());
      if (!event || !*event) continue;
      static_cast<void>(codec::write_json(**event));
      check_round_trip(stream, documents, **event);
    }
  }
  return 0;
}
