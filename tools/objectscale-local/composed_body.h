#pragma once

#include <botocxx/message/body.h>

#include <deque>

namespace botocxx::objectscale {

/// Several bodies one after the other.
class ComposedBody : public ByteStream {
 public:
  void append(Body part);

  Result<std::size_t> read(std::span<std::byte> out) override;
  /// Of what is left; parts must know their sizes.
  std::optional<std::uint64_t> size() const override { return remaining_; }

 private:
  std::deque<Body> parts_;
  std::size_t offset_ = 0;  ///< into a first part that is in memory
  std::uint64_t remaining_ = 0;
};

}  // namespace botocxx::objectscale
