#include "model/document_inputs.h"

#include "model/file_names.h"
#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace botocxx::model {
namespace {

constexpr std::string_view kServiceType = "service-2";

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool has_extras(const ServiceFolder::Version& version, std::string_view type) {
  return std::any_of(version.files.begin(), version.files.end(), [&](const std::string& name) {
    auto parts = parse_file_name(name);
    return parts && parts->is_extras && parts->type == type;
  });
}

ModelIssue warning(std::string file, std::string message, std::string hint) {
  ModelIssue issue;
  issue.file = std::move(file);
  issue.message = std::move(message);
  issue.hint = std::move(hint);
  return issue;
}

// Collects the extras of one stem, from the lowest root to the highest.
class ExtrasFinder {
 public:
  ExtrasFinder(const std::vector<ServiceFolder>& folders, DocumentInputs& inputs)
      : folders_(folders),
        inputs_(inputs),
        model_versions_(usable_versions(folders, kServiceType)),
        own_versions_(versions_with(folders, inputs.type)) {}

  std::size_t add(const std::string& stem) {
    std::size_t before = inputs_.extras.size();
    for (auto folder = folders_.rbegin(); folder != folders_.rend(); ++folder) {
      for (const ServiceFolder::Version& version : folder->versions) {
        bool exact = version.name == inputs_.version;
        if (!exact && is_orphan(version.name)) add_file(*folder, version, stem, kOrphan);
      }
      const ServiceFolder::Version* exact = folder->find_version(inputs_.version);
      if (exact != nullptr) add_file(*folder, *exact, stem, kExact);
    }
    return inputs_.extras.size() - before;
  }

 private:
  enum Place { kExact, kOrphan };

  // A folder with extras for a version that no model has; meant for the one there is.
  bool is_orphan(const std::string& version) const {
    const std::string& latest = own_versions_.empty() || !contains(own_versions_, inputs_.version)
                                    ? inputs_.version
                                    : own_versions_.back();
    return latest == inputs_.version && !contains(model_versions_, version) &&
           !contains(own_versions_, version);
  }
  void add_file(const ServiceFolder& folder, const ServiceFolder::Version& version,
                const std::string& stem, Place place) {
    std::string name = find_typed_file(version, stem);
    if (name.empty()) return;
    std::string path = fmt::format("{}/{}/{}", folder.path, version.name, name);
    if (folder.root.kind != RootKind::kBundled) inputs_.all_bundled = false;
    if (place == kOrphan) {
      inputs_.issues.push_back(warning(
          path,
          fmt::format("no model of {} has the version \"{}\"; applied to the latest, \"{}\"",
                      inputs_.service, version.name, inputs_.version),
          fmt::format("move the file to {}/{}/{}", folder.path, inputs_.version, name)));
    }
    inputs_.extras.push_back(std::move(path));
  }

  const std::vector<ServiceFolder>& folders_;
  DocumentInputs& inputs_;
  std::vector<std::string> model_versions_, own_versions_;
};

void choose_base(const std::vector<ServiceFolder>& folders, DocumentInputs& inputs) {
  for (const ServiceFolder& folder : folders) {
    const ServiceFolder::Version* version = folder.find_version(inputs.version);
    if (version == nullptr) continue;
    for (std::string_view ending : {".json", ".json.gz"}) {
      std::string name = inputs.type + std::string(ending);
      if (!std::binary_search(version->files.begin(), version->files.end(), name)) continue;
      std::string path = fmt::format("{}/{}/{}", folder.path, version->name, name);
      if (inputs.base.empty()) {
        if (folder.root.kind != RootKind::kBundled) inputs.all_bundled = false;
        inputs.base = std::move(path);
      } else {
        inputs.shadowed.push_back(std::move(path));
      }
    }
  }
}

// A name that no file has would be ignored in silence; say so when it looks like a slip.
void lint_named_extras(std::string_view name, const std::vector<ServiceFolder>& folders,
                       DocumentInputs& inputs) {
  std::vector<std::string> names;
  for (const ServiceFolder& folder : folders) {
    for (const ServiceFolder::Version& version : folder.versions) {
      for (const std::string& file : version.files) {
        auto parts = parse_file_name(file);
        if (parts && !parts->extras.empty()) names.push_back(parts->extras);
      }
    }
  }
  if (contains(names, name)) return;
  if (auto nearest = nearest_name(name, names)) {
    inputs.issues.push_back(
        warning("", fmt::format("there are no extras named \"{}\" for {}", name, inputs.service),
                fmt::format("did you mean \"{}\"?", *nearest)));
  }
}

Error data_not_found(std::string_view service, std::string_view version, std::string_view type,
                     const std::vector<std::string>& versions) {
  std::string wanted = fmt::format("{}/{}{}{}", service, version, version.empty() ? "" : "/", type);
  Error error(ErrorKind::kModel, "DataNotFound",
              fmt::format("Unable to load data for: {}", wanted));
  if (versions.empty()) return error;
  error = std::move(error).with_hint(
      fmt::format("versions with {}: {}", type, fmt::join(versions, ", ")));
  auto nearest = nearest_name(version, versions);
  if (!nearest) return error;
  return std::move(error).with_hint(fmt::format("did you mean \"{}\"?", *nearest));
}

}  // namespace

