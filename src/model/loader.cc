#include "codec/json.h"
#include "model/compiled_file.h"
#include "model/default_roots.h"
#include "model/document_inputs.h"
#include "model/file_cache.h"
#include "model/memory_files.h"
#include "model/merged_document.h"
#include "model/search_path.h"
#include "model/service_build.h"
#include "model/validation.h"
#include <botocxx/base/text_encoding.h>
#include <botocxx/model/loader.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <mutex>
#include <set>

namespace botocxx::inline v1 {

using model::DocumentInputs;
using model::MergedDocument;
using model::Root;
using model::RootKind;
using model::ServiceBuild;
using model::ServiceFolder;

namespace {

struct Caches {
  model::FileCache<MergedDocument> documents;
  model::FileCache<ServiceBuild> services;
};

// One for the process: loaders, sessions and threads share what they read.
Caches& process_caches() {
  static Caches caches;
  return caches;
}

std::vector<std::string> input_paths(const DocumentInputs& inputs) {
  std::vector<std::string> paths = inputs.extras;
  if (!inputs.base.empty()) paths.insert(paths.begin(), inputs.base);
  return paths;
}

std::string cache_key(const DocumentInputs& inputs) {
  return fmt::format("{}\n{}\n{}\n{}\n{}\n{}", inputs.service, inputs.version, inputs.type,
                     inputs.base, fmt::join(inputs.shadowed, "\n"), fmt::join(inputs.extras, "\n"));
}

bool is_plain_path(std::string_view name) {
  while (!name.empty()) {
    std::string_view part = name.substr(0, name.find('/'));
    if (!model::is_folder_name(part)) return false;
    name.remove_prefix(std::min(part.size() + 1, name.size()));
  }
  return true;
}

}  // namespace

struct Loader::State {
  State(LoaderOptions given, const Host& real)
      : options(std::move(given)), host(real), files(*real.files) {
    roots = model::make_search_path(options, real);
    compiled_folder = model::compiled_folder(real);
    host.files = &files;
  }

  // Documents from memory are of this loader alone.
  Caches& caches() { return files.empty() ? process_caches() : own_caches; }
  std::vector<Root> all_roots() const {
    std::vector<Root> all = roots;
    if (!files.empty()) all.insert(all.begin(), {files.root(), RootKind::kMemory});
    return all;
  }
  std::vector<ServiceFolder> folders_of(std::string_view service) const {
    return model::list_service(all_roots(), service, files);
  }
  std::vector<std::string> list_services(std::string_view type) const;
  Result<DocumentInputs> inputs(std::string_view service, std::string_view type,
                                std::string_view version);
  Error unknown_service(std::string_view service, const std::vector<ServiceFolder>& folders) const;
  std::shared_ptr<const ServiceBuild> service_build(const DocumentInputs& chosen);
  /// From JSON in any case: with the provenance that a compiled file lacks.
  std::shared_ptr<const ServiceBuild> service_from_json(const DocumentInputs& chosen);
  std::shared_ptr<const MergedDocument> document(const DocumentInputs& chosen);
  std::shared_ptr<const MergedDocument> document_from_json(const DocumentInputs& chosen);
  std::optional<std::string> read_compiled(model::CompiledKind kind, const DocumentInputs& chosen);
  std::shared_ptr<const ServiceBuild> compiled_service(const DocumentInputs& chosen);
  std::shared_ptr<const MergedDocument> compiled_document(const DocumentInputs& chosen);
  Result<std::shared_ptr<const MergedDocument>> plain_document(const std::string& path);
  void deliver(const std::vector<ModelIssue>& issues);

