#include "events/handler_trie.h"

#include <gtest/gtest.h>

namespace botocxx::events {
namespace {

struct Probe : EventOf<EventKind::kBeforeCall> {
  std::string called;
};

class HandlerTrieTest : public testing::Test {
 protected:
  EventHandler add(std::string_view name, Section section = Section::kMiddle,
                   std::string_view label = "") {
    std::string text(label.empty() ? name : label);
    EventHandler handler([text](Event& event) {
      auto& called = static_cast<Probe&>(event).called;
      called += called.empty() ? text : ' ' + text;
    });
    trie_.append(name, handler, section);
    return handler;
  }
  std::string calls(std::string_view name) {
    Probe probe;
    for (const EventHandler& handler : trie_.search(name)) (void)handler(probe);
    return probe.called;
  }

  HandlerTrie trie_;
};

TEST_F(HandlerTrieTest, CallsWhatIsRegisteredUnderPrefixesOfTheNameTheLongestFirst) {
  for (auto name : {"foo", "foo.bar", "foo.bar.baz"}) add(name);
  EXPECT_EQ(calls("foo.bar.baz"), "foo.bar.baz foo.bar foo");
  EXPECT_EQ(calls("foo.bar.baz.deeper"), "foo.bar.baz foo.bar foo");
  EXPECT_EQ(calls("foo.bar"), "foo.bar foo");
  EXPECT_EQ(calls("foo.other"), "foo");
}

TEST_F(HandlerTrieTest, APartOfAPartIsNoPrefix) {
  add("foo.bar");
  EXPECT_EQ(calls("foo.barbaz"), "");
  EXPECT_EQ(calls("foo"), "");
  EXPECT_EQ(calls(""), "");
  EXPECT_EQ(calls("bar"), "");
}

// What botocore's `_PrefixTrie` gives for these names, registered in this order.
TEST_F(HandlerTrieTest, WildcardsComeBeforeWhatTookThePartItself) {
  for (auto name : {"a.b.c", "a.b.*", "a.*.c", "a.*.*", "a.*", "a.b", "a", "*", "*.b.c"}) add(name);
  EXPECT_EQ(calls("a.b.c"), "*.b.c * a.*.* a.*.c a.* a.b.* a.b.c a.b a");
}

TEST_F(HandlerTrieTest, AWildcardStandsForExactlyOnePart) {
  add("foo.*.baz");
  EXPECT_EQ(calls("foo.bar.baz"), "foo.*.baz");
  EXPECT_EQ(calls("foo..baz"), "foo.*.baz");
  EXPECT_EQ(calls("foo.baz"), "");
  EXPECT_EQ(calls("foo.a.b.baz"), "");
  EXPECT_EQ(calls("foo.bar"), "");
  EXPECT_EQ(calls("foo.*.baz"), "foo.*.baz foo.*.baz") << "a name with a wildcard takes both ways";
}

TEST_F(HandlerTrieTest, FirstMiddleAndLastOrderTheHandlersOfOneNameOnly) {
  add("foo.bar", Section::kLast, "last");
  add("foo.bar", Section::kMiddle, "middle1");
  add("foo.bar", Section::kFirst, "first");
  add("foo.bar", Section::kMiddle, "middle2");
  add("foo", Section::kFirst, "early");
  add("foo.bar.baz", Section::kLast, "late");
  EXPECT_EQ(calls("foo.bar.baz"), "late first middle1 middle2 last early");
}

TEST_F(HandlerTrieTest, RemovesOneInstanceOfAHandlerFromUnderItsNameOnly) {
  EventHandler handler = add("foo.bar");
  trie_.append("foo.bar", handler, Section::kFirst);
  EXPECT_EQ(calls("foo.bar"), "foo.bar foo.bar");
  EXPECT_FALSE(trie_.remove("foo", handler));
  EXPECT_FALSE(trie_.remove("foo.bar.baz", handler));
  EXPECT_FALSE(trie_.remove("foo.*", handler));
  EXPECT_TRUE(trie_.remove("foo.bar", handler));
  EXPECT_EQ(calls("foo.bar"), "foo.bar");
  EXPECT_TRUE(trie_.remove("foo.bar", handler));
  EXPECT_FALSE(trie_.remove("foo.bar", handler));
  EXPECT_FALSE(trie_.has_first_part("foo"));
}

TEST_F(HandlerTrieTest, RemovingOneNameLeavesThoseBelowIt) {
  EventHandler upper = add("foo.bar");
  EventHandler lower = add("foo.bar.baz");
  EXPECT_TRUE(trie_.remove("foo.bar", upper));
  EXPECT_EQ(calls("foo.bar.baz"), "foo.bar.baz");
  EXPECT_TRUE(trie_.remove("foo.bar.baz", lower));
  EXPECT_EQ(calls("foo.bar.baz"), "");
}

TEST_F(HandlerTrieTest, ACopyGoesItsOwnWay) {
  EventHandler handler = add("foo");
  HandlerTrie copy(trie_);
  add("foo", Section::kMiddle, "later");
  EXPECT_TRUE(copy.remove("foo", handler));
  EXPECT_EQ(calls("foo"), "foo later");
  EXPECT_TRUE(copy.search("foo").empty());
}

}  // namespace
}  // namespace botocxx::events
