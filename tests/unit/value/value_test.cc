#include <botocxx/value/value.h>

#include <gtest/gtest.h>

namespace botocxx {
namespace {

TEST(Value, BracesOfPairsBuildAnObjectInTheirOrder) {
  Value v{{"Bucket", "photos"}, {"MaxKeys", 10}, {"Tags", {"a", "b"}}};
  ASSERT_TRUE(v.is_object());
  EXPECT_EQ(v["Bucket"].as_string(), "photos");
  EXPECT_EQ(v["MaxKeys"].as_int(), 10);
  EXPECT_TRUE(v["Tags"].is_list());
  EXPECT_EQ(v.members()[1].key.view(), "MaxKeys");
}

TEST(Value, OnePairIsAnObjectToo) {
  Value v{{"Bucket", "b"}};
  EXPECT_EQ(v["Bucket"].as_string(), "b");
}

TEST(Value, MissingMembersAreNullAllTheWayDown) {
  Value v{{"A", 1}};
  EXPECT_TRUE(v["x"]["y"][3]["z"].is_null());
}

TEST(Value, ReadingAsAnotherKindThrowsTypeErrorThatNamesBoth) {
  Value v("text");
  try {
    v.as_int();
    FAIL();
  } catch (const TypeError& e) {
    EXPECT_STREQ(e.what(), "expected a value of kind integer, found string");
  }
}

TEST(Value, AtFollowsPathsAndNamesTheMissingPart) {
  Value v{{"A", Value::object({{"B", Value::list({1, Value{{"C", "x"}}})}})}};
  EXPECT_EQ(v.at("A.B[1].C").as_string(), "x");
  EXPECT_THROW(v.at("A.B[2]"), TypeError);
  EXPECT_THROW(v.at("A.B[x]"), TypeError);
  EXPECT_THROW(v.at("A.Z"), TypeError);
}

TEST(Value, CopiesAreIndependentAlsoOfBorrowedText) {
  std::string text(100, 'x');
  Value copy;
  {
    std::string gone = text;
    std::pmr::monotonic_buffer_resource arena;
    Value v(&arena);
    v.append_member(Key::borrow(gone), Value::borrow_string(gone, &arena));
    copy = v;
  }
  EXPECT_EQ(copy[text].as_string(), text);
}

TEST(Value, AssigningAPartOfItselfKeepsThePart) {
  Value v{{"A", Value::object({{"B", std::string(50, 'q')}})}};
  v = Value(v["A"]);
  EXPECT_EQ(v["B"].as_string(), std::string(50, 'q'));
  Value w{{"A", Value::list({1, 2})}};
  w = std::move(*w.find("A"));
  EXPECT_EQ(w.size(), 2u);
}

TEST(Value, EraseKeepsTheOthersInOrder) {
  std::string long_name(40, 'k');
  Value v{{"a", 1}, {long_name, 2}, {"c", 3}};
  EXPECT_TRUE(v.erase(long_name));
  EXPECT_FALSE(v.erase(long_name));
  ASSERT_EQ(v.size(), 2u);
  EXPECT_EQ(v.members()[1].key.view(), "c");
}

TEST(Value, EqualityIgnoresMemberOrderAndNumberKind) {
  EXPECT_EQ((Value{{"a", 1}, {"b", 2.0}}), (Value{{"b", 2}, {"a", 1}}));
  EXPECT_FALSE((Value{{"a", 1}}) == (Value{{"a", "1"}}));
}

TEST(Value, AnObjectOfSomethingElseThanPairsIsRefused) {
  EXPECT_THROW(Value::object({1, 2}), TypeError);
}

TEST(Value, PairsThatRepeatANameAreAListSoThatNothingIsLost) {
  Value rows{{"a", 1}, {"a", 2}};
  ASSERT_TRUE(rows.is_list());
  EXPECT_EQ(rows[1][1], 2);
}

TEST(Value, BracesNestAsTheHeaderSays) {
  Value keys{{"Keys", {"a", "b"}}};
  EXPECT_TRUE(keys["Keys"].is_list());
  Value tags{{"Tags", {{"colour", "teal"}}}};
  EXPECT_EQ(tags.at("Tags.colour"), "teal");
  Value objects{{"Objects", {{{"Key", "a"}}, {{"Key", "b"}}}}};
  EXPECT_EQ(objects.at("Objects[1].Key"), "b");
  Value one{{"Objects", {{{"Key", "a"}}}}};
  EXPECT_EQ(one.at("Objects[0].Key"), "a");
  Value rows{{"Rows", Value::list({{"a", "b"}})}};
  EXPECT_EQ(rows.at("Rows[0][1]"), "b");
  Value empty{{"Null", {}}, {"Object", Value::object()}};
  EXPECT_TRUE(empty["Null"].is_null());
  EXPECT_TRUE(empty["Object"].is_object());
}

TEST(Value, ANullPointerIsNull) {
  const char* nothing = nullptr;
  EXPECT_TRUE(Value(nothing).is_null());
}

TEST(Value, NumbersBeyond64BitsWithASignBecomeDoubles) {
  EXPECT_EQ(Value(std::uint64_t{1} << 63).as_double(), 9223372036854775808.0);
  EXPECT_EQ(Value(std::uint64_t{7}).as_int(), 7);
}

}  // namespace
}  // namespace botocxx