  const LoaderOptions options;
  Host host;
  model::MemoryFiles files;
  std::vector<Root> roots;
  std::string compiled_folder;
  Caches own_caches;
  std::mutex mutex;
  std::set<std::string> delivered;
};

std::vector<std::string> Loader::State::list_services(std::string_view type) const {
  std::set<std::string> services;
  for (const Root& root : all_roots()) {
    auto names = files.list_directory(root.path);
    if (!names) continue;
    for (const std::string& name : *names) {
      if (services.contains(name)) continue;
      if (!model::versions_with(model::list_service({root}, name, files), type).empty()) {
        services.insert(name);
      }
    }
  }
  return {services.begin(), services.end()};
}

Error Loader::State::unknown_service(std::string_view service,
                                     const std::vector<ServiceFolder>& folders) const {
  std::vector<std::string> known = list_services("service-2");
  Error error(ErrorKind::kUsage, "UnknownService",
              fmt::format("Unknown service: '{}'. Valid service names are: {}", service,
                          fmt::join(known, ", ")));
  if (auto nearest = nearest_name(service, known)) {
    error = std::move(error).with_hint(fmt::format("did you mean \"{}\"?", *nearest));
  }
  for (const ServiceFolder& folder : folders) {
    error = std::move(error).with_hint(
        fmt::format("{} holds no service-2.json in any version", folder.path));
  }
  if (!known.empty()) return error;
  std::vector<std::string> paths;
  for (const Root& root : roots) paths.push_back(root.path);
  return std::move(error).with_hint(
      fmt::format("there are no models at all in {}", fmt::join(paths, ", ")));
}

Result<DocumentInputs> Loader::State::inputs(std::string_view service, std::string_view type,
                                             std::string_view version) {
  std::vector<ServiceFolder> folders = folders_of(service);
  auto chosen = model::choose_inputs({service, type, version}, options, folders);
  if (!chosen) {
    bool known = !model::versions_with(folders, "service-2").empty() ||
                 !model::versions_with(folders, type).empty();
    return known ? std::move(chosen).error() : unknown_service(service, folders);
  }
  deliver(chosen->issues);
  deliver(model::lint_file_names(folders));
  deliver(model::lint_service_names(service, all_roots(), files));
  return chosen;
}

std::optional<std::string> Loader::State::read_compiled(model::CompiledKind kind,
                                                        const DocumentInputs& chosen) {
  if (compiled_folder.empty()) return std::nullopt;
  std::string path = compiled_folder + "/" + model::compiled_name(chosen);
  if (files.status(path).type != FileSystem::Type::kFile) return std::nullopt;
  auto content = files.read_file(path);
  if (!content) return std::nullopt;
  return model::read_compiled(*std::move(content), kind, input_paths(chosen), files);
}

std::shared_ptr<const ServiceBuild> Loader::State::compiled_service(const DocumentInputs& chosen) {
  auto payload = read_compiled(model::CompiledKind::kService, chosen);
  if (!payload) return nullptr;
  auto model = ServiceModel::open(std::make_shared<const std::string>(*std::move(payload)));
  if (!model || (*model)->service_name() != chosen.service) return nullptr;
  auto build = std::make_shared<ServiceBuild>();
  build->model = *std::move(model);
  build->sources = {chosen.base, chosen.shadowed, chosen.extras, {}};
  return build;
}

std::shared_ptr<const ServiceBuild> Loader::State::service_build(const DocumentInputs& chosen) {
  auto build = caches().services.get(
      cache_key(chosen), model::stamp_files(input_paths(chosen), files),
      model::FileCache<ServiceBuild>::Keep::kAlways, [&]() -> std::shared_ptr<const ServiceBuild> {
        if (auto compiled = compiled_service(chosen)) return compiled;
        return model::build_service(chosen, files, model::LintScope::kUserFiles);
      });
  deliver(build->issues);
  return build;
}

std::shared_ptr<const ServiceBuild> Loader::State::service_from_json(const DocumentInputs& chosen) {
  auto build = caches().services.get(
      "json\n" + cache_key(chosen), model::stamp_files(input_paths(chosen), files),
      model::FileCache<ServiceBuild>::Keep::kWhileUsed,
      [&] { return model::build_service(chosen, files, model::LintScope::kUserFiles); });
  deliver(build->issues);
  return build;
}

std::shared_ptr<const MergedDocument> Loader::State::compiled_document(
    const DocumentInputs& chosen) {
  if (model::compiled_name(chosen).empty() || chosen.type == "service-2") return nullptr;
  auto payload = read_compiled(model::CompiledKind::kDocument, chosen);
  if (!payload) return nullptr;
  auto merged = std::make_shared<MergedDocument>();
  merged->document = model::parse_text(chosen.base, *payload, &merged->arena, merged->issues);
  if (!merged->issues.empty() || !merged->document.is_object()) return nullptr;
  merged->sources = {chosen.base, chosen.shadowed, chosen.extras, {}};
  return merged;
}

std::shared_ptr<const MergedDocument> Loader::State::document_from_json(
    const DocumentInputs& chosen) {
  std::shared_ptr<const Value> service;
  auto service_inputs = chosen.all_bundled || chosen.type == "service-2"
                            ? Result<DocumentInputs>(DocumentInputs())
                            : inputs(chosen.service, "service-2", chosen.version);
  if (service_inputs && !service_inputs->type.empty()) {
    service = MergedDocument::value_of(document(*service_inputs));
  }
  return model::checked_document(chosen, files, service.get());
}

std::shared_ptr<const MergedDocument> Loader::State::document(const DocumentInputs& chosen) {
  using Keep = model::FileCache<MergedDocument>::Keep;
  Keep keep = chosen.type == "service-2" ? Keep::kWhileUsed : Keep::kAlways;
  auto merged =
      caches().documents.get(cache_key(chosen), model::stamp_files(input_paths(chosen), files),
                             keep, [&]() -> std::shared_ptr<const MergedDocument> {
                               if (auto compiled = compiled_document(chosen)) return compiled;
                               return document_from_json(chosen);
                             });
  deliver(merged->issues);
  return merged;
}

Result<std::shared_ptr<const MergedDocument>> Loader::State::plain_document(
    const std::string& path) {
  DocumentInputs inputs = model::data_inputs(path);
  auto merged = caches().documents.get("plain\n" + path, model::stamp_files({path}, files),
                                       model::FileCache<MergedDocument>::Keep::kAlways,
                                       [&]() -> std::shared_ptr<const MergedDocument> {
                                         if (auto compiled = compiled_document(inputs)) {
                                           return compiled;
                                         }
                                         model::SourceTexts texts;
                                         return model::merge_documents(inputs, files, texts);
                                       });
  deliver(merged->issues);
  if (auto error = model::first_error(merged->issues)) return *std::move(error);
  return merged;
}

void Loader::State::deliver(const std::vector<ModelIssue>& issues) {
  for (const ModelIssue& issue : issues) {
    if (issue.severity != ModelIssue::Severity::kWarning) continue;
    {
      std::lock_guard lock(mutex);
      if (!delivered.insert(issue.to_string()).second) continue;
    }
    if (options.on_issue) options.on_issue(issue);
  }
}

Loader::Loader(LoaderOptions options, const Host& host)
    : state_(std::make_shared<State>(std::move(options), host)) {}

std::vector<std::string> Loader::search_paths() const {
  std::vector<std::string> paths;
  for (const Root& root : state_->roots) paths.push_back(root.path);
  return paths;
}

std::vector<std::string> Loader::list_available_services(std::string_view type) const {
  return state_->list_services(type);
}

Result<std::vector<std::string>> Loader::list_api_versions(std::string_view service,
                                                           std::string_view type) const {
  std::vector<ServiceFolder> folders = state_->folders_of(service);
  std::vector<std::string> versions = model::usable_versions(folders, type);
  if (!versions.empty()) return versions;
  if (model::versions_with(folders, "service-2").empty()) {
    return state_->unknown_service(service, folders);
  }
  return Error(ErrorKind::kModel, "DataNotFound",
               fmt::format("Unable to load data for: {}/{}", service, type));
}

Result<std::string> Loader::determine_latest_version(std::string_view service,
                                                     std::string_view type) const {
  return list_api_versions(service, type).transform([](std::vector<std::string>&& versions) {
    return std::move(versions.back());
  });
}

Result<std::shared_ptr<const Value>> Loader::load_document(std::string_view service,
                                                           std::string_view type,
                                                           std::string_view api_version) const {
  auto inputs = state_->inputs(service, type, api_version);
  if (!inputs) return std::move(inputs).error();
  auto merged = state_->document(*inputs);
  if (auto error = model::first_error(merged->issues)) return *std::move(error);
  return MergedDocument::value_of(merged);
}

Result<std::shared_ptr<const Value>> Loader::load_data(std::string_view name) const {
  return load_data_with_path(name).transform([](auto&& found) { return found.first; });
}

Result<std::pair<std::shared_ptr<const Value>, std::string>> Loader::load_data_with_path(
    std::string_view name) const {
  if (is_plain_path(name)) {
    for (const Root& root : state_->all_roots()) {
      for (std::string_view ending : {".json", ".json.gz"}) {
        std::string path = fmt::format("{}/{}{}", root.path, name, ending);
        if (state_->files.status(path).type != FileSystem::Type::kFile) continue;
        auto merged = state_->plain_document(path);
        if (!merged) return std::move(merged).error();
        return std::pair(MergedDocument::value_of(*merged), std::move(path));
      }
    }
  }
  return Error(ErrorKind::kModel, "DataNotFound", fmt::format("Unable to load data for: {}", name));
}

bool Loader::is_builtin_path(std::string_view path) const {
  return std::any_of(state_->roots.begin(), state_->roots.end(), [&](const Root& root) {
    return root.kind == RootKind::kBundled && path.starts_with(root.path + "/");
  });
}

Result<std::shared_ptr<const ServiceModel>> Loader::load_service_model(
    std::string_view service, std::string_view api_version) const {
  auto inputs = state_->inputs(service, "service-2", api_version);
  if (!inputs) return std::move(inputs).error();
  auto build = state_->service_build(*inputs);
  if (auto error = model::first_error(build->issues)) return *std::move(error);
  return build->model;
}

Result<ModelSources> Loader::sources(std::string_view service, std::string_view type,
                                     std::string_view api_version) const {
  auto inputs = state_->inputs(service, type, api_version);
  if (!inputs) return std::move(inputs).error();
  if (type == "service-2") return state_->service_from_json(*inputs)->sources;
  return state_->document_from_json(*inputs)->sources;
}

Result<CompiledModel> Loader::compile(std::string_view service, std::string_view type,
                                      std::string_view api_version) const {
  DocumentInputs chosen;
  if (service.empty()) {
    auto found = load_data_with_path(type);
    if (!found) return std::move(found).error();
    chosen = model::data_inputs(found->second);
  } else {
    auto inputs = state_->inputs(service, type, api_version);
    if (!inputs) return std::move(inputs).error();
    chosen = *std::move(inputs);
  }
  std::string name = model::compiled_name(chosen);
  if (name.empty()) {
    return Error(ErrorKind::kUsage, "NotCompiled",
                 fmt::format("documents of the type {} have no compiled form", type));
  }
  bool is_service = type == "service-2";
  std::string payload;
  if (is_service) {
    auto build = state_->service_from_json(chosen);
    if (auto error = model::first_error(build->issues)) return *std::move(error);
    if (!build->issues.empty()) return CompiledModel{std::move(name), {}};
    payload = build->model->buffer();
  } else {
    model::SourceTexts texts;
    auto merged = service.empty() ? model::merge_documents(chosen, state_->files, texts)
                                  : state_->document_from_json(chosen);
    if (auto error = model::first_error(merged->issues)) return *std::move(error);
    if (!merged->issues.empty()) return CompiledModel{std::move(name), {}};
    payload = codec::write_json(merged->document);
  }
  auto kind = is_service ? model::CompiledKind::kService : model::CompiledKind::kDocument;
  auto content = model::write_compiled(kind, payload, input_paths(chosen), state_->host);
  if (!content) return std::move(content).error();
  return CompiledModel{std::move(name), *std::move(content)};
}

std::vector<ModelIssue> Loader::validate(std::string_view service) const {
  model::ValidationScope scope{state_->all_roots(), state_->options, state_->files};
  if (!service.empty()) return model::validate_service(service, scope);
  return model::validate_roots(scope);
}

std::vector<ModelIssue> Loader::validate_path(const std::string& path) const {
  return model::validate_path(path, {state_->all_roots(), state_->options, state_->files});
}

Result<void> Loader::add_document(std::string_view service, std::string_view api_version,
                                  std::string_view type, std::string_view json) {
  for (std::string_view part : {service, api_version, type}) {
    if (!model::is_folder_name(part)) {
      return Error(ErrorKind::kUsage, "InvalidModel",
                   fmt::format("\"{}\" cannot be part of a document's name", part));
    }
  }
  std::string relative = fmt::format("{}/{}/{}.json", service, api_version, type);
  std::vector<ModelIssue> issues;
  std::pmr::monotonic_buffer_resource arena;
  model::parse_text(state_->files.root() + "/" + relative, json, &arena, issues);
  if (auto error = model::first_error(issues)) return *std::move(error);
  state_->files.add(relative, std::string(json));
  return {};
}

}  // namespace botocxx::inline v1
