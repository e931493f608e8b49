#include <botocxx/base/host.h>
#include <botocxx/base/text_encoding.h>
#include <botocxx/message/body.h>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>
#include <vector>

namespace botocxx::inline v1 {
namespace {

constexpr std::size_t kPiece = 64 * 1024;

Error file_error(const char* what, const std::string& path, int code) {
  return Error(ErrorKind::kUsage, "FileAccess",
               fmt::format("{} {}: {}", what, path, std::generic_category().message(code)));
}

class FileStream : public ByteStream {
 public:
  FileStream(int descriptor, std::string path, std::uint64_t offset, std::uint64_t length)
      : descriptor_(descriptor),
        path_(std::move(path)),
        begin_(offset),
        end_(offset + length),
        at_(offset) {}
  FileStream(const FileStream&) = delete;
  FileStream& operator=(const FileStream&) = delete;
  ~FileStream() override { ::close(descriptor_); }

  Result<std::size_t> read(std::span<std::byte> out) override {
    std::size_t wanted = static_cast<std::size_t>(std::min<std::uint64_t>(out.size(), end_ - at_));
    if (wanted == 0) return std::size_t{0};
    while (true) {
      ssize_t got = ::pread(descriptor_, out.data(), wanted, static_cast<off_t>(at_));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return file_error("cannot read", path_, errno);
      if (got == 0) {
        return Error(ErrorKind::kUsage, "FileAccess",
                     fmt::format("{} became shorter while it was read", path_));
      }
      at_ += static_cast<std::uint64_t>(got);
      return static_cast<std::size_t>(got);
    }
  }
  std::optional<std::uint64_t> size() const override { return end_ - at_; }
  bool can_rewind() const override { return true; }
  Result<void> rewind() override {
    at_ = begin_;
    return {};
  }

 private:
  int descriptor_;
  std::string path_;
  std::uint64_t begin_, end_, at_;
};

class CallbackStream : public ByteStream {
 public:
  CallbackStream(std::function<Result<std::size_t>(std::span<std::byte>)> read,
                 std::optional<std::uint64_t> size)
      : read_(std::move(read)), size_(size) {}
  Result<std::size_t> read(std::span<std::byte> out) override { return read_(out); }
  std::optional<std::uint64_t> size() const override { return size_; }

