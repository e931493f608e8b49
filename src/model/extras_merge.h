#pragma once

#include <botocxx/model/loader.h>
#include <botocxx/value/value.h>

#include <string>
#include <vector>

namespace botocxx::model {

/// A remark about a document by pointer only; the file behind it is found by provenance.
struct Finding {
  ModelIssue::Severity severity = ModelIssue::Severity::kWarning;
  std::string pointer;
  std::string message;
  std::string hint;
  std::string removed = {};  ///< when something at this pointer was removed, that is the cause
  std::string related = {};  ///< a second place: the cause when extras supplied it
};

/// Merges `extra` into `base`: objects are merged, everything else replaces, new names come last,
/// null removes. Adds what it did to `sources.changes`, naming `file`; pointers of the findings are
/// relative to `extra`.
void merge_extras(Value& base, const Value& extra, const std::string& file, ModelSources& sources,
                  std::vector<Finding>& findings);

}  // namespace botocxx::model
