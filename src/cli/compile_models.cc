#include "cli/compile_models.h"

#include "cli/output.h"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace botocxx::cli {
namespace {

Result<void> write_whole(const std::filesystem::path& path, const std::string& content) {
  std::error_code failure;
  std::filesystem::create_directories(path.parent_path(), failure);
  std::filesystem::path part = path;
  part += fmt::format(".{}", ::getpid());
  {
    std::ofstream file(part, std::ios::binary | std::ios::trunc);
    file.write(content.data(), static_cast<std::streamsize>(content.size()));
    file.close();
    if (!file) failure = std::make_error_code(std::errc::io_error);
  }
  // Readers see the old file or the new one.
  if (!failure) std::filesystem::rename(part, path, failure);
  if (!failure) return {};
  std::error_code ignored;
  std::filesystem::remove(part, ignored);
  return Error(ErrorKind::kUsage, "FileAccess",
               fmt::format("cannot write {}: {}", path.string(), failure.message()));
}

struct Writer {
  const Loader& loader;
  std::string folder;
  std::size_t files = 0;

  Result<void> add(std::string_view service, std::string_view type, std::string_view version) {
    auto compiled = loader.compile(service, type, version);
    if (!compiled && service.empty() && compiled.error().is("DataNotFound")) return {};
    if (!compiled) return std::move(compiled).error();
    if (compiled->content.empty()) return {};
    ++files;
    return write_whole(folder + "/" + compiled->name, compiled->content);
  }

  Result<void> add_all(std::string_view type) {
    for (const std::string& service : loader.list_available_services(type)) {
      auto versions = loader.list_api_versions(service, type);
      if (!versions) return std::move(versions).error();
      for (const std::string& version : *versions) {
        if (auto added = add(service, type, version); !added) return added;
      }
    }
    return {};
  }
};

}  // namespace

ExitStatus compile_models(const Loader& loader, const std::string& folder) {
  Writer writer{loader, folder};
  for (const char* data : {"partitions", "endpoints"}) {
    if (auto added = writer.add("", data, ""); !added) return report(added.error());
  }
  for (const char* type : {"service-2", "endpoint-rule-set-1"}) {
    if (auto added = writer.add_all(type); !added) return report(added.error());
  }
  return print_data(fmt::format("{} files in {}\n", writer.files, folder));
}

}  // namespace botocxx::cli
