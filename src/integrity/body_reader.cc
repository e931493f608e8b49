#include "integrity/body_reader.h"

#include <algorithm>
#include <cstring>

namespace botocxx::integrity {

Result<std::size_t> BodyReader::read(std::span<std::byte> out) {
  if (!body_.is_stream()) {
    const std::string& bytes = body_.bytes();
    std::size_t count = std::min(out.size(), bytes.size() - at_);
    if (count > 0) std::memcpy(out.data(), bytes.data() + at_, count);
    at_ += count;
    return count;
  }
  std::size_t count = 0;
  while (!ended_ && count < out.size()) {
    auto got = body_.stream()->read(out.subspan(count));
    if (!got) return got;
    ended_ = *got == 0;
    count += *got;
  }
  return count;
}

Result<void> BodyReader::rewind() {
  at_ = 0;
  ended_ = false;
  return body_.rewind();
}

}  // namespace botocxx::integrity
