#pragma once

#include <botocxx/message/body.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>

namespace botocxx::integrity {

/// A stream over a text that gives at most `piece` octets a time, and can be told what to pretend.
struct TextStream : ByteStream {
  explicit TextStream(std::string content) : text(std::move(content)) {}

  Result<std::size_t> read(std::span<std::byte> out) override {
    if (at >= fails_at) return Error(ErrorKind::kUsage, "Broken", "the source broke");
    std::size_t count = std::min({out.size(), piece, text.size() - at});
    if (count > 0) std::memcpy(out.data(), text.data() + at, count);
    if (count == 0) ++reads_at_end;
    at += count;
    return count;
  }
  std::optional<std::uint64_t> size() const override { return said_size; }
  bool can_rewind() const override { return rewindable; }
  Result<void> rewind() override {
    if (!rewindable) return ByteStream::rewind();
    at = 0;
    return {};
  }

  std::string text;
  std::size_t at = 0;
  std::size_t piece = 10;
  std::size_t fails_at = std::string::npos;
  std::optional<std::uint64_t> said_size{};
  bool rewindable = true;
  int reads_at_end = 0;
};

/// What is read with buffers of `size`.
inline Result<std::string> read_by(ByteStream& stream, std::size_t size) {
  std::string all, piece(size, '\0');
  while (true) {
    auto count = stream.read(std::as_writable_bytes(std::span(piece)));
    if (!count) return std::move(count).error();
    if (*count == 0) return all;
    all.append(piece, 0, *count);
  }
}

}  // namespace botocxx::integrity
