// Every upstream service, compiled and taken apart again, equals its JSON: nothing is lost.
#include "codec/json.h"
#include "model/compiler.h"
#include <botocxx/base/host.h>
#include <botocxx/model/service_model.h>

#include <gtest/gtest.h>

#include <memory_resource>

namespace botocxx {
namespace {

// "type" is kept as an enumeration; `required: true` and an empty "errors" say nothing.
void drop_meaningless(Value& document) {
  for (Value::Member& operation : document.find("operations")->members()) {
    const Value* errors = operation.value.find("errors");
    if (errors != nullptr && errors->empty()) operation.value.erase("errors");
  }
  for (Value::Member& shape : document.find("shapes")->members()) {
    bool structure = shape.value["type"].as_string() == "structure";
    if (structure && !shape.value.contains("members")) shape.value.set("members", Value::object());
  }
}

void expect_same(const Value& expected, const Value& actual, const std::string& where) {
  if (expected == actual) return;
  for (const Value::Member& member : expected.members()) {
    if (!(member.value == actual[member.key])) {
      return expect_same(member.value, actual[member.key],
                         where + "/" + std::string(member.key.view()));
    }
  }
  ADD_FAILURE() << where << "\nexpected " << codec::write_json(expected).substr(0, 300)
                << "\nfound    " << codec::write_json(actual).substr(0, 300);
}

TEST(UpstreamModels, EveryOperationShapeMemberAndTraitSurvivesCompilation) {
  const FileSystem& files = *system_host().files;
  std::string root = BOTOCXX_MODELS_DATA;
  auto services = files.list_directory(root);
  if (!services) GTEST_SKIP() << "upstream models are not there: run tools/models";
  std::size_t models = 0, operations = 0;
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
      auto document = codec::parse_json(*text, options);
      ASSERT_TRUE(document) << path << ": " << document.error().message();
      drop_meaningless(*document);
      auto model = model::compile_and_open(*document, service, version);
      ASSERT_TRUE(model) << path << ": " << model.error().message();
      expect_same(*document, model::decompile_model(**model), service);
      ++models;
      operations += (*model)->operations().size();
    }
  }
  EXPECT_GE(models, 462u);
  EXPECT_GE(operations, 21000u);
}

}  // namespace
}  // namespace botocxx
