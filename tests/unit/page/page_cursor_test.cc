#include "page/page_cursor.h"

#include "codec/json.h"
#include "model/compiler.h"
#include "unit/page/listing_service.h"
#include <botocxx/base/text_encoding.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace botocxx::page {
namespace {

// A service with items 0, 1, 2, … that cuts its pages where it likes.
class CutListing {
 public:
  CutListing(int count, std::mt19937& random, bool with_token_at_the_end)
      : count_(count), token_at_the_end_(with_token_at_the_end) {
    for (int i = 0; i <= count; ++i) lengths_.push_back(static_cast<int>(random() % 5));
  }

  // Pages depend on where they begin and on the limit alone, as those of a real service.
  Value answer(const Value& params) const {
    int from = params.contains("Token") ? std::stoi(std::string(params["Token"].as_string())) : 0;
    int length = std::max(lengths_[static_cast<std::size_t>(from)], from % 3 == 0 ? 0 : 1);
    // An empty page must lead on, or the same token would come twice.
    bool empty = length == 0 && !params.contains("Again");
    if (auto limit = params["Limit"].get_if_int())
      length = std::min(length, static_cast<int>(*limit));
    if (!empty) length = std::max(length, 1);
    int to = std::min(count_, from + std::max(length, 1));
    Value things = Value::list();
    for (int i = from; i < to; ++i) things.push_back(Value(i));
    Value page = Value::object();
    if (!things.empty()) page.set("Things", std::move(things));
    if (to < count_ || (token_at_the_end_ && from < count_)) {
      page.set("NextToken", Value(std::to_string(to)));
    }
    return page;
  }

 private:
  int count_;
  bool token_at_the_end_;
  std::vector<int> lengths_;
};

std::shared_ptr<const PagingRules> rules_of(std::string_view entry) {
  auto model = model::compile_and_open(codec::parse_json(testing_support::kListingModel).value(),
                                       "lister", "2020-01-01")
                   .value();
  return compile_paging_rules(*model->find_operation("ListThings"),
                              codec::parse_json(entry).value())
      .value();
}

constexpr std::string_view kEntry =
    R"({"input_token": "Token", "output_token": "NextToken", "result_key": "Things", "limit_key": "Limit"})";

// All items of one conversation, and where to go on.
std::optional<std::string> converse(const CutListing& listing, const CursorOptions& options,
                                    std::vector<std::int64_t>& items) {
  static const auto rules = rules_of(kEntry);
  auto cursor = PageCursor::create(rules, Value::object(), options).value();
  std::size_t before = items.size();
  while (const Value* params = cursor.next_params()) {
    Value output = listing.answer(*params);
    auto changed = cursor.accept(output).value();
    const Value& page = changed ? *changed : output;
    for (const Value& item : page["Things"].items()) items.push_back(item.as_int());
  }
  EXPECT_FALSE(cursor.failure());
  if (options.max_items) {
    EXPECT_LE(items.size() - before, static_cast<std::size_t>(*options.max_items));
  }
  return cursor.resume_token();
}

TEST(PageCursorTest, EveryItemComesOnceHoweverAResultIsSplitCutAndResumed) {
  std::mt19937 random(20261120);
  for (int count = 0; count <= 9; ++count) {
    for (int split = 0; split < 6; ++split) {
      CutListing listing(count, random, split % 2 == 1);
      for (std::int64_t size = 0; size <= 4; ++size) {
        for (std::int64_t most = 1; most <= count + 1; ++most) {
          CursorOptions options;
          options.max_items = most;
          if (size > 0) options.page_size = size;
          std::vector<std::int64_t> items;
          do {
            options.starting_token = converse(listing, options, items);
          } while (options.starting_token);
          std::vector<std::int64_t> expected(static_cast<std::size_t>(count));
          for (std::size_t i = 0; i < expected.size(); ++i) expected[i] = static_cast<int>(i);
          ASSERT_EQ(items, expected) << count << " items, split " << split << ", page size " << size
                                     << ", at most " << most;
        }
      }
    }
  }
}

class ConversationTest : public testing::Test {
 protected:
  // Gives answers until the conversation ends; requests and pages as JSON, a line each.
  std::string converse(std::string_view entry, const CursorOptions& options,
                       const std::vector<std::string>& answers, std::string params = "{}") {
    auto created = PageCursor::create(rules_of(entry), codec::parse_json(params).value(), options);
    if (!created) return created.error().message();
    PageCursor cursor = *std::move(created);
    std::string log;
    for (const std::string& answer : answers) {
      const Value* next = cursor.next_params();
      if (next == nullptr) break;
      Value output = codec::parse_json(answer).value();
      log += "? " + codec::write_json(*next) + "\n";
      auto changed = cursor.accept(output);
      if (!changed) return log + changed.error().message();
      log += "= " + codec::write_json(*changed ? **changed : output) + "\n";
    }
    token_ = cursor.resume_token().value_or("");
    if (cursor.failure()) log += cursor.failure()->message();
    if (cursor.next_params() == nullptr) log += "end";
    return log;
  }

