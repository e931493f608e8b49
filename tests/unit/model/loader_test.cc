#include "codec/json.h"
#include "support/scratch_folder.h"
#include <botocxx/model/loader.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <atomic>
#include <filesystem>
#include <thread>

namespace botocxx {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing_support::FakeEnvironment;
using testing_support::host_with;
using testing_support::ScratchFolder;

constexpr std::string_view kShelf = R"({
  "metadata": {"apiVersion": "2020-01-01", "endpointPrefix": "shelf", "protocol": "rest-xml",
               "serviceId": "Shelf", "signatureVersion": "v4"},
  "operations": {
    "GetBook": {"name": "GetBook", "http": {"method": "GET", "requestUri": "/books/{Id}"},
                "input": {"shape": "GetBookInput"}}
  },
  "shapes": {
    "Text": {"type": "string"},
    "GetBookInput": {"type": "structure", "required": ["Id"],
                     "members": {"Id": {"shape": "Text", "location": "uri", "locationName": "Id"}}}
  }
})";

std::string extras_with_operation(std::string_view name, std::string_view uri = "/x") {
  return R"({"merge": {"operations": {")" + std::string(name) +
         R"(": {"http": {"method": "GET", "requestUri": ")" + std::string(uri) + R"("}}}}})";
}

void append_little_endian(std::string& out, std::uint32_t number, int octets) {
  for (int i = 0; i < octets; ++i) out += static_cast<char>(number >> (8 * i));
}

// A gzip file with its content stored as it is.
std::string gzip(std::string_view text) {
  std::string out("\x1f\x8b\x08\0\0\0\0\0\0\xff\x01", 11);
  append_little_endian(out, static_cast<std::uint32_t>(text.size()), 2);
  append_little_endian(out, ~static_cast<std::uint32_t>(text.size()), 2);
  out += text;
  std::uint32_t crc = 0xffffffff;
  for (char c : text) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320 : 0);
  }
  append_little_endian(out, ~crc, 4);
  append_little_endian(out, static_cast<std::uint32_t>(text.size()), 4);
  return out;
}

/// Two roots, "high" and "low", and nothing else.
class LoaderTest : public testing::Test {
 protected:
  Loader make(LoaderOptions options = {}) {
    options.data_path = {folder_.path("high"), folder_.path("low")};
    options.include_default_search_paths = false;
    options.on_issue = [this](const ModelIssue& issue) { issues_.push_back(issue.to_string()); };
    return Loader(options, host_);
  }

  ScratchFolder folder_;
  FakeEnvironment environment_;
  Host host_ = host_with(environment_);
  std::vector<std::string> issues_;
};

TEST_F(LoaderTest, ListsServicesOfEveryRootSorted) {
  folder_.write("low/zoo/2020-01-01/service-2.json", kShelf);
  folder_.write("low/shelf/2020-01-01/service-2.json", kShelf);
  folder_.write("high/attic/2020-01-01/service-2.json.gz", gzip(kShelf));
  folder_.write("high/shelf/2021-01-01/service-2.json", kShelf);
  folder_.write("high/not-a-service.json", "{}");
  folder_.write("high/empty/2020-01-01/README", "");
  EXPECT_THAT(make().list_available_services(), ElementsAre("attic", "shelf", "zoo"));
  EXPECT_THAT(make().list_available_services("waiters-2"), IsEmpty());
}

TEST_F(LoaderTest, LatestVersionIsTheGreatestTextOfAllRoots) {
  folder_.write("low/shelf/2020-01-01/service-2.json", kShelf);
  folder_.write("high/shelf/2019-12-31/service-2.json", kShelf);
  folder_.write("high/shelf/2020-01-01/waiters-2.json", "{}");
  EXPECT_THAT(make().list_api_versions("shelf").value(), ElementsAre("2019-12-31", "2020-01-01"));
  EXPECT_EQ(make().determine_latest_version("shelf").value(), "2020-01-01");
  EXPECT_EQ(make().load_service_model("shelf").value()->api_version(), "2020-01-01");
  EXPECT_EQ(make().load_service_model("shelf", "2019-12-31").value()->api_version(), "2019-12-31");
}

