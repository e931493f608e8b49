#include "codec/json.h"
#include "protocol/event_encoder.h"
#include "protocol/event_parser.h"
#include "protocol/event_source.h"
#include "protocol/parser.h"
#include "protocol/serializer.h"
#include "unit/protocol/event_messages.h"
#include "unit/protocol/small_model.h"

#include <gtest/gtest.h>

namespace botocxx::protocol {
namespace {

using codec::EventFrame;
using codec::EventHeaderType;
using std::string_literals::operator""s;

constexpr std::string_view kShapes =
    "'Out':{'type':'structure','members':{'Id':{'shape':'S','location':'header','locationName':"
    "'x-id'},'Events':{'shape':'Stream'}},'payload':'Events'},"
    "'In':{'type':'structure','members':{'Name':{'shape':'S','location':'header','locationName':"
    "'x-name'},'Events':{'shape':'Stream'}},'payload':'Events'},"
    "'Stream':{'type':'structure','eventstream':true,'members':{'Octets':{'shape':'Octets'},"
    "'Words':{'shape':'Words'},'Doc':{'shape':'Doc'},'Body':{'shape':'Body'},'Head':{'shape':"
    "'Head'},'None':{'shape':'None'},'Oops':{'shape':'Oops'}}},"
    "'Octets':{'type':'structure','event':true,'members':{'Data':{'shape':'X','eventpayload':true},"
    "'Kind':{'shape':'S','eventheader':true}}},"
    "'Words':{'type':'structure','event':true,'members':{'Text':{'shape':'S','eventpayload':true}}}"
    ",'Doc':{'type':'structure','event':true,'members':{'Details':{'shape':'Details',"
    "'eventpayload':true},'At':{'shape':'T','eventheader':true}}},"
    "'Details':{'type':'structure','members':{'A':{'shape':'I'},'B':{'shape':'Ss'}}},"
    "'Body':{'type':'structure','event':true,'members':{'First':{'shape':'S','eventheader':true},"
    "'A':{'shape':'I'},'At':{'shape':'T'}}},"
    "'Head':{'type':'structure','event':true,'members':{'Flag':{'shape':'B','eventheader':true},"
    "'Byte':{'shape':'Byte','eventheader':true},'Short':{'shape':'Short','eventheader':true},"
    "'Int':{'shape':'I','eventheader':true},'Long':{'shape':'L','eventheader':true},'Data':{'shape'"
    ":"
    "'X','eventheader':true},'Text':{'shape':'S','eventheader':true},'At':{'shape':'T',"
    "'eventheader':true}}},'Byte':{'type':'byte'},'Short':{'type':'short'},"
    "'None':{'type':'structure','event':true,'members':{}},"
    "'Oops':{'type':'structure','exception':true,'members':{'message':{'shape':'S'},'Retry':{"
    "'shape':'I'}}}";

const ServiceModel& model() {
  static const auto made = small_model("{'method':'POST','requestUri':'/'}", std::string(kShapes));
  return *made;
}

Operation operation() { return model().operations()[0]; }
Shape stream() { return operation().event_stream_output()->shape(); }
EventDocuments documents() { return event_documents("rest-xml").value(); }

Result<std::optional<Value>> parse(const EventFrame& frame) {
  return parse_event(stream(), frame, documents());
}

Value parsed(const EventFrame& frame) { return parse(frame).value().value(); }

Error error_of(const EventFrame& frame) {
  auto event = parse(frame);
  return event ? Error(ErrorKind::kInternal, "none", "no error") : event.error();
}

EventFrame encoded(const Value& event) {
  return EventEncoder(stream(), documents()).encode(event).value();
}

std::string encoding_problem(const Value& event) {
  auto frame = EventEncoder(stream(), documents()).encode(event);
  if (frame) return "no error";
  EXPECT_EQ(frame.error().code(), "ParamValidation");
  return frame.error().message();
}

// --- From messages

TEST(ParseEvent, TakesPayloadsOfEveryKind) {
  EXPECT_EQ(parsed(plain_event("Octets", "\0\xff"s)),
            (Value{{"Octets", {{"Data", Bytes{"\0\xff"s}}}}}));
  EXPECT_EQ(parsed(plain_event("Octets")), (Value{{"Octets", {{"Data", Bytes{""}}}}}));
  EXPECT_EQ(parsed(plain_event("Words", "some text")), (Value{{"Words", {{"Text", "some text"}}}}));
  EXPECT_EQ(parsed(plain_event("Doc", "<D><A>1</A><B><member>x</member></B></D>")),
            (Value{{"Doc", {{"Details", {{"A", 1}, {"B", Value::list({"x"})}}}}}}));
  EXPECT_EQ(parsed(plain_event("None")), (Value{{"None", Value::object()}}));
}

TEST(ParseEvent, ReadsTheWholeEventFromThePayloadWhereNoMemberIsMarked) {
  auto frame = plain_event("Body", "<Body><A>7</A><First>hidden</First></Body>");
  frame.add_text("First", "seen");
  Value event = parsed(frame);
  EXPECT_EQ(codec::write_json(event), R"({"Body":{"First":"seen","A":7}})");
}

TEST(ParseEvent, TakesHeadersByTheirOwnTypes) {
  auto frame = plain_event("Head");
  frame.headers.push_back({"Flag", EventHeaderType::kFalse, Value(false)});
  frame.headers.push_back({"Int", EventHeaderType::kByte, Value(-3)});
  frame.headers.push_back({"Data", EventHeaderType::kByteArray, Value(Bytes{"x"})});
  frame.headers.push_back({"At", EventHeaderType::kTimestamp, Value(-1)});
  frame.headers.push_back({"unknown", EventHeaderType::kLong, Value(1)});
  Value event = parsed(frame)["Head"];
  EXPECT_EQ(event["Flag"], Value(false));
  EXPECT_EQ(event["Int"], Value(-3));
  EXPECT_EQ(event["Data"], Value(Bytes{"x"}));
  EXPECT_EQ(event["At"].as_timestamp(), Timestamp::from_unix(-1, 999'000'000));
  EXPECT_EQ(event.size(), 4U);
}

TEST(ParseEvent, OwnsWhatItReturns) {
  auto frame = plain_event("Words", std::string(1000, 'w'));
  Value event = parsed(frame);
  frame.payload.assign(1000, 'x');
  EXPECT_EQ(event["Words"]["Text"].as_string(), std::string(1000, 'w'));
}

TEST(ParseEvent, LeavesOutWhatTheModelDoesNotKnow) {
  EXPECT_FALSE(parse(plain_event("FromTheFuture", "<x/>")).value());
  EXPECT_FALSE(parse(plain_event("words")).value());
  EXPECT_FALSE(parse(EventFrame()).value());
  EXPECT_FALSE(parse(plain_event(kInitialResponse)).value());
}

TEST(ParseEvent, ReportsModelledExceptionsWithTheirMembers) {
  Error error =
      error_of(event_message({{":message-type", "exception"}, {":exception-type", "Oops"}},
                             "<Oops><message>not now</message><Retry>5</Retry></Oops>"));
  EXPECT_EQ(error.kind(), ErrorKind::kService);
  EXPECT_EQ(error.code(), "Oops");
  EXPECT_EQ(error.message(), "not now");
  EXPECT_EQ((*error.fields())["Retry"], Value(5));
  EXPECT_EQ(error.fields()->at("Error.Code"), Value("Oops"));
}

TEST(ParseEvent, ReportsAnExceptionWhoseWordsCannotBeRead) {
  Error error = error_of(
      event_message({{":message-type", "exception"}, {":exception-type", "Oops"}}, "<broken"));
  EXPECT_EQ(error.kind(), ErrorKind::kService);
  EXPECT_EQ(error.code(), "Oops");
  EXPECT_EQ(error.message(), "");
}

TEST(ParseEvent, ReportsErrorsByTheirHeaders) {
  Error error = error_of(event_message(
      {{":message-type", "error"}, {":error-code", "Busy"}, {":error-message", "try later"}}));
  EXPECT_EQ(error.code(), "Busy");
  EXPECT_EQ(error.message(), "try later");
  EXPECT_EQ(
      error_of(event_message({{":message-type", "exception"}, {":exception-type", "New"}})).code(),
      "New");
  EXPECT_EQ(error_of(event_message({{":message-type", "error"}})).code(), "");
}

TEST(ParseEvent, SaysWhereAPayloadCannotBeUnderstood) {
  Error error = error_of(plain_event("Doc", "<D><A>many</A></D>"));
  EXPECT_EQ(error.kind(), ErrorKind::kParse);
  EXPECT_EQ(error.code(), "ResponseParser");
  ASSERT_FALSE(error.context().empty());
  EXPECT_EQ(error.context()[0].second, "Doc.Details.A");
  EXPECT_EQ(error_of(plain_event("Doc", "<D")).code(), "ResponseParser");
  EXPECT_EQ(error_of(plain_event("Words", "\xff")).code(), "ResponseParser");
  auto frame = plain_event("Doc", "<D/>");
  frame.add_text("At", "yesterday");
  EXPECT_EQ(error_of(frame).code(), "ResponseParser");
}

TEST(CheckInitialResponse, WantsIt) {
  auto check = [](const std::optional<EventFrame>& frame) {
    auto good = check_initial_response(stream(), frame, documents());
    return good ? "good"s : good.error().code();
  };
  EXPECT_EQ(check(plain_event(kInitialResponse)), "good");
  EXPECT_EQ(check(plain_event("Words")), "ResponseParser");
  EXPECT_EQ(check(std::nullopt), "ResponseParser");
  EXPECT_EQ(check(event_message({{":message-type", "exception"}, {":exception-type", "Oops"}})),
            "Oops");
}

TEST(ParseOutput, LeavesTheStreamToItsReader) {
  HttpResponse head;
  head.status = 200;
  head.headers.add("x-id", "1");
  Value output =
      parse_output(operation(), "rest-xml", head, "", std::pmr::get_default_resource()).value();
  EXPECT_EQ(output, (Value{{"Id", "1"}}));
}

// --- The source

/// Gives its octets in pieces of one size.
class Dripping : public ByteStream {
 public:
  Dripping(std::string octets, std::size_t size) : octets_(std::move(octets)), size_(size) {}
  Result<std::size_t> read(std::span<std::byte> out) override {
    std::size_t count = std::min({out.size(), size_, octets_.size() - at_});
    std::copy_n(octets_.data() + at_, count, reinterpret_cast<char*>(out.data()));
    at_ += count;
    return count;
  }

