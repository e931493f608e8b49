#include "model/model_issue.h"

#include "codec/json.h"

#include <fmt/format.h>

#include <algorithm>

namespace botocxx::inline v1 {
namespace {

// "/a" holds "/a" and "/a/b", not "/ab".
bool lies_within(std::string_view pointer, std::string_view outer) {
  return pointer.starts_with(outer) &&
         (pointer.size() == outer.size() || pointer[outer.size()] == '/');
}

}  // namespace

std::string ModelIssue::to_string() const {
  std::string text = file;
  if (line != 0) text += fmt::format(":{}:{}", line, column);
  if (!text.empty()) text += ": ";
  text += severity == Severity::kError ? "error: " : "warning: ";
  text += message;
  if (!pointer.empty()) text += fmt::format(" (at {})", pointer);
  if (!hint.empty()) text += fmt::format("; {}", hint);
  return text;
}

std::string ModelSources::origin_of(std::string_view pointer) const {
  auto found = std::find_if(changes.rbegin(), changes.rend(), [&](const Change& change) {
    return lies_within(pointer, change.pointer);
  });
  return found == changes.rend() ? base : found->file;
}

}  // namespace botocxx::inline v1

namespace botocxx::model {
namespace {

// The nearest place that exists: what is missing is reported where it should have been.
void locate(ModelIssue& issue, const SourceTexts& texts) {
  auto text = texts.find(issue.file);
  if (text == texts.end()) return;
  std::string pointer = issue.pointer;
  while (true) {
    if (auto at = codec::locate_json_pointer(text->second, pointer)) {
      issue.line = at->line;
      issue.column = at->column;
      return;
    }
    if (pointer.empty()) return;
    pointer.resize(pointer.rfind('/'));
  }
}

}  // namespace

ModelIssue issue_in_file(const Finding& finding, const std::string& file,
                         const SourceTexts& texts) {
  ModelIssue issue{finding.severity, file, finding.pointer, 0, 0, finding.message, finding.hint};
  locate(issue, texts);
  return issue;
}

ModelIssue issue_in_document(const Finding& finding, const ModelSources& sources,
                             const SourceTexts& texts) {
  Finding placed = finding;
  for (const ModelSources::Change& change : sources.changes) {
    if (!change.removed || finding.removed.empty() || change.pointer != finding.removed) continue;
    placed.pointer = "/merge" + change.pointer;
    placed.message += fmt::format(", which {} needs: null removed it", finding.pointer);
    return issue_in_file(placed, change.file, texts);
  }
  std::string file = sources.origin_of(finding.pointer);
  if (!finding.related.empty() && file == sources.base) {
    file = sources.origin_of(finding.related);
    if (file != sources.base) placed.pointer = finding.related;
  }
  if (file != sources.base || sources.base.empty()) placed.pointer = "/merge" + placed.pointer;
  if (file.empty() && !sources.extras.empty()) file = sources.extras.front();
  return issue_in_file(placed, file, texts);
}

std::optional<Error> first_error(const std::vector<ModelIssue>& issues) {
  auto is_error = [](const ModelIssue& issue) {
    return issue.severity == ModelIssue::Severity::kError;
  };
  auto first = std::find_if(issues.begin(), issues.end(), is_error);
  if (first == issues.end()) return std::nullopt;
  ModelIssue shown = *first;
  shown.hint.clear();
  std::string message = shown.to_string();
  if (std::size_t at = message.find("error: "); at != message.npos) message.erase(at, 7);
  Error error(ErrorKind::kModel, "InvalidModel", message);
  error = std::move(error).with_context("file", first->file);
  if (!first->pointer.empty()) error = std::move(error).with_context("pointer", first->pointer);
  if (first->line != 0) {
    error = std::move(error).with_context("line", std::to_string(first->line));
    error = std::move(error).with_context("column", std::to_string(first->column));
  }
  if (!first->hint.empty()) error = std::move(error).with_hint(first->hint);
  auto others = std::count_if(first + 1, issues.end(), is_error);
  if (others == 0) return error;
  return std::move(error).with_hint(
      fmt::format("and {} more; see `botocxx models validate`", others));
}

}  // namespace botocxx::model
