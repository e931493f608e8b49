#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/result.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace botocxx::inline v1 {

/// Octets that are read once, front to back: an upload's content, or a download while it arrives.
/// Not thread-safe. Implement it to stream from anywhere.
class BOTOCXX_EXPORT ByteStream {
 public:
  virtual ~ByteStream() = default;
  /// Fills up to `out.size()` octets and returns how many; 0 only at the end.
  virtual Result<std::size_t> read(std::span<std::byte> out) = 0;
  /// How many octets remain, where that is known.
  virtual std::optional<std::uint64_t> size() const { return std::nullopt; }
  /// Whether `rewind()` can work; only such a body can be signed by content and sent again.
  virtual bool can_rewind() const { return false; }
  /// Back to where the stream began.
  virtual Result<void> rewind();
};

/// Content of a request or response: nothing, octets in memory, or a stream. Copies share a stream.
class BOTOCXX_EXPORT Body {
 public:
  Body() = default;
  Body(std::string bytes) : bytes_(std::move(bytes)) {}
  Body(std::shared_ptr<ByteStream> stream) : stream_(std::move(stream)) {}

  /// The file's content from `offset`, at most `length` octets; opened at once (an error names the
  /// path), read as it is sent, never held in memory.
  static Result<Body> from_file(const std::string& path, std::uint64_t offset = 0,
                                std::optional<std::uint64_t> length = std::nullopt);
  /// Content that `read` produces (same contract as `ByteStream::read`); cannot be rewound.
  static Body from_callback(std::function<Result<std::size_t>(std::span<std::byte>)> read,
                            std::optional<std::uint64_t> size = std::nullopt);

  bool is_stream() const { return stream_ != nullptr; }
  /// Octets in memory; empty for a stream.
  const std::string& bytes() const { return bytes_; }
  const std::shared_ptr<ByteStream>& stream() const { return stream_; }
  std::optional<std::uint64_t> size() const;
  bool can_rewind() const { return !stream_ || stream_->can_rewind(); }
  Result<void> rewind() const;

  /// Reads everything into memory; refuses more than `limit` octets.
  Result<std::string> read_all(std::uint64_t limit = UINT64_MAX) const;
  /// Copies everything to `sink`, piece by piece; stops at its first error. Returns the count.
  Result<std::uint64_t> copy_to(
      const std::function<Result<void>(std::span<const std::byte>)>& sink) const;
  /// Writes everything into a file, through a temporary name beside it, so that a failure leaves
  /// no half-written file. Returns the count of octets.
  Result<std::uint64_t> save(const std::string& path) const;

 private:
  std::string bytes_;
  std::shared_ptr<ByteStream> stream_;
};

}  // namespace botocxx::inline v1
