#pragma once

#include <botocxx/message/body.h>

namespace botocxx::integrity {

/// Reads a body of either kind piece by piece.
class BodyReader {
 public:
  explicit BodyReader(Body body) : body_(std::move(body)), size_(body_.size()) {}

  /// Fills `out` unless the body ends before; returns how much there was.
  Result<std::size_t> read(std::span<std::byte> out);
  bool can_rewind() const { return body_.can_rewind(); }
  Result<void> rewind();
  /// Of the whole body, where it said so at the beginning.
  std::optional<std::uint64_t> size() const { return size_; }

 private:
  Body body_;
  std::optional<std::uint64_t> size_;
  std::size_t at_ = 0;  ///< in a body in memory
  bool ended_ = false;  ///< a stream that has ended is not asked again
};

}  // namespace botocxx::integrity
