#include "model/normalize.h"

#include "codec/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace botocxx::model {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;

// A service where "Bucket" supplies an endpoint parameter, and one operation of the test's own.
Value service_with(std::string_view uri, std::string_view members) {
  std::string json = R"({"operations": {
      "Known": {"http": {"requestUri": "/{Bucket}"}, "input": {"shape": "KnownInput"}},
      "Mine": {"http": {"requestUri": ")" +
                     std::string(uri) + R"("}, "input": {"shape": "MineInput"}}},
    "shapes": {"Text": {"type": "string"},
      "KnownInput": {"type": "structure", "members": {"Bucket": {"shape": "Text",
        "location": "uri", "locationName": "Bucket", "contextParam": {"name": "Bucket"}}}},
      "MineInput": {"type": "structure", "members": {)" +
                     std::string(members) + "}}}}";
  return codec::parse_json(json).value();
}

std::string uri_of(const Value& document) {
  return std::string(document["operations"]["Mine"]["http"]["requestUri"].as_string());
}

constexpr std::string_view kBucket =
    R"("Bucket": {"shape": "Text", "location": "uri", "locationName": "Bucket",
                  "contextParam": {"name": "Bucket"}})";
constexpr std::string_view kBareBucket =
    R"("Bucket": {"shape": "Text", "location": "uri", "locationName": "Bucket"})";
constexpr std::string_view kExpression =
    R"(, "Expression": {"shape": "Text", "location": "uri", "locationName": "expr"})";

TEST(Normalize, LeavesARightDocumentAlone) {
  Value document = service_with("/{Bucket}?flag", kBucket);
  Value before = document;
  EXPECT_THAT(normalize_service(document), IsEmpty());
  EXPECT_EQ(document, before);
}

TEST(Normalize, AddsALeadingSlash) {
  for (std::string uri : {"?flag", "{Bucket}?flag", ""}) {
    Value document = service_with(uri, kBucket);
    auto findings = normalize_service(document);
    EXPECT_THAT(findings,
                ElementsAre(Field(&Finding::pointer, "/operations/Mine/http/requestUri")));
    EXPECT_EQ(uri_of(document), "/" + uri);
  }
}

TEST(Normalize, DropsTheSlashBetweenAnEndpointLabelAndTheQuery) {
  Value document = service_with("{Bucket}/?flag", kBucket);
  EXPECT_EQ(normalize_service(document).size(), 2u);
  EXPECT_EQ(uri_of(document), "/{Bucket}?flag");
  Value other = service_with("/{Thing}/?flag", kBucket);
  EXPECT_THAT(normalize_service(other), IsEmpty());
  EXPECT_EQ(uri_of(other), "/{Thing}/?flag");
}

TEST(Normalize, MovesALabelOfTheQueryIntoAQueryMember) {
  Value document =
      service_with("/{Bucket}?a&find={expr}&b=1", std::string(kBucket) + std::string(kExpression));
  auto findings = normalize_service(document);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_THAT(findings[0].message, HasSubstr("find={expr}"));
  EXPECT_EQ(uri_of(document), "/{Bucket}?a&b=1");
  const Value& member = document["shapes"]["MineInput"]["members"]["Expression"];
  EXPECT_EQ(member["location"].as_string(), "querystring");
  EXPECT_EQ(member["locationName"].as_string(), "find");
}

TEST(Normalize, LeavesAQueryLabelThatCannotBecomeAMember) {
  std::string members = std::string(kBucket) + std::string(kExpression);
  for (std::string uri : {"/{Bucket}?find=a{expr}", "/{Bucket}?find={other}", "/{Bucket}?{expr}"}) {
    Value document = service_with(uri, members);
    EXPECT_THAT(normalize_service(document), IsEmpty());
    EXPECT_EQ(uri_of(document), uri);
  }
  Value taken = service_with("/{Bucket}?find={expr}",
                             members + R"(, "Find": {"shape": "Text", "location": "querystring",
                                                     "locationName": "find"})");
  EXPECT_THAT(normalize_service(taken), IsEmpty());
}

TEST(Normalize, InfersTheEndpointParameterOfTheLeadingLabel) {
  Value document = service_with("/{Bucket}/{Key+}?flag", kBareBucket);
  EXPECT_THAT(normalize_service(document),
              ElementsAre(Field(&Finding::pointer, "/shapes/MineInput/members/Bucket")));
  EXPECT_EQ(
      document["shapes"]["MineInput"]["members"]["Bucket"]["contextParam"]["name"].as_string(),
      "Bucket");
  Value elsewhere = service_with("/x/{Bucket}", kBareBucket);
  EXPECT_THAT(normalize_service(elsewhere), IsEmpty());
}

TEST(Normalize, LeavesAnInputAloneThatOperationsWithOtherUrisUseToo) {
  for (const char* uri : {"/{Bucket}", "{Bucket}?flag", "/{Bucket}/x"}) {
    Value document = service_with(uri, kBareBucket);
    Value& operations = *document.find("operations");
    operations.set("Shared", codec::parse_json(R"({"http": {"requestUri": "/admin/{Bucket}"},
                                                     "input": {"shape": "MineInput"}})")
                                 .value());
    auto findings = normalize_service(document);
    ASSERT_FALSE(findings.empty());
    EXPECT_EQ(findings.back().pointer, "/shapes/MineInput/members/Bucket");
    EXPECT_THAT(findings.back().hint, HasSubstr("not taken"));
    EXPECT_FALSE(document["shapes"]["MineInput"]["members"]["Bucket"].contains("contextParam"))
        << uri;
    operations.find("Shared")->find("http")->set("requestUri", "{Bucket}?other");
    normalize_service(document);
    EXPECT_TRUE(document["shapes"]["MineInput"]["members"]["Bucket"].contains("contextParam"))
        << uri;
  }
}

TEST(Normalize, SurvivesSectionsOfTheWrongType) {
  for (
      const char* json :
      {"{}", "[]", "null", R"({"operations": 1, "shapes": 2})",
       R"({"operations": {"A": 1}, "shapes": {}})",
       R"({"operations": {"A": {"http": {"requestUri": 5}}}, "shapes": {"B": 3}})",
       R"({"operations": {"A": {"http": {"requestUri": "{x"}, "input": {"shape": "B"}}}, "shapes": {"B": {"members": [1]}}})",
       R"({"operations": {"A": {"http": {"requestUri": "/{"}, "input": {"shape": "B"}}}, "shapes": {"B": {"members": {"m": 7}}}})"}) {
    Value document = codec::parse_json(json).value();
    normalize_service(document);
  }
}

}  // namespace
}  // namespace botocxx::model
