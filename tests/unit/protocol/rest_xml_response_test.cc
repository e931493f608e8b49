#include "protocol/parser.h"
#include "unit/protocol/small_model.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

namespace botocxx::protocol {
namespace {

HttpResponse answer(int status, std::initializer_list<Headers::Field> headers = {}) {
  HttpResponse head;
  head.status = status;
  for (const Headers::Field& field : headers) head.headers.add(field.name, field.value);
  return head;
}

// The result of an operation whose output has these members. Values borrow names from the model and
// texts from the body: a copy owns them.
Result<Value> result_of(std::string members, std::string_view body,
                        const HttpResponse& head = answer(200), std::string more_shapes = "") {
  auto model =
      small_model("{}", "'Out':{'type':'structure','members':{" + members + "}}" + more_shapes);
  return parse_output(model->operations()[0], "rest-xml", head, body,
                      std::pmr::get_default_resource())
      .transform([](Value value) { return Value(value); });
}

std::string json_of(std::string members, std::string_view body, std::string more_shapes = "") {
  auto result = result_of(std::move(members), body, answer(200), std::move(more_shapes));
  return result ? codec::write_json(*result) : result.error().message();
}

TEST(RestXmlResponse, ReadsScalars) {
  auto result = result_of(
      "'S':{'shape':'S'},'I':{'shape':'I'},'F':{'shape':'F'},'B':{'shape':'B'},'X':{'shape':'X'},"
      "'T':{'shape':'T'}",
      "<R xmlns='urn:x'><T>2020-01-01T00:00:00Z</T><S> a </S><I> +7 </I><F>-inf</F><B>true</B>"
      "<X>aG\nk=</X></R>");
  ASSERT_TRUE(result) << result.error().describe();
  EXPECT_EQ((*result)["S"], Value(" a "));
  EXPECT_EQ((*result)["I"], Value(7));
  EXPECT_EQ((*result)["F"], Value(-HUGE_VAL));
  EXPECT_EQ((*result)["B"], Value(true));
  EXPECT_EQ((*result)["X"], Value(Bytes{"hi"}));
  EXPECT_EQ((*result)["T"], Value(Timestamp::from_unix(1577836800)));
}

TEST(RestXmlResponse, TellsEmptyFromMissing) {
  EXPECT_EQ(json_of("'S':{'shape':'S'},'L':{'shape':'Ss'},'M':{'shape':'M'},'Q':{'shape':'S'}",
                    "<R><S/><L/><M/></R>"),
            "{\"S\":\"\",\"L\":[],\"M\":{}}");
  EXPECT_EQ(json_of("'S':{'shape':'S'}", ""), "{}");
}

TEST(RestXmlResponse, ReadsListsWhateverTheirItemsAreCalled) {
  EXPECT_EQ(json_of("'L':{'shape':'Ss'},'F':{'shape':'Ss','flattened':true}",
                    "<R><F>1</F><L><member>a</member><odd>b</odd></L><F>2</F></R>"),
            "{\"L\":[\"a\",\"b\"],\"F\":[\"1\",\"2\"]}");
}

TEST(RestXmlResponse, FindsFlattenedListsByTheNameOfTheirItemsOrTheirOwn) {
  std::string items = ",'Named':{'type':'list','member':{'shape':'S','locationName':'item'}}";
  std::string members = "'F':{'shape':'Named','flattened':true,'locationName':'own'}";
  EXPECT_EQ(json_of(members, "<R><item>1</item></R>", items), "{\"F\":[\"1\"]}");
  EXPECT_EQ(json_of(members, "<R><own>1</own><own>2</own></R>", items), "{\"F\":[\"1\",\"2\"]}");
}

TEST(RestXmlResponse, ReadsMapsAndKeepsTheLastOfRepeatedKeys) {
  EXPECT_EQ(json_of("'M':{'shape':'M'},'F':{'shape':'M','flattened':true}",
                    "<R><M><entry><key>a</key><value>1</value></entry><entry><key>b</key><value>2"
                    "</value></entry><entry><key>a</key><value>3</value></entry></M>"
                    "<F><value>x</value><key>k</key></F></R>"),
            "{\"M\":{\"a\":\"3\",\"b\":\"2\"},\"F\":{\"k\":\"x\"}}");
  std::string many = "<R><M>";
  for (int i = 0; i < 40; ++i) {
    many += fmt::format("<entry><key>{}</key><value>{}</value></entry>", i % 39, i);
  }
  auto result = result_of("'M':{'shape':'M'}", many + "</M></R>");
  EXPECT_EQ((*result)["M"].size(), 39u);
  EXPECT_EQ((*result)["M"]["0"], Value("39"));
}

TEST(RestXmlResponse, RefusesEntriesThatAreNone) {
  EXPECT_EQ(json_of("'M':{'shape':'M'}", "<R><M><entry><odd/></entry></M></R>"),
            "M: Unknown tag: odd");
  EXPECT_NE(json_of("'M':{'shape':'M'}", "<R><M><entry><key>a</key></entry></M></R>")
                .find("needs <key> and <value>"),
            std::string::npos);
}

TEST(RestXmlResponse, SaysWhereAValueCannotBeRead) {
  std::string shapes =
      ",'Item':{'type':'structure','members':{'Size':{'shape':'L'}}},"
      "'Items':{'type':'list','member':{'shape':'Item'}}";
  auto result =
      result_of("'Contents':{'shape':'Items','flattened':true}",
                "<R><Contents/><Contents><Size>many</Size></Contents></R>", answer(200), shapes);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind(), ErrorKind::kParse);
  EXPECT_EQ(result.error().code(), "ResponseParser");
  EXPECT_EQ(result.error().message(), "Contents[1].Size: expected an integer, found 'many'");
  EXPECT_EQ(json_of("'T':{'shape':'T'}", "<R><T/></R>"), "T: expected a timestamp, found ''");
}

TEST(RestXmlResponse, TakesTheFirstOfRepeatedElementsThatAreNoList) {
  EXPECT_EQ(json_of("'I':{'shape':'I'},'B':{'shape':'B'},'S':{'shape':'S'}",
                    "<R><I>1</I><B>true</B><S>a</S><S>b</S><B>false</B><I>x</I></R>"),
            "{\"I\":1,\"B\":true,\"S\":\"a\"}");
}

TEST(RestXmlResponse, RefusesBodiesThatAreNoXmlNamingThePlace) {
  auto result = result_of("'S':{'shape':'S'}", "<R><S></R>");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code(), "ResponseParser");
  EXPECT_EQ(result.error().message().find("Unable to parse response (line 1, column "), 0u);
  EXPECT_EQ(result.error().operation(), "Op");
}

