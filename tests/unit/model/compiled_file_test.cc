#include "model/compiled_file.h"

#include "codec/json.h"
#include "support/scratch_folder.h"
#include <botocxx/endpoint/rule_set.h>
#include <botocxx/model/loader.h>

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <random>

namespace botocxx::model {
namespace {

using testing_support::FakeEnvironment;
using testing_support::host_with;
using testing_support::ScratchFolder;

class CompiledFileTest : public testing::Test {
 protected:
  CompiledFileTest() {
    folder_.write("a", "first");
    folder_.write("b", "second");
  }
  // So that the time of a file counts, it must not be new.
  void age(const std::string& name) {
    auto old = std::filesystem::last_write_time(folder_.path(name)) - std::chrono::hours(1);
    std::filesystem::last_write_time(folder_.path(name), old);
  }
  std::string written() {
    return write_compiled(CompiledKind::kDocument, "payload", paths(), system_host()).value();
  }
  std::vector<std::string> paths() const { return {folder_.path("a"), folder_.path("b")}; }
  std::optional<std::string> read(std::string content,
                                  CompiledKind kind = CompiledKind::kDocument) const {
    return read_compiled(std::move(content), kind, paths(), *system_host().files);
  }

  ScratchFolder folder_;
};

TEST_F(CompiledFileTest, GivesItsPayloadBack) {
  EXPECT_EQ(read(written()), "payload");
  age("a");
  EXPECT_EQ(read(written()), "payload");
}

TEST_F(CompiledFileTest, OfAnotherKindOrOtherFilesIsNotTaken) {
  std::string content = written();
  EXPECT_FALSE(read(content, CompiledKind::kService));
  const FileSystem& files = *system_host().files;
  EXPECT_FALSE(read_compiled(content, CompiledKind::kDocument, {paths()[0]}, files));
  EXPECT_FALSE(read_compiled(content, CompiledKind::kDocument, {paths()[1], paths()[0]}, files));
  EXPECT_FALSE(read_compiled(content, CompiledKind::kDocument, {}, files));
}

TEST_F(CompiledFileTest, IsNotTakenWhenAFileChanged) {
  for (const char* changed : {"other", "firsT", ""}) {
    folder_.write("a", "first");
    age("a");
    std::string content = written();
    folder_.write("a", changed);
    EXPECT_FALSE(read(content)) << changed;
  }
  std::string content = written();
  folder_.remove("b");
  EXPECT_FALSE(read(content));
}

TEST_F(CompiledFileTest, IsTakenForTheSameContentWithAnotherTime) {
  age("a");
  std::string content = written();
  age("a");
  EXPECT_EQ(read(content), "payload");
}

// Within a tick of the clock a file can change without another time.
TEST_F(CompiledFileTest, ContentDecidesForFilesThatWereJustWritten) {
  std::string content = written();
  auto time = std::filesystem::last_write_time(folder_.path("a"));
  folder_.write("a", "FIRST");
  std::filesystem::last_write_time(folder_.path("a"), time);
  EXPECT_FALSE(read(content));
}

TEST_F(CompiledFileTest, DamagedAnywhereIsNotTaken) {
  age("a");
  age("b");
  const std::string whole = written();
  for (std::size_t size = 0; size < whole.size(); ++size) EXPECT_FALSE(read(whole.substr(0, size)));
  EXPECT_FALSE(read(whole + "x"));
  for (std::size_t i = 0; i < whole.size() * 8; ++i) {
    std::string damaged = whole;
    damaged[i / 8] = static_cast<char>(damaged[i / 8] ^ (1 << (i % 8)));
    EXPECT_FALSE(read(damaged)) << "bit " << i;
  }
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    std::string noise(random() % 200, '\0');
    for (char& c : noise) c = static_cast<char>(random());
    EXPECT_FALSE(read("BCXC" + noise));
  }
}

constexpr std::string_view kModel = R"({
  "metadata": {"apiVersion": "2020-01-01", "endpointPrefix": "crates", "protocol": "rest-json",
               "serviceId": "Crates", "signatureVersion": "v4"},
  "operations": {"Open": {"name": "Open", "http": {"method": "GET", "requestUri": "/"}}},
  "shapes": {}
})";

