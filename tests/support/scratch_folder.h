#pragma once

#include <botocxx/base/host.h>

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace botocxx::testing_support {

/// A folder of its own for one test, removed with everything in it afterwards.
class ScratchFolder {
 public:
  ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder();

  std::string path(std::string_view relative = {}) const;
  /// Writes a file and the folders above it.
  void write(std::string_view relative, std::string_view content) const;
  void remove(std::string_view relative) const;

 private:
  std::filesystem::path root_;
};

/// Environment variables of a test; nothing else is set.
class FakeEnvironment : public Environment {
 public:
  explicit FakeEnvironment(std::map<std::string, std::string> variables = {})
      : variables_(std::move(variables)) {}
  std::optional<std::string> get(std::string_view name) const override;

 private:
  std::map<std::string, std::string> variables_;
};

/// The real host but for the environment.
Host host_with(const Environment& environment);

}  // namespace botocxx::testing_support
