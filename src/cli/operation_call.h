#pragma once

#include "cli/exit_status.h"
#include <botocxx/client/client.h>
#include <botocxx/jmespath/expression.h>
#include <botocxx/page/paginator.h>
#include <botocxx/value/value.h>

#include <optional>
#include <string>

namespace botocxx::cli {

struct OperationCall {
  std::string operation;
  Value params = Value::object();           ///< in JSON form: blobs as base64
  std::string body_file;                    ///< sent as the payload; empty: none
  std::string output_file;                  ///< gets the streamed payload; empty: none
  std::optional<PaginateOptions> paging;    ///< all pages as one result; none: one call
  std::optional<JmespathExpression> query;  ///< of what is printed
};

/// `--query`, compiled; nothing where it is not given.
Result<std::optional<JmespathExpression>> read_query(const std::optional<std::string>& text);

/// Ctrl-C ends the program at once from now on, with the status that shells expect.
void end_on_interrupt();

/// Makes the call and prints its result; errors are reported.
ExitStatus run_operation(const Client& client, OperationCall call);

}  // namespace botocxx::cli
