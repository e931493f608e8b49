#include "codec/event_frame.h"

#include "base/crc.h"
#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace botocxx::codec {
namespace {

// Total length, length of headers, and the checksum of these two.
constexpr std::size_t kPreludeSize = 12;
constexpr std::size_t kChecksumSize = 4;
constexpr std::size_t kUuidSize = 16;

Error frame_error(std::string_view code, std::string message) {
  return Error(ErrorKind::kParse, std::string(code), std::move(message));
}

Error bad_message(std::string message) {
  return frame_error("InvalidEventMessage", std::move(message));
}

std::uint64_t read_unsigned(std::string_view octets) {
  std::uint64_t out = 0;
  for (char c : octets) out = out << 8 | static_cast<unsigned char>(c);
  return out;
}

std::int64_t read_signed(std::string_view octets) {
  unsigned shift = 64 - 8 * static_cast<unsigned>(octets.size());
  return static_cast<std::int64_t>(read_unsigned(octets) << shift) >> shift;
}

void append_unsigned(std::string& out, std::uint64_t number, std::size_t size) {
  for (std::size_t i = size; i-- > 0;) out += static_cast<char>(number >> (8 * i) & 0xff);
}

// Octets of an integer of this type, 0 for the other types.
std::size_t integer_size(EventHeaderType type) {
  switch (type) {
    case EventHeaderType::kByte:
      return 1;
    case EventHeaderType::kShort:
      return 2;
    case EventHeaderType::kInteger:
      return 4;
    case EventHeaderType::kLong:
    case EventHeaderType::kTimestamp:
      return 8;
    default:
      return 0;
  }
}

class HeaderReader {
 public:
  explicit HeaderReader(std::string_view octets) : rest_(octets) {}

  Result<std::vector<EventHeader>> read() {
    std::vector<EventHeader> out;
    while (!rest_.empty()) {
      EventHeader header;
      auto name = take_counted(1, "a header's name");
      if (!name) return std::move(name).error();
      if (!is_utf8(*name)) return bad_message("a header's name is not UTF-8");
      header.name = *name;
      auto type = take(1, "a header's type");
      if (!type) return std::move(type).error();
      header.type = static_cast<EventHeaderType>(read_unsigned(*type));
      auto value = read_value(header.type);
      if (!value) return std::move(value).error().with_context("header", header.name);
      header.value = *std::move(value);
      out.push_back(std::move(header));
    }
    return check_names(std::move(out));
  }

 private:
  Result<std::string_view> take(std::size_t size, std::string_view what) {
    if (size > rest_.size()) {
      return bad_message(fmt::format("the headers end within {}: {} of {} octets are there", what,
                                     rest_.size(), size));
    }
    std::string_view out = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return out;
  }

  Result<std::string_view> take_counted(std::size_t count_size, std::string_view what) {
    auto count = take(count_size, what);
    if (!count) return count;
    return take(read_unsigned(*count), what);
  }

  Result<Value> read_value(EventHeaderType type) {
    constexpr std::string_view kWhat = "a header's value";
    auto as_integer = [](std::string_view octets) { return Value(read_signed(octets)); };
    auto as_bytes = [](std::string_view octets) { return Value(Bytes{octets}); };
    switch (type) {
      case EventHeaderType::kTrue:
        return Value(true);
      case EventHeaderType::kFalse:
        return Value(false);
      case EventHeaderType::kByte:
      case EventHeaderType::kShort:
      case EventHeaderType::kInteger:
      case EventHeaderType::kLong:
      case EventHeaderType::kTimestamp:
        return take(integer_size(type), kWhat).transform(as_integer);
      case EventHeaderType::kByteArray:
        return take_counted(2, kWhat).transform(as_bytes);
      case EventHeaderType::kUuid:
        return take(kUuidSize, kWhat).transform(as_bytes);
      case EventHeaderType::kString: {
        auto text = take_counted(2, kWhat);
        if (!text) return std::move(text).error();
        if (!is_utf8(*text)) return bad_message("a header's text is not UTF-8");
        return Value(*text);
      }
    }
    return bad_message(
        fmt::format("unknown header type {} (known: 0 to 9)", static_cast<unsigned>(type)));
  }

