#pragma once

#include "cli/exit_status.h"
#include <botocxx/client/client.h>
#include <botocxx/value/value.h>

#include <string>

namespace botocxx::cli {

struct OperationCall {
  std::string operation;
  Value params = Value::object();  ///< in JSON form: blobs as base64
  std::string body_file;           ///< sent as the payload; empty: none
  std::string output_file;         ///< gets the streamed payload; empty: none
};

/// Makes the call and prints its result; errors are reported.
ExitStatus run_operation(const Client& client, OperationCall call);

}  // namespace botocxx::cli