  std::string token_;
};

TEST_F(ConversationTest, MoreResultsSaysWhenToStopWhateverTheToken) {
  constexpr std::string_view entry =
      R"({"input_token": "M", "output_token": "N", "more_results": "More.Yes", "result_key": "R"})";
  EXPECT_EQ(converse(entry, {},
                     {R"({"N":"a","More":{"Yes":true}})", R"({"N":"b","More":{"Yes":false}})"}),
            "? {}\n= {\"N\":\"a\",\"More\":{\"Yes\":true}}\n"
            "? {\"M\":\"a\"}\n= {\"N\":\"b\",\"More\":{\"Yes\":false}}\nend");
}

TEST_F(ConversationTest, SeveralTokensGoTogetherAndThoseThatEndAreTakenOut) {
  constexpr std::string_view entry =
      R"({"input_token": ["A", "B"], "output_token": ["X", "Y"], "result_key": "R"})";
  EXPECT_EQ(
      converse(entry, {}, {R"({"X":"x1","Y":"y1"})", R"({"Y":"y2"})", R"({"X":"None","Y":""})"}),
      "? {}\n= {\"X\":\"x1\",\"Y\":\"y1\"}\n"
      "? {\"A\":\"x1\",\"B\":\"y1\"}\n= {\"Y\":\"y2\"}\n"
      "? {\"B\":\"y2\"}\n= {\"X\":\"None\",\"Y\":\"\"}\n");
}

TEST_F(ConversationTest, ATokenMayBeTheLastItemOfThePage) {
  constexpr std::string_view entry =
      R"({"input_token": "M", "output_token": "N || R[-1].K", "more_results": "T", "result_key": "R"})";
  EXPECT_EQ(converse(entry, {},
                     {R"({"T":true,"R":[{"K":"k1"}]})", R"({"T":true,"N":"n2","R":[{"K":"k2"}]})",
                      R"({"T":false})"}),
            "? {}\n= {\"T\":true,\"R\":[{\"K\":\"k1\"}]}\n"
            "? {\"M\":\"k1\"}\n= {\"T\":true,\"N\":\"n2\",\"R\":[{\"K\":\"k2\"}]}\n"
            "? {\"M\":\"n2\"}\n= {\"T\":false}\nend");
}

TEST_F(ConversationTest, MetadataSearchStopsAtNoMorePages) {
  constexpr std::string_view entry =
      R"({"input_token": "Marker", "output_token": "NextMarker != 'NO MORE PAGES' && NextMarker",
          "limit_key": "MaxKeys", "result_key": ["ObjectMatches", "CommonPrefixMatches.PrefixGroups"]})";
  EXPECT_EQ(
      converse(entry, {}, {R"({"NextMarker":"m"})", R"({"NextMarker":"NO MORE PAGES"})", "{}"}),
      "? {}\n= {\"NextMarker\":\"m\"}\n? {\"Marker\":\"m\"}\n"
      "= {\"NextMarker\":\"NO MORE PAGES\"}\nend");
}

TEST_F(ConversationTest, OctetsOfATokenSurviveTheResumeToken) {
  Value tokens = Value::object();
  tokens.set("Key", Value{{"pk", {{"B", Bytes{std::string_view("\x00\xff", 2)}}}},
                          {"list", Value::list({Value("a"), Value(Bytes{"b"})})}});
  std::string encoded = encode_token(tokens).value();
  std::vector<std::string> names{"Key"};
  EXPECT_EQ(decode_token(encoded, names).value().tokens, tokens);
  EXPECT_EQ(base64_decode(encoded).value(),
            R"({"Key": {"pk": {"B": "AP8="}, "list": ["a", "Yg=="]}, )"
            R"("boto_encoded_keys": [["Key", "pk", "B"], ["Key", "list", 1]]})");
}