  static Result<std::vector<EventHeader>> check_names(std::vector<EventHeader> headers) {
    std::vector<std::string_view> names;
    names.reserve(headers.size());
    for (const EventHeader& header : headers) names.push_back(header.name);
    std::sort(names.begin(), names.end());
    auto twice = std::adjacent_find(names.begin(), names.end());
    if (twice == names.end()) return headers;
    return frame_error("DuplicateHeader", fmt::format("Duplicate header present: \"{}\"", *twice));
  }

  std::string_view rest_;
};

Result<void> check_crc(std::uint32_t expected, std::uint32_t calculated, std::string_view what) {
  if (expected == calculated) return {};
  return frame_error("ChecksumMismatch",
                     fmt::format("Checksum mismatch: expected 0x{:08x}, calculated 0x{:08x}",
                                 expected, calculated))
      .with_context("reason", fmt::format("the {} of an event message is damaged", what));
}

Error bad_header(const EventHeader& header, std::string_view problem) {
  return Error(ErrorKind::kUsage, "InvalidEventMessage",
               fmt::format("event header \"{}\" {}", header.name, problem));
}

Result<void> append_integer(std::string& out, const EventHeader& header) {
  if (!header.value.is_int()) return bad_header(header, "must be an integer");
  std::size_t size = integer_size(header.type);
  std::int64_t number = header.value.as_int();
  std::int64_t limit = size == 8 ? std::numeric_limits<std::int64_t>::max()
                                 : (std::int64_t{1} << (8 * size - 1)) - 1;
  if (number > limit || number < -limit - 1) {
    return bad_header(header, fmt::format("is {}, which {} bits cannot hold", number, 8 * size));
  }
  append_unsigned(out, static_cast<std::uint64_t>(number), size);
  return {};
}

Result<void> append_octets(std::string& out, const EventHeader& header) {
  constexpr std::size_t kLongest = std::numeric_limits<std::int16_t>::max();
  bool text = header.type == EventHeaderType::kString;
  if (!header.value.is_bytes() && !header.value.is_string()) {
    return bad_header(header, text ? "must be a text" : "must be bytes");
  }
  std::string_view octets = header.value.as_bytes();
  if (header.type == EventHeaderType::kUuid) {
    if (octets.size() != kUuidSize) return bad_header(header, "must have 16 octets");
    out += octets;
    return {};
  }
  if (text && !is_utf8(octets)) return bad_header(header, "is not UTF-8");
  if (octets.size() > kLongest) {
    return bad_header(header, fmt::format("has {} octets, more than {}", octets.size(), kLongest));
  }
  append_unsigned(out, octets.size(), 2);
  out += octets;
  return {};
}

Result<void> append_header(std::string& out, const EventHeader& header) {
  if (header.name.empty() || header.name.size() > 255 || !is_utf8(header.name)) {
    return bad_header(header, "needs a name of 1 to 255 octets of UTF-8");
  }
  append_unsigned(out, header.name.size(), 1);
  out += header.name;
  append_unsigned(out, static_cast<std::uint64_t>(header.type), 1);
  if (header.type <= EventHeaderType::kFalse) return {};
  return integer_size(header.type) > 0 ? append_integer(out, header) : append_octets(out, header);
}

}  // namespace

const EventHeader* EventFrame::find(std::string_view name) const {
  for (const EventHeader& header : headers) {
    if (header.name == name) return &header;
  }
  return nullptr;
}

std::string_view EventFrame::text(std::string_view name) const {
  const EventHeader* header = find(name);
  return header == nullptr ? "" : header->value.get_if_string().value_or("");
}

void EventFrame::add_text(std::string_view name, std::string_view text) {
  headers.push_back({std::string(name), EventHeaderType::kString, Value(text)});
}

