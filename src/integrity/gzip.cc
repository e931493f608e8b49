#include "integrity/gzip.h"

#include "integrity/body_reader.h"

#include <zlib.h>

#include <algorithm>
#include <vector>

namespace botocxx::integrity {
namespace {

constexpr int kWindowWithGzipHeader = 15 + 16;
constexpr int kMemory = 8;  // zlib's default
constexpr std::size_t kPiece = 64 * 1024;

Error failed(std::string_view what) {
  return Error(ErrorKind::kInternal, "Compression", std::string(what));
}

class Deflater {
 public:
  Deflater()
      : ready_(deflateInit2(&stream_, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kWindowWithGzipHeader,
                            kMemory, Z_DEFAULT_STRATEGY) == Z_OK) {}
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;
  ~Deflater() {
    if (ready_) deflateEnd(&stream_);
  }

  bool ready() const { return ready_; }
  z_stream* operator->() { return &stream_; }
  z_stream* get() { return &stream_; }

 private:
  z_stream stream_{};
  bool ready_;
};

Bytef* input(const void* data) { return static_cast<Bytef*>(const_cast<void*>(data)); }

class GzipStream : public ByteStream {
 public:
  explicit GzipStream(Body body) : body_(std::move(body)), piece_(kPiece) {}

  bool ready() const { return deflater_.ready(); }

  Result<std::size_t> read(std::span<std::byte> out) override {
    deflater_->next_out = reinterpret_cast<Bytef*>(out.data());
    deflater_->avail_out = static_cast<uInt>(std::min<std::size_t>(out.size(), kPiece));
    const uInt room = deflater_->avail_out;
    while (!complete_ && deflater_->avail_out == room && room > 0) {
      if (deflater_->avail_in == 0 && !ended_) {
        auto count = body_.read(piece_);
        if (!count) return count;
        deflater_->next_in = input(piece_.data());
        deflater_->avail_in = static_cast<uInt>(*count);
        ended_ = *count < piece_.size();
      }
      int status = deflate(deflater_.get(), ended_ ? Z_FINISH : Z_NO_FLUSH);
      if (status == Z_STREAM_ERROR) return failed("zlib cannot compress the body");
      complete_ = status == Z_STREAM_END;
    }
    return std::size_t{room - deflater_->avail_out};
  }
  bool can_rewind() const override { return body_.can_rewind(); }
  Result<void> rewind() override {
    if (auto rewound = body_.rewind(); !rewound) return rewound;
    if (deflateReset(deflater_.get()) != Z_OK) return failed("zlib cannot start again");
    deflater_->avail_in = 0;
    ended_ = complete_ = false;
    return {};
  }

 private:
  BodyReader body_;
  std::vector<std::byte> piece_;
  Deflater deflater_{};
  bool ended_ = false;     ///< the body is
  bool complete_ = false;  ///< its compressed form is
};

}  // namespace

Result<std::string> gzip(std::string_view octets) {
  auto stream = make_gzip_stream(Body(std::string(octets)));
  if (!stream) return std::move(stream).error();
  return Body(*std::move(stream)).read_all();
}

Result<std::shared_ptr<ByteStream>> make_gzip_stream(Body body) {
  auto stream = std::make_shared<GzipStream>(std::move(body));
  if (!stream->ready()) return failed("zlib cannot start");
  return std::shared_ptr<ByteStream>(std::move(stream));
}

}  // namespace botocxx::integrity
