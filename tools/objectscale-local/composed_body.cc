#include "composed_body.h"

#include <algorithm>
#include <cstring>

namespace botocxx::objectscale {

void ComposedBody::append(Body part) {
  remaining_ += part.size().value_or(0);
  parts_.push_back(std::move(part));
}

Result<std::size_t> ComposedBody::read(std::span<std::byte> out) {
  while (!parts_.empty()) {
    const Body& part = parts_.front();
    std::size_t count = 0;
    if (part.is_stream()) {
      Result<std::size_t> read = part.stream()->read(out);
      if (!read) return read;
      count = *read;
    } else {
      count = std::min(out.size(), part.bytes().size() - offset_);
      std::memcpy(out.data(), part.bytes().data() + offset_, count);
      offset_ += count;
    }
    if (count > 0) {
      remaining_ -= std::min<std::uint64_t>(count, remaining_);
      return count;
    }
    parts_.pop_front();
    offset_ = 0;
  }
  return std::size_t{0};
}

}  // namespace botocxx::objectscale
