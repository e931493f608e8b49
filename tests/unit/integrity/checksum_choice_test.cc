#include "integrity/checksum_choice.h"

#include "unit/integrity/sample_operations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace botocxx::integrity {
namespace {

using enum ChecksumAlgorithm;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view kSupported =
    R"("httpChecksum": {"requestAlgorithmMember": "Algorithm"})";
constexpr std::string_view kRequired =
    R"("httpChecksum": {"requestAlgorithmMember": "Algorithm", "requestChecksumRequired": true})";
constexpr std::string_view kOlderTrait = R"("httpChecksumRequired": true)";
constexpr std::string_view kAnswered =
    R"("httpChecksum": {"requestValidationModeMember": "Mode",
                        "responseAlgorithms": ["SHA256", "CRC32", "md5", "CRC32C", "NEWEST"]})";

struct Case {
  explicit Case(std::string_view traits, bool streaming = false) : sample(traits, streaming) {}

  Result<std::optional<RequestChecksum>> choose() const {
    Operation operation = sample.operation();
    return choose_request_checksum(operation, checksum_traits(operation), params, headers, facts);
  }
  RequestChecksum chosen() const { return choose().value().value(); }
  bool none() const { return !choose().value().has_value(); }

  SampleOperation sample;
  Value params = Value::object();
  Headers headers;
  RequestFacts facts;
};

TEST(RequestChecksum, IsCrc32WhereTheServiceTakesOneAndIsToldSo) {
  RequestChecksum chosen = Case(kSupported).chosen();
  EXPECT_EQ(chosen.algorithm, kCrc32);
  EXPECT_EQ(chosen.place, ChecksumPlace::kHeader);
  EXPECT_EQ(chosen.name, "x-amz-checksum-crc32");
  EXPECT_EQ(chosen.announcement, (Headers::Field{"x-algorithm", "CRC32"}));
  EXPECT_TRUE(chosen.optional);
}

TEST(RequestChecksum, WhenRequiredLeavesOutWhatTheServiceOnlyTakes) {
  Case taken(kSupported);
  taken.facts.calculation = WhenToCheck::kRequired;
  EXPECT_TRUE(taken.none());
  for (std::string_view traits : {kRequired, kOlderTrait}) {
    Case needed(traits);
    needed.facts.calculation = WhenToCheck::kRequired;
    EXPECT_EQ(needed.chosen().algorithm, kCrc32);
    EXPECT_FALSE(needed.chosen().optional);
  }
}

TEST(RequestChecksum, WithoutAMemberForItTheAlgorithmIsNotAnnounced) {
  EXPECT_FALSE(Case(kOlderTrait).chosen().announcement);
  EXPECT_FALSE(
      Case(R"("httpChecksum": {"requestAlgorithmMember": "Nameless"})").chosen().announcement);
  EXPECT_FALSE(
      Case(R"("httpChecksum": {"requestAlgorithmMember": "Missing"})").chosen().announcement);
}

TEST(RequestChecksum, ThereIsNoneWhereTheModelSaysNothing) {
  EXPECT_TRUE(Case("").none());
  EXPECT_TRUE(Case(R"("httpChecksumRequired": false)").none());
  EXPECT_TRUE(Case(R"("httpChecksum": {"requestChecksumRequired": false})").none());
  EXPECT_TRUE(Case(kAnswered).none());
}

TEST(RequestChecksum, TheCallersAlgorithmIsTakenInAnyCaseAndAnnouncesItself) {
  for (std::string name : {"SHA256", "sha256", "Sha256"}) {
    Case named(kSupported);
    named.params = {{"Algorithm", name}};
    named.facts.calculation = WhenToCheck::kRequired;
    RequestChecksum chosen = named.chosen();
    EXPECT_EQ(chosen.algorithm, kSha256);
    EXPECT_EQ(chosen.name, "x-amz-checksum-sha256");
    EXPECT_FALSE(chosen.announcement);
    EXPECT_FALSE(chosen.optional);
  }
}

TEST(RequestChecksum, AnAlgorithmThatDoesNotExistIsAnErrorThatNamesTheNearest) {
  Case named(kSupported);
  named.params = {{"Algorithm", "CRC64NVM"}};
  auto chosen = named.choose();
  ASSERT_FALSE(chosen);
  EXPECT_EQ(chosen.error().code(), "FlexibleChecksum");
  EXPECT_EQ(chosen.error().message(), "Unsupported checksum algorithm: crc64nvm");
  EXPECT_THAT(chosen.error().describe(), testing::HasSubstr("crc64nvme"));
}

