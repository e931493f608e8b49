#include "model/service_build.h"

#include "model/compiler.h"
#include "model/lints.h"
#include "model/merged_document.h"
#include "model/normalize.h"

namespace botocxx::model {
namespace {

Finding compile_finding(const Error& error) {
  Finding finding{ModelIssue::Severity::kError, "", error.message(), ""};
  for (const auto& [key, value] : error.context()) {
    if (key == "pointer") finding.pointer = value;
  }
  // The compiler's message begins with the pointer, which an issue shows at its end.
  std::string prefix = finding.pointer + ": ";
  if (finding.message.starts_with(prefix)) finding.message.erase(0, prefix.size());
  return finding;
}

}  // namespace

std::shared_ptr<const ServiceBuild> build_service(const DocumentInputs& inputs,
                                                  const FileSystem& files, LintScope scope) {
  SourceTexts texts;
  std::shared_ptr<MergedDocument> merged = merge_documents(inputs, files, texts);
  auto build = std::make_shared<ServiceBuild>();
  auto add = [&](const Finding& finding) {
    merged->issues.push_back(issue_in_document(finding, merged->sources, texts));
  };
  if (!first_error(merged->issues)) {
    for (const Finding& finding : normalize_service(merged->document)) add(finding);
    if (scope == LintScope::kEverything || !inputs.all_bundled) {
      for (const Finding& finding : lint_service(merged->document)) add(finding);
    }
  }
  if (!first_error(merged->issues)) {
    auto model = compile_and_open(merged->document, inputs.service, inputs.version);
    if (model) {
      build->model = *std::move(model);
    } else {
      add(compile_finding(model.error()));
    }
  }
  build->sources = std::move(merged->sources);
  build->issues = std::move(merged->issues);
  return build;
}

}  // namespace botocxx::model
