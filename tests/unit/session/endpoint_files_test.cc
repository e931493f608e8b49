#include "session/endpoint_files.h"

#include "support/scratch_folder.h"
#include <botocxx/session/session.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace botocxx::session {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing_support::FakeEnvironment;
using testing_support::host_with;
using testing_support::ScratchFolder;

constexpr std::string_view kModel = R"({
  "metadata": {"apiVersion": "2020-01-01", "endpointPrefix": "crates", "protocol": "rest-json",
               "serviceId": "Crates", "signatureVersion": "v4"},
  "operations": {"Open": {"name": "Open", "http": {"method": "GET", "requestUri": "/"}}},
  "shapes": {}
})";

constexpr std::string_view kEndpoints = R"({"partitions": [
  {"partition": "north", "dnsSuffix": "north.example", "regions": {"n-1": {}, "n-2": {}},
   "defaults": {"hostname": "{service}.{region}.{dnsSuffix}", "protocols": ["https"]},
   "services": {"crates": {"endpoints": {"n-2": {}, "n-1": {}, "n-all": {}}}}}]})";

class EndpointFilesTest : public testing::Test {
 protected:
  EndpointFilesTest() { folder_.write("crates/2020-01-01/service-2.json", kModel); }

  Session session() {
    SessionOptions options;
    options.region_name = "n-1";
    options.aws_access_key_id = "A";
    options.aws_secret_access_key = "S";
    options.host = host_with(environment_);
    return Session::create(std::move(options)).value();
  }

  ScratchFolder folder_;
  FakeEnvironment environment_{{{"BOTOCXX_MODELS", folder_.path("")},
                                {"AWS_CONFIG_FILE", folder_.path("no-config")},
                                {"AWS_SHARED_CREDENTIALS_FILE", folder_.path("no-credentials")}}};
};

TEST_F(EndpointFilesTest, RegionsAndPartitionsAreListed) {
  folder_.write("endpoints.json", kEndpoints);
  Session made = session();
  EXPECT_THAT(made.get_available_partitions().value(), ElementsAre("north"));
  EXPECT_THAT(made.get_available_regions("crates", "north").value(), ElementsAre("n-2", "n-1"));
  EXPECT_THAT(made.get_available_regions("crates", "north", true).value(),
              ElementsAre("n-2", "n-1", "n-all"));
  EXPECT_THAT(made.get_available_regions("crates", "south").value(), IsEmpty());
  EXPECT_THAT(made.get_available_regions("boxes", "north").value(), IsEmpty());
  EXPECT_EQ(made.get_partition_for_region("n-1").value(), "north");
  EXPECT_EQ(made.client("crates")->resolve_endpoint("Open")->url.host, "crates.n-1.north.example");
}

TEST_F(EndpointFilesTest, AFileIsReadOnceForASession) {
  folder_.write("endpoints.json", kEndpoints);
  EndpointFiles files(Loader({}, host_with(environment_)));
  auto first = files.endpoints().value();
  EXPECT_EQ(files.endpoints().value(), first);
  EXPECT_EQ(files.partitions().value(), nullptr);
}

TEST_F(EndpointFilesTest, AMissingFileIsAnErrorOnlyWhereItIsAskedFor) {
  Session made = session();
  EXPECT_EQ(made.get_available_partitions().error().code(), "DataNotFound");
  EXPECT_EQ(made.get_available_regions("crates").error().code(), "DataNotFound");
  EXPECT_EQ(made.get_partition_for_region("n-1").error().code(), "DataNotFound");
  EXPECT_EQ(made.client("crates")->resolve_endpoint("Open")->url.host, "crates.n-1.amazonaws.com");
}

TEST_F(EndpointFilesTest, ADamagedFileIsNamedWithThePlace) {
  const std::pair<const char*, const char*> cases[] = {
      {"{\"partitions\":\n  [}", ":2:4"},
      {"[1]", "must be a JSON object"},
      {"", "empty"},
      {R"({"partitions": []})", "at /partitions"},
      {R"({"partitions": [{"partition": "a", "dnsSuffix": "x", "services": 5}]})",
       "at /partitions/0/services"}};
  for (const auto& [text, place] : cases) {
    folder_.write("endpoints.json", text);
    Session made = session();
    for (const Error& error :
         {made.get_available_partitions().error(), made.get_available_regions("crates").error(),
          made.get_partition_for_region("n-1").error(),
          made.client("crates")->resolve_endpoint("Open").error()}) {
      EXPECT_THAT(error.message(), HasSubstr(folder_.path("endpoints.json")));
      EXPECT_THAT(error.message(), HasSubstr(place));
    }
  }
}

TEST_F(EndpointFilesTest, ADamagedFileThatWasMendedIsReadAgain) {
  folder_.write("endpoints.json", "{");
  Session made = session();
  EXPECT_FALSE(made.get_available_partitions());
  folder_.write("endpoints.json", kEndpoints);
  EXPECT_TRUE(made.get_available_partitions());
}

TEST_F(EndpointFilesTest, DamagedPartitionsAreRefusedWithOrWithoutRules) {
  folder_.write("partitions.json", R"({"partitions": [{"id": "aws"}]})");
  auto made = session().client("crates");
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code(), "InvalidPartitions");
  EXPECT_THAT(made.error().message(), HasSubstr(folder_.path("partitions.json")));
  EXPECT_THAT(made.error().message(), HasSubstr("/partitions/0/outputs/dnsSuffix"));
}

}  // namespace
}  // namespace botocxx::session
