#include "cli/configure.h"
#include "cli/connection.h"
#include "cli/output.h"
#include <botocxx/codec/json.h>

#include <fmt/format.h>

#include <algorithm>

namespace botocxx::cli {
namespace {

bool is_one_name(std::string_view name) {
  return !name.empty() && name != "." && name != ".." && name.find('/') == name.npos;
}

// The service that has the endpoint prefix already, else the prefix.
std::string service_of(const Session& session, const std::string& prefix) {
  std::vector<std::string> services = session.get_available_services();
  if (std::find(services.begin(), services.end(), prefix) != services.end()) return prefix;
  std::string name = prefix;
  for (const std::string& service : services) {
    auto model = session.loader().load_service_model(service);
    if (model && (*model)->endpoint_prefix() == prefix) name = service;
  }
  return name;
}

Error bad_model(std::string_view reason) {
  return Error(ErrorKind::kUsage, "Usage", fmt::format("--service-model: {}", reason));
}

}  // namespace

ExitStatus add_model(const Arguments& arguments) {
  auto given = arguments.get("service-model");
  if (!given) {
    return report_usage("add-model needs --service-model",
                        "botocxx configure add-model --service-model file://PATH");
  }
  auto text = read_text_argument(*given);
  if (!text) return report(text.error());
  auto model = parse_json(*text);
  if (!model) return report(bad_model(model.error().message()));
  const Value& metadata = (*model)["metadata"];
  std::string version(metadata["apiVersion"].get_if_string().value_or(""));
  std::string prefix(metadata["endpointPrefix"].get_if_string().value_or(""));
  if (!is_one_name(version) || !is_one_name(prefix)) {
    return report(bad_model("metadata has no apiVersion, or no endpointPrefix"));
  }
  auto session = open_session(arguments);
  if (!session) return report(session.error());
  std::string name = arguments.get("service-name").value_or("");
  if (name.empty()) name = service_of(*session, prefix);
  if (!is_one_name(name)) return report_usage("--service-name expects a single name");
  std::string format((*model)["version"].get_if_string().value_or("2.0"));
  std::string path = expand_path(fmt::format("~/.aws/models/{}/{}/service-{}.json", name, version,
                                             format.substr(0, format.find('.'))),
                                 system_host());
  auto written = system_host().files->replace_file(path, *text);
  return written ? ExitStatus::kOk : report(written.error());
}

}  // namespace botocxx::cli
