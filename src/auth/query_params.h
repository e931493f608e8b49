#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace botocxx::auth {

/// Decoded names and values, in order.
using QueryParams = std::vector<std::pair<std::string, std::string>>;

/// A query or form, decoded (`+` is a blank); of a repeated name the first value stays, in the
/// place of the first, as botocore has it when it signs URLs.
QueryParams parse_params(std::string_view text);

/// `name=value&…`, percent-encoded strictly.
std::string encode_params(const QueryParams& params);

/// As a form is encoded: a blank is `+`.
std::string encode_form(const QueryParams& params);

}  // namespace botocxx::auth
