// What must hold for every upstream model.
#include "codec/json.h"
#include "model/normalize.h"
#include <botocxx/base/host.h>
#include <botocxx/model/loader.h>

#include <gtest/gtest.h>

#include <memory_resource>

namespace botocxx::model {
namespace {

TEST(UpstreamModels, NormalizingChangesNone) {
  const FileSystem& files = *system_host().files;
  std::string root = BOTOCXX_MODELS_DATA;
  auto services = files.list_directory(root);
  if (!services) GTEST_SKIP() << "upstream models are not there: run tools/models";
  for (const std::string& service : *services) {
    auto versions = files.list_directory(root + "/" + service);
    if (!versions) continue;
    for (const std::string& version : *versions) {
      std::string path = root + "/" + service + "/" + version + "/service-2.json";
      auto text = files.read_file(path);
      if (!text) continue;
      std::pmr::monotonic_buffer_resource arena;
      codec::JsonReadOptions options;
      options.resource = &arena;
      Value document = codec::parse_json(*text, options).value();
      for (const Finding& finding : normalize_service(document)) {
        ADD_FAILURE() << path << " " << finding.pointer << ": " << finding.message;
      }
    }
  }
}

class EmptyEnvironment : public Environment {
 public:
  std::optional<std::string> get(std::string_view name) const override {
    if (name == "HOME") return "/nonexistent";
    return std::nullopt;
  }
};

TEST(UpstreamModels, ValidationFindsNothingInThemNorInWhatIsBundled) {
  EmptyEnvironment environment;
  Host host = system_host();
  host.environment = &environment;
  Loader loader({}, host);
  if (loader.list_available_services().empty()) GTEST_SKIP() << "upstream models are not there";
  for (const ModelIssue& issue : loader.validate()) ADD_FAILURE() << issue.to_string();
}

}  // namespace
}  // namespace botocxx::model
