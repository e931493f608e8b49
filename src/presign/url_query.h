#pragma once

#include <botocxx/base/result.h>
#include <botocxx/message/http.h>

#include <optional>
#include <string>
#include <string_view>

namespace botocxx::presign {

/// How the octets of a body are read as parameters.
enum class BodyForm { kForm, kJson };

/// The query of `request` with what its body says, as botocore makes it for a signed URL: of a
/// repeated parameter the first stays, a member of the body replaces the parameter of its name, a
/// list is repeated, everything else is Python's text of it. Nothing where there is no parameter;
/// parameters that are empty lists make an empty query, not none. Error: "UnsupportedBody".
Result<std::optional<std::string>> query_with_body(const HttpRequest& request, BodyForm form);

}  // namespace botocxx::presign