TEST(RestXmlResponse, NumbersTooLargeBecomeDoubles) {
  auto result = result_of("'L':{'shape':'L'}", "<R><L>18446744073709551616</L></R>");
  EXPECT_EQ((*result)["L"], Value(18446744073709551616.0));
}

TEST(RestXmlResponse, ReadsUnionsAndNamesUnknownMembers) {
  std::string shapes =
      ",'U':{'type':'structure','union':true,'members':{'A':{'shape':'S'},'B':{'shape':'S'}}}";
  EXPECT_EQ(json_of("'U':{'shape':'U'}", "<R><U><A>1</A></U></R>", shapes),
            "{\"U\":{\"A\":\"1\"}}");
  EXPECT_EQ(json_of("'U':{'shape':'U'}", "<R><U><New>1</New></U></R>", shapes),
            "{\"U\":{\"SDK_UNKNOWN_MEMBER\":{\"name\":\"New\"}}}");
  EXPECT_EQ(json_of("'U':{'shape':'U'}", "<R><U><A>1</A><B>2</B></U></R>", shapes),
            "U: Invalid service response: U must have one and only one member set.");
  EXPECT_EQ(json_of("'U':{'shape':'U'}", "<R><U/></R>", shapes),
            "U: Invalid service response: U must have one and only one member set.");
}

