#include "server/action_routes.h"

#include "server/form_fields.h"
#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

namespace botocxx::server {
namespace {

std::string_view shown(std::string_view text) { return text.substr(0, 80); }

Error refused(int status, std::string_view code, std::string message) {
  return Error(ErrorKind::kUsage, std::string(code), std::move(message)).with_status(status);
}

/// The operation of exactly this name; an error of `code` that names the nearest.
Result<Route> find_operation(const ServiceModel& model, std::string_view name, int status,
                             std::string_view code) {
  if (std::optional<Operation> operation = model.find_operation(name)) {
    return Route{*operation, {}};
  }
  std::vector<std::string> names;
  for (Operation operation : model.operations()) names.emplace_back(operation.name());
  std::string message = fmt::format("{} has no operation '{}'", model.service_name(), shown(name));
  if (auto nearest = nearest_name(shown(name), names)) {
    message += fmt::format("; did you mean '{}'?", *nearest);
  }
  return refused(status, code, std::move(message));
}

Error wrong_prefix(const ServiceModel& model, std::string_view found, int status) {
  return refused(status, "UnknownOperationException",
                 fmt::format("expected an operation of '{}', not of '{}'",
                             model.metadata("targetPrefix"), shown(found)));
}

}  // namespace

Result<Route> route_by_action(const ServiceModel& model, const HttpRequest& request) {
  Result<FormFields> fields = read_form(request);
  if (!fields) return std::move(fields).error().with_status(400);
  const std::string* action = find_field(*fields, "Action");
  if (!action || action->empty()) {
    return refused(400, "MissingAction", "the request has no parameter 'Action'");
  }
  const std::string* version = find_field(*fields, "Version");
  if (version && *version != model.metadata("apiVersion")) {
    return refused(400, "NoSuchVersion",
                   fmt::format("{} is served in version {}, not '{}'", model.service_name(),
                               model.metadata("apiVersion"), shown(*version)));
  }
  return find_operation(model, *action, 400, "InvalidAction");
}

Result<Route> route_by_target(const ServiceModel& model, const HttpRequest& request) {
  std::optional<std::string_view> target = request.headers.get("X-Amz-Target");
  if (!target) {
    return refused(400, "UnknownOperationException", "the request has no header 'X-Amz-Target'");
  }
  std::size_t dot = target->rfind('.');
  std::string_view prefix = dot == std::string_view::npos ? "" : target->substr(0, dot);
  if (prefix != model.metadata("targetPrefix")) return wrong_prefix(model, prefix, 400);
  std::string_view name = dot == std::string_view::npos ? *target : target->substr(dot + 1);
  return find_operation(model, name, 400, "UnknownOperationException");
}

Result<Route> route_by_rpc_path(const ServiceModel& model, const HttpRequest& request) {
  constexpr std::string_view kService = "/service/", kOperation = "/operation/";
  std::string_view path = request.url.path;
  std::size_t operation = path.rfind(kOperation);
  std::size_t service = operation == std::string_view::npos || operation == 0
                            ? std::string_view::npos
                            : path.rfind(kService, operation - 1);
  if (service == std::string_view::npos) {
    return refused(
        404, "UnknownOperationException",
        fmt::format("expected a path /service/NAME/operation/NAME, not '{}'", shown(path)));
  }
  if (request.method != "POST") {
    return refused(405, "MethodNotAllowed", "operations are called by POST");
  }
  std::size_t prefix_at = service + kService.size();
  std::string_view prefix =
      prefix_at <= operation ? path.substr(prefix_at, operation - prefix_at) : "";
  if (prefix != model.metadata("targetPrefix")) return wrong_prefix(model, prefix, 404);
  return find_operation(model, path.substr(operation + kOperation.size()), 404,
                        "UnknownOperationException");
}

}  // namespace botocxx::server
