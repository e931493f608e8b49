#pragma once

#include "cli/arguments.h"
#include <botocxx/base/result.h>
#include <botocxx/client/client.h>
#include <botocxx/session/session.h>

#include <string>

namespace botocxx::cli {

/// The session that the global options describe; model warnings go to standard error.
Result<Session> open_session(const Arguments& arguments);
/// The same where `--output` names a file.
Result<Session> open_session_for_file(const Arguments& arguments);
/// The global options for timeouts.
Result<SendOptions> read_timeouts(const Arguments& arguments);
/// The client that the global options describe. "s3api" means "s3".
Result<Client> open_client(const Session& session, std::string service, const Arguments& arguments);
/// `--data-path` must name directories that exist: nothing that was asked for is left out in
/// silence.
Result<void> check_data_path(const Arguments& arguments);
/// A warning for each `--extras` name that no file of the service bears.
void warn_of_unused_extras(const Session& session, const std::string& service,
                           const Arguments& arguments);
/// Service name of a command word: "s3api" is s3.
std::string service_of_command(const std::string& word);

/// The text itself, or the content of the file that `file://path` names.
Result<std::string> read_text_argument(const std::string& value);

}  // namespace botocxx::cli