TEST(CompiledModels, AreReadInsteadOfJsonUntilItChanges) {
  ScratchFolder folder;
  folder.write("models/crates/2020-01-01/service-2.json", kModel);
  FakeEnvironment environment{{{"BOTOCXX_MODELS", folder.path("models")},
                               {"BOTOCXX_COMPILED_MODELS", folder.path("compiled")}}};
  Host host = host_with(environment);
  CompiledModel made = Loader({}, host).compile("crates", "service-2").value();
  EXPECT_EQ(made.name, "crates/2020-01-01/service-2.bcxc");
  // A file that says something else, to tell which of the two was read.
  folder.write("other/crates/2020-01-01/service-2.json", [] {
    std::string text(kModel);
    return text.replace(text.find("\"Open\""), 6, "\"Shut\"");
  }());
  std::string payload =
      Loader({{folder.path("other")}}, host).load_service_model("crates").value()->buffer();
  folder.write("compiled/" + made.name,
               write_compiled(CompiledKind::kService, payload,
                              {folder.path("models/crates/2020-01-01/service-2.json")}, host)
                   .value());
  folder.write("copy/crates/2020-01-01/service-2.json", kModel);
  FakeEnvironment copied{{{"BOTOCXX_MODELS", folder.path("copy")},
                          {"BOTOCXX_COMPILED_MODELS", folder.path("compiled")}}};
  Host copy_host = host_with(copied);
  EXPECT_TRUE(Loader({}, copy_host).load_service_model("crates").value()->find_operation("Shut"))
      << "equal content elsewhere is as good";
  folder.write("copy/crates/2020-01-01/service-2.json", std::string(kModel) + " ");
  EXPECT_TRUE(Loader({}, copy_host).load_service_model("crates").value()->find_operation("Open"));
}

TEST(CompiledModels, OfNoCompiledTypeAreRefused) {
  ScratchFolder folder;
  folder.write("crates/2020-01-01/service-2.json", kModel);
  folder.write("crates/2020-01-01/waiters-2.json", R"({"version": 2, "waiters": {}})");
  FakeEnvironment environment{{{"BOTOCXX_MODELS", folder.path()}}};
  Loader loader({}, host_with(environment));
  EXPECT_EQ(loader.compile("crates", "waiters-2").error().code(), "NotCompiled");
  EXPECT_EQ(loader.compile("boxes", "service-2").error().code(), "UnknownService");
  EXPECT_EQ(loader.compile("", "partitions").error().code(), "DataNotFound");
}

// Both forms give the same document, and a rule set is made of nothing else.
TEST(CompiledModels, OfEveryShippedRuleSetSayTheSame) {
  Loader loader({{BOTOCXX_MODELS_DATA}});
  auto services = loader.list_available_services("endpoint-rule-set-1");
  if (services.empty()) GTEST_SKIP() << "upstream models are not there: run tools/models";
  for (const std::string& service : services) {
    CompiledModel made = loader.compile(service, "endpoint-rule-set-1").value();
    auto document = loader.load_document(service, "endpoint-rule-set-1").value();
    ASSERT_FALSE(made.content.empty()) << service;
    auto sources = loader.sources(service, "endpoint-rule-set-1").value();
    std::vector<std::string> paths = sources.extras;
    paths.insert(paths.begin(), sources.base);
    auto payload =
        read_compiled(made.content, CompiledKind::kDocument, paths, *system_host().files);
    ASSERT_TRUE(payload) << service;
    EXPECT_EQ(codec::parse_json(*payload).value(), *document) << service;
  }
}

}  // namespace
}  // namespace botocxx::model
