#include "model/compressed.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>

namespace botocxx::model {
namespace {

class Inflater {
 public:
  // 15 bits of window, plus 16: a gzip header is expected.
  Inflater() : ready_(inflateInit2(&stream_, 15 + 16) == Z_OK) {}
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() {
    if (ready_) inflateEnd(&stream_);
  }

  bool ready() const { return ready_; }
  z_stream& stream() { return stream_; }

 private:
  z_stream stream_{};
  bool ready_;
};

Error damaged(const z_stream& stream, std::string_view reason) {
  return Error(ErrorKind::kModel, "InvalidModel",
               fmt::format("damaged gzip data at octet {}: {}", stream.total_in, reason));
}

}  // namespace

Result<std::string> gunzip(std::string_view compressed, std::size_t limit) {
  Inflater inflater;
  z_stream& stream = inflater.stream();
  if (!inflater.ready()) return damaged(stream, "zlib cannot start");
  // zlib's interface lacks a const here; it only reads.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(compressed.data()));
  stream.avail_in = static_cast<uInt>(compressed.size());
  std::string out;
  while (true) {
    std::size_t used = out.size();
    out.resize(std::max<std::size_t>(used * 2, compressed.size() * 6 + 1024));
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + used);
    stream.avail_out = static_cast<uInt>(out.size() - used);
    int status = inflate(&stream, Z_NO_FLUSH);
    out.resize(out.size() - stream.avail_out);
    if (out.size() > limit) return damaged(stream, "too much data");
    if (status == Z_STREAM_END) {
      if (stream.avail_in == 0) return out;
      if (inflateReset(&stream) != Z_OK) return damaged(stream, "zlib cannot restart");
    } else if (status == Z_BUF_ERROR ||
               (status == Z_OK && stream.avail_in == 0 && stream.avail_out != 0)) {
      return damaged(stream, "it ends too early");
    } else if (status != Z_OK) {
      return damaged(stream, stream.msg == nullptr ? "unknown reason" : stream.msg);
    }
  }
}

}  // namespace botocxx::model
