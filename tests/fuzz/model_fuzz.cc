// A compiled model with any bytes in it: every view answers, whatever the records say.
#include "fuzz/walk_model.h"
#include "model/compiler.h"
#include <botocxx/model/service_model.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace {

using botocxx::Value;

/// One small valid model; the fuzzer's bytes are laid over it, so that most of it still makes
/// sense.
std::string valid_model() {
  const Value document = {
      {"metadata", {{"apiVersion", "2020-01-01"}, {"protocol", "rest-xml"}, {"serviceId", "Box"}}},
      {"operations",
       {{"Put",
         {{"name", "Put"},
          {"http", {{"method", "PUT"}, {"requestUri", "/{Id}?put"}}},
          {"input", {{"shape", "PutInput"}}}}}}},
      {"shapes",
       {{"PutInput",
         {{"type", "structure"},
          {"required", Value::list({"Id"})},
          {"members",
           {{"Id", {{"shape", "Text"}, {"location", "uri"}, {"locationName", "Id"}}},
            {"Next", {{"shape", "PutInput"}}}}}}},
        {"Text", {{"type", "string"}, {"min", 1}}}}}};
  auto compiled = botocxx::model::compile_model(document, "box", "2020-01-01");
  return compiled ? *compiled : std::string();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string valid = valid_model();
  auto buffer = std::make_shared<std::string>(valid);
  // Triples: two bytes say where, the third what.
  for (std::size_t i = 0; i + 2 < size; i += 3) {
    const std::size_t place = (data[i] | (data[i + 1] << 8)) % (buffer->size() + 1);
    if (place == buffer->size()) {
      buffer->resize(buffer->size() / 2 + 1);
    } else {
      (*buffer)[place] = static_cast<char>(data[i + 2]);
    }
  }
  auto model = botocxx::ServiceModel::open(buffer);
  if (!model) return 0;
  botocxx::fuzz::walk_model(**model);
  static_cast<void>((*model)->operation("Put"));
  static_cast<void>((*model)->find_error("NoSuchBox"));
  static_cast<void>(botocxx::model::decompile_model(**model));
  return 0;
}
