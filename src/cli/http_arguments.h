#pragma once

#include "cli/arguments.h"
#include <botocxx/base/result.h>
#include <botocxx/client/sign_request.h>
#include <botocxx/session/session.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::cli {

/// Options of `request` and `sign` besides the global ones.
std::vector<OptionSpec> http_options();
/// `words` with curl's short names (-H, -d, -o, -i) written out.
std::vector<std::string> with_long_names(const std::vector<std::string>& words);

/// METHOD, URL, headers and data, still unsigned.
Result<HttpRequest> read_http_request(const Arguments& arguments);
/// Signs with the credentials that the global options choose.
Result<SignedRequest> sign_as_asked(const Session& session, HttpRequest request,
                                    const Arguments& arguments);

/// The stages of a signature on standard error.
void log_stages(std::string_view stages);

}  // namespace botocxx::cli
