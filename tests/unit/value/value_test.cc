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

}  // namespace
}  // namespace botocxx
