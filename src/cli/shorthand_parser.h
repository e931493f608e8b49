#pragma once

#include <botocxx/base/result.h>
#include <botocxx/value/value.h>

#include <functional>
#include <string>
#include <string_view>

namespace botocxx::cli {

/// What the file named after "@=" holds ("file://…" as text, "fileb://…" as octets); what names no
/// file is itself.
using ParamFileReader = std::function<Result<Value>(const std::string& text)>;

/// Reads the AWS command line's shorthand: `a=b,c=d`, `a=b,c` (a list), `a=[b,c]`, `a={b=c}`, texts
/// in quotes, `\,`, `a@=file://b`. All that is no list or object is a text. The error's message
/// ("ParamValidation") is the AWS command line's, with a caret below the place.
Result<Value> parse_shorthand(std::string_view text, const ParamFileReader& read_file);

}  // namespace botocxx::cli
