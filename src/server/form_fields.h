#pragma once

#include <botocxx/base/result.h>
#include <botocxx/message/http.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Forms: `Action=Run&Filter.1.Name=a` as a tree of names.
namespace botocxx::server {

using FormFields = std::vector<std::pair<std::string, std::string>>;

/// Reads `a=b&c=d`: "+" is a blank. Error "MalformedBody" for a percent sign without two
/// hexadecimal digits and for text that is not UTF-8.
Result<FormFields> parse_form(std::string_view text);

/// The fields of a request: those of the URL, then those of a body that is a form. The body must
/// be in memory. A body of another content type is an error.
Result<FormFields> read_form(const HttpRequest& request);

/// First field of that name.
const std::string* find_field(const FormFields& fields, std::string_view name);

/// A name of dotted names, with the text that is assigned to it and what lies below.
struct FormNode {
  std::optional<std::string> text{};
  std::map<std::string, std::unique_ptr<FormNode>, std::less<>> children{};

  const FormNode* child(std::string_view name) const;
};

/// Errors "MalformedParameter": a name that is given twice, one with more than 128 parts.
Result<FormNode> make_form_tree(FormFields fields);

/// The children whose names are numbers, by number; gaps don't count. Errors "MalformedParameter":
/// a number that is 0 or beyond 1,000,000, or written with leading zeros.
Result<std::vector<const FormNode*>> numbered_children(const FormNode& node);

}  // namespace botocxx::server
