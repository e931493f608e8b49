#include "codec/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace botocxx::codec {
namespace {

std::string place(std::string_view text, std::string_view pointer) {
  auto at = locate_json_pointer(text, pointer);
  return at ? std::to_string(at->line) + ":" + std::to_string(at->column) : "none";
}

constexpr std::string_view kText = R"({
  "a": {"b": [10, {"c": "x"}, []], "d\n": null},
  "a/b": 1, "m~n": 2, "": 3
})";

TEST(JsonLocate, FindsTheFirstOctetOfAValue) {
  EXPECT_EQ(place(kText, ""), "1:1");
  EXPECT_EQ(place(kText, "/a"), "2:8");
  EXPECT_EQ(place(kText, "/a/b/0"), "2:15");
  EXPECT_EQ(place(kText, "/a/b/1/c"), "2:25");
  EXPECT_EQ(place(kText, "/a/b/2"), "2:31");
  EXPECT_EQ(place(kText, "/a/d\n"), "2:43");
}

TEST(JsonLocate, UnderstandsEscapesOfPointers) {
  EXPECT_EQ(place(kText, "/a~1b"), "3:10");
  EXPECT_EQ(place(kText, "/m~0n"), "3:20");
  EXPECT_EQ(place(kText, "/"), "3:27");
}

TEST(JsonLocate, SaysNothingOfWhatIsNotThere) {
  for (const char* pointer : {"/b", "/a/b/3", "/a/b/x", "/a/b/-1", "/a/b/0/c", "/a/b/", "//"}) {
    EXPECT_EQ(place(kText, pointer), "none") << pointer;
  }
  for (const char* text : {"", "{", "{\"a\"", "{\"a\":", "[", "[1,", "\"", "\"\\", "}"}) {
    EXPECT_EQ(place(text, "/a/0"), "none") << text;
  }
}

TEST(JsonLocate, TheLastOfARepeatedNameCounts) {
  EXPECT_EQ(place("{\"a\": 1,\n \"a\": 2}", "/a"), "2:7");
}

TEST(JsonLocate, PassesOverAByteOrderMark) {
  EXPECT_EQ(place("\xef\xbb\xbf{\"a\": 1}", "/a"), "1:10");
}

TEST(JsonLocate, RepeatedNamesHavePointersAndPlaces) {
  auto found =
      find_repeated_names("{\"a\": [{\"b\": 1, \"c\": 2, \"b\": 3}],\n \"a\": {\"a\": 1}}");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].pointer, "/a/0/b");
  EXPECT_EQ(found[0].position.column, 25u);
  EXPECT_EQ(found[1].pointer, "/a");
  EXPECT_EQ(found[1].position.line, 2u);
  EXPECT_TRUE(find_repeated_names("{\"a\": {\"a\": [{\"a\": 1}, {\"a\": 1}]}}").empty());
}

}  // namespace
}  // namespace botocxx::codec