Result<std::optional<EventFrame>> EventFrameDecoder::take(std::string_view& octets) {
  auto fill = [&](std::size_t size) {
    std::size_t count = std::min(size - buffer_.size(), octets.size());
    buffer_ += octets.substr(0, count);
    octets.remove_prefix(count);
    return buffer_.size() == size;
  };
  if (total_ == 0) {
    if (!fill(kPreludeSize)) return std::optional<EventFrame>();
    if (auto read = read_prelude(); !read) return std::move(read).error();
  }
  if (!fill(total_)) return std::optional<EventFrame>();
  auto frame = read_message();
  if (!frame) return std::move(frame).error();
  buffer_.clear();
  total_ = 0;
  return std::optional<EventFrame>(*std::move(frame));
}

Result<void> EventFrameDecoder::read_prelude() {
  std::string_view prelude = buffer_;
  auto crc = static_cast<std::uint32_t>(read_unsigned(prelude.substr(8, kChecksumSize)));
  auto checked = check_crc(crc, base::crc32(prelude.substr(0, 8)), "prelude");
  if (!checked) return checked;
  std::size_t total = read_unsigned(prelude.substr(0, 4));
  std::size_t headers = read_unsigned(prelude.substr(4, 4));
  if (headers > kEventHeadersLimit) {
    return frame_error(
        "InvalidHeadersLength",
        fmt::format("Header length of {} exceeded the maximum of {}", headers, kEventHeadersLimit));
  }
  std::size_t least = kPreludeSize + headers + kChecksumSize;
  if (total < least) {
    return bad_message(fmt::format("an event message of {} octets cannot hold {} octets of headers",
                                   total, headers));
  }
  if (total - least > kEventPayloadLimit) {
    return frame_error("InvalidPayloadLength",
                       fmt::format("Payload length of {} exceeded the maximum of {}", total - least,
                                   kEventPayloadLimit));
  }
  total_ = total;
  headers_ = headers;
  prelude_crc_ = crc;
  return {};
}

Result<EventFrame> EventFrameDecoder::read_message() {
  std::string_view message = buffer_;
  std::size_t payload_end = total_ - kChecksumSize;
  // The checksum goes on from the prelude's, over the prelude's own too.
  std::string_view covered = message.substr(8, payload_end - 8);
  auto crc = static_cast<std::uint32_t>(read_unsigned(message.substr(payload_end)));
  auto checked = check_crc(crc, base::crc32(covered, prelude_crc_), "content");
  if (!checked) return std::move(checked).error();
  auto headers = HeaderReader(message.substr(kPreludeSize, headers_)).read();
  if (!headers) return std::move(headers).error();
  EventFrame frame;
  frame.headers = *std::move(headers);
  std::size_t payload_begin = kPreludeSize + headers_;
  frame.payload = message.substr(payload_begin, payload_end - payload_begin);
  return frame;
}

Result<void> append_event_frame(std::string& out, const EventFrame& frame) {
  std::string headers;
  for (const EventHeader& header : frame.headers) {
    if (auto added = append_header(headers, header); !added) return added;
  }
  auto too_large = [](std::string_view what, std::size_t size, std::size_t limit) {
    return Error(
        ErrorKind::kUsage, "InvalidEventMessage",
        fmt::format("the {} of an event message have {} octets, more than {}", what, size, limit));
  };
  if (headers.size() > kEventHeadersLimit) {
    return too_large("headers", headers.size(), kEventHeadersLimit);
  }
  if (frame.payload.size() > kEventPayloadLimit) {
    return too_large("contents", frame.payload.size(), kEventPayloadLimit);
  }
  std::size_t begin = out.size();
  append_unsigned(out, kPreludeSize + headers.size() + frame.payload.size() + kChecksumSize, 4);
  append_unsigned(out, headers.size(), 4);
  std::uint32_t crc = base::crc32(std::string_view(out).substr(begin));
  append_unsigned(out, crc, 4);
  out += headers;
  out += frame.payload;
  append_unsigned(out, base::crc32(std::string_view(out).substr(begin + 8), crc), 4);
  return {};
}

}  // namespace botocxx::codec
