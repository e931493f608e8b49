#include "cli/commands.h"
#include "cli/connection.h"
#include "cli/operation_call.h"
#include "cli/output.h"
#include "cli/shorthand.h"
#include <botocxx/codec/json.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace botocxx::cli {
namespace {

bool is_flag(const Member& member) { return member.shape().type() == ShapeType::kBoolean; }

bool is_payload_stream(const Shape& input, const Member& member) {
  auto payload = input.payload();
  return payload && payload->name() == member.name() && member.shape().type() == ShapeType::kBlob;
}

// Options that the AWS command line keeps for itself, besides our global ones.
constexpr std::array<std::string_view, 8> kReservedNames{
    "query",          "no-paginate", "cli-input-json", "generate-cli-skeleton",
    "starting-token", "page-size",   "max-items",      "version"};

// The member's name in kebab-case, as the AWS command line has it; where that is taken, the name
// that the model proposes in its trait "commandLineName", else one with a suffix.
bool is_taken(const std::string& name) {
  bool taken =
      std::find(kReservedNames.begin(), kReservedNames.end(), name) != kReservedNames.end();
  for (const OptionSpec& spec : global_options()) taken = taken || spec.name == name;
  return taken;
}

std::string option_name(const Member& member) {
  if (auto proposed = member.trait("commandLineName")) {
    auto name = parse_json(*proposed);
    bool usable = name && name->is_string() && !name->empty();
    if (usable && !is_taken(std::string(name->as_string()))) return std::string(name->as_string());
  }
  std::string name = xform_name(member.name(), '-');
  return is_taken(name) ? name + "-parameter" : name;
}

// Booleans are --x and --no-x.
std::vector<OptionSpec> member_options(const Operation& operation) {
  std::vector<OptionSpec> specs;
  auto input = operation.input();
  if (!input) return specs;
  for (Member member : input->shape().members()) {
    std::string name = option_name(member);
    std::string help = std::string(to_string(member.shape().type()));
    if (member.required()) help += ", required";
    bool list = member.shape().type() == ShapeType::kList;
    Arity arity = is_flag(member) ? Arity::kNone : list ? Arity::kMany : Arity::kOne;
    specs.push_back({name, arity, help});
    if (is_flag(member)) specs.push_back({"no-" + name, Arity::kNone, "the opposite of --" + name});
  }
  return specs;
}

Result<OperationCall> read_call(const Operation& operation, const Arguments& arguments) {
  OperationCall call;
  call.operation = operation.name();
  if (arguments.positionals().size() > 1) {
    return Error(ErrorKind::kUsage, "Usage",
                 fmt::format("unexpected word \"{}\"", arguments.positionals()[1]));
  }
  if (!arguments.positionals().empty()) call.output_file = arguments.positionals()[0];
  auto input = operation.input();
  if (!input) return call;
  Shape shape = input->shape();
  for (Member member : shape.members()) {
    std::string option = option_name(member);
    std::string name(member.name());
    if (is_flag(member)) {
      if (arguments.has(option)) call.params.set(name, true);
      if (arguments.has("no-" + option)) call.params.set(name, false);
    } else if (arguments.has(option)) {
      if (is_payload_stream(shape, member)) {
        call.body_file = arguments.get(option).value_or("");
        continue;
      }
      auto value = read_member(member, option, arguments.all(option));
      if (!value) return std::move(value).error();
      call.params.set(name, *std::move(value));
    }
  }
  return call;
}

ExitStatus list_operations(const ServiceModel& model) {
  std::string text;
  for (Operation operation : model.operations()) text += xform_name(operation.name(), '-') + '\n';
  return print_data(text);
}

ExitStatus describe_operation(const std::string& service, const Operation& operation) {
  std::string text = fmt::format("botocxx {} {}", service, xform_name(operation.name(), '-'));
  if (operation.has_streaming_output()) text += " OUTFILE";
  text += "\n\n";
  for (const OptionSpec& spec : member_options(operation)) {
    text += fmt::format("  --{:<40} {}\n", spec.name, spec.help);
  }
  return print_data(text);
}

}  // namespace

ExitStatus run_service(const std::vector<std::string>& words) {
  CommandWords split = split_command(words, 2);
  std::string service = service_of_command(split.command[0]);
  // The operation's own options are known only with its model, which global options may choose.
  auto known = Arguments::parse(only_global_options(split.rest), global_options());
  if (!known) return report(known.error());
  auto session = open_session(*known);
  if (!session) return report(session.error());
  auto model =
      session->loader().load_service_model(service, known->get("api-version").value_or(""));
  if (!model) return report(model.error());
  bool wants_list = split.command.size() < 2 || split.command[1] == "help";
  if (wants_list) return list_operations(**model);
  auto operation = (*model)->operation(split.command[1]);
  if (!operation) return report(operation.error());
  if (!split.rest.empty() && split.rest.front() == "help") {
    return describe_operation(split.command[0], *operation);
  }
  std::vector<OptionSpec> specs = global_options();
  for (OptionSpec& spec : member_options(*operation)) specs.push_back(std::move(spec));
  auto arguments = Arguments::parse(split.rest, specs);
  if (!arguments) return report(arguments.error());
  auto call = read_call(*operation, *arguments);
  if (!call) return report(call.error());
  auto client = open_client(*session, service, *arguments);
  if (!client) return report(client.error());
  return run_operation(*client, *std::move(call));
}

}  // namespace botocxx::cli
