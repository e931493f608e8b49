#pragma once

#include <botocxx/message/http.h>

#include <string_view>

namespace botocxx {

/// A request as the published vectors write it: request line, headers (a line that begins with a
/// blank goes on with the value before), and the body after an empty line.
HttpRequest parse_request(std::string_view text);

}  // namespace botocxx
