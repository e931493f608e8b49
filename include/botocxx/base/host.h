#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/result.h>
#include <botocxx/base/timestamp.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::inline v1 {

/// The outside world as the library sees it. Each interface is small, so that a test can stand in
/// for it; `system_host()` is the real one. All implementations must be thread-safe.
class BOTOCXX_EXPORT Clock {
 public:
  virtual ~Clock() = default;
  virtual Timestamp now() const = 0;
};

class BOTOCXX_EXPORT Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::byte> out) const = 0;
};

/// A random (version 4) UUID such as "0f8fad5b-d9cb-469f-a165-70867728950e".
BOTOCXX_EXPORT std::string make_uuid4(const Random& random);

class BOTOCXX_EXPORT Environment {
 public:
  virtual ~Environment() = default;
  virtual std::optional<std::string> get(std::string_view name) const = 0;
};

class BOTOCXX_EXPORT FileSystem {
 public:
  enum class Type { kMissing, kFile, kDirectory, kOther };
  struct Status {
    Type type = Type::kMissing;
    std::uint64_t size = 0;
    std::int64_t modified_ns = 0;
    std::uint64_t identity = 0;  ///< device and inode, mixed; 0 where unknown
  };

  virtual ~FileSystem() = default;
  virtual Status status(const std::string& path) const = 0;
  /// The whole file; an error names the path and the system's reason.
  virtual Result<std::string> read_file(const std::string& path) const = 0;
  /// Names of the entries, sorted, without "." and ".."; an error when it is no directory.
  virtual Result<std::vector<std::string>> list_directory(const std::string& path) const = 0;
  /// Puts a file with this content in the place of `path`, at once and readable by the owner only
  /// (mode 0600); folders above it that are missing are made. A failure leaves the old file as it
  /// was. Where nothing can be written, as here: an error that names the path.
  virtual Result<void> replace_file(const std::string& path, std::string_view content) const;
  /// Removes a file; one that is missing is no error.
  virtual Result<void> remove_file(const std::string& path) const;
};

/// The four together, passed as one argument.
struct BOTOCXX_EXPORT Host {
  const Clock* clock;
  const Random* random;
  const Environment* environment;
  const FileSystem* files;
};

/// What the machine runs on, as `uname` tells: "Linux", "6.1.0", "x86_64"; empty where it does not.
struct Platform {
  std::string name{}, release{}, machine{};
};
BOTOCXX_EXPORT Platform current_platform();

/// The machine itself. Lives as long as the process.
BOTOCXX_EXPORT const Host& system_host();

/// `$HOME`, else the user database's entry; empty when neither is known.
BOTOCXX_EXPORT std::string home_directory(const Host& host);

/// `path` with a leading `~` and `$NAME`/`${NAME}` replaced, as Python's `expanduser` and
/// `expandvars` do; unknown names stay as they are.
BOTOCXX_EXPORT std::string expand_path(std::string_view path, const Host& host);

}  // namespace botocxx::inline v1
