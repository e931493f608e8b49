#include "model/merged_document.h"

#include "codec/json.h"
#include "model/compressed.h"
#include "model/extras_merge.h"
#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace botocxx::model {
namespace {

using Severity = ModelIssue::Severity;

std::size_t number_in_context(const Error& error, std::string_view key) {
  for (const auto& [name, text] : error.context()) {
    std::size_t number = 0;
    if (name == key) std::from_chars(text.data(), text.data() + text.size(), number);
    if (name == key) return number;
  }
  return 0;
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

// Offset of the first octet that is no UTF-8.
std::size_t first_bad_octet(std::string_view text) {
  std::size_t low = 0, high = text.size();
  while (low < high) {
    std::size_t middle = low + (high - low + 1) / 2;
    // A cut in the middle of a character is not its fault.
    std::size_t end = middle;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) ++end;
    if (is_utf8(text.substr(0, end))) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

ModelIssue encoding_issue(const std::string& file, std::string_view text) {
  codec::TextPosition at = codec::position_at(text, first_bad_octet(text));
  ModelIssue issue{Severity::kError, file, "", at.line, at.column, "the file is not UTF-8", ""};
  bool utf16 = text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff");
  issue.hint = utf16 ? "it begins like UTF-16: save it as UTF-8" : "save it as UTF-8";
  return issue;
}

ModelIssue syntax_issue(const std::string& file, std::string_view text, const Error& error) {
  if (is_blank(text)) return {Severity::kError, file, "", 0, 0, "the file is empty", ""};
  if (!is_utf8(text)) return encoding_issue(file, text);
  std::string_view reason = error.message();
  if (std::size_t colon = reason.find(": "); colon != reason.npos) reason.remove_prefix(colon + 2);
  return {Severity::kError,
          file,
          "",
          number_in_context(error, "line"),
          number_in_context(error, "column"),
          fmt::format("JSON syntax: {}", reason),
          ""};
}

void lint_extras_frame(const std::string& file, const Value& root, const SourceTexts& texts,
                       std::vector<ModelIssue>& issues) {
  auto add = [&](Severity severity, std::string pointer, std::string message, std::string hint) {
    Finding finding{severity, std::move(pointer), std::move(message), std::move(hint)};
    issues.push_back(issue_in_file(finding, file, texts));
  };
  if (!root.is_object()) {
    return add(Severity::kError, "", "an extras file must be a JSON object with a \"merge\"", "");
  }
  for (const Value::Member& entry : root.members()) {
    std::string_view name = entry.key;
    if (name == "merge" || name == "version") continue;
    std::vector<std::string> right{"merge"};
    auto nearest = nearest_name(name, right);
    add(Severity::kWarning, fmt::format("/{}", codec::json_pointer_token(name)),
        fmt::format("\"{}\" is ignored: only \"merge\" is read", name),
        nearest ? "did you mean \"merge\"?" : "move it into \"merge\"");
  }
  const Value* merge = root.find("merge");
  if (merge == nullptr) {
    add(Severity::kError, "", "an extras file must have a \"merge\", and this one has none",
        "put what is to be added under \"merge\"");
  } else if (!merge->is_object()) {
    add(Severity::kError, "/merge",
        fmt::format("\"merge\" must be an object, not {}", to_string(merge->kind())), "");
  }
}

class DocumentMerger {
 public:
  DocumentMerger(const DocumentInputs& inputs, const FileSystem& files, SourceTexts& texts)
      : inputs_(inputs), files_(files), texts_(texts) {}

  std::shared_ptr<MergedDocument> run() {
    merged_->sources.base = inputs_.base;
    merged_->sources.shadowed = inputs_.shadowed;
    merged_->document.make_object();
    if (!inputs_.base.empty()) {
      merged_->document = read(inputs_.base);
      bool usable = merged_->document.is_object();
      if (!usable && !first_error(merged_->issues)) {
        merged_->issues.push_back(
            issue_in_file({Severity::kError, "", "a model file must be a JSON object", ""},
                          inputs_.base, texts_));
      }
      if (!usable) merged_->document.make_object();
    }
    for (const std::string& file : inputs_.extras) add_extras(file);
    return merged_;
  }

 private:
  Value read(const std::string& file) {
    auto text = read_text(file, files_);
    if (!text) {
      merged_->issues.push_back({Severity::kError, file, "", 0, 0, text.error().message(), ""});
      return Value(&merged_->arena);
    }
    const std::string& kept = texts_.insert_or_assign(file, *std::move(text)).first->second;
    return parse_text(file, kept, &merged_->arena, merged_->issues);
  }

  void add_extras(const std::string& file) {
    std::size_t before = merged_->issues.size();
    Value root = read(file);
    merged_->sources.extras.push_back(file);
    bool damaged = std::any_of(
        merged_->issues.begin() + static_cast<std::ptrdiff_t>(before), merged_->issues.end(),
        [](const ModelIssue& issue) { return issue.severity == Severity::kError; });
    if (damaged) return;
    lint_extras_frame(file, root, texts_, merged_->issues);
    const Value& merge = root["merge"];
    if (!merge.is_object()) return;
    std::vector<Finding> findings;
    merge_extras(merged_->document, merge, file, merged_->sources, findings);
    for (Finding& finding : findings) {
      finding.pointer = fmt::format("/merge{}", finding.pointer);
      merged_->issues.push_back(issue_in_file(finding, file, texts_));
    }
  }

  const DocumentInputs& inputs_;
  const FileSystem& files_;
  SourceTexts& texts_;
  std::shared_ptr<MergedDocument> merged_ = std::make_shared<MergedDocument>();
};

}  // namespace

std::shared_ptr<const Value> MergedDocument::value_of(
    const std::shared_ptr<const MergedDocument>& merged) {
  return {merged, &merged->document};
}

Result<std::string> read_text(const std::string& path, const FileSystem& files) {
  // A pipe would be waited for, and a device read for ever.
  if (files.status(path).type == FileSystem::Type::kOther) {
    return Error(ErrorKind::kModel, "FileAccess",
                 fmt::format("cannot read {}: it is no regular file", path));
  }
  auto text = files.read_file(path);
  if (!text || !path.ends_with(".gz")) return text;
  return gunzip(*text);
}

Value parse_text(const std::string& file, std::string_view text,
                 std::pmr::memory_resource* resource, std::vector<ModelIssue>& issues) {
  std::vector<std::string> duplicates;
  codec::JsonReadOptions options;
  options.resource = resource;
  options.duplicates = &duplicates;
  auto value = codec::parse_json(text, options);
  if (!value) {
    issues.push_back(syntax_issue(file, text, value.error()));
    return Value(resource);
  }
  if (!duplicates.empty()) {
    for (const codec::RepeatedName& repeat : codec::find_repeated_names(text)) {
      issues.push_back({Severity::kWarning, file, repeat.pointer, repeat.position.line,
                        repeat.position.column,
                        fmt::format("\"{}\" occurs twice; the last one counts", repeat.name), ""});
    }
  }
  return *std::move(value);
}

std::shared_ptr<MergedDocument> merge_documents(const DocumentInputs& inputs,
                                                const FileSystem& files, SourceTexts& texts) {
  return DocumentMerger(inputs, files, texts).run();
}

}  // namespace botocxx::model