TEST_F(LoaderTest, UnknownServiceNamesTheKnownAndTheNearest) {
  folder_.write("low/shelf/2020-01-01/service-2.json", kShelf);
  auto model = make().load_service_model("shelv");
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code(), "UnknownService");
  EXPECT_THAT(model.error().message(), HasSubstr("'shelv'"));
  EXPECT_THAT(model.error().message(), HasSubstr("shelf"));
  EXPECT_THAT(model.error().hints(), Contains(HasSubstr("did you mean \"shelf\"")));
  EXPECT_EQ(make().list_api_versions("shelv").error().code(), "UnknownService");
}

TEST_F(LoaderTest, AServiceNameNeverLeavesItsRoot) {
  folder_.write("secret/2020-01-01/service-2.json", kShelf);
  std::filesystem::create_directories(folder_.path("high"));
  std::vector<std::string> names{"../secret", "", ".", "..", "a/b", std::string("a\0b", 3)};
  for (const std::string& name : names) {
    EXPECT_EQ(make().load_service_model(name).error().code(), "UnknownService") << name;
  }
  EXPECT_EQ(make().load_data("../secret/2020-01-01/service-2").error().code(), "DataNotFound");
}

TEST_F(LoaderTest, MissingVersionOrTypeIsDataNotFound) {
  folder_.write("low/shelf/2020-01-01/service-2.json", kShelf);
  auto model = make().load_service_model("shelf", "2020-01-02");
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code(), "DataNotFound");
  EXPECT_THAT(model.error().message(), HasSubstr("shelf/2020-01-02/service-2"));
  EXPECT_THAT(model.error().hints(), Contains(HasSubstr("2020-01-01")));
  EXPECT_EQ(make().load_document("shelf", "waiters-2").error().code(), "DataNotFound");
  EXPECT_EQ(make().load_document("shelf", "waiters-2", "2020-01-01").error().code(),
            "DataNotFound");
  EXPECT_EQ(make().list_api_versions("shelf", "waiters-2").error().code(), "DataNotFound");
}

TEST_F(LoaderTest, TheFirstRootWithABaseFileWinsAndTheOtherIsRecordedAsShadowed) {
  folder_.write("high/shelf/2020-01-01/examples-1.json", R"({"from": "high"})");
  folder_.write("low/shelf/2020-01-01/examples-1.json", R"({"from": "low"})");
  folder_.write("low/shelf/2020-01-01/service-2.json", kShelf);
  Loader loader = make();
  EXPECT_EQ((*loader.load_document("shelf", "examples-1").value())["from"].as_string(), "high");
  ModelSources sources = loader.sources("shelf", "examples-1").value();
  EXPECT_EQ(sources.base, folder_.path("high/shelf/2020-01-01/examples-1.json"));
  EXPECT_THAT(sources.shadowed, ElementsAre(folder_.path("low/shelf/2020-01-01/examples-1.json")));
}

TEST_F(LoaderTest, PlainJsonIsPreferredToCompressedAndBothAreRead) {
  folder_.write("high/shelf/2020-01-01/service-2.json.gz", gzip(kShelf));
  folder_.write("high/shelf/2020-01-01/examples-1.json.gz", gzip(R"({"from": "gz"})"));
  folder_.write("high/shelf/2020-01-01/examples-1.json", R"({"from": "plain"})");
  EXPECT_TRUE(make().load_service_model("shelf"));
  EXPECT_EQ((*make().load_document("shelf", "examples-1").value())["from"].as_string(), "plain");
}

TEST_F(LoaderTest, DamagedCompressedFilesAreErrorsThatNameTheFile) {
  std::string whole = gzip(kShelf);
  for (const std::string& damaged :
       {whole.substr(0, whole.size() / 2), std::string("not gzip"), std::string()}) {
    folder_.write("high/shelf/2020-01-01/service-2.json.gz", damaged);
    auto model = make().load_service_model("shelf");
    ASSERT_FALSE(model);
    EXPECT_EQ(model.error().kind(), ErrorKind::kModel);
    EXPECT_THAT(model.error().message(), HasSubstr("service-2.json.gz"));
  }
}

