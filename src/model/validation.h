#pragma once

#include "model/merged_document.h"
#include "model/search_path.h"
#include <botocxx/base/host.h>
#include <botocxx/model/loader.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::model {

struct ValidationScope {
  std::vector<Root> roots;
  const LoaderOptions& options;
  const FileSystem& files;
};

/// The merged document of a type other than service-2, lints among its issues; `service` is the
/// service-2 document or null.
std::shared_ptr<MergedDocument> checked_document(const DocumentInputs& inputs,
                                                 const FileSystem& files, const Value* service);

/// Folders of user roots that differ from `service` in case only: nothing is read from them.
std::vector<ModelIssue> lint_service_names(std::string_view service, const std::vector<Root>& roots,
                                           const FileSystem& files);

/// Every version, type and extras file of a service.
std::vector<ModelIssue> validate_service(std::string_view service, const ValidationScope& scope);
/// Every service of every root.
std::vector<ModelIssue> validate_roots(const ValidationScope& scope);
/// A file, or a folder in data-path layout (a root, a service or a version), wherever it lies.
std::vector<ModelIssue> validate_path(const std::string& path, ValidationScope scope);

}  // namespace botocxx::model
