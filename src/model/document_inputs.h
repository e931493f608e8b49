#pragma once

#include "model/service_tree.h"
#include <botocxx/base/result.h>
#include <botocxx/model/loader.h>

#include <string>
#include <string_view>
#include <vector>

namespace botocxx::model {

/// The files that make up one document, and what is wrong with names and places around them.
struct DocumentInputs {
  std::string service, type, version;
  std::string base;  ///< empty: only extras supply this type
  std::vector<std::string> shadowed;
  std::vector<std::string> extras;  ///< in the order of merging
  std::vector<ModelIssue> issues;
  bool all_bundled = true;  ///< every file comes with this library: lints ran in its tests
};

struct InputsRequest {
  std::string_view service, type, version;  ///< an empty version means the latest
};

/// Chooses the files for the request among `folders`; "DataNotFound" when there are none.
Result<DocumentInputs> choose_inputs(const InputsRequest& request, const LoaderOptions& options,
                                     const std::vector<ServiceFolder>& folders);

/// Versions that a request for the type may name; those of service-2 when only extras supply it.
std::vector<std::string> usable_versions(const std::vector<ServiceFolder>& folders,
                                         std::string_view type);

/// Remarks about files of the service that nothing reads: misnamed, misplaced, or of a version that
/// does not exist.
std::vector<ModelIssue> lint_file_names(const std::vector<ServiceFolder>& folders);

}  // namespace botocxx::model
