#include "codec/json.h"

#include "protocol/parser.h"
#include "protocol/serializer.h"
#include "unit/protocol/small_model.h"

#include <gtest/gtest.h>

#include <cmath>

namespace botocxx::protocol {
namespace {

constexpr std::string_view kRpc = "{'method':'POST','requestUri':'/'}";
constexpr std::string_view kMetadata =
    ",'targetPrefix':'Small_2020','jsonVersion':'1.0','awsQueryCompatible':{}";

std::shared_ptr<const ServiceModel> model_with(const std::string& shapes,
                                               std::string_view http = kRpc) {
  return small_model(http, shapes, "", kMetadata);
}

Result<SerializedRequest> request(const std::string& members, const Value& params,
                                  std::string_view protocol = "json") {
  static std::shared_ptr<const ServiceModel> model;  // the request refers to nothing of it
  model = model_with("'In':{'type':'structure','members':{" + members +
                     "}},'D':{'type':'structure','document':true},'R':{'type':'structure',"
                     "'members':{'A':{'shape':'S','locationName':'a'},'R':{'shape':'R'}}}");
  return serialize(model->operations()[0], protocol, params);
}

std::string body_of(const std::string& members, const Value& params,
                    std::string_view protocol = "json") {
  auto made = request(members, params, protocol);
  return made ? made->body.read_all().value() : made.error().message();
}

const char* const kOutput =
    "'Out':{'type':'structure','members':{'S':{'shape':'S'},'I':{'shape':'I'},'F':{'shape':'F'},"
    "'B':{'shape':'B'},'X':{'shape':'X'},'T':{'shape':'T'},'L':{'shape':'Ss'},'M':{'shape':'M'},"
    "'LM':{'shape':'LM'},'D':{'shape':'D'},'U':{'shape':'U'},'R':{'shape':'R'},"
    "'message':{'shape':'S'},'H':{'shape':'S','location':'header','locationName':'h'}}},"
    "'LM':{'type':'map','key':{'shape':'S'},'value':{'shape':'Ss'}},"
    "'D':{'type':'structure','document':true},"
    "'U':{'type':'structure','union':true,'members':{'A':{'shape':'S','locationName':'a'},"
    "'B':{'shape':'I'}}},"
    "'R':{'type':'structure','members':{'R':{'shape':'R'},'A':{'shape':'S'}}},"
    "'Oops':{'type':'structure','exception':true,'members':{'Message':{'shape':'S'},'Count':"
    "{'shape':'I'}}}";

const Operation& reader() {
  static const auto model = model_with(kOutput);
  static const Operation operation = model->operations()[0];
  return operation;
}

// The result as JSON, or the error.
std::string result_of(std::string_view body, std::string_view protocol = "json",
                      const HttpResponse& head = {}) {
  HttpResponse ok = head;
  ok.status = 200;
  auto result = parse_output(reader(), protocol, ok, body, std::pmr::get_default_resource());
  if (!result) return result.error().code() + " " + std::string(result.error().message());
  return codec::write_json(*result);
}

Error error_of(std::string_view body, std::string_view protocol = "json", int status = 400,
               std::string_view header = "", std::string_view value = "") {
  HttpResponse head;
  head.status = status;
  if (!header.empty()) head.headers.add(std::string(header), std::string(value));
  return parse_error(reader(), protocol, head, body);
}

TEST(JsonRequest, NamesTheOperationInAHeader) {
  auto made = request("'A':{'shape':'S'}", Value{{"A", "x"}});
  ASSERT_TRUE(made);
  EXPECT_EQ(made->path, "/");
  EXPECT_EQ(made->headers.get("X-Amz-Target"), "Small_2020.Op");
  EXPECT_EQ(made->headers.get("Content-Type"), "application/x-amz-json-1.0");
  EXPECT_EQ(made->headers.get("x-amzn-query-mode"), "true");
}

TEST(JsonRequest, IsWrittenAsPythonWritesIt) {
  EXPECT_EQ(body_of("'S':{'shape':'S'},'L':{'shape':'Ss'},'M':{'shape':'M'}",
                    Value{{"M", Value{{"k", "v"}}}, {"S", "\xc3\xa9\n\"\x7f"}, {"L", {"a", "b"}}}),
            R"({"M": {"k": "v"}, "S": "\u00e9\n\"\u007f", "L": ["a", "b"]})");
  EXPECT_EQ(body_of("'S':{'shape':'S'}", Value()), "{}");
}

TEST(JsonRequest, ScalarsFollowTheirShapes) {
  EXPECT_EQ(body_of("'X':{'shape':'X'},'T':{'shape':'T'},'W':{'shape':'T','timestampFormat':"
                    "'iso8601'},'F':{'shape':'F'},'N':{'shape':'F'},'B':{'shape':'B'}",
                    Value{{"X", Bytes{std::string_view("\0\xff", 2)}},
                          {"T", Timestamp::from_unix(5, 700'000'000)},
                          {"W", Timestamp::from_unix(5)},
                          {"F", 1e16},
                          {"N", -HUGE_VAL},
                          {"B", false}}),
            R"({"X": "AP8=", "T": 5, "W": "1970-01-01T00:00:05Z", "F": 1e+16, "N": "-Infinity", )"
            R"("B": false})");
}

TEST(JsonRequest, MembersGoByTheirWireNamesAndDocumentsAsTheyAre) {
  EXPECT_EQ(body_of("'R':{'shape':'R'},'D':{'shape':'D'}",
                    Value{{"R", Value{{"A", "x"}, {"R", Value{{"A", "y"}}}}},
                          {"D", Value{{"A", 1}, {"n", nullptr}}}}),
            R"({"R": {"a": "x", "R": {"a": "y"}}, "D": {"A": 1, "n": null}})");
}

TEST(JsonRequest, UnvalidatedParametersGiveAnErrorOrAreSentAsBotocoreSendsThem) {
  EXPECT_EQ(body_of("'S':{'shape':'S'}", Value{{"S", nullptr}}), R"({"S": null})");
  EXPECT_EQ(body_of("'S':{'shape':'S'}", Value{{"S", 5}}), R"({"S": 5})");
  for (const Value& params :
       {Value{{"Unknown", 1}}, Value{{"L", "text"}}, Value{{"M", Value::list()}}, Value{{"R", 1}},
        Value{{"T", true}}, Value{{"X", 5}}, Value{{"S", Bytes{"x"}}}}) {
    auto made = request(
        "'S':{'shape':'S'},'L':{'shape':'Ss'},'M':{'shape':'M'},'R':{'shape':'R'},"
        "'T':{'shape':'T'},'X':{'shape':'X'}",
        params);
    ASSERT_FALSE(made) << codec::write_json(params);
    EXPECT_EQ(made.error().code(), "ParamValidation");
  }
}

TEST(RestJsonRequest, HasADocumentWhereTheInputHasBodyMembers) {
  auto made = request("'A':{'shape':'S'},'H':{'shape':'S','location':'header','locationName':'h'}",
                      Value{{"H", "x"}, {"A", nullptr}}, "rest-json");
  ASSERT_TRUE(made);
  EXPECT_EQ(made->body.read_all().value(), "{}");
  EXPECT_EQ(made->headers.get("Content-Type"), "application/json");
  made = request("'H':{'shape':'S','location':'header','locationName':'h'}", Value{{"H", "x"}},
                 "rest-json");
  ASSERT_TRUE(made);
  EXPECT_EQ(made->body.read_all().value(), "");
  EXPECT_FALSE(made->headers.contains("Content-Type"));
}

TEST(JsonResponse, MembersStandInTheModelsOrderAndTheLastOfANameCounts) {
  EXPECT_EQ(result_of(R"({"I": 1, "S": "a", "x": [{}], "S": "b", "R": {"A": "q", "R": {}}})"),
            R"({"S":"b","I":1,"R":{"R":{},"A":"q"}})");
}

TEST(JsonResponse, NullsAreKeptInListsAndMapsOfTexts) {
  EXPECT_EQ(
      result_of(R"({"S": null, "L": [null, "a"], "M": {"k": null}, "LM": {"a": null, "b": []}})"),
      R"({"L":[null,"a"],"M":{"k":null},"LM":{"b":[]}})");
}

TEST(JsonResponse, ScalarsOfTheJsonProtocolStayWhatTheyAre) {
  EXPECT_EQ(result_of(R"({"I": "3", "B": "true", "F": 2, "S": 5})"),
            R"({"S":5,"I":"3","F":2,"B":"true"})");
}

TEST(JsonResponse, ScalarsOfRestJsonAreConverted) {
  EXPECT_EQ(result_of(R"({"I": "3", "B": "True", "F": 2, "S": 5})", "rest-json"),
            R"({"S":5,"I":3,"F":2.0,"B":true})");
  EXPECT_EQ(result_of(R"({"I": -3.9, "B": 1, "F": "NaN"})", "rest-json"),
            R"({"I":-3,"F":"NaN","B":false})");
}

TEST(JsonResponse, TimestampsAndBlobsAreRead) {
  EXPECT_EQ(result_of(R"({"T": 1.5, "X": "AP8="})"),
            R"({"X":"AP8=","T":"1970-01-01T00:00:01.500Z"})");
  EXPECT_EQ(result_of(R"({"T": "2020-01-02T03:04:05Z"})"), R"({"T":"2020-01-02T03:04:05Z"})");
}

TEST(JsonResponse, DocumentsComeAsTheyAre) {
  EXPECT_EQ(result_of(R"({"D": {"b": [1, null], "a": null}})"), R"({"D":{"b":[1,null],"a":null}})");
  EXPECT_EQ(result_of(R"({"D": "text"})"), R"({"D":"text"})");
}

TEST(JsonResponse, UnionsHoldOneMember) {
  EXPECT_EQ(result_of(R"({"U": {"__type": "U", "a": "x", "B": null}})"), R"({"U":{"A":"x"}})");
  EXPECT_EQ(result_of(R"({"U": {"__type": "U", "new": 1}})"),
            R"({"U":{"SDK_UNKNOWN_MEMBER":{"name":"new"}}})");
  for (std::string_view bad :
       {R"({"U": {}})", R"({"U": {"a": "x", "B": 1}})", R"({"U": {"a": "x", "n": 1}})",
        R"({"U": {"a": null}})", R"({"U": {"m": 1, "n": 1}})"}) {
    EXPECT_EQ(
        result_of(bad),
        "ResponseParser U: Invalid service response: U must have one and only one member set.");
  }
}

TEST(JsonResponse, AMemberOfTheBodyOverridesTheHeader) {
  HttpResponse head;
  head.headers.add("H", "from the header");
  EXPECT_EQ(result_of(R"({"h": "from the body"})", "rest-json", head), R"({"H":"from the body"})");
  EXPECT_EQ(result_of("{}", "rest-json", head), R"({"H":"from the header"})");
}

TEST(JsonResponse, WhatIsNoJsonIsTheMessageUnlessItBeginsLikeJson) {
  EXPECT_EQ(result_of(""), "{}");
  EXPECT_EQ(result_of("fine, thank you"), R"({"message":"fine, thank you"})");
  EXPECT_EQ(result_of(R"({"S": "cut o)").substr(0, 15), "ResponseParser ");
}

TEST(JsonResponse, WrongKindsNameTheMember) {
  EXPECT_EQ(result_of(R"({"R": {"R": {"R": 5}}})"),
            "ResponseParser R.R.R: expected a structure, found a number");
  EXPECT_EQ(result_of(R"({"L": {}})"), "ResponseParser L: expected a list, found an object");
  EXPECT_EQ(result_of(R"({"M": []})"), "ResponseParser M: expected a map, found a list");
  for (std::string_view bad : {R"({"T": 1e300})", R"({"T": NaN})", R"({"T": []})",
                               R"({"T": "soon"})", R"({"X": 5})", "[]", "5"}) {
    EXPECT_EQ(result_of(bad).substr(0, 15), "ResponseParser ") << bad;
  }
  for (std::string_view bad : {R"({"I": "x"})", R"({"I": NaN})", R"({"I": []})", R"({"F": {}})"}) {
    EXPECT_EQ(result_of(bad, "rest-json").substr(0, 15), "ResponseParser ") << bad;
  }
}

TEST(JsonResponse, HostileBodiesGiveErrors) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "{\"R\":";
  EXPECT_EQ(result_of(deep).substr(0, 15), "ResponseParser ");
  EXPECT_EQ(result_of("{\"D\":" + std::string(100'000, '[')).substr(0, 15), "ResponseParser ");
  EXPECT_EQ(result_of("{\"S\": \"\xff\"}").substr(0, 15), "ResponseParser ");
  EXPECT_EQ(result_of("{\"I\": " + std::string(100'000, '9') + "}").substr(0, 15),
            "ResponseParser ");
  std::string repeated = "{";
  for (int i = 0; i < 20'000; ++i) repeated += R"("S":"a","I":1,"R":{},)";
  EXPECT_EQ(result_of(repeated + R"("I":2})"), R"({"S":"a","I":2,"R":{}})");
}

TEST(JsonError, TheCodeIsTheTypeWithoutNamespaceAndUri) {
  Error error = error_of(R"({"__type": "com.x#Oops:http://x/", "Message": "no", "Count": 3})");
  EXPECT_EQ(error.code(), "Oops");
  EXPECT_EQ(error.message(), "no");
  EXPECT_EQ((*error.fields())["Count"], Value(3));
  EXPECT_EQ((*error.fields())["Message"], Value("no"));
}

TEST(JsonError, WithoutATypeTheHeaderAndThenTheStatusAreTheCode) {
  EXPECT_EQ(error_of(R"({"message": "m"})").code(), "400");
  EXPECT_EQ(error_of(R"({"code": "ns#Oops"})").code(), "Oops");
  EXPECT_EQ(error_of("{}", "json", 400, "x-amzn-ErrorType", "Oops:http://x").code(), "Oops");
  EXPECT_EQ(error_of("", "json", 500, "x-amzn-errortype", "Oops").code(), "Oops");
  EXPECT_EQ(error_of(R"({"__type": null})").code(), "");
}

TEST(JsonError, RestJsonPrefersTheHeader) {
  std::string_view body = R"({"__type": "A", "code": "B", "message": "m"})";
  EXPECT_EQ(error_of(body, "rest-json").code(), "B");
  EXPECT_EQ(error_of(body, "rest-json", 400, "x-amzn-errortype", "ns#C:u").code(), "C");
  EXPECT_EQ(error_of(R"({"__type": "A"})", "rest-json").code(), "A");
}

TEST(JsonError, KeepsTheCodeOfTheQueryProtocol) {
  Error error =
      error_of(R"({"__type": "ns#NewCode"})", "json", 400, "x-amzn-query-error", "Old.Code;Sender");
  EXPECT_EQ(error.code(), "Old.Code");
  EXPECT_EQ((*error.fields())["Error"]["QueryErrorCode"], Value("NewCode"));
  EXPECT_EQ((*error.fields())["Error"]["Type"], Value("Sender"));
  for (std::string_view bad : {"Old", ";Sender", "a;b;c", ""}) {
    EXPECT_EQ(error_of(R"({"__type": "New"})", "json", 400, "x-amzn-query-error", bad).code(),
              "New");
  }
}

TEST(JsonError, BodiesThatAreNoErrorsStillGiveOne) {
  EXPECT_EQ(error_of("<html>busy", "json", 503).message(), "Service Unavailable");
  EXPECT_EQ(error_of("plain words").message(), "plain words");
  EXPECT_EQ(error_of("plain words").code(), "400");
  EXPECT_EQ(error_of("[1, 2]").message(), "[1, 2]");
  EXPECT_EQ(error_of("\xff\xfe", "rest-json", 404).message(), "Not Found");
  EXPECT_EQ(error_of("").message(), "");
  EXPECT_EQ(error_of(std::string(100'000, '[')).code(), "400");
}

}  // namespace
}  // namespace botocxx::protocol
