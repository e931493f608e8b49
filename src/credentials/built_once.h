#pragma once

#include <botocxx/base/result.h>
#include <botocxx/credentials/provider.h>

#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace botocxx::credentials {

/// A provider that is made from configuration when it is first wanted; what is wrong with the
/// configuration is the error of every call. Thread-safe.
class BuiltOnce {
 public:
  using Built = Result<std::shared_ptr<CredentialsProvider>>;

  const Built& get(const std::function<Built()>& build) {
    std::call_once(once_, [&] { built_.emplace(build()); });
    return *built_;
  }

 private:
  std::once_flag once_;
  std::optional<Built> built_;
};

}  // namespace botocxx::credentials
