#pragma once

#include "cli/exit_status.h"
#include <botocxx/base/error.h>
#include <botocxx/jmespath/expression.h>
#include <botocxx/model/loader.h>
#include <botocxx/value/value.h>

#include <string_view>

namespace botocxx::cli {

/// Data: standard output, nothing else goes there. A failed write is an error of the program.
ExitStatus print_data(std::string_view text);
/// A result as the AWS command line prints it: indented JSON, UTC times with "+00:00", nothing at
/// all for an empty object.
ExitStatus print_result(const Value& result);

/// What `query` finds in it; nothing found is "null".
ExitStatus print_queried(const Value& result, const JmespathExpression& query);

/// The same on one line, an empty object too; it is on its way when this returns.
ExitStatus print_result_line(const Value& result);

/// `botocxx: error: …` with hints after it, on standard error; returns the fitting status.
ExitStatus report(const Error& error);
ExitStatus report_usage(std::string_view message, std::string_view hint = {});
/// `botocxx: warning: …` on standard error.
void warn(std::string_view message);
/// The same for a remark about a model file.
void warn_of_model(const ModelIssue& issue);
/// A line of the wire log on standard error.
void log_line(std::string_view line);

}  // namespace botocxx::cli
