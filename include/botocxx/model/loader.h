#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/host.h>
#include <botocxx/base/result.h>
#include <botocxx/model/service_model.h>
#include <botocxx/value/value.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace botocxx::inline v1 {

/// A remark about a model or extras file: what, where, and how bad.
struct BOTOCXX_EXPORT ModelIssue {
  enum class Severity { kWarning, kError };
  Severity severity = Severity::kWarning;
  std::string file{};
  std::string pointer{};   ///< RFC 6901 JSON pointer into `file`; empty for the file as a whole
  std::size_t line = 0;    ///< from 1; 0 when unknown
  std::size_t column = 0;  ///< from 1; 0 when unknown
  std::string message{};
  std::string hint{};

  /// "file:line:column: error: message (at /pointer)"
  std::string to_string() const;
};

/// Which files made up a model.
struct BOTOCXX_EXPORT ModelSources {
  std::string base{};                   ///< the service-2.json (or other type) that was used
  std::vector<std::string> shadowed{};  ///< files of the same name on later roots, not used
  std::vector<std::string> extras{};    ///< in the order in which they were merged
  struct Change {
    std::string pointer{};   ///< what the extras file set
    std::string file{};      ///< that extras file
    std::string replaced{};  ///< file whose value it replaced or removed; empty when it is new
    bool removed = false;    ///< a null value took the key away
  };
  std::vector<Change> changes{};

  /// The file that supplied the value at `pointer` (or the nearest thing above it).
  std::string origin_of(std::string_view pointer) const;
};

/// A file for the folder of compiled models.
struct CompiledModel {
  std::string name{};     ///< below that folder, "s3/2006-03-01/service-2.bcxc"
  std::string content{};  ///< empty where there are warnings, which a compiled file could not give
};

struct LoaderOptions {
  /// Entries before the defaults, highest priority first (`data_path`, `AWS_DATA_PATH`).
  std::vector<std::string> data_path{};
  /// Named extras that apply, in this order: `TYPE.NAME.sdk-extras.json`.
  std::vector<std::string> extras{};
  /// `~/.aws/models` and the bundled roots come after `data_path`.
  bool include_default_search_paths = true;
  /// Unnamed `*.sdk-extras.json` apply.
  bool include_default_extras = true;
  /// Gets each warning once; null: nobody is told, but `validate` shows them.
  std::function<void(const ModelIssue&)> on_issue{};
};

/// Finds, merges and compiles models: botocore's `Loader`. Thread-safe; each file is read and
/// parsed once per process as long as it does not change.
class BOTOCXX_EXPORT Loader {
 public:
  explicit Loader(LoaderOptions options = {}, const Host& host = system_host());

  /// All roots in order of priority, existing or not.
  std::vector<std::string> search_paths() const;

  /// Sorted names of services that have a file of that type ("service-2", "paginators-1", …).
  std::vector<std::string> list_available_services(std::string_view type = "service-2") const;
  /// Sorted versions; an unknown service or type is "DataNotFound"/"UnknownService".
  Result<std::vector<std::string>> list_api_versions(std::string_view service,
                                                     std::string_view type = "service-2") const;
  Result<std::string> determine_latest_version(std::string_view service,
                                               std::string_view type = "service-2") const;

  /// Document of any type with extras merged; empty version: the latest. Shared and immutable.
  Result<std::shared_ptr<const Value>> load_document(std::string_view service,
                                                     std::string_view type,
                                                     std::string_view api_version = {}) const;
  /// Top-level data such as "partitions", "endpoints", or "s3/2006-03-01/waiters-2"; no extras.
  Result<std::shared_ptr<const Value>> load_data(std::string_view name) const;
  Result<std::pair<std::shared_ptr<const Value>, std::string>> load_data_with_path(
      std::string_view name) const;
  /// Whether the path lies in a bundled root.
  bool is_builtin_path(std::string_view path) const;

  /// The compiled service model, extras merged.
  Result<std::shared_ptr<const ServiceModel>> load_service_model(
      std::string_view service, std::string_view api_version = {}) const;
  /// Which files supplied what.
  Result<ModelSources> sources(std::string_view service, std::string_view type = "service-2",
                               std::string_view api_version = {}) const;
  /// A model in the form that is read fastest: `service-2`, `endpoint-rule-set-1`, or with an empty
  /// service the data files `partitions` and `endpoints`. Every loader takes such files, instead of
  /// the JSON, from the folder BOTOCXX_COMPILED_MODELS or from beside the bundled models, if they
  /// are whole and were made from just the files that it would read (size and time, else SHA-256).
  /// Errors: the model's own; "NotCompiled" for other types.
  Result<CompiledModel> compile(std::string_view service, std::string_view type,
                                std::string_view api_version = {}) const;
  /// All lints of one service (every version, type and extras file), or of every service when
  /// `service` is empty.
  std::vector<ModelIssue> validate(std::string_view service = {}) const;
  /// Lints of a single file or of a directory in data-path layout, wherever it lies.
  std::vector<ModelIssue> validate_path(const std::string& path) const;

  /// Adds a model from memory: it takes precedence over every root.
  Result<void> add_document(std::string_view service, std::string_view api_version,
                            std::string_view type, std::string_view json);

 private:
  struct State;
  std::shared_ptr<State> state_{};
};

}  // namespace botocxx::inline v1