std::vector<std::string> usable_versions(const std::vector<ServiceFolder>& folders,
                                         std::string_view type) {
  std::vector<std::string> versions = versions_with(folders, type);
  if (!versions.empty() || type == kServiceType) return versions;
  bool extras = false;
  for (const ServiceFolder& folder : folders) {
    for (const auto& version : folder.versions) extras = extras || has_extras(version, type);
  }
  if (!extras) return {};
  return versions_with(folders, kServiceType);
}

Result<DocumentInputs> choose_inputs(const InputsRequest& request, const LoaderOptions& options,
                                     const std::vector<ServiceFolder>& folders) {
  std::vector<std::string> versions = usable_versions(folders, request.type);
  bool found = request.version.empty() ? !versions.empty() : contains(versions, request.version);
  bool of_service = contains(versions_with(folders, kServiceType), request.version);
  if (!found && !of_service) {
    return data_not_found(request.service, request.version, request.type, versions);
  }
  DocumentInputs inputs;
  inputs.service = request.service;
  inputs.type = request.type;
  inputs.version = request.version.empty() ? versions.back() : std::string(request.version);
  choose_base(folders, inputs);
  ExtrasFinder finder(folders, inputs);
  if (options.include_default_extras) finder.add(inputs.type + ".sdk-extras");
  for (const std::string& name : options.extras) {
    if (finder.add(fmt::format("{}.{}.sdk-extras", inputs.type, name)) == 0) {
      lint_named_extras(name, folders, inputs);
    }
  }
  if (inputs.base.empty() && inputs.extras.empty()) {
    return data_not_found(request.service, request.version, request.type, versions);
  }
  return inputs;
}

std::vector<ModelIssue> lint_file_names(const std::vector<ServiceFolder>& folders) {
  std::vector<ModelIssue> issues;
  std::vector<std::string> versions = versions_with(folders, kServiceType);
  for (const ServiceFolder& folder : folders) {
    if (folder.root.kind != RootKind::kUser) continue;
    for (const std::string& name : folder.stray_files) {
      if (!parse_file_name(name) && !is_misnamed(name)) continue;
      std::string version = versions.empty() ? "VERSION" : versions.back();
      issues.push_back(warning(folder.path + "/" + name,
                               "not read: the file does not lie in the folder of a version",
                               fmt::format("move it to {}/{}/", folder.path, version)));
    }
    for (const ServiceFolder::Version& version : folder.versions) {
      for (const std::string& name : version.files) {
        if (!is_misnamed(name)) continue;
        std::string nearest = nearest_file_name(name);
        issues.push_back(warning(
            fmt::format("{}/{}/{}", folder.path, version.name, name),
            "not read: this is not the name of a model or extras file",
            nearest.empty() ? "names are TYPE.json, TYPE.sdk-extras.json, TYPE.NAME.sdk-extras.json"
                            : fmt::format("did you mean \"{}\"?", nearest)));
      }
    }
  }
  return issues;
}

}  // namespace botocxx::model
