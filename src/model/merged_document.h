#pragma once

#include "model/document_inputs.h"
#include "model/model_issue.h"
#include <botocxx/base/host.h>
#include <botocxx/value/value.h>

#include <memory>
#include <memory_resource>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::model {

/// A document with its extras merged, in an arena of its own, and what there is to say about it.
/// After an error among the issues the document is incomplete.
struct MergedDocument {
  std::pmr::monotonic_buffer_resource arena;
  Value document = Value(&arena);
  ModelSources sources;
  std::vector<ModelIssue> issues;

  /// The document, sharing ownership of the arena.
  static std::shared_ptr<const Value> value_of(const std::shared_ptr<const MergedDocument>& merged);
};

/// Reads, parses and merges the chosen files; `texts` gets what was read. The inputs' own issues
/// are not repeated: they belong to a request, not to the files.
std::shared_ptr<MergedDocument> merge_documents(const DocumentInputs& inputs,
                                                const FileSystem& files, SourceTexts& texts);

/// Text of a `.json` or `.json.gz` file.
Result<std::string> read_text(const std::string& path, const FileSystem& files);

/// JSON of a model file as a value in `resource`; what is wrong with it as issues of `file`.
Value parse_text(const std::string& file, std::string_view text,
                 std::pmr::memory_resource* resource, std::vector<ModelIssue>& issues);

}  // namespace botocxx::model
