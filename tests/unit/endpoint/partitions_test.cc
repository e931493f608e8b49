#include "endpoint/partitions.h"

#include <gtest/gtest.h>

namespace botocxx::endpoint {
namespace {

Value partition(std::string_view id, std::string_view suffix, std::string_view pattern) {
  return Value{{"id", id},
               {"regionRegex", pattern},
               {"regions", Value{{std::string(id) + "-global", Value::object()}}},
               {"outputs", Value{{"dnsSuffix", suffix},
                                 {"dualStackDnsSuffix", "api.example"},
                                 {"supportsFIPS", true},
                                 {"supportsDualStack", false}}}};
}

Value two_partitions() {
  return Value{
      {"partitions", Value::list({partition("aws", "amazonaws.com", "^us\\-\\w+\\-\\d+$"),
                                  partition("aws-cn", "amazonaws.com.cn", "^cn\\-\\w+\\-\\d+$")})}};
}

std::string pointer_of(const Value& document) {
  auto compiled = Partitions::compile(document);
  if (compiled) return "compiled";
  EXPECT_EQ(compiled.error().code(), "InvalidPartitions");
  return compiled.error().context().at(0).second;
}

TEST(Partitions, ClaimRegionsByNameAndByPattern) {
  auto partitions = Partitions::compile(two_partitions()).value();
  EXPECT_EQ(partitions->find("us-east-1").id, "aws");
  EXPECT_EQ(partitions->find("cn-north-9").dns_suffix, "amazonaws.com.cn");
  EXPECT_EQ(partitions->find("aws-cn-global").id, "aws-cn");
  EXPECT_TRUE(partitions->find("aws-cn-global").supports_fips);
}

TEST(Partitions, TheFirstHasWhatNoneClaims) {
  auto partitions = Partitions::compile(two_partitions()).value();
  for (const char* region : {"", "nowhere", "us-east-1-x", "xus-east-1"}) {
    EXPECT_EQ(partitions->find(region).id, "aws") << region;
  }
  EXPECT_EQ(partitions->find("cn-" + std::string(2'000'000, 'a') + "-1").id, "aws");
}

TEST(Partitions, DamagedDocumentsAreRefusedWithTheirPlace) {
  EXPECT_EQ(pointer_of(Value()), "/partitions");
  EXPECT_EQ(pointer_of(Value{{"partitions", Value::list()}}), "/partitions");
  EXPECT_EQ(pointer_of(Value{{"partitions", Value::list({Value(1)})}}), "/partitions/0");
  Value bad_pattern = two_partitions();
  bad_pattern.find("partitions")->items()[1].set("regionRegex", "(");
  EXPECT_EQ(pointer_of(bad_pattern), "/partitions/1/regionRegex");
  Value no_suffix = two_partitions();
  no_suffix.find("partitions")->items()[0].find("outputs")->erase("dnsSuffix");
  EXPECT_EQ(pointer_of(no_suffix), "/partitions/0/outputs/dnsSuffix");
  Value bad_flag = two_partitions();
  bad_flag.find("partitions")->items()[0].find("outputs")->set("supportsFIPS", "yes");
  EXPECT_EQ(pointer_of(bad_flag), "/partitions/0/outputs/supportsFIPS");
}

TEST(Partitions, PatternsThatNeedMuchStackOrMemoryAreRefused) {
  auto with_pattern = [](const std::string& pattern) {
    return Value{
        {"partitions", Value::list({endpoint::partition("aws", "amazonaws.com", pattern)})}};
  };
  std::string deep = std::string(200'000, '(') + std::string(200'000, ')');
  for (const std::string& pattern :
       {deep, std::string(3'000'000, 'a'), std::string("((a{300}){300}){300}"),
        std::string("a{99999999999999999999}"), std::string("((a?){9}){9}"),
        std::string("(a*)*\\1$")}) {
    EXPECT_EQ(pointer_of(with_pattern(pattern)), "/partitions/0/regionRegex") << pattern.size();
    auto refused = Partitions::compile(with_pattern(pattern));
    EXPECT_LT(refused.error().message().size(), 200U);
  }
  EXPECT_EQ(pointer_of(with_pattern("^us-[a-z]{2,10}-\\d{1,2}$")), "compiled");
}

TEST(Partitions, PatternsWithNestedRepetitionsEnd) {
  Value first = partition("aws", "amazonaws.com", "^((\\w+)*-)*$");
  Value second = partition("second", "example.com", "^(a+)+!$");
  auto partitions = Partitions::compile({{"partitions", Value::list({first, second})}}).value();
  EXPECT_EQ(partitions->find(std::string(60, 'a') + "!").id, "second");
  EXPECT_EQ(partitions->find(std::string(60, 'a') + "-").id, "aws");
}

}  // namespace
}  // namespace botocxx::endpoint
