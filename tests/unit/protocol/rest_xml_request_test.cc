#include "protocol/serializer.h"
#include "unit/protocol/small_model.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

namespace botocxx::protocol {
namespace {

constexpr std::string_view kPut = "{'method':'PUT','requestUri':'/{Bucket}/{Key+}?own&x=1'}";

Result<SerializedRequest> request(std::string_view http, std::string shapes, const Value& params,
                                  const SerializeOptions& options = {}) {
  auto model = small_model(http, std::move(shapes));
  return serialize(model->operations()[0], "rest-xml", params, options);
}

// The body of an operation whose input has these members.
std::string body_of(std::string members, const Value& params, std::string more_shapes = "") {
  auto made =
      request("{'method':'POST','requestUri':'/'}",
              "'In':{'type':'structure','members':{" + members + "}}" + more_shapes, params);
  return made ? made->body.read_all().value() : made.error().message();
}

std::string with_labels() {
  return "'In':{'type':'structure','members':{'Bucket':{'shape':'S','location':'uri',"
         "'locationName':'Bucket'},'Key':{'shape':'S','location':'uri','locationName':'Key'},"
         "'Q':{'shape':'S','location':'querystring','locationName':'q'},"
         "'Many':{'shape':'Ss','location':'querystring','locationName':'many'},"
         "'Map':{'shape':'M','location':'querystring'},"
         "'When':{'shape':'T','location':'querystring','locationName':'when'}}}";
}

TEST(RestXmlRequest, FillsLabelsAndPutsTheUrisOwnQueryFirst) {
  auto made = request(kPut, with_labels(),
                      Value{{"Q", "a b+"}, {"Bucket", "b/c d"}, {"Key", "/x//y~z+\xc3\xa9?"}});
  ASSERT_TRUE(made) << made.error().describe();
  EXPECT_EQ(made->method, "PUT");
  EXPECT_EQ(made->path, "/b%2Fc%20d//x//y~z%2B%C3%A9%3F");
  EXPECT_EQ(made->query, "own&x=1&q=a%20b%2B");
  EXPECT_EQ(made->body.size(), 0u);
}

TEST(RestXmlRequest, KeepsTheCallersOrderOfQueryParametersAndTheLaterValue) {
  auto made = request(kPut, with_labels(),
                      Value{{"Bucket", "b"},
                            {"Key", "k"},
                            {"When", 1.5},
                            {"Many", Value::list({"1", "2"})},
                            {"Q", "x"},
                            {"Map", Value{{"q", "replaced"}, {"z", Value::list({"1", "2"})}}}});
  EXPECT_EQ(made->query,
            "own&x=1&when=1970-01-01T00%3A00%3A01.500000Z&many=1&many=2&q=replaced&z=1&z=2");
}

// botocore asks whether there are parameters, not whether they come to anything.
TEST(RestXmlRequest, KeepsTheMarkBeforeParametersThatAreEmptyLists) {
  Value params{{"Bucket", "b"}, {"Key", "k"}, {"Many", Value::list()}};
  auto made = request("{'method':'GET','requestUri':'/{Bucket}/{Key}'}", with_labels(), params);
  ASSERT_TRUE(made) << made.error().describe();
  EXPECT_TRUE(made->has_query);
  EXPECT_EQ(made->query, "");
  EXPECT_EQ(request(kPut, with_labels(), params)->query, "own&x=1&");
  params.set("Q", "x");
  EXPECT_EQ(request(kPut, with_labels(), params)->query, "own&x=1&q=x");
  params = Value{{"Bucket", "b"}, {"Key", "k"}, {"Map", Value::object()}};
  made = request("{'method':'GET','requestUri':'/{Bucket}/{Key}'}", with_labels(), params);
  EXPECT_FALSE(made->has_query);
}

TEST(RestXmlRequest, TakesAShorterUriFromTheCaller) {
  SerializeOptions options;
  options.request_uri = "/{Key+}?own";
  auto made = request(kPut, with_labels(), Value{{"Bucket", "b"}, {"Key", "k"}}, options);
  EXPECT_EQ(made->path, "/k");
  EXPECT_EQ(made->query, "own");
}

TEST(RestXmlRequest, NamesAMissingLabelAndAnUnknownParameter) {
  auto missing = request(kPut, with_labels(), Value{{"Bucket", "b"}, {"Key", nullptr}});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code(), "ParamValidation");
  EXPECT_NE(missing.error().message().find("\"Key\""), std::string::npos);
  auto unknown = request(kPut, with_labels(), Value{{"Bukcet", "b"}});
  EXPECT_NE(unknown.error().message().find("\"Bukcet\""), std::string::npos);
  EXPECT_FALSE(request(kPut, with_labels(), Value::list()));
}

TEST(RestXmlRequest, WritesHeadersOfEveryType) {
  std::string shapes =
      "'In':{'type':'structure','members':{'S':{'shape':'S','location':'header','locationName':"
      "'x-s'},'L':{'shape':'Ss','location':'header','locationName':'x-l'},'T':{'shape':'T',"
      "'location':'header','locationName':'x-t'},'B':{'shape':'B','location':'header',"
      "'locationName':'x-b'},'F':{'shape':'F','location':'header','locationName':'x-f'},'J':{"
      "'shape':'S','location':'header','locationName':'x-j','jsonvalue':true},'I':{'shape':'T',"
      "'location':'header','locationName':'x-i','timestampFormat':'iso8601'},'M':{'shape':'M',"
      "'location':'headers','locationName':'x-meta-'}}}";
  auto made = request("{'method':'GET','requestUri':'/'}", shapes,
                      Value{{"S", ""},
                            {"L", Value::list({"plain", "a,b", "say \"x\"", nullptr})},
                            {"T", 1.9},
                            {"B", true},
                            {"F", 1e16},
                            {"J", Value{{"a", Value::list({1, "\xc3\xa9"})}}},
                            {"I", 0.5},
                            {"M", Value{{"Foo", "1"}, {"bar", ""}}}});
  ASSERT_TRUE(made) << made.error().describe();
  auto header = [&](std::string_view name) { return made->headers.get(name).value_or("absent"); };
  EXPECT_EQ(header("x-s"), "");
  EXPECT_EQ(header("x-l"), "plain,\"a,b\",\"say \\\"x\\\"\"");
  EXPECT_EQ(header("x-t"), "Thu, 01 Jan 1970 00:00:01 GMT");
  EXPECT_EQ(header("x-b"), "true");
  EXPECT_EQ(header("x-f"), "1e+16");
  EXPECT_EQ(header("x-j"), "eyJhIjpbMSwiXHUwMGU5Il19");
  EXPECT_EQ(header("x-i"), "1970-01-01T00:00:00Z");
  EXPECT_EQ(made->headers.fields()[7].name, "x-meta-Foo");
}

TEST(RestXmlRequest, LeavesNullMembersAndEmptyListHeadersOut) {
  std::string shapes =
      "'In':{'type':'structure','members':{'S':{'shape':'S','location':'header','locationName':"
      "'x-s'},'L':{'shape':'Ss','location':'header','locationName':'x-l'},'A':{'shape':'S'}}}";
  auto made = request("{'method':'GET','requestUri':'/'}", shapes,
                      Value{{"S", nullptr}, {"L", Value::list()}, {"A", nullptr}});
  EXPECT_TRUE(made->headers.empty());
  EXPECT_EQ(made->body.size(), 0u);
}

TEST(RestXmlRequest, KeepsAnEmptyHeaderPrefix) {
  std::string shapes =
      "'In':{'type':'structure','members':{'M':{'shape':'M','location':'headers','locationName':"
      "''}}}";
  auto made = request("{'requestUri':'/'}", shapes, Value{{"M", Value{{"Any-Name", "v"}}}});
  EXPECT_EQ(made->headers.get("any-name"), "v");
}

TEST(RestXmlRequest, WritesScalarsAsPythonPrintsThem) {
  EXPECT_EQ(body_of("'F':{'shape':'F'},'B':{'shape':'B'},'X':{'shape':'X'},'T':{'shape':'T'},"
                    "'I':{'shape':'I'},'S':{'shape':'S'}",
                    Value{{"S", "<&>\"\n"},
                          {"F", 1.0},
                          {"B", false},
                          {"X", Bytes{"hi"}},
                          {"T", 1577934245.6789},
                          {"I", 7}}),
            "<OpRequest><S>&lt;&amp;&gt;\"\n</S><F>1.0</F><B>false</B><X>aGk=</X>"
            "<T>2020-01-02T03:04:05.678900Z</T><I>7</I></OpRequest>");
  EXPECT_EQ(body_of("'F':{'shape':'F'},'S':{'shape':'S'}", Value{{"F", -HUGE_VAL}, {"S", ""}}),
            "<OpRequest><F>-Infinity</F><S /></OpRequest>");
}

TEST(RestXmlRequest, EndsAStructureAtItsFirstNullAsBotocoreDoes) {
  EXPECT_EQ(body_of("'In1':{'shape':'Two'}",
                    Value{{"In1", Value{{"A", "1"}, {"B", nullptr}, {"C", "3"}}}},
                    ",'Two':{'type':'structure','members':{'A':{'shape':'S'},'B':{'shape':'S'},"
                    "'C':{'shape':'S'}}}"),
            "<OpRequest><In1><A>1</A></In1></OpRequest>");
}

TEST(RestXmlRequest, WritesListsAndMapsWrappedAndFlattened) {
  EXPECT_EQ(body_of("'A':{'shape':'Ss'},'B':{'shape':'Ss','flattened':true,'locationName':'b'},"
                    "'C':{'shape':'M'},'D':{'shape':'M','flattened':true},'E':{'shape':'Ss'}",
                    Value{{"A", Value::list({"1", "2"})},
                          {"B", Value::list({"3", "4"})},
                          {"C", Value{{"k", "v"}}},
                          {"D", Value{{"k", "v"}}},
                          {"E", Value::list()}}),
            "<OpRequest><A><member>1</member><member>2</member></A><b>3</b><b>4</b>"
            "<C><entry><key>k</key><value>v</value></entry></C>"
            "<D><key>k</key><value>v</value></D><E /></OpRequest>");
}

TEST(RestXmlRequest, PutsTheNamespaceOfAFlattenedListOnItsParentAsBotocoreDoes) {
  EXPECT_EQ(body_of("'A':{'shape':'S'},'B':{'shape':'Ss','flattened':true,'xmlNamespace':'urn:b'},"
                    "'C':{'shape':'S','xmlNamespace':{'uri':'urn:c','prefix':'p'}}",
                    Value{{"A", "0"}, {"B", Value::list({"1"})}, {"C", "2"}}),
            "<OpRequest xmlns=\"urn:b\"><A>0</A><B>1</B><C xmlns:p=\"urn:c\">2</C></OpRequest>");
}

TEST(RestXmlRequest, WritesAttributesWhereverTheyStandInTheParameters) {
  std::string grantee =
      ",'G':{'type':'structure','xmlNamespace':{'prefix':'xsi','uri':'urn:xsi'},'members':{"
      "'Type':{'shape':'S','xmlAttribute':true,'locationName':'xsi:type'},'ID':{'shape':'S'}}}";
  EXPECT_EQ(
      body_of("'G':{'shape':'G'}", Value{{"G", Value{{"ID", "1"}, {"Type", "a\"b"}}}}, grantee),
      "<OpRequest><G xmlns:xsi=\"urn:xsi\" xsi:type=\"a&quot;b\"><ID>1</ID></G></OpRequest>");
}

std::string with_payload(std::string_view payload_shape, std::string_view traits = "") {
  return fmt::format(
      "'In':{{'type':'structure','payload':'P','members':{{'P':{{'shape':'{}'{}}},'H':{{'shape':"
      "'S','location':'header','locationName':'h'}}}}}},'St':{{'type':'structure','members':{{"
      "'A':{{'shape':'S'}}}}}}",
      payload_shape, traits);
}

TEST(RestXmlRequest, SendsStructurePayloadsUnderTheirOwnName) {
  std::string_view http = "{'requestUri':'/'}";
  std::string shapes = with_payload("St", ",'locationName':'Conf','xmlNamespace':{'uri':'urn:1'}");
  auto made = request(http, shapes, Value{{"P", Value{{"A", "1"}}}, {"H", "x"}});
  EXPECT_EQ(made->body.read_all().value(), "<Conf xmlns=\"urn:1\"><A>1</A></Conf>");
  EXPECT_EQ(request(http, shapes, Value{{"P", Value::object()}})->body.read_all().value(),
            "<Conf xmlns=\"urn:1\" />");
  EXPECT_EQ(request(http, shapes, Value{{"H", "x"}})->body.size(), 0u);
  EXPECT_FALSE(request(http, shapes, Value{{"P", "no structure"}}));
}

TEST(RestXmlRequest, PassesBlobPayloadsThroughUntouched) {
  std::string_view http = "{'requestUri':'/'}";
  std::string shapes = with_payload("X");
  EXPECT_EQ(request(http, shapes, Value{{"P", "text"}})->body.bytes(), "text");
  EXPECT_EQ(request(http, shapes, Value{{"P", Bytes{std::string_view("\0\xff", 2)}}})->body.bytes(),
            std::string_view("\0\xff", 2));
  Body stream = Body::from_callback(
      [](std::span<std::byte>) -> Result<std::size_t> { return std::size_t{0}; }, 5);
  auto made = request(http, shapes, Value{{"P", stream}});
  EXPECT_EQ(made->body.stream(), stream.stream());
  EXPECT_EQ(request(http, shapes, Value{{"P", nullptr}})->body.size(), 0u);
  EXPECT_FALSE(request(http, shapes, Value{{"P", 1}}));
}

TEST(RestXmlRequest, RefusesStreamsWhereOnlyAPayloadMayStream) {
  Body stream = Body::from_callback(
      [](std::span<std::byte>) -> Result<std::size_t> { return std::size_t{0}; });
  EXPECT_NE(body_of("'X':{'shape':'X'}", Value{{"X", stream}}).find("whole payload"),
            std::string::npos);
}

TEST(RestXmlRequest, RefusesUnvalidatedParamsThatNoDocumentCanHold) {
  EXPECT_NE(body_of("'A':{'shape':'Ss'}", Value{{"A", "x"}}).find("must be a list"),
            std::string::npos);
  EXPECT_NE(body_of("'T':{'shape':'T'}", Value{{"T", "soon"}}).find("timestamp"),
            std::string::npos);
  EXPECT_NE(body_of("'T':{'shape':'T'}", Value{{"T", 1e300}}).find("timestamp"), std::string::npos);
  EXPECT_NE(body_of("'F':{'shape':'F'}", Value{{"F", Value::object()}}).find("number"),
            std::string::npos);
}

std::string host_shapes() {
  return "'In':{'type':'structure','members':{'AccountId':{'shape':'S','hostLabel':true},'Other':{"
         "'shape':'S','hostLabel':true}}}";
}

Result<SerializedRequest> with_host(const Value& params) {
  auto model = small_model("{'requestUri':'/'}", host_shapes(),
                           ",'endpoint':{'hostPrefix':'{AccountId}.data-{Other}.'}");
  return serialize(model->operations()[0], "rest-xml", params);
}

TEST(RestXmlRequest, FillsHostLabelsAndNamesAllThatAreInvalid) {
  EXPECT_EQ(with_host(Value{{"AccountId", "12"}, {"Other", "a.b-c"}})->host_prefix,
            "12.data-a.b-c.");
  EXPECT_EQ(with_host(Value{{"AccountId", "a/b"}, {"Other", "x\n"}}).error().message(),
            "Parameter validation failed:\nInvalid value for parameter(s): AccountId, Other. Must "
            "contain only alphanumeric characters, hyphen, or period.");
  EXPECT_FALSE(with_host(Value{{"AccountId", "12"}}));
}

TEST(RestXmlRequest, SendsNothingForOperationsWithoutInput) {
  auto made =
      request("{'method':'DELETE','requestUri':'/a?b'}", "'Unused':{'type':'string'}", Value());
  EXPECT_EQ(made->method, "DELETE");
  EXPECT_EQ(made->path, "/a");
  EXPECT_EQ(made->query, "b");
}

TEST(Serialize, RefusesProtocolsThatItDoesNotKnow) {
  auto model = small_model("{}", "'Unused':{'type':'string'}");
  auto made = serialize(model->operations()[0], "carrier-pigeon", Value());
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code(), "UnsupportedServiceProtocols");
}

}  // namespace
}  // namespace botocxx::protocol
