#include "cli/commands.h"
#include "cli/connection.h"
#include "cli/operation_call.h"
#include "cli/output.h"
#include "cli/paging_options.h"
#include "cli/shorthand.h"
#include <botocxx/codec/json.h>
#include <botocxx/wait/waiter.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace botocxx::cli {
namespace {

enum class Paged { kNo, kYes };

bool is_flag(const Member& member) { return member.shape().type() == ShapeType::kBoolean; }

// A stream's option names the file that is sent; a payload that is no stream is a value.
bool is_payload_stream(const Shape& input, const Member& member) {
  auto payload = input.payload();
  bool streams = member.streaming() || member.shape().streaming();
  return payload && payload->name() == member.name() && streams &&
         member.shape().type() == ShapeType::kBlob;
}

// Options that the AWS command line keeps for itself, besides our global ones.
constexpr std::array<std::string_view, 3> kReservedNames{"cli-input-json", "generate-cli-skeleton",
                                                         "version"};

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

// Booleans are --x and --no-x. Where an operation's own option has the name of one for paging, that
// one is paging's; it is the operation's again where the command line turns paging off.
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

std::vector<OptionSpec> all_options(const Operation& operation, Paged paged) {
  std::vector<OptionSpec> specs = global_options();
  for (OptionSpec& spec : member_options(operation)) {
    if (paged == Paged::kYes && is_paging_option(spec.name)) continue;
    specs.push_back(std::move(spec));
  }
  if (paged == Paged::kYes) {
    specs.insert(specs.end(), paging_options().begin(), paging_options().end());
  }
  return specs;
}

// The parameters that the options state.
Result<void> read_params(const Operation& operation, const Arguments& arguments, Paged paged,
                         OperationCall& call) {
  auto blobs = read_blob_form(arguments.get("cli-binary-format"));
  if (!blobs) return std::move(blobs).error();
  auto input = operation.input();
  if (!input) return {};
  Shape shape = input->shape();
  for (Member member : shape.members()) {
    std::string option = option_name(member);
    std::string name(member.name());
    bool is_pagings = paged == Paged::kYes && is_paging_option(option);
    if (is_pagings) continue;
    if (is_flag(member)) {
      if (arguments.has(option)) call.params.set(name, true);
      if (arguments.has("no-" + option)) call.params.set(name, false);
    } else if (arguments.has(option)) {
      if (is_payload_stream(shape, member)) {
        call.body_file = arguments.get(option).value_or("");
        continue;
      }
      auto value = read_member(member, option, arguments.all(option), *blobs);
      if (!value) return std::move(value).error();
      call.params.set(name, *std::move(value));
    }
  }
  return {};
}

Result<OperationCall> read_call(const Client& client, const Operation& operation,
                                const Arguments& arguments, Paged paged) {
  OperationCall call;
  call.operation = operation.name();
  if (arguments.positionals().size() > 1) {
    return Error(ErrorKind::kUsage, "Usage",
                 fmt::format("unexpected word \"{}\"", arguments.positionals()[1]));
  }
  if (!arguments.positionals().empty()) call.output_file = arguments.positionals()[0];
  auto query = read_query(arguments.get("query"));
  if (!query) return std::move(query).error();
  call.query = *std::move(query);
  if (auto read = read_params(operation, arguments, paged, call); !read) {
    return std::move(read).error();
  }
  auto paging = read_paging(client, operation, arguments, call.params);
  if (!paging) return std::move(paging).error();
  call.paging = *std::move(paging);
  if (paged == Paged::kNo || call.paging) return call;
  // One call: options that were paging's are the operation's own.
  call.params = Value::object();
  if (auto read = read_params(operation, arguments, Paged::kNo, call); !read) {
    return std::move(read).error();
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

ExitStatus list_waiters(const Client& client) {
  auto names = waiter_names(client);
  if (!names) return report(names.error());
  std::string text;
  for (const std::string& name : *names) text += xform_name(name, '-') + '\n';
  return print_data(text);
}

// `botocxx SERVICE wait WAITER --member value …`: silent, the exit status tells.
ExitStatus run_wait(const Client& client, const std::vector<std::string>& words) {
  CommandWords split = split_command(words, 1);
  if (split.command.empty() || split.command[0] == "help") return list_waiters(client);
  auto waiter = get_waiter(client, split.command[0]);
  if (!waiter) return report(waiter.error());
  auto operation = client.model().operation(waiter->operation());
  if (!operation) return report(operation.error());
  if (!split.rest.empty() && split.rest.front() == "help") {
    return describe_operation(std::string(client.model().service_name()), *operation);
  }
  auto arguments = Arguments::parse(split.rest, all_options(*operation, Paged::kNo));
  if (!arguments) return report(arguments.error());
  OperationCall call;
  if (auto read = read_params(*operation, *arguments, Paged::kNo, call); !read) {
    return report(read.error());
  }
  end_on_interrupt();
  auto done = waiter->wait(call.params);
  if (done) return ExitStatus::kOk;
  if (!done.error().is("Waiter")) return report(done.error());
  // The AWS command line's status of a wait in vain is 255, whatever the service answered.
  return report(Error(ErrorKind::kTimeout, "Waiter", done.error().message()));
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
  if (split.command[1] == "wait") {
    auto waiting = open_client(*session, service, *known);
    return waiting ? run_wait(*waiting, split.rest) : report(waiting.error());
  }
  auto operation = (*model)->operation(split.command[1]);
  if (!operation) return report(operation.error());
  if (!split.rest.empty() && split.rest.front() == "help") {
    return describe_operation(split.command[0], *operation);
  }
  auto client = open_client(*session, service, *known);
  if (!client) return report(client.error());
  Paged paged = can_paginate(*client, operation->name()) ? Paged::kYes : Paged::kNo;
  auto arguments = Arguments::parse(split.rest, all_options(*operation, paged));
  if (!arguments) return report(arguments.error());
  auto call = read_call(*client, *operation, *arguments, paged);
  if (!call) return report(call.error());
  return run_operation(*client, *std::move(call));
}

}  // namespace botocxx::cli