TEST(RequestChecksum, ACallersOwnChecksumIsLeftAlone) {
  for (std::string name : {"x-amz-checksum-sha1", "X-Amz-Checksum-Anything9", "x-amz-checksum-",
                           "x-amz-checksum-mode", "x-amz-checksum-type"}) {
    Case own(kRequired);
    own.headers.add(name, "value");
    EXPECT_TRUE(own.none()) << name;
  }
  for (std::string name : {"x-amz-checksum", "x-amz-checksum-a-b", "x-amz-sdk-checksum-algorithm",
                           "content-md5", "my-x-amz-checksum-sha1"}) {
    Case other(kRequired);
    other.headers.add(name, "value");
    EXPECT_FALSE(other.none()) << name;
  }
}

TEST(RequestChecksum, FollowsAStreamingBodyOverHttpsOnly) {
  Case streaming(kSupported, true);
  EXPECT_EQ(streaming.chosen().place, ChecksumPlace::kTrailer);
  streaming.params = {{"Algorithm", "SHA1"}};
  EXPECT_EQ(streaming.chosen().place, ChecksumPlace::kTrailer);
  streaming.facts.https = false;
  EXPECT_EQ(streaming.chosen().place, ChecksumPlace::kHeader);
}

TEST(RequestChecksum, GoesIntoTheHeadWhereTrailersAreNotTaken) {
  Case store(kSupported, true);
  store.facts.takes_trailers = false;
  EXPECT_EQ(store.chosen().place, ChecksumPlace::kHeader);
}

TEST(RequestChecksum, IsContentMd5WhereAStoreWantsThatAndOneIsRequired) {
  Case store(kRequired);
  store.facts.content_md5 = true;
  EXPECT_EQ(store.chosen().algorithm, kMd5);
  EXPECT_EQ(store.chosen().name, "Content-MD5");
  EXPECT_FALSE(store.chosen().announcement);
  store.headers.add("Content-MD5", "the caller's");
  EXPECT_TRUE(store.none());
  Case asked(kRequired);
  asked.facts.content_md5 = true;
  asked.params = {{"Algorithm", "SHA1"}};
  EXPECT_EQ(asked.chosen().algorithm, kSha1);
}

TEST(ResponseChecksum, IsAskedForWhereTheCallerSaysNothing) {
  ChecksumTraits traits = checksum_traits(SampleOperation(kAnswered).operation());
  Value params = Value::object();
  ask_for_response_checksum(traits, WhenToCheck::kRequired, params);
  EXPECT_TRUE(params.empty());
  ask_for_response_checksum(traits, WhenToCheck::kSupported, params);
  EXPECT_EQ(params, (Value{{"Mode", "ENABLED"}}));
  params = {{"Mode", "LATER"}};
  ask_for_response_checksum(traits, WhenToCheck::kSupported, params);
  EXPECT_EQ(params, (Value{{"Mode", "LATER"}}));
}

TEST(ResponseChecksum, NothingIsAskedForWhereTheModelHasNoMemberForIt) {
  Value params = Value::object();
  ask_for_response_checksum({}, WhenToCheck::kSupported, params);
  EXPECT_TRUE(params.empty());
}

TEST(ResponseChecksum, AlgorithmsAreThoseOfTheModelThatExistBestFirst) {
  ChecksumTraits traits = checksum_traits(SampleOperation(kAnswered).operation());
  EXPECT_THAT(choose_response_checksums(traits, {{"Mode", "ENABLED"}}),
              ElementsAre(kCrc32c, kCrc32, kSha256, kMd5));
}

TEST(ResponseChecksum, ThereIsNoneUnlessTheCallAsksForIt) {
  ChecksumTraits traits = checksum_traits(SampleOperation(kAnswered).operation());
  EXPECT_THAT(choose_response_checksums(traits, Value::object()), IsEmpty());
  EXPECT_THAT(choose_response_checksums(traits, {{"Mode", nullptr}}), IsEmpty());
  EXPECT_THAT(choose_response_checksums({}, {{"Mode", "ENABLED"}}), IsEmpty());
}

}  // namespace
}  // namespace botocxx::integrity
