// Two JSON texts, divided by a NUL, as a model and an extras file from a data path: merged,
// normalized, linted, compiled, walked, and taken apart again.
#include "fuzz/walk_model.h"
#include "model/compiler.h"
#include <botocxx/model/loader.h>

#include <cstdint>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>

namespace {

using botocxx::Error;
using botocxx::Result;

class TwoFiles : public botocxx::FileSystem {
 public:
  TwoFiles(std::string base, std::string extras) {
    files_["/m/s/1/service-2.json"] = std::move(base);
    files_["/m/s/1/service-2.sdk-extras.json"] = extras;
    files_["/m/s/1/waiters-2.sdk-extras.json"] = extras;
    files_["/m/s/1/paginators-1.sdk-extras.json"] = extras;
    files_["/m/s/1/resources-1.sdk-extras.json"] = std::move(extras);
  }
  Status status(const std::string& path) const override {
    auto found = files_.find(path);
    if (found == files_.end()) return {};
    return {Type::kFile, found->second.size(), 0, 1};
  }
  Result<std::string> read_file(const std::string& path) const override {
    auto found = files_.find(path);
    if (found == files_.end()) return Error(botocxx::ErrorKind::kUsage, "FileAccess", path);
    return found->second;
  }
  Result<std::vector<std::string>> list_directory(const std::string& path) const override {
    if (path == "/m") return std::vector<std::string>{"s"};
    if (path == "/m/s") return std::vector<std::string>{"1"};
    if (path != "/m/s/1") return Error(botocxx::ErrorKind::kUsage, "FileAccess", path);
    return std::vector<std::string>{"paginators-1.sdk-extras.json", "resources-1.sdk-extras.json",
                                    "service-2.json", "service-2.sdk-extras.json",
                                    "waiters-2.sdk-extras.json"};
  }

 private:
  std::map<std::string, std::string> files_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 20'000) return 0;
  std::string_view text(reinterpret_cast<const char*>(data), size);
  std::size_t divide = std::min(text.find('\0'), size);
  TwoFiles files(std::string(text.substr(0, divide)),
                 std::string(text.substr(std::min(divide + 1, size))));
  botocxx::Host host = botocxx::system_host();
  host.files = &files;
  botocxx::LoaderOptions options;
  options.data_path = {"/m"};
  options.include_default_search_paths = false;
  botocxx::Loader loader(options, host);
  bool error = false;
  for (const botocxx::ModelIssue& issue : loader.validate("s")) {
    error = error || issue.severity == botocxx::ModelIssue::Severity::kError;
    if (issue.file.empty() || issue.message.empty()) std::abort();
  }
  // A document from memory keeps this loader's products out of the process's cache.
  loader.add_document("other", "1", "service-2", "{}").has_value();
  auto model = loader.load_service_model("s");
  if (!model && !error) std::abort();
  if (!model) return 0;
  botocxx::fuzz::walk_model(**model);
  botocxx::Value document = botocxx::model::decompile_model(**model);
  if (!botocxx::model::compile_and_open(document, "s", "1")) std::abort();
  return 0;
}
