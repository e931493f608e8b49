#include "cli/commands.h"
#include "cli/compile_models.h"
#include "cli/connection.h"
#include "cli/output.h"
#include <botocxx/codec/json.h>

#include <fmt/format.h>

namespace botocxx::cli {
namespace {

constexpr std::string_view kUsage =
    "botocxx models list | versions SERVICE | operations SERVICE | describe SERVICE OPERATION | "
    "where SERVICE [OPERATION] | validate [SERVICE|PATH] | compile FOLDER";

ExitStatus print_lines(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + '\n';
  return print_data(text);
}

Value parsed(std::string_view json) {
  auto value = parse_json(json);
  return value ? *std::move(value) : Value();
}

// Shapes that use each other often would fill any memory, and long chains the stack.
constexpr std::size_t kMostDescribed = 20'000;
constexpr std::size_t kDeepest = 100;

struct Description {
  std::vector<std::string> open;  ///< shapes around this one
  std::size_t count = 0;
};

// A shape with everything below it; a shape that contains itself is named, not repeated.
Value describe_shape(const Member& reference, Description& description) {
  std::vector<std::string>& open = description.open;
  Shape shape = reference.shape();
  Value out = Value::object();
  out.set("shape", shape.name());
  out.set("type", to_string(shape.type()));
  for (const TraitView& trait : reference.traits()) {
    if (trait.name != "documentation") out.set(trait.name, parsed(trait.json));
  }
  if (reference.required()) out.set("required", true);
  for (std::string_view name : {"enum", "min", "max", "pattern", "sensitive", "union"}) {
    if (auto trait = shape.trait(name)) out.set(name, parsed(*trait));
  }
  for (const std::string& name : open) {
    if (name == shape.name()) return out;
  }
  if (++description.count > kMostDescribed || open.size() >= kDeepest) return out;
  open.emplace_back(shape.name());
  if (shape.type() == ShapeType::kStructure) {
    Value members = Value::object();
    for (Member member : shape.members())
      members.set(member.name(), describe_shape(member, description));
    out.set("members", std::move(members));
  } else if (shape.type() == ShapeType::kList) {
    out.set("member", describe_shape(shape.list_member(), description));
  } else if (shape.type() == ShapeType::kMap) {
    out.set("key", describe_shape(shape.map_key(), description));
    out.set("value", describe_shape(shape.map_value(), description));
  }
  open.pop_back();
  return out;
}

Value describe(const Operation& operation) {
  Value out = Value::object();
  out.set("name", operation.name());
  for (const TraitView& trait : operation.traits()) {
    if (trait.name != "name") out.set(trait.name, parsed(trait.json));
  }
  Description description;
  if (auto input = operation.input()) out.set("input", describe_shape(*input, description));
  if (auto output = operation.output()) out.set("output", describe_shape(*output, description));
  Value errors = Value::list();
  for (Member error : operation.errors()) errors.push_back(Value(error.shape().error_code()));
  if (!errors.empty()) out.set("errors", std::move(errors));
  return out;
}

std::string origin_line(const ModelSources& sources, const std::string& what,
                        const std::string& pointer) {
  std::string line = fmt::format("{}: {}", what, sources.origin_of(pointer));
  for (const ModelSources::Change& change : sources.changes) {
    bool inside = change.pointer == pointer || change.pointer.starts_with(pointer + "/");
    if (inside && change.pointer != pointer) {
      line += fmt::format("\n  {}: {}", change.pointer, change.file);
    }
    if (inside && !change.replaced.empty()) {
      line +=
          fmt::format(" ({} {})", change.removed ? "removed from" : "replaces", change.replaced);
    }
  }
  return line;
}

ExitStatus where(const Loader& loader, const std::vector<std::string>& names,
                 const std::string& version) {
  std::string service = service_of_command(names[1]);
  auto sources = loader.sources(service, "service-2", version);
  if (!sources) return report(sources.error());
  auto model = loader.load_service_model(service, version);
  if (!model) return report(model.error());
  if (names.size() > 2) {
    auto operation = (*model)->operation(names[2]);
    if (!operation) return report(operation.error());
    std::vector<std::string> lines{origin_line(*sources, std::string(operation->name()),
                                               fmt::format("/operations/{}", operation->name()))};
    for (const auto& reference : {operation->input(), operation->output()}) {
      if (!reference) continue;
      std::string shape(reference->shape().name());
      lines.push_back(origin_line(*sources, shape, "/shapes/" + shape));
    }
    return print_lines(lines);
  }
  std::vector<std::string> lines{"model: " + sources->base};
  for (const std::string& file : sources->shadowed) lines.push_back("shadowed: " + file);
  for (const std::string& file : sources->extras) lines.push_back("extras: " + file);
  for (Operation operation : (*model)->operations()) {
    std::string origin = sources->origin_of(fmt::format("/operations/{}", operation.name()));
    if (origin != sources->base) lines.push_back(fmt::format("{}: {}", operation.name(), origin));
  }
  return print_lines(lines);
}

ExitStatus validate(const Loader& loader, const std::vector<std::string>& names) {
  std::vector<ModelIssue> issues;
  if (names.size() < 2) {
    issues = loader.validate();
  } else if (system_host().files->status(names[1]).type != FileSystem::Type::kMissing) {
    issues = loader.validate_path(names[1]);
  } else {
    auto known = loader.list_api_versions(service_of_command(names[1]));
    if (!known) return report(known.error());
    issues = loader.validate(service_of_command(names[1]));
  }
  std::vector<std::string> lines;
  std::size_t errors = 0;
  for (const ModelIssue& issue : issues) {
    lines.push_back(issue.to_string());
    if (issue.severity == ModelIssue::Severity::kError) ++errors;
  }
  lines.push_back(fmt::format("{} errors, {} warnings", errors, issues.size() - errors));
  ExitStatus printed = print_lines(lines);
  return errors > 0 ? ExitStatus::kOther : printed;
}

std::vector<std::string> operation_names(const ServiceModel& model) {
  std::vector<std::string> names;
  for (Operation operation : model.operations()) names.emplace_back(operation.name());
  return names;
}

ExitStatus run(const Session& session, const std::vector<std::string>& names,
               const std::string& version) {
  const Loader& loader = session.loader();
  const std::string& verb = names[0];
  if (verb == "list") return print_lines(loader.list_available_services());
  if (verb == "validate") return validate(loader, names);
  if (verb == "compile" && names.size() != 2) {
    return report_usage("models compile needs a folder", kUsage);
  }
  if (verb == "compile") return compile_models(loader, names[1]);
  if (names.size() < 2) return report_usage(fmt::format("models {} needs a service", verb), kUsage);
  std::string service = service_of_command(names[1]);
  if (verb == "versions") {
    auto versions = loader.list_api_versions(service);
    return versions ? print_lines(*versions) : report(versions.error());
  }
  if (verb == "where") return where(loader, names, version);
  auto model = loader.load_service_model(service, version);
  if (!model) return report(model.error());
  if (verb == "operations") return print_lines(operation_names(**model));
  if (names.size() < 3) return report_usage("models describe needs an operation", kUsage);
  auto operation = (*model)->operation(names[2]);
  if (!operation) return report(operation.error());
  return print_data(to_json(describe(*operation), JsonLayout::kIndented) + '\n');
}

}  // namespace

ExitStatus run_models(const std::vector<std::string>& words) {
  auto arguments = Arguments::parse(words, global_options());
  if (!arguments) return report(arguments.error());
  const auto& names = arguments->positionals();
  static const std::vector<std::string> kVerbs{"list",  "versions", "operations", "describe",
                                               "where", "validate", "compile"};
  bool known = false;
  for (const std::string& verb : kVerbs) known = known || (!names.empty() && names[0] == verb);
  if (!known) {
    return report_usage(
        names.empty() ? "models needs a verb" : fmt::format("models has no verb \"{}\"", names[0]),
        kUsage);
  }
  if (auto exist = check_data_path(*arguments); !exist) return report(exist.error());
  SessionOptions options;
  options.data_path = arguments->all("data-path");
  options.extras = arguments->all("extras");
  options.read_configuration = false;
  if (names[0] != "validate") {
    options.on_model_issue = warn_of_model;
  }
  auto session = Session::create(std::move(options));
  if (!session) return report(session.error());
  if (names.size() > 1 && names[0] != "validate") {
    warn_of_unused_extras(*session, service_of_command(names[1]), *arguments);
  }
  return run(*session, names, arguments->get("api-version").value_or(""));
}

}  // namespace botocxx::cli
