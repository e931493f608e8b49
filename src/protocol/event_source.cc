#include "protocol/event_source.h"

#include <fmt/format.h>

#include <span>
#include <utility>

namespace botocxx::protocol {
namespace {

constexpr std::size_t kPiece = 32 * 1024;

}  // namespace

EventSource::EventSource(Body body) : body_(std::move(body)) {
  if (body_.is_stream()) {
    piece_.resize(kPiece);
    return;
  }
  piece_ = body_.bytes();
  rest_ = piece_;
}

// False at the end.
Result<bool> EventSource::fill() {
  if (!body_.is_stream()) return false;
  auto count = body_.stream()->read(std::as_writable_bytes(std::span(piece_)));
  if (!count) return std::move(count).error();
  rest_ = std::string_view(piece_).substr(0, *count);
  return *count > 0;
}

Result<std::optional<codec::EventFrame>> EventSource::next() {
  while (true) {
    auto frame = decoder_.take(rest_);
    if (!frame || *frame) return frame;
    auto more = fill();
    if (!more) return std::move(more).error();
    if (*more) continue;
    if (decoder_.pending() == 0) return std::optional<codec::EventFrame>();
    std::string of = decoder_.announced() == 0 ? "" : fmt::format(" of {}", decoder_.announced());
    return Error(ErrorKind::kTransport, "IncompleteRead",
                 fmt::format("the event stream ends within a message, after {}{} octets",
                             decoder_.pending(), of));
  }
}

void EventSource::close() {
  body_ = Body();
  rest_ = {};
  piece_.clear();
  piece_.shrink_to_fit();
  decoder_ = codec::EventFrameDecoder();
}

}  // namespace botocxx::protocol