TEST(RestXmlResponse, ReadsHeadersWithoutRegardToCaseAndInModelOrder) {
  auto result = result_of(
      "'Body':{'shape':'S'},'Code':{'shape':'I','location':'statusCode'},'Len':{'shape':'L',"
      "'location':'header','locationName':'Content-Length'},'List':{'shape':'Ss','location':"
      "'header','locationName':'x-l'},'Dates':{'shape':'Ts','location':'header','locationName':"
      "'x-d'},'Json':{'shape':'S','jsonvalue':true,'location':'header','locationName':'x-j'},"
      "'Meta':{'shape':'M','location':'headers','locationName':'x-meta-'},'None':{'shape':'S',"
      "'location':'header','locationName':'x-none'}",
      "<R><Body>b</Body></R>",
      answer(206, {{"content-length", "7"},
                   {"X-L", "a, b ,c"},
                   {"X-Meta-Foo", "1"},
                   {"x-d", "Mon, 16 Dec 2019 23:48:18 GMT, Mon, 16 Dec 2019 23:48:19 GMT"},
                   {"x-j", "eyJhIjoxfQ=="},
                   {"x-meta-foo", "2"}}));
  ASSERT_TRUE(result) << result.error().describe();
  EXPECT_EQ(codec::write_json(*result),
            "{\"Body\":\"b\",\"Code\":206,\"Len\":7,\"List\":[\"a\",\"b\",\"c\"],\"Dates\":["
            "\"2019-12-16T23:48:18Z\",\"2019-12-16T23:48:19Z\"],\"Json\":{\"a\":1},"
            "\"Meta\":{\"Foo\":\"1, 2\"}}");
}

TEST(RestXmlResponse, NamesAHeaderThatCannotBeRead) {
  std::string length = "'Len':{'shape':'L','location':'header','locationName':'Content-Length'}";
  auto result = result_of(length, "", answer(200, {{"Content-Length", "x"}}));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().message(), "Len: expected an integer, found 'x'");
}

TEST(RestXmlResponse, HandsStreamingPayloadsOver) {
  auto model = small_model("{}",
                           "'Out':{'type':'structure','payload':'P','members':{'P':{'shape':"
                           "'X','streaming':true}}}");
  HttpResponse head = answer(200);
  head.body = Body("streamed");
  auto result =
      parse_output(model->operations()[0], "rest-xml", head, "", std::pmr::get_default_resource());
  EXPECT_EQ((*result)["P"].as_body().read_all().value(), "streamed");
}

TEST(RestXmlResponse, RefusesTextPayloadsThatAreNoText) {
  auto model = small_model("{}",
                           "'Out':{'type':'structure','payload':'P','members':{'P':{'shape':"
                           "'S'}}}");
  auto read = [&](std::string_view body) {
    return parse_output(model->operations()[0], "rest-xml", answer(200), body,
                        std::pmr::get_default_resource());
  };
  EXPECT_EQ((*read("caf\xc3\xa9"))["P"], Value("caf\xc3\xa9"));
  auto result = read("caf\xe9");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code(), "ResponseParser");
  EXPECT_EQ(result.error().message(), "P: expected text, found octets that are not UTF-8");
}