 private:
  std::function<Result<std::size_t>(std::span<std::byte>)> read_;
  std::optional<std::uint64_t> size_;
};

struct TemporaryFile {
  std::string path;
  int descriptor = -1;
  TemporaryFile() = default;
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    if (descriptor >= 0) ::close(descriptor);
    if (!path.empty()) ::unlink(path.c_str());
  }
};

Result<void> write_all(int descriptor, std::span<const std::byte> piece, const std::string& path) {
  while (!piece.empty()) {
    ssize_t put = ::write(descriptor, piece.data(), piece.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return file_error("cannot write", path, errno);
    piece = piece.subspan(static_cast<std::size_t>(put));
  }
  return {};
}

std::string temporary_name(const std::string& path) {
  return fmt::format("{}.{}", path, make_uuid4(*system_host().random).substr(0, 8));
}

std::string descriptor_path(int descriptor) { return fmt::format("/proc/self/fd/{}", descriptor); }

// Nothing is left behind of a file without a name, however the process ends. Not every file system
// has them, and naming one later needs /proc.
bool open_nameless(TemporaryFile& out, const std::string& path) {
  std::size_t slash = path.rfind('/');
  std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  out.descriptor = ::open(folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
  if (out.descriptor < 0) return false;
  if (::access(descriptor_path(out.descriptor).c_str(), F_OK) == 0) return true;
  ::close(std::exchange(out.descriptor, -1));
  return false;
}

// Devices, pipes and sockets are written directly: renaming over them would replace them.
Result<std::uint64_t> write_special(const Body& body, const std::string& path) {
  TemporaryFile out;
  out.descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (out.descriptor < 0) return file_error("cannot open", path, errno);
  return body.copy_to(
      [&](std::span<const std::byte> piece) { return write_all(out.descriptor, piece, path); });
}

}  // namespace

Result<void> ByteStream::rewind() {
  return Error(ErrorKind::kUsage, "UnseekableStream", "this stream cannot be read a second time");
}

Result<Body> Body::from_file(const std::string& path, std::uint64_t offset,
                             std::optional<std::uint64_t> length) {
  int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return file_error("cannot open", path, errno);
  struct stat info {};
  bool known = ::fstat(descriptor, &info) == 0;
  if (known && S_ISREG(info.st_mode)) {
    auto size = static_cast<std::uint64_t>(info.st_size);
    std::uint64_t start = std::min(offset, size);
    std::uint64_t count = std::min(length.value_or(size - start), size - start);
    return Body(std::make_shared<FileStream>(descriptor, path, start, count));
  }
  if (known && S_ISDIR(info.st_mode)) {
    ::close(descriptor);
    return file_error("cannot read", path, EISDIR);
  }
  std::shared_ptr<int> owner(new int(descriptor), [](int* fd) {
    ::close(*fd);
    delete fd;
  });
  auto read = [owner, path](std::span<std::byte> out) -> Result<std::size_t> {
    ssize_t got = ::read(*owner, out.data(), out.size());
    if (got < 0) return file_error("cannot read", path, errno);
    return static_cast<std::size_t>(got);
  };
  return from_callback(read);
}

Body Body::from_callback(std::function<Result<std::size_t>(std::span<std::byte>)> read,
                         std::optional<std::uint64_t> size) {
  return Body(std::make_shared<CallbackStream>(std::move(read), size));
}

std::optional<std::uint64_t> Body::size() const {
  return stream_ ? stream_->size() : std::optional<std::uint64_t>(bytes_.size());
}

Result<void> Body::rewind() const { return stream_ ? stream_->rewind() : Result<void>(); }

Result<std::string> Body::read_all(std::uint64_t limit) const {
  std::string text;
  auto copied = copy_to([&](std::span<const std::byte> piece) -> Result<void> {
    if (text.size() + piece.size() > limit) {
      return Error(ErrorKind::kParse, "BodyTooLarge",
                   fmt::format("the body is larger than {} octets", limit));
    }
    text += as_text(piece);
    return {};
  });
  if (!copied) return std::move(copied).error();
  return text;
}

Result<std::uint64_t> Body::copy_to(
    const std::function<Result<void>(std::span<const std::byte>)>& sink) const {
  if (!stream_) {
    if (bytes_.empty()) return std::uint64_t{0};
    if (auto put = sink(as_byte_span(bytes_)); !put) return std::move(put).error();
    return std::uint64_t{bytes_.size()};
  }
  std::vector<std::byte> piece(kPiece);
  std::uint64_t total = 0;
  while (true) {
    auto got = stream_->read(piece);
    if (!got) return std::move(got).error();
    if (*got == 0) return total;
    if (auto put = sink(std::span(piece).first(*got)); !put) return std::move(put).error();
    total += *got;
  }
}

Result<std::uint64_t> Body::save(const std::string& path) const {
  struct stat info {};
  bool exists = ::stat(path.c_str(), &info) == 0;
  if (exists && !S_ISREG(info.st_mode)) return write_special(*this, path);
  const std::string name = temporary_name(path);
  TemporaryFile out;
  bool nameless = open_nameless(out, path);
  if (!nameless) {
    out.descriptor = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (out.descriptor < 0) return file_error("cannot create", path, errno);
    out.path = name;
  }
  if (exists) ::fchmod(out.descriptor, info.st_mode & 07777);
  auto copied = copy_to(
      [&](std::span<const std::byte> piece) { return write_all(out.descriptor, piece, path); });
  if (!copied) return copied;
  if (nameless) {
    std::string open_file = descriptor_path(out.descriptor);
    if (::linkat(AT_FDCWD, open_file.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) != 0) {
      return file_error("cannot create", path, errno);
    }
    out.path = name;
  }
  if (::rename(name.c_str(), path.c_str()) != 0) return file_error("cannot create", path, errno);
  out.path.clear();
  return copied;
}

}  // namespace botocxx::inline v1
