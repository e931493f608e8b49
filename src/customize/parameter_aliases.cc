#include "customize/builtin_handlers.h"
#include "customize/registration.h"

#include <fmt/format.h>

namespace botocxx::customize {
namespace {

EventHandler accept_alias(std::string_view name, std::string_view alias) {
  return [name, alias](BeforeParameterBuild& event) -> Result<void> {
    auto input = event.operation.input();
    if (!input || !input->shape().find_member(name)) return {};
    const Value* given = event.params.find(alias);
    if (given == nullptr) return {};
    if (event.params.contains(name)) {
      return Error(ErrorKind::kValidation, "AliasConflictParameter",
                   fmt::format("Parameter '{}' and its alias '{}' were provided for operation {}.  "
                               "Only one of them may be used.",
                               name, alias, event.operation.name()));
    }
    Value value = *given;
    event.params.erase(alias);
    event.params.set(name, std::move(value));
    return {};
  };
}

}  // namespace

// Other names for parameters whose own name is a singular for a list, or a word of Python's.
void register_parameter_aliases(Events& events) {
  auto first = [&](std::string_view event, EventHandler handler) {
    (void)events.register_first(event, std::move(handler)).value();
  };
  first("before-parameter-build.ec2.*", accept_alias("Filter", "Filters"));
  first("before-parameter-build.logs.CreateExportTask", accept_alias("from", "fromTime"));
  first("before-parameter-build.cloudsearchdomain.Search", accept_alias("return", "returnFields"));
}

}  // namespace botocxx::customize
