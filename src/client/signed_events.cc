#include "client/signed_events.h"

#include "codec/event_frame.h"

namespace botocxx::client {
namespace {

Result<void> append_signed(std::string& out, std::string_view payload, auth::EventSigner& signer,
                           const Clock& clock) {
  auth::EventSignature signature = signer.sign(payload, clock.now());
  codec::EventFrame frame;
  frame.headers.push_back(
      {":date", codec::EventHeaderType::kTimestamp, Value(signature.date.seconds() * 1000)});
  frame.headers.push_back(
      {":chunk-signature", codec::EventHeaderType::kByteArray, Value(Bytes{signature.signature})});
  frame.payload = payload;
  return codec::append_event_frame(out, frame);
}

}  // namespace

Result<std::string> sign_event_messages(std::string_view messages, auth::EventSigner& signer,
                                        const Clock& clock) {
  std::string out;
  codec::EventFrameDecoder decoder;
  while (!messages.empty()) {
    const std::string_view before = messages;
    auto frame = decoder.take(messages);
    if (!frame) return std::move(frame).error();
    if (!*frame) {
      return Error(ErrorKind::kUsage, "InvalidEventMessage", "an event message is cut off");
    }
    std::string_view message = before.substr(0, before.size() - messages.size());
    if (auto added = append_signed(out, message, signer, clock); !added) {
      return std::move(added).error();
    }
  }
  if (auto added = append_signed(out, {}, signer, clock); !added) return std::move(added).error();
  return out;
}

}  // namespace botocxx::client
