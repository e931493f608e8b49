#include "endpoint/endpoints_data.h"

#include "codec/json.h"

#include <gtest/gtest.h>

namespace botocxx::endpoint {
namespace {

constexpr std::string_view kDocument = R"({"partitions": [
  {"partition": "aws", "dnsSuffix": "amazonaws.com", "regionRegex": "^(us|eu)\\-\\w+\\-\\d+$",
   "regions": {"us-east-1": {}, "eu-west-1": {}},
   "defaults": {"hostname": "{service}.{region}.{dnsSuffix}", "protocols": ["https"],
     "variants": [{"tags": ["fips"], "hostname": "{service}-fips.{region}.{dnsSuffix}",
                   "dnsSuffix": "amazonaws.com"},
                  {"tags": ["dualstack", "fips"], "hostname": "{service}-fips.{region}.{dnsSuffix}",
                   "dnsSuffix": "api.aws"}]},
   "services": {
     "iam": {"partitionEndpoint": "aws-global", "isRegionalized": false, "endpoints": {
        "aws-global": {"hostname": "iam.amazonaws.com",
                       "credentialScope": {"region": "us-east-1", "service": "iam-scope"}}}},
     "box": {"defaults": {"protocols": ["http"]}, "endpoints": {"eu-west-1": {}, "special": {},
        "us-east-1": {"hostname": "box.{region}.example",
                      "variants": [{"tags": ["dualstack"], "hostname": "box.{region}.{dnsSuffix}"}]}}}}},
  {"partition": "aws-iso", "dnsSuffix": "c2s.ic.gov",
   "regions": {"us-iso-east-1": {}}, "defaults": {"hostname": "{service}.{region}.{dnsSuffix}",
   "protocols": ["https"]}, "services": {}}]})";

std::shared_ptr<const EndpointsData> data() {
  return EndpointsData::read(std::make_shared<const Value>(codec::parse_json(kDocument).value()))
      .value();
}

TEST(EndpointsData, NamesTheHostOfARegion) {
  KnownEndpoint box = data()->find("box", "us-east-1").value();
  EXPECT_EQ(box.hostname, "box.us-east-1.example");
  EXPECT_EQ(box.partition, "aws");
  EXPECT_EQ(box.signing_region, "us-east-1");
  EXPECT_FALSE(box.https);
  EXPECT_EQ(data()->find("new", "eu-north-9")->hostname, "new.eu-north-9.amazonaws.com");
  EXPECT_EQ(data()->find("new", "us-iso-east-1")->hostname, "new.us-iso-east-1.c2s.ic.gov");
}

TEST(EndpointsData, AServiceWithoutRegionsHasOneEndpoint) {
  for (const char* region : {"", "eu-west-1", "nowhere"}) {
    KnownEndpoint iam = data()->find("iam", region).value();
    EXPECT_EQ(iam.hostname, "iam.amazonaws.com") << region;
    EXPECT_EQ(iam.name, "aws-global");
    EXPECT_EQ(iam.signing_region, "us-east-1");
    EXPECT_EQ(iam.signing_name, "iam-scope");
  }
}

TEST(EndpointsData, OtherServicesNeedARegion) {
  EXPECT_EQ(data()->find("box", "").error().code(), "NoRegion");
  EXPECT_EQ(data()->find("box", "mars-1")->hostname, "box.mars-1.amazonaws.com");
}

TEST(EndpointsData, VariantsHaveHostsOfTheirOwn) {
  EXPECT_EQ(data()->find("box", "eu-west-1", {.fips = true})->hostname,
            "box-fips.eu-west-1.amazonaws.com");
  EXPECT_EQ(data()->find("box", "eu-west-1", {.dual_stack = true, .fips = true})->hostname,
            "box-fips.eu-west-1.api.aws");
  EXPECT_EQ(data()->find("box", "us-east-1", {.dual_stack = true})->hostname,
            "box.us-east-1.amazonaws.com");
  EXPECT_EQ(data()->find("box", "eu-west-1", {.dual_stack = true}).error().code(),
            "EndpointVariant");
}

TEST(EndpointsData, ListsRegionsAndPartitions) {
  EXPECT_EQ(data()->partitions(), (std::vector<std::string>{"aws", "aws-iso"}));
  EXPECT_EQ(data()->endpoint_names("box", "aws", false),
            (std::vector<std::string>{"eu-west-1", "us-east-1"}));
  EXPECT_EQ(data()->endpoint_names("box", "aws", true),
            (std::vector<std::string>{"eu-west-1", "special", "us-east-1"}));
  EXPECT_TRUE(data()->endpoint_names("box", "aws-iso", true).empty());
  EXPECT_TRUE(data()->endpoint_names("nothing", "nowhere", true).empty());
  EXPECT_EQ(data()->partition_of("eu-south-7").value(), "aws");
  EXPECT_EQ(data()->partition_of("us-iso-east-1").value(), "aws-iso");
  EXPECT_EQ(data()->partition_of("moon").error().code(), "UnknownRegion");
}

TEST(EndpointsData, DamageIsRefusedWithItsPlace) {
  const std::pair<const char*, const char*> cases[] = {
      {"null", "/partitions"},
      {"{}", "/partitions"},
      {"[]", "/partitions"},
      {R"({"partitions": []})", "/partitions"},
      {R"({"partitions": 5})", "/partitions"},
      {R"({"partitions": [5]})", "/partitions/0"},
      {R"({"partitions": [{"dnsSuffix": "x"}]})", "/partitions/0/partition"},
      {R"({"partitions": [{"partition": "a"}]})", "/partitions/0/dnsSuffix"},
      {R"({"partitions": [{"partition": "a", "dnsSuffix": 1}]})", "/partitions/0/dnsSuffix"},
      {R"({"partitions": [{"partition": "a", "dnsSuffix": "x"},
                          {"partition": "b", "dnsSuffix": "y", "services": [1]}]})",
       "/partitions/1/services"},
      {R"({"partitions": [{"partition": "a", "dnsSuffix": "x", "regions": "r"}]})",
       "/partitions/0/regions"},
      {R"({"partitions": [{"partition": "a", "dnsSuffix": "x", "services": {"a/b": 1}}]})",
       "/partitions/0/services/a~1b"},
      {R"({"partitions": [{"partition": "a", "dnsSuffix": "x", "services": {"s": {"endpoints": 1}}}]})",
       "/partitions/0/services/s/endpoints"},
      {R"({"partitions": [{"partition": "a", "dnsSuffix": "x", "regionRegex": "("}]})",
       "/partitions/0/regionRegex"},
      {R"({"partitions": [{"partition": "a", "dnsSuffix": "x", "regionRegex": 7}]})",
       "/partitions/0/regionRegex"}};
  for (const auto& [text, pointer] : cases) {
    auto read = EndpointsData::read(std::make_shared<const Value>(codec::parse_json(text).value()));
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().code(), "InvalidEndpoints");
    EXPECT_EQ(read.error().context().at(0).second, pointer) << text;
    EXPECT_NE(read.error().message().find(pointer), std::string::npos);
  }
}

}  // namespace
}  // namespace botocxx::endpoint