TEST_F(LoaderTest, ExtrasOfEveryRootApplyLowestPriorityFirst) {
  folder_.write("low/shelf/2020-01-01/service-2.json", kShelf);
  folder_.write("low/shelf/2020-01-01/service-2.sdk-extras.json", R"({"version": 1.0, "merge": {
    "documentation": "low", "operations": {"A": {"http": {"method": "GET", "requestUri": "/low"}}}}})");
  folder_.write("high/shelf/2020-01-01/service-2.sdk-extras.json", R"({"merge": {
    "documentation": "high", "operations": {"B": {"http": {"method": "GET", "requestUri": "/b"}},
    "A": {"http": {"method": "GET", "requestUri": "/high"}}}}})");
  Loader loader = make();
  auto model = loader.load_service_model("shelf").value();
  EXPECT_EQ(model->find_operation("A")->request_uri(), "/high");
  EXPECT_EQ(model->find_operation("B")->request_uri(), "/b");
  ModelSources sources = loader.sources("shelf").value();
  std::string high = folder_.path("high/shelf/2020-01-01/service-2.sdk-extras.json");
  std::string low = folder_.path("low/shelf/2020-01-01/service-2.sdk-extras.json");
  EXPECT_THAT(sources.extras, ElementsAre(low, high));
  EXPECT_EQ(sources.origin_of("/operations/A/http/requestUri"), high);
  EXPECT_EQ(sources.origin_of("/operations/A"), low);
  EXPECT_EQ(sources.origin_of("/operations/B/http"), high);
  EXPECT_EQ(sources.origin_of("/operations/GetBook"), sources.base);
  EXPECT_THAT(issues_, IsEmpty());
}

TEST_F(LoaderTest, MergeReplacesListsKeepsOrderAndRemovesByNull) {
  folder_.write("low/shelf/2020-01-01/service-2.json", kShelf);
  folder_.write("low/shelf/2020-01-01/examples-1.json",
                R"({"version": 2, "a": [1, 2], "b": {"x": 1, "y": 2}, "c": 1, "d": 1})");
  folder_.write("high/shelf/2020-01-01/examples-1.sdk-extras.json",
                R"({"merge": {"z": 1, "a": [3], "b": {"y": 3, "w": {"n": null, "m": 1}},
                              "c": null, "nothing": null, "e": 2}})");
  Loader loader = make();
  auto document = loader.load_document("shelf", "examples-1").value();
  EXPECT_EQ(codec::write_json(*document),
            R"({"version":2,"a":[3],"b":{"x":1,"y":3,"w":{"m":1}},"d":1,"z":1,"e":2})");
  ModelSources sources = loader.sources("shelf", "examples-1").value();
  auto removed = std::find_if(sources.changes.begin(), sources.changes.end(),
                              [](const auto& change) { return change.removed; });
  ASSERT_NE(removed, sources.changes.end());
  EXPECT_EQ(removed->pointer, "/c");
  EXPECT_EQ(removed->replaced, sources.base);
  EXPECT_THAT(issues_, Contains(HasSubstr("/merge/nothing")));
  EXPECT_THAT(issues_, Contains(HasSubstr("/merge/b/w/n")));
}

TEST_F(LoaderTest, NamedExtrasApplyOnlyWhereNamedAndInThatOrder) {
  folder_.write("low/shelf/2020-01-01/service-2.json", kShelf);
  folder_.write("low/shelf/2020-01-01/service-2.ceph.sdk-extras.json",
                extras_with_operation("A", "/ceph"));
  folder_.write("high/shelf/2020-01-01/service-2.acme.sdk-extras.json",
                extras_with_operation("A", "/acme"));
  folder_.write("high/shelf/2020-01-01/service-2.sdk-extras.json",
                extras_with_operation("A", "/unnamed"));
  auto uri = [&](std::vector<std::string> names) {
    LoaderOptions options;
    options.extras = std::move(names);
    return std::string(
        make(options).load_service_model("shelf").value()->find_operation("A")->request_uri());
  };
  EXPECT_EQ(uri({}), "/unnamed");
  EXPECT_EQ(uri({"ceph"}), "/ceph");
  EXPECT_EQ(uri({"acme", "ceph"}), "/ceph");
  EXPECT_EQ(uri({"ceph", "acme"}), "/acme");
  EXPECT_THAT(issues_, IsEmpty());
  EXPECT_EQ(uri({"cehp"}), "/unnamed");
  EXPECT_THAT(issues_, Contains(HasSubstr("did you mean \"ceph\"")));
}

