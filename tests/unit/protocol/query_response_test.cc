#include "protocol/parser.h"
#include "unit/protocol/small_model.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace botocxx::protocol {
namespace {

HttpResponse answer(int status, std::initializer_list<Headers::Field> headers = {}) {
  HttpResponse head;
  head.status = status;
  for (const Headers::Field& field : headers) head.headers.add(field.name, field.value);
  return head;
}

constexpr std::string_view kMembers =
    "'S':{'shape':'S'},'I':{'shape':'I'},'L':{'shape':'Ss'},'F':{'shape':'Ss','flattened':true},"
    "'M':{'shape':'M'},'R':{'shape':'R'}";
constexpr std::string_view kShapes =
    ",'R':{'type':'structure','members':{'R':{'shape':'R'},'S':{'shape':'S'}}}";

std::shared_ptr<const ServiceModel> model_of(std::string_view members = kMembers) {
  return small_model("{}", fmt::format("'Out':{{'type':'structure','resultWrapper':'OpResult',"
                                       "'members':{{{}}}}}{}",
                                       members, kShapes));
}

Result<Answer> read(std::string_view protocol, std::string_view body,
                    std::string_view members = kMembers) {
  auto model = model_of(members);
  auto parsed = parse_answer(model->operations()[0], protocol, answer(200), body,
                             std::pmr::get_default_resource());
  if (!parsed) return parsed;
  return Answer{Value(parsed->output), Value(parsed->metadata)};  // copies own what they hold
}

std::string json_of(std::string_view protocol, std::string_view body) {
  auto parsed = read(protocol, body);
  return parsed ? codec::write_json(parsed->output) : parsed.error().message();
}

TEST(QueryResponse, ReadsTheResultInItsWrapper) {
  EXPECT_EQ(json_of("query",
                    "<OpResponse xmlns='urn:x'><S>no</S><OpResult><S>a</S><F>1</F><L><member>b"
                    "</member></L><M><entry><key>k</key><value>v</value></entry></M><F>2</F>"
                    "<R><R/></R></OpResult></OpResponse>"),
            "{\"S\":\"a\",\"L\":[\"b\"],\"F\":[\"1\",\"2\"],\"M\":{\"k\":\"v\"},\"R\":{\"R\":{}}}");
}

TEST(QueryResponse, Ec2HasNoWrapper) {
  EXPECT_EQ(json_of("ec2",
                    "<e:OpResponse xmlns:e='urn:x'><e:requestId>r</e:requestId><e:S><![CDATA[<a>]]>"
                    "</e:S><e:L><e:item>b</e:item></e:L></e:OpResponse>"),
            "{\"S\":\"<a>\",\"L\":[\"b\"]}");
}

TEST(QueryResponse, KeepsWhatTheBodySaysOfTheRequest) {
  auto query = read("query",
                    "<OpResponse><OpResult/><ResponseMetadata><RequestId>r1</RequestId><BoxUsage>"
                    "0.1</BoxUsage><Empty/><RequestId>r2</RequestId></ResponseMetadata>"
                    "</OpResponse>");
  ASSERT_TRUE(query) << query.error().describe();
  EXPECT_EQ(codec::write_json(query->metadata),
            "{\"RequestId\":\"r1\",\"BoxUsage\":\"0.1\",\"Empty\":null}");
  EXPECT_TRUE(query->output.is_object());
  auto ec2 = read("ec2",
                  "<OpResponse><requestId>r3</requestId><ResponseMetadata>"
                  "<RequestId>no</RequestId></ResponseMetadata></OpResponse>");
  EXPECT_EQ(codec::write_json(ec2->metadata), "{\"RequestId\":\"r3\"}");
  EXPECT_EQ(codec::write_json(read("ec2", "<OpResponse/>")->metadata), "{}");
}

TEST(QueryResponse, AMissingWrapperSaysWhatIsThereInstead) {
  auto missing = read("query",
                      "<ErrorResponse><Error><Code>C</Code></Error><RequestId/>"
                      "</ErrorResponse>");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind(), ErrorKind::kParse);
  EXPECT_EQ(missing.error().code(), "ResponseParser");
  EXPECT_EQ(missing.error().message(),
            "the answer has no element <OpResult>; it is <ErrorResponse> with <Error>, "
            "<RequestId>");
  EXPECT_EQ(missing.error().operation(), "Op");
  EXPECT_EQ(read("query", "<html/>").error().message(),
            "the answer has no element <OpResult>; it is <html> without elements");
  std::string long_name(59, 'x');
  std::string many = fmt::format("<{0}é><a/><b/><c/><d/><e/><f/><g/></{0}é>", long_name);
  EXPECT_EQ(read("query", many).error().message(),
            fmt::format("the answer has no element <OpResult>; it is <{}> with <a>, <b>, <c>, <d>, "
                        "<e>, …",
                        long_name));
}

