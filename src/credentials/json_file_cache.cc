#include "codec/json.h"
#include <botocxx/credentials/json_cache.h>

#include <utility>

namespace botocxx::inline v1 {
namespace {

class JsonFileCache : public JsonCache {
 public:
  JsonFileCache(const Host& host, std::string folder) : host_(host), folder_(std::move(folder)) {}

  std::optional<Value> get(std::string_view key) override {
    const std::string path = path_of(key);
    if (host_.files->status(path).type != FileSystem::Type::kFile) return std::nullopt;
    auto text = host_.files->read_file(path);
    auto document = text ? codec::parse_json(*text) : Result<Value>(std::move(text).error());
    if (!document) return std::nullopt;
    return *std::move(document);
  }
  Result<void> put(std::string_view key, const Value& value) override {
    return host_.files->replace_file(path_of(key),
                                     codec::write_json(value, codec::JsonStyle::kPython));
  }
  Result<void> remove(std::string_view key) override {
    return host_.files->remove_file(path_of(key));
  }

 private:
  std::string path_of(std::string_view key) const {
    return expand_path(folder_, host_) + '/' + std::string(key) + ".json";
  }

  const Host host_;
  const std::string folder_;
};

}  // namespace

std::shared_ptr<JsonCache> make_json_file_cache(const Host& host, std::string folder) {
  return std::make_shared<JsonFileCache>(host, std::move(folder));
}

}  // namespace botocxx::inline v1
