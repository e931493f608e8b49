#pragma once

#include <botocxx/base/result.h>
#include <botocxx/value/value.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Messages of `application/vnd.amazon.eventstream`, without shapes: lengths and their checksum,
/// typed headers, a payload, and a checksum of it all.
namespace botocxx::codec {

/// Largest headers and payload of one message, in octets.
inline constexpr std::size_t kEventHeadersLimit = 128 * 1024;
inline constexpr std::size_t kEventPayloadLimit = 24 * 1024 * 1024;

/// The types of header values, by their numbers on the wire.
enum class EventHeaderType : std::uint8_t {
  kTrue = 0,
  kFalse = 1,
  kByte = 2,       ///< 8 bits with sign
  kShort = 3,      ///< 16 bits
  kInteger = 4,    ///< 32 bits
  kLong = 5,       ///< 64 bits
  kByteArray = 6,  ///< at most 65535 octets
  kString = 7,     ///< UTF-8, at most 65535 octets
  kTimestamp = 8,  ///< milliseconds since 1970, 64 bits
  kUuid = 9        ///< 16 octets
};

struct EventHeader {
  std::string name;
  EventHeaderType type = EventHeaderType::kString;
  /// A bool, an integer (timestamps too: milliseconds), a text, or bytes (UUIDs too).
  Value value{};
};

struct EventFrame {
  std::vector<EventHeader> headers;
  std::string payload;

  /// Names are compared octet by octet. Null when there is none.
  const EventHeader* find(std::string_view name) const;
  /// Content of a header that is a text; empty when it is missing or of another type.
  std::string_view text(std::string_view name) const;
  void add_text(std::string_view name, std::string_view text);
};

/// Cuts a stream of octets, which may arrive in pieces of any size, into messages. Holds at most
/// one message, and never more of it than has arrived.
class EventFrameDecoder {
 public:
  /// Takes octets from the front of `octets` up to the end of the first complete message, and
  /// returns that; nothing when `octets` ended before. Errors (kind kParse, botocore's names:
  /// "ChecksumMismatch", "DuplicateHeader", "InvalidHeadersLength", "InvalidPayloadLength", and
  /// "InvalidEventMessage") leave no way to find the next message: the decoder is done then.
  Result<std::optional<EventFrame>> take(std::string_view& octets);

  /// Octets of a message whose end has not come yet: 0 between messages.
  std::size_t pending() const { return buffer_.size(); }
  /// Octets of that message as it announces itself; 0 while that is unknown.
  std::size_t announced() const { return total_; }

 private:
  Result<void> read_prelude();
  Result<EventFrame> read_message();

  std::string buffer_;
  std::size_t total_ = 0;  // 0: the prelude is not complete
  std::size_t headers_ = 0;
  std::uint32_t prelude_crc_ = 0;
};

/// Appends the message to `out`. Error "InvalidEventMessage" (kind kUsage): a name or value that
/// its place cannot hold, or too much of it.
Result<void> append_event_frame(std::string& out, const EventFrame& frame);

}  // namespace botocxx::codec