TEST(RestXmlResponse, AnErrorWithTheStatusOfSuccessIsAnErrorOfTheServer) {
  for (std::string_view body :
       {"<Error><Code>SlowDown</Code><Message>m</Message></Error>",
        "\xef\xbb\xbf<?xml version='1.0'?>\n<!-- late -->\n<Error xmlns='urn:x'>"
        "<Code>SlowDown</Code><Message>m</Message></Error>",
        "<s:Error xmlns:s='urn:x'><s:Code>SlowDown</s:Code><s:Message>m</s:Message></s:Error>"}) {
    auto result = result_of("'Code':{'shape':'S'}", body, answer(200, {{"x-amz-request-id", "r"}}));
    ASSERT_FALSE(result) << body;
    EXPECT_EQ(result.error().kind(), ErrorKind::kService);
    EXPECT_EQ(result.error().code(), "SlowDown");
    EXPECT_EQ(result.error().message(), "m");
    EXPECT_EQ(result.error().status(), 500);
    EXPECT_EQ(result.error().request_id(), "r");
  }
  auto cut_off = result_of("'Code':{'shape':'S'}", "<Error><Code>Slow");
  ASSERT_FALSE(cut_off);
  EXPECT_EQ(cut_off.error().code(), "500");
}

TEST(RestXmlResponse, WhatOnlyResemblesAnErrorIsAResult) {
  for (std::string_view body :
       {"<Errors><Code>c</Code></Errors>", "<R><Error/><Code>c</Code></R>",
        "<!-- <Error> --><R><Code>c</Code></R>", "<?pi <Error>?><R><Code>c</Code></R>"}) {
    EXPECT_EQ(json_of("'Code':{'shape':'S'}", body), "{\"Code\":\"c\"}") << body;
  }
  EXPECT_TRUE(result_of("'Code':{'shape':'S'}", "<Error><Code>c</Code></Error>", answer(204)));
  auto text =
      small_model("{}", "'Out':{'type':'structure','payload':'P','members':{'P':{'shape':'S'}}}");
  auto result = parse_output(text->operations()[0], "rest-xml", answer(200), "<Error/>",
                             std::pmr::get_default_resource());
  ASSERT_TRUE(result);
  EXPECT_EQ((*result)["P"], Value("<Error/>"));
}

TEST(RestXmlResponse, ReadsAttributesByPrefix) {
  std::string shapes =
      ",'G':{'type':'structure','members':{'Type':{'shape':'S','xmlAttribute':true,"
      "'locationName':'xsi:type'},'ID':{'shape':'S'}}}";
  EXPECT_EQ(json_of("'G':{'shape':'G'}",
                    "<R><G xmlns:a='http://www.w3.org/2001/XMLSchema-instance' a:type='Group' "
                    "type='no'><ID>1</ID></G></R>",
                    shapes),
            "{\"G\":{\"Type\":\"Group\",\"ID\":\"1\"}}");
}

TEST(RestXmlResponse, OperationsWithoutOutputNeverLookAtTheBody) {
  auto model = small_model("{}", "'Unused':{'type':'string'}");
  auto result = parse_output(model->operations()[0], "rest-xml", answer(200), "no XML",
                             std::pmr::get_default_resource());
  EXPECT_EQ(codec::write_json(*result), "{}");
}

Error error_of(int status, std::string_view body,
               std::initializer_list<Headers::Field> headers = {}) {
  auto model = small_model("{}",
                           "'Oops':{'type':'structure','exception':true,'members':{'Detail':{"
                           "'shape':'S'},'Count':{'shape':'I'},'H':{'shape':'S','location':"
                           "'header','locationName':'x-h'}}}");
  return parse_error(model->operations()[0], "rest-xml", answer(status, headers),
                     std::string(body));
}

TEST(RestXmlError, ReadsTheBareForm) {
  Error error = error_of(
      404,
      "<Error><Code>NoSuchKey</Code><Message>gone</Message><Key>k</Key><RequestId>r</RequestId>"
      "<HostId>h</HostId></Error>",
      {{"x-amz-request-id", "R1"}, {"x-amz-id-2", "H1"}});
  EXPECT_EQ(error.kind(), ErrorKind::kService);
  EXPECT_EQ(error.code(), "NoSuchKey");
  EXPECT_EQ(error.message(), "gone");
  EXPECT_EQ(error.status(), 404);
  EXPECT_EQ(error.request_id(), "R1");
  EXPECT_EQ(error.host_id(), "H1");
  EXPECT_EQ(error.operation(), "Op");
  EXPECT_EQ(codec::write_json(*error.fields()),
            "{\"Error\":{\"Code\":\"NoSuchKey\",\"Message\":\"gone\",\"Key\":\"k\"}}");
}

