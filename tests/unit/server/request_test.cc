// Requests of every protocol as a server meets them, hostile ones among them.
#include "codec/json.h"
#include "unit/protocol/small_model.h"
#include <botocxx/server/router.h>
#include <botocxx/server/service_codec.h>

#include <gtest/gtest.h>

namespace botocxx {
namespace {

const std::shared_ptr<const ServiceModel>& model() {
  static const auto made = protocol::small_model(
      "{'method':'POST','requestUri':'/op/{U}'}",
      "'In':{'type':'structure','required':['I'],'members':{"
      "'U':{'shape':'S','location':'uri','locationName':'U'},'I':{'shape':'I'},'R':{'shape':'R'},"
      "'List':{'shape':'Ss'},'Flat':{'shape':'Named','flattened':true},'Map':{'shape':'M'},"
      "'Blob':{'shape':'X'},'Time':{'shape':'T'}}},"
      "'Named':{'type':'list','member':{'shape':'S','locationName':'Item'}},"
      "'R':{'type':'structure','members':{'R':{'shape':'R'},'Rs':{'shape':'Rs'}}},"
      "'Rs':{'type':'list','member':{'shape':'R'}},"
      "'Out':{'type':'structure','members':{'S':{'shape':'S'}}}",
      "", ",'apiVersion':'2020-01-01','targetPrefix':'Small','jsonVersion':'1.1'");
  return made;
}

Operation op() { return model()->operations()[0]; }

Result<Value> decode(std::string_view protocol, std::string body) {
  HttpRequest request;
  request.method = "POST";
  request.body = Body(std::move(body));
  return decode_request({op(), {{"U", "u"}}}, protocol, request);
}

void expect_error(const Result<Value>& result, std::string_view code, std::string_view part) {
  ASSERT_FALSE(result) << codec::write_json(*result);
  EXPECT_EQ(result.error().code(), code);
  EXPECT_EQ(result.error().kind(), ErrorKind::kParse);
  EXPECT_NE(result.error().message().find(part), std::string::npos) << result.error().message();
}

TEST(FormRequest, ReadsListsMapsAndStructures) {
  auto params =
      decode("query",
             "Action=Op&I=7&List.member.2=b+b&List.member.1=a%2B&Item.1=x&Map.entry.1.key="
             "k&Map.entry.1.value=v&R.Rs.member.1.R.R.Rs=&Blob=AAE%3D&Unknown.1=z");
  ASSERT_TRUE(params) << params.error().describe();
  Value expected = Value::object({{"I", 7},
                                  {"List", Value::list({"a+", "b b"})},
                                  {"Flat", Value::list({"x"})},
                                  {"Map", Value::object({{"k", "v"}})},
                                  {"Blob", Bytes{std::string_view("\0\1", 2)}}});
  expected.set("R", codec::parse_json(R"({"Rs":[{"R":{"R":{"Rs":[]}}}]})").value());
  EXPECT_EQ(*params, expected) << codec::write_json(*params);
}

TEST(FormRequest, IgnoresGapsInNumbers) {
  auto params = decode("ec2", "I=7&List.9=b&List.2=a");
  ASSERT_TRUE(params);
  EXPECT_EQ((*params)["List"], Value::list({"a", "b"}));
}

TEST(FormRequest, ReadsTheUrlAndTheBody) {
  HttpRequest request;
  request.method = "GET";
  request.url.query = "Action=Op&I=7&List.member.1=a";
  auto params = decode_request({op(), {}}, "query", request);
  ASSERT_TRUE(params) << params.error().describe();
  EXPECT_EQ((*params)["List"][0], Value("a"));
}

TEST(FormRequest, RefusesAbsurdNumbers) {
  for (const char* number : {"1000000000", "0", "01", "99999999999999999999999"}) {
    expect_error(decode("query", std::string("I=1&List.member.") + number + "=x"),
                 "MalformedParameter", "List");
  }
}

TEST(FormRequest, RefusesBadEncoding) {
  for (const char* body : {"I=%", "I=%4", "I=%zz", "%=1", "I=%ff"}) {
    expect_error(decode("query", body), "MalformedBody", "");
  }
}

TEST(FormRequest, RefusesNamesGivenTwiceAndTextsInPlaceOfStructures) {
  expect_error(decode("query", "I=1&I=2"), "MalformedParameter", "given twice");
  expect_error(decode("query", "I.1=2"), "MalformedParameter", "I: expected one text");
  expect_error(decode("query", "I=1&Map.entry.1.value=v"), "MalformedParameter", "Map");
  expect_error(
      decode("query",
             "I=1&Map.entry.1.key=a&Map.entry.1.value=v&Map.entry.2.key=a&Map.entry.2.value=v"),
      "MalformedParameter", "given twice");
}

TEST(FormRequest, RefusesDepthWithoutEnd) {
  std::string name = "R";
  for (int i = 0; i < 100000; ++i) name += ".R";
  expect_error(decode("query", name + "=1"), "MalformedParameter", "more than 128 parts");
}

TEST(FormRequest, RefusesTreesThatOutgrowTheirForm) {
  std::string steps, body;
  for (int i = 0; i < 100; ++i) steps += ".a";
  for (int i = 0; i < 6'000; ++i) body += std::to_string(i) + steps + "=&";
  expect_error(decode("query", body), "MalformedBody", "500000 parts");
}

TEST(FormRequest, RefusesStreamsAndOtherTypes) {
  HttpRequest request;
  request.body = Body::from_callback([](std::span<std::byte>) { return Result<std::size_t>(0); });
  expect_error(decode_request({op(), {}}, "query", request), "MalformedBody", "in memory");
  request.body = Body("I=1");
  request.headers.set("Content-Type", "application/json");
  expect_error(decode_request({op(), {}}, "query", request), "MalformedBody",
               "x-www-form-urlencoded");
}

TEST(FormRequest, NamesWhatIsMissing) {
  expect_error(decode("query", "Action=Op"), "MissingParameter", "I: required");
}

TEST(JsonRequest, RefusesWhatIsNoObjectOfTheShape) {
  for (const char* body : {"{", "[]", "1", "{\"I\":1", "\xff", "{\"I\":1}}"}) {
    expect_error(decode("json", body), "MalformedBody", "");
  }
  expect_error(decode("json", R"({"I":"1"})"), "MalformedParameter", "I: expected an integer");
  expect_error(decode("json", R"({"I":1.5})"), "MalformedParameter", "I");
  expect_error(decode("json", R"({"I":1,"List":["a",1]})"), "MalformedParameter", "List[1]:");
  expect_error(decode("json", R"({"I":1,"R":{"Rs":[{"R":3}]}})"), "MalformedParameter",
               "R.Rs[0].R: expected a structure");
  expect_error(decode("json", R"({"I":1,"Blob":"*"})"), "MalformedParameter", "Blob");
  expect_error(decode("json", R"({"I":1,"Time":"soon"})"), "MalformedParameter", "Time");
}

TEST(JsonRequest, RefusesDepthWithoutEnd) {
  std::string body;
  for (int i = 0; i < 100000; ++i) body += R"({"R":)";
  expect_error(decode("json", body), "MalformedBody", "");
  expect_error(decode("rest-json", body), "MalformedBody", "");
}

TEST(JsonRequest, TakesNullsAsAbsent) {
  auto params = decode("rest-json", R"({"I":1,"List":null,"Later":{}})");
  ASSERT_TRUE(params) << params.error().describe();
  EXPECT_EQ(*params, Value::object({{"U", "u"}, {"I", 1}}));
}

TEST(CborRequest, RefusesTruncatedAndAbsurdBodies) {
  using namespace std::string_literals;
  for (const std::string& body :
       {"\xa1"s, "\xa1\x61"s, "\xa1\x61I"s, "\xbb\xff\xff\xff\xff\xff\xff\xff\xff"s,
        "\x9b\x7f\xff\xff\xff\xff\xff\xff\xff"s, "\x5b\xff\xff\xff\xff\xff\xff\xff\xff"s, "\x01"s,
        std::string(100000, '\x81')}) {
    expect_error(decode("smithy-rpc-v2-cbor", body), "MalformedBody", "");
  }
  expect_error(decode("smithy-rpc-v2-cbor", "\xa1\x61I\x61x"s), "MalformedParameter",
               "I: expected an integer");
}

TEST(XmlRequest, RefusesDepthWithoutEnd) {
  std::string body = "<OpRequest>";
  for (int i = 0; i < 100000; ++i) body += "<R>";
  expect_error(decode("rest-xml", body), "MalformedBody", "");
}

TEST(XmlRequest, ReadsLargeMapsInLinearTimeKeepingTheLastOfRepeatedKeys) {
  std::string body = "<In><I>1</I><Map>";
  for (int i = 0; i < 50'000; ++i) {
    body += "<entry><key>k" + std::to_string(i) + "</key><value>v</value></entry>";
  }
  body += "<entry><key>k0</key><value>last</value></entry></Map></In>";
  auto params = decode("rest-xml", body);
  ASSERT_TRUE(params) << params.error().describe();
  EXPECT_EQ((*params)["Map"].size(), 50'000u);
  EXPECT_EQ((*params)["Map"]["k0"], Value("last"));
}

Result<Route> route(std::string_view protocol, const HttpRequest& request) {
  return Router(model(), {.protocol = std::string(protocol)}).route(request);
}

void expect_refused(const Result<Route>& result, std::string_view code, int status,
                    std::string_view part = "") {
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code(), code);
  EXPECT_EQ(result.error().status(), status);
  EXPECT_NE(result.error().message().find(part), std::string::npos) << result.error().message();
}

TEST(RouterByAction, FindsTheOperationInTheUrlOrTheForm) {
  HttpRequest request;
  request.method = "POST";
  request.body = Body("Version=2020-01-01&Action=Op");
  ASSERT_TRUE(route("query", request));
  HttpRequest get;
  get.method = "GET";
  get.url.query = "Action=Op";
  ASSERT_TRUE(route("ec2", get));
  EXPECT_EQ(route("ec2", get)->operation.name(), "Op");
}

TEST(RouterByAction, SaysWhatItDoesNotKnow) {
  HttpRequest request;
  request.method = "POST";
  expect_refused(route("query", request), "MissingAction", 400);
  request.body = Body("Action=op");
  expect_refused(route("query", request), "InvalidAction", 400, "did you mean 'Op'?");
  request.body = Body("Action=Op&Version=1999-01-01");
  expect_refused(route("query", request), "NoSuchVersion", 400, "1999-01-01");
  request.body = Body("Action=%");
  expect_refused(route("query", request), "MalformedBody", 400);
}

TEST(RouterByTarget, FindsTheOperationInTheHeader) {
  HttpRequest request;
  request.method = "POST";
  expect_refused(route("json", request), "UnknownOperationException", 400, "X-Amz-Target");
  request.headers.set("X-Amz-Target", "Small.Op");
  ASSERT_TRUE(route("json", request));
  request.headers.set("X-Amz-Target", "Large.Op");
  expect_refused(route("json", request), "UnknownOperationException", 400, "'Small'");
  request.headers.set("X-Amz-Target", "Small.Opp");
  expect_refused(route("json", request), "UnknownOperationException", 400, "did you mean 'Op'?");
  request.headers.set("X-Amz-Target", "Op");
  expect_refused(route("json", request), "UnknownOperationException", 400);
}

TEST(RouterByRpcPath, FindsTheOperationAtTheEndOfThePath) {
  HttpRequest request;
  request.method = "POST";
  request.url.path = "/some/base/service/Small/operation/Op";
  ASSERT_TRUE(route("smithy-rpc-v2-cbor", request));
  for (const char* path : {"/service/Small/operation/Other", "/service/Large/operation/Op",
                           "/operation/Op", "/service/operation/Op", "/", ""}) {
    request.url.path = path;
    expect_refused(route("smithy-rpc-v2-cbor", request), "UnknownOperationException", 404);
  }
  request.url.path = "/service/Small/operation/Op";
  request.method = "GET";
  expect_refused(route("smithy-rpc-v2-cbor", request), "MethodNotAllowed", 405);
}

TEST(Router, RefusesUnknownProtocols) {
  expect_refused(route("soap", {}), "UnsupportedProtocol", 501);
}

TEST(RequestId, IsSentWhereTheProtocolKeepsIt) {
  Value output = Value::object({{"S", "s"}});
  EncodeOptions options{.request_id = "the-id"};
  for (const char* protocol : {"json", "rest-json", "smithy-rpc-v2-cbor"}) {
    auto response = encode_response(op(), protocol, output, options);
    ASSERT_TRUE(response);
    EXPECT_EQ(response->headers.get("x-amzn-requestid"), "the-id") << protocol;
  }
  EXPECT_EQ(encode_response(op(), "query", output, options)->body.bytes(),
            "<OpResponse><S>s</S><ResponseMetadata><RequestId>the-id</RequestId></ResponseMetadata>"
            "</OpResponse>");
  EXPECT_EQ(encode_response(op(), "ec2", output, options)->body.bytes(),
            "<OpResponse><requestId>the-id</requestId><S>s</S></OpResponse>");
}

TEST(EncodeResponse, RefusesValuesOfTheWrongKindInEveryProtocol) {
  for (const char* protocol :
       {"json", "rest-json", "smithy-rpc-v2-cbor", "query", "ec2", "rest-xml"}) {
    auto response = encode_response(op(), protocol, Value::object({{"S", Value::list({"a"})}}));
    ASSERT_FALSE(response) << protocol;
    EXPECT_EQ(response.error().code(), "UnencodableOutput") << protocol;
    EXPECT_NE(response.error().message().find("S"), std::string::npos);
  }
}

}  // namespace
}  // namespace botocxx
