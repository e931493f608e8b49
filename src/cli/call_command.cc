#include "cli/commands.h"
#include "cli/connection.h"
#include "cli/operation_call.h"
#include "cli/output.h"
#include <botocxx/codec/json.h>

#include <fmt/format.h>

namespace botocxx::cli {
namespace {

constexpr std::string_view kUsage =
    "botocxx call SERVICE OPERATION [--params JSON|file://PATH] [--body FILE] [OUTFILE]";

std::vector<OptionSpec> call_options() {
  std::vector<OptionSpec> specs = global_options();
  specs.push_back({"params", Arity::kOne, "parameters as JSON; blobs in base64"});
  specs.push_back({"body", Arity::kOne, "file that is sent as the payload"});
  return specs;
}

Result<Value> read_params(const Arguments& arguments) {
  auto given = arguments.get("params");
  if (!given) return Value::object();
  auto text = read_text_argument(*given);
  if (!text) return std::move(text).error();
  auto params = parse_json(*text);
  if (!params) {
    return Error(ErrorKind::kUsage, "Usage",
                 fmt::format("--params is not JSON: {}", params.error().message()));
  }
  if (params->is_object()) return params;
  return Error(ErrorKind::kUsage, "Usage", "--params must be a JSON object");
}

}  // namespace

ExitStatus run_call(const std::vector<std::string>& words) {
  auto arguments = Arguments::parse(words, call_options());
  if (!arguments) return report(arguments.error());
  const auto& names = arguments->positionals();
  if (names.size() < 2 || names.size() > 3) {
    return report_usage("call needs a service and an operation", kUsage);
  }
  auto params = read_params(*arguments);
  if (!params) return report(params.error());
  auto query = read_query(arguments->get("query"));
  if (!query) return report(query.error());
  auto session = open_session(*arguments);
  if (!session) return report(session.error());
  auto client = open_client(*session, names[0], *arguments);
  if (!client) return report(client.error());
  OperationCall call;
  call.operation = names[1];
  call.params = *std::move(params);
  call.query = *std::move(query);
  call.body_file = arguments->get("body").value_or("");
  if (names.size() == 3) call.output_file = names[2];
  return run_operation(*client, std::move(call));
}

}  // namespace botocxx::cli