TEST_F(ConversationTest, ATimeIsNoToken) {
  Value tokens = Value::object();
  tokens.set("Key", Value(Timestamp::from_unix(0)));
  EXPECT_EQ(encode_token(tokens).error().code(), "Type");
}

TEST_F(ConversationTest, TokensOfTheOldStyleAreStillTaken) {
  std::vector<std::string> names{"A", "B"};
  auto read = [&](std::string_view text) {
    auto point = decode_token(text, names);
    return point ? codec::write_json(point->tokens) + " " + std::to_string(point->skip)
                 : point.error().message();
  };
  EXPECT_EQ(read("x___y___3"), R"({"A":"x","B":"y"} 3)");
  EXPECT_EQ(read("x___None"), R"({"A":"x","B":null} 0)");
  EXPECT_EQ(read("x"), R"({"A":"x","B":null} 0)");
  EXPECT_EQ(read("x___y___z"), R"({"A":"x___y___z","B":null} 0)");
  EXPECT_EQ(read("x___y___z___1"), "Bad starting token: x___y___z___1");
}

TEST_F(ConversationTest, ATokenForOtherMembersIsRefusedWhereTheNextOneIsMade) {
  CursorOptions options;
  options.max_items = 1;
  options.starting_token = encode_token({{"Other", "x"}}).value();
  EXPECT_EQ(converse(kEntry, options, {R"({"Things": ["a", "b"], "NextToken": "t"})"}),
            "? {\"Other\":\"x\"}\n"
            "Bad starting token: {'Other': 'x', 'boto_truncate_amount': 1}");
}

TEST_F(ConversationTest, ResultsThatHaveNoItemsCanNotBeCut) {
  CursorOptions options;
  options.max_items = 1;
  EXPECT_EQ(converse(kEntry, options, {R"({"Things": {"a": 1, "b": 2}})"}),
            "? {}\nError during pagination: the result \"Things\" is of kind object: MaxItems "
            "can't cut it");
  EXPECT_EQ(converse(kEntry, {}, {R"({"Things": 5})"}),
            "? {}\nError during pagination: the result \"Things\" is of kind integer, which has no "
            "items");
}

TEST_F(ConversationTest, TextsAreCutByCharacters) {
  CursorOptions options;
  options.max_items = 2;
  std::string answer = R"({"Things":"äöü","NextToken":"t"})";
  EXPECT_EQ(converse(kEntry, options, {answer}),
            "? {}\n= {\"Things\":\"äö\",\"NextToken\":\"t\"}\nend");
  options.starting_token = token_;
  EXPECT_EQ(converse(kEntry, options, {answer, R"({"Things":""})"}),
            "? {}\n= {\"Things\":\"ü\",\"NextToken\":\"t\"}\n? {\"Token\":\"t\"}\n= "
            "{\"Things\":\"\"}\nend");
}

TEST_F(ConversationTest, APageSizeNeedsALimit) {
  CursorOptions options;
  options.page_size = 1;
  EXPECT_EQ(
      converse(R"({"input_token": "M", "output_token": "N", "result_key": "R"})", options, {}),
      "Error during pagination: PageSize parameter is not supported for the pagination interface "
      "for this operation.");
  EXPECT_EQ(
      converse(
          R"({"input_token": "M", "output_token": "N", "result_key": "R", "limit_key": "Prefix"})",
          options, {"{}"}),
      "? {\"Prefix\":\"1\"}\n= {}\nend");
}

TEST_F(ConversationTest, AResultThatPagesCanNotBeChangedAtIsAnError) {
  CursorOptions options;
  options.max_items = 1;
  EXPECT_EQ(converse(R"({"input_token": "M", "output_token": "N", "result_key": "R[].K"})", options,
                     {R"({"R": [{"K": 1}, {"K": 2}]})"}),
            "? {}\nInvalid expression R[].K: Only dotted lookups are supported.");
}

}  // namespace
}  // namespace botocxx::page