TEST(QueryResponse, ABodyThatIsNoDocumentIsAnError) {
  for (std::string_view protocol : {"query", "ec2"}) {
    for (std::string_view body : {"", " ", "{}", "<OpResponse><OpResult>", "<a/><b/>", "<a>&x;</a>",
                                  "<html><body><br></body></html>"}) {
      auto parsed = read(protocol, body);
      ASSERT_FALSE(parsed) << body;
      EXPECT_EQ(parsed.error().code(), "ResponseParser") << body;
    }
  }
}

TEST(QueryResponse, NothingToReadNeedsNoBody) {
  EXPECT_EQ(codec::write_json(read("query", "", "")->output), "{}");
  EXPECT_EQ(codec::write_json(read("ec2", "", "")->output), "{}");
  auto model = small_model("{}", "'Unused':{'type':'string'}");
  auto read_bare = [&](std::string_view body) {
    return parse_answer(model->operations()[0], "query", answer(200), body,
                        std::pmr::get_default_resource());
  };
  EXPECT_EQ(codec::write_json(read_bare("")->output), "{}");
  EXPECT_EQ(read_bare("<R><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></R>")
                ->metadata["RequestId"],
            Value("r"));
  EXPECT_EQ(read_bare("no XML").error().code(), "ResponseParser");
}

TEST(QueryResponse, ErrorsSayWhereAValueIs) {
  EXPECT_EQ(json_of("query", "<R><OpResult><I>many</I></OpResult></R>"),
            "I: expected an integer, found 'many'");
  EXPECT_EQ(json_of("ec2", "<R><M><entry><key>k</key><odd/></entry></M></R>"),
            "M: Unknown tag: odd");
}

