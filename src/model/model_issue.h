#pragma once

#include "model/extras_merge.h"
#include <botocxx/base/error.h>
#include <botocxx/model/loader.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::model {

/// Texts of the files that a document was made from, for naming lines; alive during a load only.
using SourceTexts = std::map<std::string, std::string>;

/// An issue at `pointer` in `file` itself, with line and column when the text is there.
ModelIssue issue_in_file(const Finding& finding, const std::string& file, const SourceTexts& texts);

/// An issue at a pointer into the merged document: names the file that supplied the place.
ModelIssue issue_in_document(const Finding& finding, const ModelSources& sources,
                             const SourceTexts& texts);

/// The first error among the issues as an `Error`; how many follow is said in a hint.
std::optional<Error> first_error(const std::vector<ModelIssue>& issues);

}  // namespace botocxx::model
