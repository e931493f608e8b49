#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/host.h>
#include <botocxx/base/result.h>
#include <botocxx/value/value.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace botocxx::inline v1 {

/// Keeps JSON documents by key, for as long as its implementation lives or beyond. Thread-safe.
class BOTOCXX_EXPORT JsonCache {
 public:
  virtual ~JsonCache() = default;
  /// Nothing when there is none, or none that can be read.
  virtual std::optional<Value> get(std::string_view key) = 0;
  virtual Result<void> put(std::string_view key, const Value& value) = 0;
  /// Without a word when there is none.
  virtual Result<void> remove(std::string_view key) = 0;
};

BOTOCXX_EXPORT std::shared_ptr<JsonCache> make_memory_json_cache();

/// One file a document, `FOLDER/KEY.json`, in the form of botocore's `JSONFileCache`: written to a
/// temporary file that takes the name's place, readable by the owner only. The folder is made when
/// the first document is written. `~` and variables in `folder` are replaced when it is used.
BOTOCXX_EXPORT std::shared_ptr<JsonCache> make_json_file_cache(const Host& host,
                                                               std::string folder);

/// The folder in which aws-cli keeps credentials of assumed roles and of SSO.
inline constexpr char kCliCacheFolder[] = "~/.aws/cli/cache";
/// The folder of SSO tokens and client registrations.
inline constexpr char kSsoCacheFolder[] = "~/.aws/sso/cache";

}  // namespace botocxx::inline v1