TEST_F(LoaderTest, UnnamedExtrasCanBeSwitchedOff) {
  folder_.write("low/shelf/2020-01-01/service-2.json", kShelf);
  folder_.write("low/shelf/2020-01-01/service-2.sdk-extras.json", extras_with_operation("A"));
  LoaderOptions options;
  options.include_default_extras = false;
  EXPECT_FALSE(make(options).load_service_model("shelf").value()->find_operation("A"));
}

TEST_F(LoaderTest, ExtrasSupplyATypeThatHasNoBaseFile) {
  folder_.write("low/shelf/2020-01-01/service-2.json", kShelf);
  folder_.write("high/shelf/2020-01-01/waiters-2.sdk-extras.json",
                R"({"merge": {"version": 2, "waiters": {}}})");
  auto document = make().load_document("shelf", "waiters-2");
  ASSERT_TRUE(document) << document.error().message();
  EXPECT_TRUE((**document)["waiters"].is_object());
  EXPECT_EQ(make().determine_latest_version("shelf", "waiters-2").value(), "2020-01-01");
}

TEST_F(LoaderTest, AVersionFolderWithExtrasOnlyIsAppliedToTheLatestWithAWarning) {
  folder_.write("low/shelf/2020-01-01/service-2.json", kShelf);
  folder_.write("low/shelf/2019-01-01/service-2.json", kShelf);
  folder_.write("high/shelf/2023-2-11/service-2.sdk-extras.json", extras_with_operation("A"));
  Loader loader = make();
  EXPECT_TRUE(loader.load_service_model("shelf").value()->find_operation("A"));
  EXPECT_THAT(issues_, ElementsAre(testing::AllOf(HasSubstr("2023-2-11/service-2.sdk-extras.json"),
                                                  HasSubstr("2020-01-01"))));
  EXPECT_FALSE(loader.load_service_model("shelf", "2019-01-01").value()->find_operation("A"));
}

TEST_F(LoaderTest, MisnamedFilesAreWarnedOfWithTheRightName) {
  folder_.write("low/shelf/2020-01-01/service-2.json", kShelf);
  for (const char* name : {"service-2.extras.json", "service2.json", "Service-2.json",
                           "service-2.sdk-extra.json", "service-2.json.bak"}) {
    issues_.clear();
    folder_.write(std::string("high/shelf/2020-01-01/") + name, "{}");
    EXPECT_TRUE(make().load_service_model("shelf"));
    EXPECT_THAT(issues_, ElementsAre(testing::AllOf(HasSubstr(name), HasSubstr("\"service-2."))))
        << name;
    folder_.remove(std::string("high/shelf/2020-01-01/") + name);
  }
}

TEST_F(LoaderTest, FilesBesideAndFoldersInAnotherCaseAreWarnedOf) {
  folder_.write("low/shelf/2020-01-01/service-2.json", kShelf);
  folder_.write("high/shelf/service-2.sdk-extras.json", extras_with_operation("A"));
  folder_.write("high/Shelf/2020-01-01/service-2.sdk-extras.json", extras_with_operation("A"));
  EXPECT_TRUE(make().load_service_model("shelf"));
  EXPECT_THAT(issues_, Contains(HasSubstr("high/shelf/service-2.sdk-extras.json")));
  EXPECT_THAT(issues_, Contains(HasSubstr("high/Shelf")));
}

