#include "unit/protocol/small_model.h"
#include "validate/validate.h"
#include <botocxx/model/typed_json.h>

#include <gtest/gtest.h>

namespace botocxx::validate {
namespace {

Shape input() {
  static const auto model = protocol::small_model(
      "{'method':'POST','requestUri':'/'}",
      "'In':{'type':'structure','required':['Events'],'members':{'Events':{'shape':'Stream'}},"
      "'payload':'Events'},'Stream':{'type':'structure','eventstream':true,'members':{'Chunk':{"
      "'shape':'Chunk'},'End':{'shape':'End'}}},'Chunk':{'type':'structure','event':true,'members':"
      "{"
      "'Data':{'shape':'X','eventpayload':true},'Size':{'shape':'I','eventheader':true}}},"
      "'End':{'type':'structure','event':true,'required':['Why'],'members':{'Why':{'shape':'S'}}}");
  return model->operations()[0].input()->shape();
}

std::vector<std::string> problems(const Value& events) {
  return find_problems(Value::object({{"Events", events}}), input());
}

using Problems = std::vector<std::string>;

TEST(ValidateEvents, AcceptsAListOfObjectsWithOneMember) {
  EXPECT_EQ(problems(Value::list()), Problems());
  EXPECT_EQ(problems(Value::list(
                {{{"Chunk", {{"Data", "x"}, {"Size", 1}}}}, {{"End", {{"Why", "done"}}}}})),
            Problems());
}

TEST(ValidateEvents, NamesTheEventByItsIndex) {
  EXPECT_EQ(problems(Value::list({{{"Chunk", {{"Data", 1}}}}, {{"End", Value::object()}}})),
            (Problems{"Invalid type for parameter Events[0].Chunk.Data, value: 1, type: <class "
                      "'int'>, valid types: <class 'bytes'>, <class 'bytearray'>, file-like object",
                      "Missing required parameter in Events[1].End: \"Why\""}));
  EXPECT_EQ(problems(Value::list({{{"Chnk", Value::object()}}})),
            (Problems{"Unknown parameter in Events[0]: \"Chnk\", must be one of: Chunk, End"}));
}

TEST(ValidateEvents, WantsExactlyOneMember) {
  EXPECT_EQ(problems(Value::list({Value::object(), Value::object()})).size(), 2U);
  Value both{{"Chunk", Value::object()}, {"End", {{"Why", "x"}}}};
  Value events = Value::list();
  events.push_back(both);
  EXPECT_EQ(
      problems(events),
      (Problems{"Invalid number of parameters set for event Events[0]. Set exactly one of the "
                "following keys: Chunk, End."}));
}

TEST(ValidateEvents, RefusesWhatIsNoList) {
  EXPECT_EQ(problems(Value{{"Chunk", Value::object()}}).size(), 1U);
  EXPECT_EQ(problems("text"),
            (Problems{"Invalid type for parameter Events, value: text, type: <class 'str'>, valid "
                      "types: <class 'list'>, <class 'tuple'>"}));
  EXPECT_EQ(problems(Value::list({"text"})).size(), 1U);
  EXPECT_EQ(find_problems(Value::object(), input()),
            (Problems{"Missing required parameter in input: \"Events\""}));
}

TEST(TypedJson, ReadsTheBlobsOfEvents) {
  Value json{{"Events", Value::list({{{"Chunk", {{"Data", "aGk="}}}}, "odd"})}};
  Value typed = from_typed_json(json, input()).value();
  EXPECT_EQ(typed.at("Events[0].Chunk.Data"), Value(Bytes{"hi"}));
  EXPECT_EQ(typed.at("Events[1]"), Value("odd"));
  json = Value{{"Events", Value::list({{{"Chunk", {{"Data", "?"}}}}, "odd"})}};
  auto bad = from_typed_json(json, input());
  ASSERT_FALSE(bad);
  EXPECT_NE(bad.error().message().find("Events[0].Chunk.Data"), std::string::npos);
}

}  // namespace
}  // namespace botocxx::validate
