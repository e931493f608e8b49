#include "model/validation.h"

#include "codec/json.h"
#include "model/file_names.h"
#include "model/lints.h"
#include "model/service_build.h"
#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace botocxx::model {
namespace {

using Severity = ModelIssue::Severity;
// Finding a line costs the text before it: further issues say where they are by pointer alone.
constexpr std::size_t kMostLocated = 200;
constexpr std::string_view kServiceType = "service-2";

class ServiceValidator {
 public:
  ServiceValidator(std::string_view service, const ValidationScope& scope)
      : service_(service),
        scope_(scope),
        folders_(list_service(scope.roots, service, scope.files)) {}

  std::vector<ModelIssue> run() {
    add(lint_file_names(folders_));
    add(lint_service_names(service_, scope_.roots, scope_.files));
    if (versions_with(folders_, kServiceType).empty()) add_without_base();
    for (const auto& [version, type] : documents()) validate(version, type);
    return std::move(issues_);
  }

 private:
  void add(std::vector<ModelIssue> more) {
    for (ModelIssue& issue : more) {
      if (seen_.insert(issue.to_string()).second) issues_.push_back(std::move(issue));
    }
  }

  void add_without_base() {
    std::vector<std::string> names;
    for (const Root& root : scope_.roots) {
      auto listed = scope_.files.list_directory(root.path);
      if (listed) names.insert(names.end(), listed->begin(), listed->end());
    }
    std::erase(names, service_);
    auto nearest = nearest_name(service_, names);
    if (nearest && equals_ignore_case(*nearest, service_)) {
      return add(lint_service_names(*nearest, scope_.roots, scope_.files));
    }
    for (const ServiceFolder& folder : folders_) {
      ModelIssue issue;
      issue.severity = Severity::kError;
      issue.file = folder.path;
      issue.message = fmt::format("there is no service-2.json for \"{}\" on any root", service_);
      if (nearest) issue.hint = fmt::format("did you mean \"{}\"?", *nearest);
      add({issue});
    }
  }

  // Versions that a request would name; folders of no model's version belong to the latest.
  std::set<std::pair<std::string, std::string>> documents() const {
    std::set<std::pair<std::string, std::string>> found;
    std::vector<std::string> models = versions_with(folders_, kServiceType);
    for (const ServiceFolder& folder : folders_) {
      for (const ServiceFolder::Version& version : folder.versions) {
        for (const std::string& file : version.files) {
          auto name = parse_file_name(file);
          if (!name) continue;
          std::vector<std::string> versions = usable_versions(folders_, name->type);
          bool usable = std::binary_search(versions.begin(), versions.end(), version.name) ||
                        std::binary_search(models.begin(), models.end(), version.name);
          if (usable) {
            found.emplace(version.name, name->type);
          } else if (!versions.empty()) {
            found.emplace(versions.back(), name->type);
          }
        }
      }
    }
    return found;
  }

  std::set<std::string> extras_names(std::string_view type) const {
    std::set<std::string> names;
    for (const ServiceFolder& folder : folders_) {
      for (const ServiceFolder::Version& version : folder.versions) {
        for (const std::string& file : version.files) {
          auto name = parse_file_name(file);
          if (name && name->type == type && !name->extras.empty()) names.insert(name->extras);
        }
      }
    }
    return names;
  }

  void validate(const std::string& version, const std::string& type) {
    validate_with(version, type, scope_.options);
    // Each named extras file by itself: they need not go together.
    for (const std::string& name : extras_names(type)) {
      LoaderOptions options = scope_.options;
      options.extras = {name};
      validate_with(version, type, options);
    }
  }

