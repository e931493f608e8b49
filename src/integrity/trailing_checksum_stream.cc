#include "integrity/trailing_checksum_stream.h"

#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace botocxx::integrity {
namespace {

constexpr std::size_t kChunk = 1024 * 1024;
constexpr std::string_view kLineEnd = "\r\n";
constexpr std::size_t kRoomForLine = 8;  // "100000\r\n"

// A body that is known to be small takes no more memory than it needs.
std::size_t room_for(std::optional<std::uint64_t> size) {
  return static_cast<std::size_t>(std::min<std::uint64_t>(size.value_or(kChunk), kChunk));
}

}  // namespace

TrailingChecksumStream::TrailingChecksumStream(Body content, ChecksumAlgorithm algorithm,
                                               std::string name)
    : content_(std::move(content)), checksum_(algorithm), name_(std::move(name)) {}

Result<void> TrailingChecksumStream::check_size() const {
  auto size = content_.size();
  if (!size || *size == count_) return {};
  return Error(
      ErrorKind::kUsage, "IncompleteBody",
      fmt::format("the body has {} octets, but said that it would have {}", count_, *size));
}

// The chunk is read behind a gap, into which its line goes once its size is known.
Result<void> TrailingChecksumStream::make_chunk() {
  // One octet more than was said shows whether the content ends there.
  const std::size_t room = std::min(room_for(content_.size()) + 1, kChunk);
  if (!buffer_) {
    buffer_ = std::make_unique_for_overwrite<std::byte[]>(kRoomForLine + room + kLineEnd.size());
  }
  std::byte* data = buffer_.get() + kRoomForLine;
  auto count = content_.read({data, room});
  if (!count) return std::move(count).error();
  count_ += *count;
  if (*count == 0) {
    complete_ = true;
    if (auto good = check_size(); !good) return good;
    end_ =
        fmt::format("0\r\n{}:{}\r\n\r\n", name_, base64_encode(as_byte_span(checksum_.finish())));
    pending_ = as_byte_span(end_);
    return {};
  }
  checksum_.update(std::span<const std::byte>(data, *count));
  std::string line = fmt::format("{:x}\r\n", *count);
  std::memcpy(data - line.size(), line.data(), line.size());
  std::memcpy(data + *count, kLineEnd.data(), kLineEnd.size());
  pending_ = {data - line.size(), line.size() + *count + kLineEnd.size()};
  return {};
}

Result<std::size_t> TrailingChecksumStream::read(std::span<std::byte> out) {
  std::size_t filled = 0;
  while (filled < out.size()) {
    if (pending_.empty()) {
      if (complete_) break;
      if (auto made = make_chunk(); !made) return std::move(made).error();
    }
    std::size_t count = std::min(pending_.size(), out.size() - filled);
    std::memcpy(out.data() + filled, pending_.data(), count);
    pending_ = pending_.subspan(count);
    filled += count;
  }
  return filled;
}

Result<void> TrailingChecksumStream::rewind() {
  if (auto rewound = content_.rewind(); !rewound) return rewound;
  static_cast<void>(checksum_.finish());
  pending_ = {};
  count_ = 0;
  complete_ = false;
  return {};
}

}  // namespace botocxx::integrity