TEST(RestXmlError, ReadsTheBareFormInANamespaceToo) {
  Error error = error_of(400,
                         "<Error xmlns='http://s3.amazonaws.com/doc/2006-03-01/'><Code>Metadata "
                         "search not enabled</Code><Message/><RequestId>r</RequestId></Error>");
  EXPECT_EQ(error.code(), "Metadata search not enabled");
  EXPECT_EQ(error.message(), "");
  EXPECT_EQ(error.request_id(), "r");
}

TEST(RestXmlError, ReadsTheWrappedForm) {
  Error error = error_of(400,
                         "<ErrorResponse xmlns='urn:x'><Error><Type>Sender</Type><Code>Bad</Code>"
                         "<Message>m</Message><List><a>1</a></List></Error>"
                         "<RequestId>r1</RequestId></ErrorResponse>");
  EXPECT_EQ(error.code(), "Bad");
  EXPECT_EQ(error.request_id(), "r1");
  EXPECT_EQ((*error.fields())["Error"]["List"]["a"], Value("1"));
}

TEST(RestXmlError, PutsModelledMembersBesideError) {
  Error error = error_of(409,
                         "<Error><Code>Oops</Code><Message>m</Message><Detail>d</Detail>"
                         "<Count>3</Count></Error>",
                         {{"X-H", "v"}});
  EXPECT_EQ((*error.fields())["Detail"], Value("d"));
  EXPECT_EQ((*error.fields())["Count"], Value(3));
  EXPECT_EQ((*error.fields())["H"], Value("v"));
}

TEST(RestXmlError, SurvivesModelledMembersThatCannotBeRead) {
  Error error = error_of(409, "<Error><Code>Oops</Code><Count>many</Count></Error>");
  EXPECT_EQ(error.code(), "Oops");
  EXPECT_EQ(error.message(), "Unknown");
}

TEST(RestXmlError, TakesCodeAndMessageFromTheStatusWhereTheBodySaysNothing) {
  for (std::string_view body : {"", "   ", "{}", "plain text", "<Error>", "<Error/><Error/>"}) {
    Error error = error_of(404, body, {{"x-amz-request-id", "R1"}});
    EXPECT_EQ(error.code(), "404") << body;
    EXPECT_EQ(error.message(), "Not Found") << body;
    EXPECT_EQ(error.request_id(), "R1") << body;
    EXPECT_TRUE(error.is("NotFound"));
  }
  EXPECT_EQ(error_of(503, " <html>busy</html>").code(), "503");
  EXPECT_EQ(error_of(500, "\n").message(), "Internal Server Error");
}

TEST(RestXmlError, TakesTheReasonOfAnUnknownStatusFromTheAnswer) {
  auto model = small_model("{}", "'Unused':{'type':'string'}");
  HttpResponse head = answer(599);
  head.reason = "Odd";
  EXPECT_EQ(parse_error(model->operations()[0], "rest-xml", head, "").message(), "Odd");
  EXPECT_EQ(parse_error(model->operations()[0], "unknown", answer(404), "").code(), "404");
}

TEST(RestXmlError, MissingCodeAndMessageAreUnknown) {
  Error error = error_of(400, "<Error><Key>k</Key></Error>");
  EXPECT_EQ(error.code(), "Unknown");
  EXPECT_EQ(error.message(), "Unknown");
}

TEST(RestXmlError, ReadsLargeDocumentsInLinearTime) {
  std::string body = "<Error><Code>C</Code>";
  for (int i = 0; i < 50'000; ++i) body += fmt::format("<f{}>x</f{}>", i, i);
  EXPECT_EQ(error_of(400, body + "</Error>").fields()->operator[]("Error").size(), 50'001u);
}

}  // namespace
}  // namespace botocxx::protocol