TEST_F(LoaderTest, WarningsAreGivenOnceForEachLoader) {
  folder_.write("low/shelf/2020-01-01/service-2.json", kShelf);
  folder_.write("high/shelf/2020-01-01/service-2.sdk-extras.json", extras_with_operation("A", "a"));
  Loader loader = make();
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(loader.load_service_model("shelf"));
  EXPECT_THAT(issues_, SizeIs(1));
  EXPECT_TRUE(make().load_service_model("shelf"));
  EXPECT_THAT(issues_, SizeIs(2));
}

TEST_F(LoaderTest, JsonSyntaxErrorsNameFileLineAndColumn) {
  folder_.write("low/shelf/2020-01-01/service-2.json", kShelf);
  folder_.write("high/shelf/2020-01-01/service-2.sdk-extras.json",
                "{\"merge\": {\n  \"operations\": {}\n  \"shapes\": {}\n}}");
  auto model = make().load_service_model("shelf");
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code(), "InvalidModel");
  EXPECT_THAT(model.error().message(), HasSubstr("service-2.sdk-extras.json:3:3: "));
}

TEST_F(LoaderTest, AChangedFileIsNoticedByTheNextLoadAndTheOldModelStays) {
  folder_.write("low/shelf/2020-01-01/service-2.json", kShelf);
  Loader loader = make();
  auto first = loader.load_service_model("shelf").value();
  EXPECT_EQ(loader.load_service_model("shelf").value(), first);
  EXPECT_EQ(make().load_service_model("shelf").value(), first) << "shared by all loaders";
  folder_.write("high/shelf/2020-01-01/service-2.sdk-extras.json", extras_with_operation("A"));
  auto second = loader.load_service_model("shelf").value();
  EXPECT_TRUE(second->find_operation("A"));
  EXPECT_FALSE(first->find_operation("A"));
  folder_.write("high/shelf/2020-01-01/service-2.sdk-extras.json", extras_with_operation("Other"));
  EXPECT_TRUE(loader.load_service_model("shelf").value()->find_operation("Other"));
  folder_.remove("high/shelf");
  EXPECT_FALSE(loader.load_service_model("shelf").value()->find_operation("Other"));
}