TEST(QueryResponse, HostileDocumentsAreRefused) {
  std::string deep = "<R><OpResult>", bomb = "<!DOCTYPE R [<!ENTITY a 'aaaaaaaaaa'>";
  for (int i = 0; i < 100'000; ++i) deep += "<R>";
  for (char c = 'b'; c < 'k'; ++c) {
    bomb += fmt::format("<!ENTITY {0} '&{1};&{1};&{1};&{1};'>", c, static_cast<char>(c - 1));
  }
  bomb += "]><R><OpResult><S>&j;</S></OpResult></R>";
  std::string outside =
      "<!DOCTYPE R [<!ENTITY x SYSTEM "
      "'file:///etc/passwd'>]><R><OpResult><S>&x;</S></OpResult></R>";
  for (std::string_view protocol : {"query", "ec2"}) {
    for (const std::string& body : {deep, bomb, outside}) {
      auto parsed = read(protocol, body);
      ASSERT_FALSE(parsed);
      EXPECT_EQ(parsed.error().code(), "ResponseParser");
      EXPECT_LT(parsed.error().message().size(), 500u);
      auto model = model_of();
      Error error = parse_error(model->operations()[0], protocol, answer(400), body);
      EXPECT_EQ(error.code(), "ResponseParser");
    }
  }
}

TEST(QueryResponse, LongAnswersTakeTimeThatTheirSizeExplains) {
  std::string body = "<R><OpResult>", metadata;
  for (int i = 0; i < 200'000; ++i) body += "<F>x</F>";
  for (int i = 0; i < 50'000; ++i) metadata += fmt::format("<m{}/>", i);
  body += "</OpResult><ResponseMetadata>" + metadata + "</ResponseMetadata></R>";
  auto parsed = read("query", body);
  ASSERT_TRUE(parsed) << parsed.error().describe();
  EXPECT_EQ(parsed->output["F"].size(), 200'000u);
  EXPECT_EQ(parsed->metadata.size(), 50'000u);
}

Error error_of(std::string_view protocol, int status, std::string_view body,
               std::initializer_list<Headers::Field> headers = {}) {
  auto model = small_model("{}",
                           "'Oops':{'type':'structure','exception':true,'members':{'Detail':{"
                           "'shape':'S'},'Count':{'shape':'I'}},'error':{'code':'Oops.Code'}}");
  return parse_error(model->operations()[0], protocol, answer(status, headers), std::string(body));
}

TEST(QueryError, ReadsTheErrorAndKeepsAllItsChildren) {
  Error error =
      error_of("query", 400,
               "<ErrorResponse xmlns='urn:x'><Error><Type>Sender</Type><Code>Bad</Code>"
               "<Message>m</Message><Detail/><List><a>1</a></List></Error><Extra>e</Extra>"
               "<RequestId>r1</RequestId></ErrorResponse>",
               {{"x-amzn-requestid", "h"}});
  EXPECT_EQ(error.kind(), ErrorKind::kService);
  EXPECT_EQ(error.code(), "Bad");
  EXPECT_EQ(error.message(), "m");
  EXPECT_EQ(error.status(), 400);
  EXPECT_EQ(error.request_id(), "r1");
  EXPECT_EQ(codec::write_json(*error.fields()),
            "{\"Error\":{\"Type\":\"Sender\",\"Code\":\"Bad\",\"Message\":\"m\",\"Detail\":null,"
            "\"List\":{\"a\":\"1\"}},\"Extra\":\"e\"}");
}

TEST(QueryError, ReadsEc2sFormInBoth) {
  std::string_view body =
      "<Response><Errors><Error><Code>Bad</Code><Message>m</Message></Error><Error><Code>2</Code>"
      "</Error></Errors><RequestID>r1</RequestID></Response>";
  Error ec2 = error_of("ec2", 400, body);
  EXPECT_EQ(ec2.code(), "Bad");
  EXPECT_EQ(ec2.request_id(), "r1");
  EXPECT_EQ(codec::write_json(*ec2.fields()), "{\"Error\":{\"Code\":\"Bad\",\"Message\":\"m\"}}");
  Error query = error_of("query", 400, body);
  EXPECT_EQ(query.code(), "Bad");
  EXPECT_EQ(query.request_id(), "r1");
  EXPECT_EQ((*query.fields())["RequestID"], Value("r1"));  // as in botocore
}

TEST(QueryError, PutsModelledMembersBesideError) {
  Error query = error_of("query", 400,
                         "<ErrorResponse><Error><Code>Oops.Code</Code><Detail>d</Detail><Count>3"
                         "</Count></Error></ErrorResponse>");
  EXPECT_EQ((*query.fields())["Detail"], Value("d"));
  EXPECT_EQ((*query.fields())["Count"], Value(3));
  Error ec2 = error_of("ec2", 400,
                       "<Response><Errors><Error><Code>Oops.Code</Code><Detail>d</Detail></Error>"
                       "</Errors></Response>");
  EXPECT_EQ((*ec2.fields())["Detail"], Value("d"));
}

TEST(QueryError, ADocumentWithoutAnErrorIsUnknown) {
  Error error = error_of("query", 403, "<html><body>no</body></html>", {{"x-amzn-requestid", "h"}});
  EXPECT_EQ(error.code(), "Unknown");
  EXPECT_EQ(error.message(), "Unknown");
  EXPECT_EQ(error.request_id(), "h");
  EXPECT_EQ((*error.fields())["body"], Value("no"));
  EXPECT_EQ(error_of("ec2", 403, "<Response><Errors>none</Errors></Response>").code(), "Unknown");
}

TEST(QueryError, ABodyThatIsNoDocumentKeepsTheStatus) {
  for (std::string_view body : {"", "gateway", "<html><br></html>", "<ErrorResponse><Error>"}) {
    Error error = error_of("query", 403, body, {{"x-amzn-requestid", "h"}});
    EXPECT_EQ(error.kind(), ErrorKind::kParse) << body;
    EXPECT_EQ(error.code(), "ResponseParser") << body;
    EXPECT_EQ(error.status(), 403) << body;
    EXPECT_EQ(error.request_id(), "h") << body;
    EXPECT_EQ(error.operation(), "Op") << body;
    EXPECT_EQ(error.fields(), nullptr) << body;
  }
}

TEST(QueryError, AServerErrorThatSaysNothingHasItsStatusAsCode) {
  for (std::string_view body : {"", " \n", "<html>busy"}) {
    EXPECT_EQ(error_of("query", 503, body).code(), "503") << body;
    EXPECT_EQ(error_of("ec2", 503, body).message(), "Service Unavailable") << body;
  }
}

TEST(QueryError, LargeDocumentsTakeTimeThatTheirSizeExplains) {
  std::string body = "<Response><Errors><Error><Code>C</Code></Error>";
  for (int i = 0; i < 30'000; ++i) body += fmt::format("<f{}>x</f{}>", i, i);
  body += "</Errors>";
  for (int i = 0; i < 30'000; ++i) body += fmt::format("<f{}>y</f{}>", i + 15'000, i + 15'000);
  Error error = error_of("ec2", 400, body + "</Response>");
  EXPECT_EQ(error.code(), "C");
  EXPECT_EQ(error.fields()->size(), 45'001u);
}

}  // namespace
}  // namespace botocxx::protocol