 private:
  std::string octets_;
  std::size_t size_, at_ = 0;
};

TEST(EventSource, FindsTheSameMessagesInPiecesOfAnySize) {
  std::string octets = octets_of(
      {plain_event("A", "one"), plain_event("B"), plain_event("C", std::string(500, 'c'))});
  for (std::size_t size : {std::size_t{1}, std::size_t{7}, std::size_t{64}, octets.size()}) {
    EventSource source{Body(std::make_shared<Dripping>(octets, size))};
    std::string types;
    while (auto frame = source.next().value()) types += frame->text(":event-type");
    EXPECT_EQ(types, "ABC");
    EXPECT_FALSE(source.next().value());
  }
}

TEST(EventSource, ReportsAStreamThatEndsWithinAMessage) {
  std::string octets = octets_of({plain_event("A", "one")});
  for (std::size_t size = 1; size < octets.size(); ++size) {
    EventSource source{Body(octets.substr(0, size))};
    auto frame = source.next();
    ASSERT_FALSE(frame);
    EXPECT_EQ(frame.error().kind(), ErrorKind::kTransport);
    EXPECT_EQ(frame.error().code(), "IncompleteRead");
  }
  EXPECT_FALSE(EventSource(Body()).next().value());
}

TEST(EventSource, HasNothingMoreOnceClosed) {
  EventSource source{Body(octets_of({plain_event("A"), plain_event("B")}))};
  EXPECT_TRUE(source.next().value());
  source.close();
  EXPECT_FALSE(source.next().value());
}

// --- To messages

TEST(EventEncoder, PutsMembersWhereTheShapeSays) {
  EventFrame octets = encoded({{"Octets", {{"Data", Bytes{"\0"s}}, {"Kind", "wav"}}}});
  EXPECT_EQ(octets.text(":message-type"), "event");
  EXPECT_EQ(octets.text(":event-type"), "Octets");
  EXPECT_EQ(octets.text(":content-type"), "application/octet-stream");
  EXPECT_EQ(octets.text("Kind"), "wav");
  EXPECT_EQ(octets.payload, "\0"s);
  EventFrame words = encoded({{"Words", {{"Text", "hello"}}}});
  EXPECT_EQ(words.text(":content-type"), "text/plain");
  EXPECT_EQ(words.payload, "hello");
  EventFrame doc = encoded({{"Doc", {{"Details", {{"A", 1}}}, {"At", 1.5}}}});
  EXPECT_EQ(doc.text(":content-type"), "application/xml");
  EXPECT_EQ(doc.find("At")->type, EventHeaderType::kTimestamp);
  EXPECT_EQ(doc.find("At")->value, Value(1500));
  EventFrame body = encoded({{"Body", {{"First", "1"}, {"A", 2}}}});
  EXPECT_EQ(body.payload, "<Body><A>2</A></Body>");
}

TEST(EventEncoder, GivesNoContentTypeWhereThereIsNoContent) {
  EventFrame head = encoded({{"Head", {{"Text", "t"}}}});
  EXPECT_EQ(head.find(":content-type"), nullptr);
  EXPECT_EQ(head.payload, "");
  EXPECT_EQ(encoded({{"Octets", Value::object()}}).find(":content-type"), nullptr);
}

TEST(EventEncoder, MakesAnExceptionOfAnExceptionsShape) {
  EventFrame oops = encoded({{"Oops", {{"message", "no"}}}});
  EXPECT_EQ(oops.text(":message-type"), "exception");
  EXPECT_EQ(oops.text(":exception-type"), "Oops");
  EXPECT_EQ(error_of(oops).message(), "no");
}

TEST(EventEncoder, IsTheInverseOfParsing) {
  for (const Value& event :
       std::vector<Value>{{{"Octets", {{"Data", Bytes{"\xff"}}, {"Kind", "k"}}}},
                          {{"Words", {{"Text", "\xc3\xa4"}}}},
                          {{"Doc",
                            {{"Details", {{"A", 1}, {"B", Value::list({"x", "y"})}}},
                             {"At", Timestamp::from_unix(-5, 250'000'000)}}}},
                          {{"Body", {{"First", "f"}, {"A", 3}, {"At", Timestamp::from_unix(1)}}}},
                          {{"Head",
                            {{"Flag", true},
                             {"Byte", -128},
                             {"Short", 32767},
                             {"Int", -1},
                             {"Long", std::int64_t{1} << 62},
                             {"Data", Bytes{"d"}},
                             {"Text", "t"},
                             {"At", Timestamp::from_unix(7)}}}},
                          {{"None", Value::object()}}}) {
    std::string octets;
    ASSERT_TRUE(codec::append_event_frame(octets, encoded(event)));
    std::string_view rest = octets;
    EXPECT_EQ(parsed(*codec::EventFrameDecoder().take(rest).value()), event)
        << codec::write_json(event);
  }
}

TEST(EventEncoder, SaysWhatIsWrongWithAnEvent) {
  EXPECT_NE(encoding_problem(Value::object()), "no error");
  EXPECT_NE(encoding_problem(Value("Words")), "no error");
  EXPECT_NE(encoding_problem({{"Words", Value::object()}, {"None", Value::object()}}), "no error");
  EXPECT_EQ(encoding_problem({{"Wrods", Value::object()}}),
            "Parameter validation failed:\nUnknown parameter in Stream: \"Wrods\"");
  EXPECT_NE(encoding_problem({{"Words", 1}}), "no error");
  EXPECT_NE(encoding_problem({{"Words", {{"Text", 1}}}}), "no error");
  EXPECT_NE(encoding_problem({{"Head", {{"Flag", 1}}}}), "no error");
  EXPECT_NE(encoding_problem({{"Head", {{"Int", "1"}}}}), "no error");
  EXPECT_NE(encoding_problem({{"Head", {{"Text", false}}}}), "no error");
}

TEST(Serialize, PutsEventsIntoTheBodyAndTheOtherMembersIntoTheHead) {
  Value params{
      {"Name", "n"},
      {"Events", Value::list({{{"Words", {{"Text", "a"}}}}, {{"None", Value::object()}}})}};
  auto request = serialize(operation(), "rest-xml", params).value();
  EXPECT_EQ(request.headers.get("Content-Type"), "application/vnd.amazon.eventstream");
  EXPECT_EQ(request.headers.get("x-name"), "n");
  EventSource source(request.body);
  EXPECT_EQ(source.next().value()->text(":event-type"), "Words");
  EXPECT_EQ(source.next().value()->text(":event-type"), "None");
  EXPECT_FALSE(source.next().value());
}

TEST(Serialize, NamesTheEventThatCannotBeSent) {
  Value params{{"Events", Value::list({{{"None", Value::object()}}, {{"Head", {{"Byte", 200}}}}})}};
  auto request = serialize(operation(), "rest-xml", params);
  ASSERT_FALSE(request);
  EXPECT_EQ(request.error().code(), "InvalidEventMessage");
  EXPECT_EQ(request.error().context()[0].second, "Events[1]");
  EXPECT_FALSE(serialize(operation(), "rest-xml", {{"Events", "text"}}));
}

TEST(EventDocuments, AreMissingInProtocolsWithoutEventStreams) {
  EXPECT_FALSE(event_documents("smoke-signals"));
  EXPECT_FALSE(has_initial_messages("rest-xml"));
  EXPECT_FALSE(has_initial_messages("rest-json"));
  EXPECT_TRUE(has_initial_messages("json"));
  EXPECT_TRUE(has_initial_messages("smithy-rpc-v2-cbor"));
}

}  // namespace
}  // namespace botocxx::protocol