TEST_F(LoaderTest, ManyThreadsGetOneModel) {
  folder_.write("low/shelf/2020-01-01/service-2.json", kShelf);
  folder_.write("low/shelf/2020-01-01/waiters-2.json", R"({"version": 2, "waiters": {}})");
  folder_.write("high/shelf/2023-2-11/service-2.sdk-extras.json", extras_with_operation("A", "a"));
  std::atomic<int> warnings = 0;
  LoaderOptions options;
  options.data_path = {folder_.path("high"), folder_.path("low")};
  options.include_default_search_paths = false;
  options.on_issue = [&](const ModelIssue&) { ++warnings; };
  Loader loader(options, host_);
  std::vector<std::shared_ptr<const ServiceModel>> models(8);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < models.size(); ++i) {
    threads.emplace_back([&, i] {
      for (int round = 0; round < 20; ++round) {
        models[i] = loader.load_service_model("shelf").value();
        EXPECT_TRUE(loader.load_document("shelf", "waiters-2"));
        EXPECT_TRUE(
            loader.add_document("mine" + std::to_string(i), "2020-01-01", "service-2", kShelf));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(warnings, 2);
  EXPECT_TRUE(models[0]->find_operation("A"));
}

TEST_F(LoaderTest, DataIsFoundByNameInTheFirstRootThatHasIt) {
  folder_.write("low/partitions.json", R"({"from": "low"})");
  folder_.write("high/partitions.json.gz", gzip(R"({"from": "high"})"));
  folder_.write("low/shelf/2020-01-01/waiters-2.json", R"({"from": "low"})");
  Loader loader = make();
  auto [data, path] = loader.load_data_with_path("partitions").value();
  EXPECT_EQ((*data)["from"].as_string(), "high");
  EXPECT_EQ(path, folder_.path("high/partitions.json.gz"));
  EXPECT_FALSE(loader.is_builtin_path(path));
  EXPECT_TRUE(loader.load_data("shelf/2020-01-01/waiters-2"));
  auto missing = loader.load_data("nothing");
  EXPECT_EQ(missing.error().code(), "DataNotFound");
  EXPECT_THAT(missing.error().message(), HasSubstr("nothing"));
}

TEST_F(LoaderTest, DocumentsFromMemoryComeFirst) {
  folder_.write("low/shelf/2020-01-01/service-2.json", kShelf);
  Loader loader = make();
  ASSERT_TRUE(loader.add_document("shelf", "2020-01-01", "service-2.sdk-extras",
                                  extras_with_operation("FromMemory")));
  ASSERT_TRUE(loader.add_document("cellar", "2020-01-01", "service-2", kShelf));
  EXPECT_TRUE(loader.load_service_model("shelf").value()->find_operation("FromMemory"));
  EXPECT_TRUE(loader.load_service_model("cellar"));
  EXPECT_THAT(loader.list_available_services(), ElementsAre("cellar", "shelf"));
  EXPECT_FALSE(make().load_service_model("shelf").value()->find_operation("FromMemory"));
  EXPECT_FALSE(make().load_service_model("cellar"));
  EXPECT_EQ(loader.add_document("x", "1", "service-2", "{").error().code(), "InvalidModel");
  EXPECT_EQ(loader.add_document("../x", "1", "service-2", "{}").error().kind(), ErrorKind::kUsage);
}

TEST(LoaderSearchPath, HasOptionsThenEnvironmentThenHomeThenBundledRoots) {
  ScratchFolder folder;
  FakeEnvironment environment({{"HOME", folder.path("home")},
                               {"AWS_DATA_PATH", "~/one:$EXTRA/two::/three/"},
                               {"EXTRA", "/extra"},
                               {"BOTOCXX_MODELS", "/bundled/a:/bundled/b"}});
  LoaderOptions options;
  options.data_path = {"~/mine", "/three"};
  Loader loader(options, host_with(environment));
  EXPECT_THAT(loader.search_paths(),
              ElementsAre(folder.path("home/mine"), "/three", folder.path("home/one"), "/extra/two",
                          folder.path("home/.aws/models"), "/bundled/a", "/bundled/b"));
  EXPECT_TRUE(loader.is_builtin_path("/bundled/a/s3/x.json"));
  EXPECT_FALSE(loader.is_builtin_path("/bundled/abc/x.json"));
}

TEST(LoaderSearchPath, WithoutAnyModelsTheErrorSaysWhereItLooked) {
  ScratchFolder folder;
  FakeEnvironment environment(
      {{"HOME", folder.path()}, {"BOTOCXX_MODELS", folder.path("nowhere")}});
  Loader loader({}, host_with(environment));
  auto model = loader.load_service_model("s3");
  EXPECT_EQ(model.error().code(), "UnknownService");
  EXPECT_THAT(model.error().hints(), Contains(HasSubstr(folder.path("nowhere"))));
}

TEST(BundledModels, HoldMetadataSearchByDefault) {
  ScratchFolder folder;
  FakeEnvironment environment({{"HOME", folder.path()}});
  LoaderOptions options;
  std::vector<std::string> issues;
  options.on_issue = [&](const ModelIssue& issue) { issues.push_back(issue.to_string()); };
  Loader loader(options, host_with(environment));
  if (loader.list_available_services().empty()) GTEST_SKIP() << "upstream models are not there";
  auto model = loader.load_service_model("s3").value();
  EXPECT_TRUE(model->find_operation("MetadataSearch"));
  EXPECT_TRUE(model->find_operation("ListObjectsV2"));
  auto paginators = loader.load_document("s3", "paginators-1").value();
  EXPECT_TRUE((*paginators)["pagination"].contains("MetadataSearch"));
  EXPECT_TRUE((*paginators)["pagination"].contains("ListObjectsV2"));
  auto waiters = loader.load_document("s3", "waiters-2").value();
  EXPECT_TRUE((*waiters)["waiters"].contains("BucketEmptied"));
  EXPECT_TRUE(loader.is_builtin_path(loader.sources("s3").value().base));
  EXPECT_THAT(issues, IsEmpty());
}

// Extras as they exist in public: they load, with warnings that name what was repaired.
TEST(VendorExtras, OfBothStylesLoadOntoTheBundledModel) {
  ScratchFolder folder;
  FakeEnvironment environment({{"HOME", folder.path()}});
  for (std::string style : {"vendor_style", "vendor_style_dated"}) {
    std::vector<std::string> issues;
    LoaderOptions options;
    options.data_path = {std::string(BOTOCXX_TEST_DATA) + "/extras/" + style + "/models"};
    options.on_issue = [&](const ModelIssue& issue) { issues.push_back(issue.to_string()); };
    Loader loader(options, host_with(environment));
    if (loader.list_available_services().empty()) GTEST_SKIP() << "no upstream models";
    auto model = loader.load_service_model("s3");
    ASSERT_TRUE(model) << model.error().describe();
    bool dated = style == "vendor_style_dated";
    auto operation = (*model)->find_operation(dated ? "PostBucketLedger" : "ListShelfKeys");
    ASSERT_TRUE(operation);
    EXPECT_EQ(operation->request_uri(), dated ? "/{Bucket}?ledger" : "/{Bucket}?shelfkeys");
    EXPECT_EQ(operation->input()->shape().find_member("Bucket")->context_param(), "Bucket");
    EXPECT_THAT(issues, testing::Each(HasSubstr(style + "/models/s3/")));
    EXPECT_THAT(issues, Contains(HasSubstr("supplies no endpoint parameter")));
    EXPECT_TRUE((*model)->find_operation("MetadataSearch"));
  }
}

TEST(BundledModels, HaveNamedExtrasForOtherStores) {
  ScratchFolder folder;
  FakeEnvironment environment({{"HOME", folder.path()}});
  auto load = [&](std::vector<std::string> names) {
    LoaderOptions options;
    options.extras = std::move(names);
    return Loader(options, host_with(environment)).load_service_model("s3");
  };
  if (!load({})) GTEST_SKIP() << "no upstream models";
  auto takes = [](const ServiceModel& model, const char* member) {
    return model.find_operation("ListObjectsV2")->input()->shape().find_member(member).has_value();
  };
  EXPECT_FALSE(takes(*load({}).value(), "Search"));
  EXPECT_TRUE(takes(*load({"scality"}).value(), "Search"));
  EXPECT_TRUE(takes(*load({"minio"}).value(), "Metadata"));
  EXPECT_TRUE(load({"ceph"}).value()->find_operation("SearchBucketMetadata"));
  auto all = load({"ceph", "minio", "scality"}).value();
  EXPECT_TRUE(takes(*all, "Search") && takes(*all, "AllowUnordered"));
}

TEST_F(LoaderTest, AnErrorNamesTheExtrasFileThatIntroducedIt) {
  folder_.write("low/shelf/2020-01-01/service-2.json", kShelf);
  folder_.write("low/shelf/2020-01-01/service-2.sdk-extras.json",
                R"({"merge": {"shapes": {"Text": {"max": 3}}}})");
  folder_.write("high/shelf/2020-01-01/service-2.sdk-extras.json",
                "{\"merge\": {\n  \"shapes\": {\"Text\": null}}}");
  auto model = make().load_service_model("shelf");
  ASSERT_FALSE(model);
  std::string file = folder_.path("high/shelf/2020-01-01/service-2.sdk-extras.json");
  EXPECT_THAT(model.error().message(), testing::StartsWith(file + ":2:22: "));
  EXPECT_THAT(model.error().message(), HasSubstr("/shapes/GetBookInput/members/Id/shape"));
}

TEST(Loader, APipeInAModelsPlaceIsAnErrorAndNotWaitedFor) {
  ScratchFolder root;
  root.write("shelf/2020-01-01/paginators-1.json", "{}");
  std::string pipe = root.path("shelf/2020-01-01/service-2.json");
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  LoaderOptions options;
  options.data_path = {root.path()};
  options.include_default_search_paths = false;
  auto model = Loader(options).load_service_model("shelf");
  ASSERT_FALSE(model);
  EXPECT_THAT(model.error().message(), HasSubstr("no regular file"));
}

}  // namespace
}  // namespace botocxx
