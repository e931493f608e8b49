#pragma once

#include "model/document_inputs.h"
#include <botocxx/base/host.h>
#include <botocxx/model/service_model.h>

#include <memory>
#include <optional>
#include <vector>

namespace botocxx::model {

/// A compiled service model with what led to it. Without a model there is an error among the
/// issues.
struct ServiceBuild {
  std::shared_ptr<const ServiceModel> model;
  ModelSources sources;
  std::vector<ModelIssue> issues;
};

enum class LintScope {
  kUserFiles,  ///< documents that come with this library are known to be clean
  kEverything
};

/// Merges, normalizes, lints and compiles the service-2 documents.
std::shared_ptr<const ServiceBuild> build_service(const DocumentInputs& inputs,
                                                  const FileSystem& files, LintScope scope);

}  // namespace botocxx::model
