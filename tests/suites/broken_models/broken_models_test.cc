// Broken model and extras files, each in a folder of its own with what must be said about it: by
// validation of its path, and when it is loaded. None may crash.
#include "codec/json.h"
#include "support/scratch_folder.h"
#include <botocxx/model/loader.h>

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace botocxx {
namespace {

const std::string kCorpus = std::string(BOTOCXX_TEST_DATA) + "/broken_models";

struct Expectation {
  std::string service, type, load, severity, file, message;
  std::optional<std::string> pointer;
  std::size_t line = 0;
};

Expectation read_expectation(const std::string& folder) {
  std::string text = system_host().files->read_file(folder + "/expected.json").value();
  Value document = codec::parse_json(text).value();
  Expectation expected;
  expected.service = document["service"].as_string();
  expected.type = document["type"].as_string();
  expected.load = document["load"].as_string();
  expected.severity = document["severity"].as_string();
  expected.file = folder + "/models/" + std::string(document["file"].as_string());
  expected.message = document["message"].as_string();
  if (auto pointer = document["pointer"].get_if_string()) expected.pointer = *pointer;
  expected.line = static_cast<std::size_t>(document["line"].get_if_int().value_or(0));
  return expected;
}

bool is_expected(const ModelIssue& issue, const Expectation& expected) {
  bool error = issue.severity == ModelIssue::Severity::kError;
  return error == (expected.severity == "error") && issue.file == expected.file &&
         (!expected.pointer || issue.pointer == *expected.pointer) && issue.line == expected.line &&
         issue.message.find(expected.message) != std::string::npos;
}

void expect_among(const std::vector<ModelIssue>& issues, const Expectation& expected) {
  std::string all;
  for (const ModelIssue& issue : issues) {
    if (is_expected(issue, expected)) return;
    all += "\n  " + issue.to_string();
  }
  ADD_FAILURE() << "expected " << expected.severity << " in " << expected.file << ":"
                << expected.line << " at " << expected.pointer.value_or("any place") << ": "
                << expected.message << "\nfound " << (all.empty() ? "nothing" : all);
}

Loader make_loader(const std::string& folder, std::vector<ModelIssue>* issues) {
  LoaderOptions options;
  options.data_path = {folder + "/models", kCorpus + "/base"};
  options.include_default_search_paths = false;
  options.on_issue = [issues](const ModelIssue& issue) { issues->push_back(issue); };
  return Loader(options);
}

class BrokenModel : public testing::Test {
 public:
  explicit BrokenModel(std::string folder) : folder_(std::move(folder)) {}

  void TestBody() override {
    Expectation expected = read_expectation(folder_);
    std::vector<ModelIssue> issues;
    Loader loader = make_loader(folder_, &issues);
    expect_among(loader.validate_path(folder_ + "/models"), expected);
    expect_among(loader.validate_path(expected.file), expected);
    expect_on_load(loader, expected, issues);
  }

 private:
  static std::optional<Error> load(const Loader& loader, const Expectation& expected) {
    if (expected.type == "service-2") {
      auto model = loader.load_service_model(expected.service);
      return model ? std::nullopt : std::optional(model.error());
    }
    auto document = loader.load_document(expected.service, expected.type);
    return document ? std::nullopt : std::optional(document.error());
  }

  static void expect_on_load(const Loader& loader, const Expectation& expected,
                             const std::vector<ModelIssue>& issues) {
    auto error = load(loader, expected);
    EXPECT_EQ(error.has_value(), expected.load == "error")
        << (error ? error->describe() : "the load succeeded");
    if (error) {
      EXPECT_EQ(error->kind(), ErrorKind::kModel);
      EXPECT_EQ(error->code(), "InvalidModel");
    }
    if (expected.severity == "warning" && expected.load != "none") expect_among(issues, expected);
    if (!error || expected.severity != "error") return;
    std::string place = expected.file;
    if (expected.line != 0) place += ":" + std::to_string(expected.line) + ":";
    EXPECT_NE(error->message().find(place), std::string::npos) << error->message();
    EXPECT_NE(error->message().find(expected.message), std::string::npos) << error->message();
  }

  std::string folder_;
};

const bool kRegistered = [] {
  auto cases = system_host().files->list_directory(kCorpus);
  if (!cases) return false;
  for (const std::string& name : *cases) {
    std::string folder = kCorpus + "/" + name;
    if (!system_host().files->list_directory(folder + "/models")) continue;
    testing::RegisterTest("BrokenModels", name.c_str(), nullptr, nullptr, __FILE__, __LINE__,
                          [folder]() -> BrokenModel* { return new BrokenModel(folder); });
  }
  return true;
}();

TEST(BrokenModelCorpus, IsThereAndItsBaseIsClean) {
  EXPECT_TRUE(kRegistered);
  EXPECT_GE(testing::UnitTest::GetInstance()->total_test_count(), 61);
  for (const ModelIssue& issue : Loader().validate_path(kCorpus + "/base")) {
    ADD_FAILURE() << issue.to_string();
  }
}

}  // namespace
}  // namespace botocxx
