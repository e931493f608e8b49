#pragma once

#include "cli/arguments.h"
#include <botocxx/base/result.h>
#include <botocxx/client/client.h>
#include <botocxx/page/paginator.h>

#include <optional>
#include <string>
#include <vector>

namespace botocxx::cli {

/// --starting-token, --page-size and --max-items of an operation that answers in pages.
const std::vector<OptionSpec>& paging_options();
bool is_paging_option(const std::string& name);

/// How the command line wants the operation to be paged. Nothing where it can't be, after
/// --no-paginate, and where one of the operation's own parameters for paging is given (a token or
/// the size of a page): that is one call, and paging options beside it are an error, as in the AWS
/// command line. `params` are the operation's.
Result<std::optional<PaginateOptions>> read_paging(const Client& client, const Operation& operation,
                                                   const Arguments& arguments, const Value& params);

}  // namespace botocxx::cli