  void validate_with(const std::string& version, const std::string& type,
                     const LoaderOptions& options) {
    auto inputs = choose_inputs({service_, type, version}, options, folders_);
    if (!inputs) return;
    add(inputs->issues);
    if (type == kServiceType) {
      return add(build_service(*inputs, scope_.files, LintScope::kEverything)->issues);
    }
    std::shared_ptr<MergedDocument> service;
    auto service_inputs = choose_inputs({service_, kServiceType, version}, options, folders_);
    if (service_inputs) {
      SourceTexts texts;
      service = merge_documents(*service_inputs, scope_.files, texts);
    }
    add(checked_document(*inputs, scope_.files, service ? &service->document : nullptr)->issues);
  }

  std::string_view service_;
  const ValidationScope& scope_;
  std::vector<ServiceFolder> folders_;
  std::vector<ModelIssue> issues_;
  std::set<std::string> seen_;
};

std::string file_name(const std::string& path) { return path.substr(path.rfind('/') + 1); }

std::string parent(const std::string& path) {
  std::size_t slash = path.rfind('/');
  return slash == path.npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

bool is_folder(const FileSystem& files, const std::string& path) {
  return files.status(path).type == FileSystem::Type::kDirectory;
}

bool holds_named_files(const std::vector<std::string>& names) {
  return std::any_of(names.begin(), names.end(), [](const std::string& name) {
    return parse_file_name(name) || is_misnamed(name);
  });
}

bool is_version_name(const std::string& name) {
  return !name.empty() && name[0] >= '0' && name[0] <= '9';
}

bool folder_holds_named_files(const FileSystem& files, const std::string& path) {
  auto names = files.list_directory(path);
  return names && holds_named_files(*names);
}

// How many folders lie between a path and its root: 0 for a root, 1 a service, 2 a version. Files
// in the wrong place make it a guess, which the form of a version's name decides.
int depth_of(const std::string& path, const FileSystem& files) {
  auto names = files.list_directory(path);
  if (!names) return depth_of(parent(path), files) + 1;
  if (holds_named_files(*names)) return is_version_name(file_name(path)) ? 2 : 1;
  bool versions = std::any_of(names->begin(), names->end(), [&](const std::string& name) {
    return is_version_name(name) && folder_holds_named_files(files, path + "/" + name);
  });
  return versions ? 1 : 0;
}

std::string real_folder(std::string path) {
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path;
}

// A file that lies outside of any layout: judged by its content.
std::vector<ModelIssue> validate_lone_file(const std::string& path, const ValidationScope& scope) {
  DocumentInputs inputs;
  auto name = parse_file_name(file_name(path));
  bool extras = name && name->is_extras;
  SourceTexts texts;
  if (!name) {
    DocumentInputs probe;
    probe.base = path;
    extras = merge_documents(probe, scope.files, texts)->document.contains("merge");
  }
  inputs.type = name ? name->type : std::string(kServiceType);
  if (extras) {
    inputs.extras = {path};
  } else {
    inputs.base = path;
  }
  inputs.all_bundled = false;
  if (!name) {
    std::string nearest = nearest_file_name(file_name(path));
    inputs.issues.push_back({Severity::kWarning, path, "", 0, 0,
                             "not read: this is not the name of a model or extras file",
                             nearest.empty() ? "" : fmt::format("did you mean \"{}\"?", nearest)});
  }
  std::vector<ModelIssue> found;
  if (extras) {
    found = merge_documents(inputs, scope.files, texts)->issues;
  } else if (inputs.type == kServiceType) {
    found = build_service(inputs, scope.files, LintScope::kEverything)->issues;
  } else {
    found = checked_document(inputs, scope.files, nullptr)->issues;
  }
  found.insert(found.begin(), inputs.issues.begin(), inputs.issues.end());
  return found;
}

}  // namespace

std::shared_ptr<MergedDocument> checked_document(const DocumentInputs& inputs,
                                                 const FileSystem& files, const Value* service) {
  SourceTexts texts;
  auto merged = merge_documents(inputs, files, texts);
  if (first_error(merged->issues)) return merged;
  const SourceTexts no_texts;  // without its text an issue has a pointer, but no line
  std::size_t count = 0;
  for (const Finding& finding : lint_document(merged->document, inputs.type, service)) {
    const SourceTexts& known = count++ < kMostLocated ? texts : no_texts;
    merged->issues.push_back(issue_in_document(finding, merged->sources, known));
  }
  return merged;
}

std::vector<ModelIssue> lint_service_names(std::string_view service, const std::vector<Root>& roots,
                                           const FileSystem& files) {
  std::vector<ModelIssue> issues;
  for (const Root& root : roots) {
    if (root.kind != RootKind::kUser) continue;
    auto names = files.list_directory(root.path);
    if (!names) continue;
    for (const std::string& name : *names) {
      if (name == service || !equals_ignore_case(name, service)) continue;
      ModelIssue issue;
      issue.file = root.path + "/" + name;
      issue.message = fmt::format("not read: the service is named \"{}\"", service);
      issue.hint = "rename the folder";
      issues.push_back(std::move(issue));
    }
  }
  return issues;
}

std::vector<ModelIssue> validate_service(std::string_view service, const ValidationScope& scope) {
  return ServiceValidator(service, scope).run();
}

std::vector<ModelIssue> validate_roots(const ValidationScope& scope) {
  std::set<std::string> services;
  std::vector<ModelIssue> issues;
  for (const Root& root : scope.roots) {
    auto names = scope.files.list_directory(root.path);
    if (!names) continue;
    for (const std::string& name : *names) {
      if (is_folder(scope.files, root.path + "/" + name)) services.insert(name);
    }
  }
  for (const std::string& service : services) {
    std::vector<ModelIssue> more = validate_service(service, scope);
    issues.insert(issues.end(), more.begin(), more.end());
  }
  return issues;
}

std::vector<ModelIssue> validate_path(const std::string& given, ValidationScope scope) {
  std::string path = real_folder(given);
  FileSystem::Type type = scope.files.status(path).type;
  if (type == FileSystem::Type::kMissing) {
    return {{Severity::kError, path, "", 0, 0, "there is no such file or folder", ""}};
  }
  int depth = depth_of(path, scope.files);
  std::string root = path;
  std::vector<std::string> below;
  for (int i = 0; i < depth; ++i) {
    below.insert(below.begin(), file_name(root));
    root = parent(root);
  }
  bool placed = type == FileSystem::Type::kDirectory;
  if (!placed && depth >= 2) {
    // A file in ROOT/SERVICE/VERSION: of a known service, or one that brings its own base.
    std::vector<Root> roots = scope.roots;
    roots.insert(roots.begin(), {root, RootKind::kUser});
    std::vector<ServiceFolder> folders = list_service(roots, below.front(), scope.files);
    placed = !versions_with(folders, kServiceType).empty();
  }
  if (!placed) return validate_lone_file(path, scope);
  std::erase_if(scope.roots, [&](const Root& known) { return known.path == root; });
  scope.roots.insert(scope.roots.begin(), {root, RootKind::kUser});
  std::vector<ModelIssue> issues;
  if (depth == 0) {
    ValidationScope own{{{root, RootKind::kUser}}, scope.options, scope.files};
    auto names = scope.files.list_directory(root);
    for (const std::string& name : *names) {
      if (!is_folder(scope.files, root + "/" + name)) continue;
      std::vector<ModelIssue> more = validate_service(name, scope);
      issues.insert(issues.end(), more.begin(), more.end());
    }
  } else {
    issues = validate_service(below.front(), scope);
  }
  // What lies elsewhere was not asked for, unless the files here make an error of it.
  std::string folder = below.empty() ? root : root + "/" + below.front();
  std::erase_if(issues, [&](const ModelIssue& issue) {
    bool here = issue.file == path || issue.file == folder || issue.file.starts_with(path + "/");
    return !here && issue.severity == Severity::kWarning;
  });
  return issues;
}

}  // namespace botocxx::model
