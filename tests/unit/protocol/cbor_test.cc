#include "protocol/event_documents.h"
#include "protocol/parser.h"
#include "protocol/serializer.h"
#include "support/hex.h"
#include "unit/protocol/small_model.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

namespace botocxx::protocol {
namespace {

using testing_support::octets;

constexpr std::string_view kProtocol = "smithy-rpc-v2-cbor";
constexpr std::string_view kMetadata = ",'targetPrefix':'Small'";

std::string hex_of(std::string_view octets) {
  std::string out;
  for (unsigned char c : octets) out += fmt::format("{:02x}", c);
  return out;
}

Result<SerializedRequest> request_of(std::string members, const Value& params,
                                     std::string_view more = "",
                                     std::string_view metadata = kMetadata) {
  auto model = small_model("{}",
                           "'In':{'type':'structure','members':{" + members + "}}" +
                               ",'F4':{'type':'float'},'Fs':{'type':'list','member':"
                               "{'shape':'F4'}},'Bs':{'type':'list','member':{'shape':'B'}}",
                           more, metadata);
  return serialize(model->operations()[0], kProtocol, params);
}

std::string body_of(std::string members, const Value& params) {
  auto request = request_of(std::move(members), params);
  return request ? hex_of(request->body.bytes()) : request.error().message();
}

TEST(CborRequest, NamesTheOperationInThePathAndTheProtocolInHeaders) {
  auto request = request_of("'S':{'shape':'S'}", Value::object());
  ASSERT_TRUE(request) << request.error().describe();
  EXPECT_EQ(request->method, "POST");
  EXPECT_EQ(request->path, "/service/Small/operation/Op");
  EXPECT_EQ(request->headers.get("smithy-protocol"), "rpc-v2-cbor");
  EXPECT_EQ(request->headers.get("Accept"), "application/cbor");
  EXPECT_EQ(request->headers.get("Content-Type"), "application/cbor");
  EXPECT_FALSE(request->headers.contains("x-amzn-query-mode"));
  EXPECT_EQ(hex_of(request->body.bytes()), "a0");
}

TEST(CborRequest, HasNoBodyWithoutAnInput) {
  auto model = small_model("{}", "'Other':{'type':'structure','members':{}}", "", kMetadata);
  auto request = serialize(model->operations()[0], kProtocol, Value::object());
  ASSERT_TRUE(request) << request.error().describe();
  EXPECT_TRUE(request->body.bytes().empty());
  EXPECT_FALSE(request->headers.contains("Content-Type"));
}

TEST(CborRequest, AsksForTheCodesOfTheQueryProtocolWhereTheModelSaysSo) {
  auto request = request_of("'S':{'shape':'S'}", Value::object(), "",
                            ",'targetPrefix':'Small','awsQueryCompatible':{}");
  ASSERT_TRUE(request) << request.error().describe();
  EXPECT_EQ(request->headers.get("x-amzn-query-mode"), "true");
}

TEST(CborRequest, AcceptsAnEventStreamWhereTheOutputHasOne) {
  auto model = small_model(
      "{}",
      "'In':{'type':'structure','members':{}},'Out':{'type':'structure','members':{'E':{'shape':"
      "'E'}}},'E':{'type':'structure','eventstream':true,'members':{}}",
      "", kMetadata);
  auto request = serialize(model->operations()[0], kProtocol, Value::object());
  ASSERT_TRUE(request) << request.error().describe();
  EXPECT_EQ(request->headers.get("Accept"), "application/vnd.amazon.eventstream");
  EXPECT_EQ(request->headers.get("Content-Type"), "application/vnd.amazon.eventstream");
}

TEST(CborRequest, FailsForAModelWithoutATargetPrefix) {
  auto request = request_of("'S':{'shape':'S'}", Value::object(), "", "");
  ASSERT_FALSE(request);
  EXPECT_EQ(request.error().kind(), ErrorKind::kModel);
}

TEST(CborRequest, WritesScalars) {
  EXPECT_EQ(body_of("'S':{'shape':'S'}", {{"S", "\u00e9"}}), "a1615362c3a9");
  EXPECT_EQ(body_of("'I':{'shape':'I'}", {{"I", -500}}), "a161493901f3");
  EXPECT_EQ(body_of("'I':{'shape':'I'}", {{"I", true}}), "a1614901");
  EXPECT_EQ(body_of("'B':{'shape':'B'}", {{"B", false}}), "a16142f4");
  EXPECT_EQ(body_of("'F':{'shape':'F'}", {{"F", 1}}), "a16146fb3ff0000000000000");
  EXPECT_EQ(body_of("'F':{'shape':'F4'}", {{"F", 0.1}}), "a16146fa3dcccccd");
  EXPECT_EQ(body_of("'X':{'shape':'X'}", {{"X", Bytes{"hi"}}}), "a16158426869");
  EXPECT_EQ(body_of("'X':{'shape':'X'}", {{"X", "hi"}}), "a16158426869");
  EXPECT_EQ(body_of("'M':{'shape':'M'}", {{"M", {{"k", "v"}}}}), "a1614da1616b6176");
}

TEST(CborRequest, WritesSpecialFloatsInTwoOctets) {
  EXPECT_EQ(body_of("'F':{'shape':'F'}", {{"F", HUGE_VAL}}), "a16146f97c00");
  EXPECT_EQ(body_of("'F':{'shape':'F4'}", {{"F", -HUGE_VAL}}), "a16146f9fc00");
  EXPECT_EQ(body_of("'F':{'shape':'F'}", {{"F", std::nan("")}}), "a16146f97e00");
  EXPECT_EQ(body_of("'F':{'shape':'F'}", {{"F", "NaN"}}), "a16146f97e00");
}

TEST(CborRequest, WritesTimestampsAsWholeSeconds) {
  std::string time = "'T':{'shape':'T'}";
  EXPECT_EQ(body_of(time, {{"T", Timestamp::from_unix(1363896240, 5)}}), "a16154c11a514b67b0");
  EXPECT_EQ(body_of(time, {{"T", "1970-01-01T00:00:07Z"}}), "a16154c107");
  EXPECT_EQ(body_of(time, {{"T", -5}}), "a16154c124") << "before 1970";
  EXPECT_EQ(body_of("'T':{'shape':'T','timestampFormat':'rfc822'}", {{"T", 7}}), "a16154c107");
}

TEST(CborRequest, UsesTheNamesOfTheModel) {
  EXPECT_EQ(body_of("'S':{'shape':'S','locationName':'other'}", {{"S", "v"}}),
            "a1656f746865726176");
}

TEST(CborRequest, LeavesNullsOutOfStructuresOnly) {
  EXPECT_EQ(body_of("'S':{'shape':'S'},'I':{'shape':'I'}", {{"S", nullptr}, {"I", 1}}), "a1614901");
  EXPECT_EQ(body_of("'L':{'shape':'Ss'}", {{"L", Value::list({"a", nullptr})}}), "a1614c826161f6");
  EXPECT_EQ(body_of("'L':{'shape':'Bs'}", {{"L", Value::list({true, nullptr})}}), "a1614c82f5f6");
  EXPECT_EQ(body_of("'M':{'shape':'M'}", {{"M", {{"k", nullptr}}}}), "a1614da1616bf6");
}

TEST(CborRequest, ReadsAStreamThatIsPartOfTheDocument) {
  int reads = 0;
  Body body = Body::from_callback([&](std::span<std::byte> out) -> Result<std::size_t> {
    if (reads++ > 0) return std::size_t{0};
    out[0] = std::byte{'h'};
    out[1] = std::byte{'i'};
    return std::size_t{2};
  });
  EXPECT_EQ(body_of("'X':{'shape':'X'}", {{"X", body}}), "a16158426869");
  Body broken = Body::from_callback([](std::span<std::byte>) -> Result<std::size_t> {
    return Error(ErrorKind::kUsage, "Broken", "the disk is gone");
  });
  EXPECT_EQ(body_of("'X':{'shape':'X'}", {{"X", broken}}), "the disk is gone");
}

TEST(CborRequest, NamesWhatCannotBeSent) {
  auto names = [](std::string members, const Value& params, std::string_view text) {
    auto request = request_of(std::move(members), params);
    ASSERT_FALSE(request);
    EXPECT_EQ(request.error().code(), "ParamValidation");
    EXPECT_NE(request.error().message().find(text), std::string::npos) << request.error().message();
  };
  names("'S':{'shape':'S'}", {{"Nope", 1}}, "\"Nope\"");
  names("'S':{'shape':'S'}", {{"S", 1}}, "S must be a text, found 1");
  names("'I':{'shape':'I'}", {{"I", 1.5}}, "I must be an integer, found 1.5");
  names("'F':{'shape':'F4'}", {{"F", 1e39}}, "four octets");
  names("'F':{'shape':'F'}", {{"F", "x"}}, "F must be a number");
  names("'L':{'shape':'Ss'}", {{"L", "x"}}, "L must be a list");
  names("'M':{'shape':'M'}", {{"M", 1}}, "M must be a map");
  names("'X':{'shape':'X'}", {{"X", 1}}, "expected octets");
  names("'T':{'shape':'T'}", {{"T", Value::list()}}, "timestamp");
  names("'S':{'shape':'S'}", {{"S", Body("text")}}, "S must be a text");
}

// -- answers

HttpResponse answer(int status, std::initializer_list<Headers::Field> headers = {}) {
  HttpResponse head;
  head.status = status;
  for (const Headers::Field& field : headers) head.headers.add(field.name, field.value);
  return head;
}

constexpr std::string_view kOutput =
    "'Out':{'type':'structure','members':{'S':{'shape':'S'},'I':{'shape':'I'},'F':{'shape':'F'},"
    "'X':{'shape':'X'},'T':{'shape':'T'},'L':{'shape':'Ss'},'M':{'shape':'M'},'N':{'shape':'S',"
    "'locationName':'other'},'U':{'shape':'U'},'R':{'shape':'Out'},'Q':{'shape':'Q'}}},"
    "'Q':{'type':'map','key':{'shape':'S'},'value':{'shape':'Out'}},"
    "'U':{'type':'structure','union':true,'members':{'A':{'shape':'S'},'B':{'shape':'S'}}}";

// Values borrow names from the model and texts from the body: a copy owns them.
Result<Value> result_of(std::string_view body) {
  auto model = small_model("{}", std::string(kOutput), "", kMetadata);
  return parse_output(model->operations()[0], kProtocol, answer(200), body,
                      std::pmr::get_default_resource())
      .transform([](Value value) { return Value(value); });
}

std::string json_of(std::string_view hex) {
  auto result = result_of(octets(hex));
  return result ? codec::write_json(*result) : result.error().message();
}

TEST(CborResponse, ReadsScalarsAsTheyAre) {
  auto result =
      result_of(octets("a5 6153 6161  6149 3901f3  6146 f93c00  6158 420001  6154 c11a514b67b0"));
  ASSERT_TRUE(result) << result.error().describe();
  EXPECT_EQ((*result)["S"], Value("a"));
  EXPECT_EQ((*result)["I"], Value(-500));
  EXPECT_EQ((*result)["F"], Value(1.0));
  EXPECT_EQ((*result)["X"], Value(Bytes{std::string_view("\0\1", 2)}));
  EXPECT_EQ((*result)["T"], Value(Timestamp::from_unix(1363896240)));
  EXPECT_EQ(json_of("a2 6153 07  6149 6178"), "{\"S\":7,\"I\":\"x\"}") << "the model is not asked";
}

TEST(CborResponse, PutsMembersIntoTheModelsOrder) {
  EXPECT_EQ(json_of("bf 6146 f4  6149 f5  6153 6161 ff"), "{\"S\":\"a\",\"I\":true,\"F\":false}");
}

TEST(CborResponse, LetsTheLastOfARepeatedMemberCount) {
  EXPECT_EQ(json_of("a4 6149 01  6153 6161  6149 82 01 02  6149 f6"), "{\"S\":\"a\",\"I\":[1,2]}");
  EXPECT_EQ(json_of("a1 614d a3 6161 6131 6162 6132 6161 6133"),
            "{\"M\":{\"a\":\"3\",\"b\":\"2\"}}");
}

TEST(CborResponse, DropsNullsButThoseOfLists) {
  EXPECT_EQ(json_of("a3 6153 f6  614c 82f66161  614d a26161f76162 6163"),
            "{\"L\":[null,\"a\"],\"M\":{\"b\":\"c\"}}");
}

TEST(CborResponse, LooksForNamesOfMembersAndNotOfTheWire) {
  EXPECT_EQ(json_of("a2 614e 6161  656f74686572 6162"), "{\"N\":\"a\"}");
}

TEST(CborResponse, PassesWhatTheModelDoesNotKnow) {
  EXPECT_EQ(json_of("bf 617a 9f a1 01 c0 02 ff  07 80  a0 00  d820 01 02  6149 07 ff"),
            "{\"I\":7}");
  EXPECT_EQ(json_of("a1 6152 a2 617a a1 6153 01 6149 02"), "{\"R\":{\"I\":2}}");
}

TEST(CborResponse, ReadsStructuresInMapsByTheModel) {
  EXPECT_EQ(json_of("a1 6151 a2 616b a2 617a 01 6149 02  616c f6"), "{\"Q\":{\"k\":{\"I\":2}}}");
}

TEST(CborResponse, TakesAnEmptyBodyForAnEmptyDocument) { EXPECT_EQ(json_of(""), "{}"); }

TEST(CborResponse, IgnoresWhatFollowsTheDocument) { EXPECT_EQ(json_of("a0ffff"), "{}"); }

TEST(CborResponse, JoinsChunks) {
  EXPECT_EQ(json_of("a1 7f 6153 ff 7f 6161 6162 ff"), "{\"S\":\"ab\"}");
}

TEST(CborResponse, WantsOneMemberInAUnion) {
  EXPECT_EQ(json_of("a1 6155 a1 6141 6178"), "{\"U\":{\"A\":\"x\"}}");
  EXPECT_EQ(json_of("a1 6155 a3 6141 6178 6142 f6 665f5f74797065 6179"), "{\"U\":{\"A\":\"x\"}}");
  EXPECT_EQ(json_of("a1 6155 a1 617a 6178"), "{\"U\":{}}") << "one that the model does not know";
  std::string problem = "U: Invalid service response: U must have one and only one member set.";
  EXPECT_EQ(json_of("a1 6155 a0"), problem);
  EXPECT_EQ(json_of("a1 6155 a1 6141 f6"), problem);
  EXPECT_EQ(json_of("a1 6155 a2 6141 6178 6142 6179"), problem);
  EXPECT_EQ(json_of("a1 6155 a2 6141 6178 617a 6179"), problem);
}

TEST(CborResponse, SaysWhereAndWhatIsWrong) {
  EXPECT_EQ(json_of("f6"), "expected a map, found null");
  EXPECT_EQ(json_of("a1 6152 a1 614c 6161"), "R.L: expected an array, found text");
  EXPECT_EQ(json_of("a1 614d a1 01 6161"), "M: expected a text as key, found integer");
  EXPECT_EQ(json_of("a1 6154 c2 01").substr(0, 2), "T:");
  EXPECT_NE(json_of("a1 614c 82 6161").find("invalid CBOR received"), std::string::npos);
  auto result = result_of(octets("a1 614c 9f 6161 1c ff"));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code(), "ResponseParser");
  EXPECT_EQ(result.error().kind(), ErrorKind::kParse);
  EXPECT_EQ(
      result.error().message(),
      "L[1]: Unable to parse response, invalid CBOR received: octet 6: additional information "
      "28 is not allowed here");
}

TEST(CborResponse, RefusesTheHostile) {
  std::string nested;
  for (int i = 0; i < 100'000; ++i) nested += octets("a1 6152");
  EXPECT_FALSE(result_of(nested + "\xa0"));
  std::string lists = octets("a1 6153") + std::string(100'000, '\x81') + '\x01';
  EXPECT_FALSE(result_of(lists));
  std::string unknown = octets("a1 617a") + std::string(100'000, '\x9f');
  EXPECT_FALSE(result_of(unknown));
  for (std::string_view length :
       {"9bffffffffffffffff", "9a7fffffff", "5bffffffffffffffff", "bb7f"}) {
    EXPECT_FALSE(result_of(octets("a1 614c") + octets(length)));
  }
}

TEST(CborResponse, FailsAtEveryCut) {
  std::string whole = octets(
      "bf 6153 7f6161ff 614c 9f616161 62ff 614d a1616b6176 6155 a161416178 617a 820102 6154 c107 "
      "ff");
  ASSERT_TRUE(result_of(whole)) << result_of(whole).error().describe();
  for (std::size_t size = 1; size < whole.size(); ++size) {
    EXPECT_FALSE(result_of(whole.substr(0, size))) << size;
  }
}

TEST(CborResponse, ReadsWhatEventsHold) {
  auto documents = event_documents(kProtocol);
  ASSERT_TRUE(documents) << documents.error().describe();
  EXPECT_EQ(documents->content_type, "application/cbor");
  EXPECT_TRUE(has_initial_messages(kProtocol));
  auto model = small_model("{}", std::string(kOutput), "", kMetadata);
  Member output = *model->operations()[0].output();
  Value event{{"S", "a"}, {"X", Bytes{"hi"}}};
  auto document = documents->write(output, event);
  ASSERT_TRUE(document) << document.error().describe();
  EXPECT_EQ(hex_of(*document), "a2615361616158426869");
  Value read = Value::object();
  ASSERT_TRUE(documents->read(output.shape(), *document, read, std::pmr::get_default_resource()));
  EXPECT_EQ(Value(read), event);
}

// -- errors

Error error_of(const HttpResponse& head, std::string_view hex) {
  auto model = small_model("{}",
                           "'Oops':{'type':'structure','exception':true,'error':{'code':'Old'},"
                           "'members':{'message':{'shape':'S'},'I':{'shape':'I'}}},'Bad':{'type':"
                           "'structure','exception':true,'members':{'Message':{'shape':'S'}}}",
                           "", kMetadata);
  return parse_error(model->operations()[0], kProtocol, head, octets(hex));
}

const std::string kType = "665f5f74797065";

TEST(CborError, FindsTheCodeInTheType) {
  EXPECT_EQ(error_of(answer(400), "a1" + kType + "63426164").code(), "Bad");
  EXPECT_EQ(error_of(answer(400), "a1" + kType + "666e7323426164").code(), "Bad");
  EXPECT_EQ(error_of(answer(400), "a1" + kType + "6a 6e73 23 426164 3a 2f 2f 78").code(), "Bad");
}

TEST(CborError, ReadsMessagesAndModelledMembers) {
  Error error = error_of(answer(400, {{"x-amzn-requestid", "r-1"}}),
                         "a3" + kType + "634f6c64  676d657373616765 624869  6149 07");
  EXPECT_EQ(error.code(), "Old");
  EXPECT_EQ(error.message(), "Hi");
  EXPECT_EQ(error.request_id(), "r-1");
  EXPECT_EQ((*error.fields())["I"], Value(7));
  EXPECT_EQ(error_of(answer(400), "a1 674d657373616765 624869").message(), "Hi");
}

TEST(CborError, TakesTheStatusWhereThereIsNoCode) {
  EXPECT_EQ(error_of(answer(404), "a0").code(), "404");
  EXPECT_EQ(error_of(answer(404), "a0").message(), "");
  EXPECT_EQ(error_of(answer(404), "a1" + kType + "f6").code(), "404");
  EXPECT_EQ(error_of(answer(404), "a1" + kType + "07").code(), "404");
}

TEST(CborError, UnderstandsAnAnswerThatIsNotCbor) {
  for (std::string_view hex : {"", "3c68746d6c3e", "ff", "a1", "80", "1c"}) {
    Error error = error_of(answer(404), hex);
    EXPECT_EQ(error.code(), "404") << hex;
    EXPECT_EQ(error.message(), "Not Found") << hex;
  }
  EXPECT_EQ(error_of(answer(503), "").code(), "503");
}

TEST(CborError, ReportsTheQueryProtocolsCode) {
  auto code_of = [](std::string_view header) {
    return error_of(answer(400, {{"x-amzn-query-error", std::string(header)}}),
                    "a1" + kType + "63426164");
  };
  Error error = code_of("Old;Sender");
  EXPECT_EQ(error.code(), "Old");
  EXPECT_EQ((*error.fields())["Error"]["QueryErrorCode"], Value("Bad"));
  EXPECT_EQ((*error.fields())["Error"]["Type"], Value("Sender"));
  EXPECT_EQ(code_of(";Sender").code(), "Bad");
  EXPECT_EQ(code_of("Old").code(), "Bad");
  EXPECT_EQ(code_of("Old;Sender;x").code(), "Bad");
}

}  // namespace
}  // namespace botocxx::protocol
