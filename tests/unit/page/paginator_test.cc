#include "unit/page/listing_service.h"
#include <botocxx/codec/json.h>
#include <botocxx/page/paginator.h>

#include <gtest/gtest.h>

#include <string>

namespace botocxx {
namespace {

using testing_support::ListingService;

class PaginatorTest : public testing::Test {
 protected:
  std::string texts(ResultRange<Value> range) {
    std::string joined;
    for (Result<Value>& item : range) {
      joined += item ? to_json(*item) + ' ' : "error " + item.error().code();
    }
    return joined;
  }
  Pages pages(PaginateOptions options = {}) {
    return paginate(service_.client(), "list_things", {{"Prefix", "p"}}, std::move(options));
  }

  ListingService service_;
};

TEST_F(PaginatorTest, EachPageIsAskedForWithTheTokenOfTheOneBefore) {
  service_.answer(R"({"Things": ["a", "b"], "NextToken": "t1"})");
  service_.answer(R"({"Things": ["c"], "NextToken": ""})");
  std::string seen;
  for (const Page& page : pages().or_throw()) seen += to_json(page["Things"]);
  EXPECT_EQ(seen, R"(["a","b"]["c"])");
  EXPECT_EQ(service_.asked(), R"({"Prefix": "p"} {"Prefix": "p", "Token": "t1"})");
}

TEST_F(PaginatorTest, NothingIsAskedBeforeAPageIsWantedNorAfterTheLast) {
  Pages all = pages();
  EXPECT_EQ(service_.asked(), "");
  service_.answer("{}");
  EXPECT_TRUE(all.next().value().has_value());
  EXPECT_FALSE(all.next().value().has_value());
  EXPECT_FALSE(all.next().value().has_value());
  EXPECT_EQ(service_.asked(), R"({"Prefix": "p"})");
}

TEST_F(PaginatorTest, ItemsOfAllPagesComeOneByOne) {
  service_.answer(R"({"Things": ["a", "b"], "Groups": ["g"], "NextToken": "t1"})");
  service_.answer(R"({"NextToken": "t2"})");
  service_.answer(R"({"Things": ["c"], "Groups": ["h"]})");
  std::string seen;
  for (const Value& item : pages().items("Things").or_throw()) seen += item.as_string();
  EXPECT_EQ(seen, "abc");
}

TEST_F(PaginatorTest, ItemsWithoutANameAreTheFirstResults) {
  service_.answer(R"({"Things": ["a", "b"], "Groups": ["g"]})");
  EXPECT_EQ(texts(pages().items()), R"("a" "b" )");
}

TEST_F(PaginatorTest, ASearchGivesAnItemForEachPageThatHasNoList) {
  service_.answer(R"({"Things": ["a", "b"], "NextToken": "t1"})");
  service_.answer(R"({"NextToken": "t2"})");
  service_.answer(R"({"Things": []})");
  EXPECT_EQ(texts(pages().search("Things[?@ != 'a']")), R"("b" null )");
  EXPECT_EQ(texts(pages().search("Things[")), "error syntax");
}

TEST_F(PaginatorTest, AFailedCallIsTheLastItem) {
  service_.answer(R"({"Things": ["a"], "NextToken": "t1"})");
  service_.fail(400, "Throttled", "slow down");
  EXPECT_EQ(texts(pages().items()), R"("a" error Throttled)");
  service_.fail(400, "Throttled", "slow down");
  EXPECT_THROW(
      {
        for (const Value& item : pages().items().or_throw()) (void)item;
      },
      ServiceException);
}

TEST_F(PaginatorTest, TheSameTokenTwiceEndsTheConversationAfterItsPage) {
  service_.answer(R"({"Things": ["a"], "NextToken": "t"})");
  service_.answer(R"({"Things": ["b"], "NextToken": "t"})");
  Pages all = pages();
  EXPECT_TRUE(all.next().value().has_value());
  EXPECT_TRUE(all.next().value().has_value());
  auto end = all.next();
  ASSERT_FALSE(end);
  EXPECT_EQ(end.error().code(), "Pagination");
  EXPECT_EQ(end.error().message(),
            "Error during pagination: The same next token was received twice: {'Token': 't'}");
  EXPECT_FALSE(all.next().value().has_value());
}

TEST_F(PaginatorTest, TheFullResultJoinsListsSumsNumbersAndKeepsWhatTheFirstPageSaid) {
  service_.answer(
      R"({"Things": ["a"], "Groups": ["g"], "Count": 2, "Owner": "me", "NextToken": "t1"})");
  service_.answer(R"({"Things": ["b"], "Count": 3, "Owner": "you"})");
  EXPECT_EQ(to_json(pages().build_full_result().value()),
            R"({"Things":["a","b"],"Groups":["g"],"Count":5,"Owner":"me"})");
}

TEST_F(PaginatorTest, WhatTheFirstPageSaidHidesNoListThatPagesWereJoinedTo) {
  service_.set_document("paginators-1", R"({"pagination": {"ListThings": {
    "input_token": "Token", "output_token": "NextToken", "result_key": "Things",
    "non_aggregate_keys": ["Things", "Count"]}}})");
  service_.answer(R"({"Things": ["a"], "Count": 1, "NextToken": "t1"})");
  service_.answer(R"({"Things": ["b"], "Count": 2})");
  EXPECT_EQ(to_json(pages().build_full_result().value()), R"({"Things":["a","b"],"Count":1})");
}

TEST_F(PaginatorTest, WhatIsCutGoesOnFromItsToken) {
  std::string first =
      R"({"Things": ["a", "b", "c"], "Groups": ["g"], "Count": 3, "NextToken": "t1"})";
  service_.answer(first);
  Value cut = pages({.max_items = 2}).build_full_result().value();
  EXPECT_EQ(to_json(cut["Things"]), R"(["a","b"])");
  service_.answer(first);
  service_.answer(R"({"Things": ["d"], "Count": 1})");
  PaginateOptions rest{.starting_token = std::string(cut["NextToken"].as_string())};
  EXPECT_EQ(to_json(pages(rest).build_full_result().value()),
            R"({"Things":["c","d"],"Groups":[],"Count":4,"Owner":null})");
}

TEST_F(PaginatorTest, OnThePagesEdgeTheServicesTokenIsEnoughToGoOn) {
  service_.answer(R"({"Things": ["a", "b"], "NextToken": "t1"})");
  Pages all = pages({.max_items = 2});
  EXPECT_EQ(texts(all.items()), R"("a" "b" )");
  EXPECT_EQ(all.resume_token(), "eyJUb2tlbiI6ICJ0MSJ9");
}

TEST_F(PaginatorTest, ThePageSizeIsTheServicesLimit) {
  service_.answer("{}");
  EXPECT_EQ(texts(pages({.page_size = 7}).items()), "");
  EXPECT_EQ(service_.asked(), R"({"Prefix": "p", "Limit": 7})");
}

TEST_F(PaginatorTest, ABadStartingTokenIsTheOnlyItem) {
  EXPECT_EQ(texts(pages({.starting_token = "a___b___1"}).items()), "error Value");
  EXPECT_EQ(texts(pages({.starting_token = "a___b___1"}).search("Things")), "error Value");
  EXPECT_FALSE(pages({.starting_token = "a___b___1"}).build_full_result());
  EXPECT_EQ(service_.asked(), "");
}

TEST_F(PaginatorTest, TheNextPageIsFetchedAheadOnRequest) {
  service_.answer(R"({"Things": ["a"], "NextToken": "t1"})");
  service_.answer(R"({"Things": ["b"], "NextToken": "t2"})");
  service_.answer(R"({"Things": ["c"]})");
  EXPECT_EQ(texts(pages({.prefetch = Prefetch::kNextPage}).items()), R"("a" "b" "c" )");
  EXPECT_EQ(service_.http->requests().size(), 3u);
}

TEST_F(PaginatorTest, APageFetchedAheadMayBeLeft) {
  service_.answer(R"({"Things": ["a"], "NextToken": "t1"})");
  service_.answer(R"({"Things": ["b"]})");
  {
    Pages all = pages({.prefetch = Prefetch::kNextPage});
    EXPECT_TRUE(all.next().value().has_value());
  }
  EXPECT_LE(service_.http->requests().size(), 2u);
}

TEST_F(PaginatorTest, OnlyOperationsWithAPaginatorCanBePaged) {
  Client client = service_.client();
  EXPECT_TRUE(can_paginate(client, "ListThings"));
  EXPECT_TRUE(can_paginate(client, "list_things"));
  EXPECT_FALSE(can_paginate(client, "DescribeThing"));
  EXPECT_FALSE(can_paginate(client, "Nothing"));
  auto paginator = get_paginator(client, "DescribeThing");
  ASSERT_FALSE(paginator);
  EXPECT_EQ(paginator.error().code(), "OperationNotPageable");
  EXPECT_EQ(paginator.error().message(), "Operation cannot be paginated: describe_thing");
  EXPECT_EQ(texts(paginate(client, "Nothing").items()), "error UnknownOperation");
}

TEST_F(PaginatorTest, AnEntryThatIsMalformedSaysWhere) {
  auto problem = [&](std::string_view entry) {
    service_.set_document("paginators-1",
                          R"({"pagination": {"ListThings": )" + std::string(entry) + "}}");
    return get_paginator(service_.client(), "ListThings").error().message();
  };
  EXPECT_EQ(problem(R"({"output_token": "N", "result_key": "T"})"),
            "the paginator of ListThings has no \"input_token\"");
  EXPECT_EQ(problem(R"({"input_token": "N", "result_key": "T"})"),
            "the paginator of ListThings has no \"output_token\"");
  EXPECT_EQ(problem(R"({"input_token": "N", "output_token": "N"})"),
            "the paginator of ListThings has no \"result_key\"");
  EXPECT_EQ(problem(R"({"input_token": "N", "output_token": "N[", "result_key": "T"})"),
            "the paginator of ListThings has a \"output_token\" that is no JMESPath");
  EXPECT_EQ(problem(R"({"input_token": [1], "output_token": "N", "result_key": "T"})"),
            "the paginator of ListThings has a \"input_token\" that is no text");
}

TEST_F(PaginatorTest, APaginatorTellsWhatItPagesBy) {
  Paginator paginator = get_paginator(service_.client(), "ListThings").value();
  EXPECT_EQ(paginator.input_tokens(), std::vector<std::string>{"Token"});
  EXPECT_EQ(paginator.result_keys(), (std::vector<std::string>{"Things", "Groups", "Count"}));
  EXPECT_EQ(paginator.limit_key(), "Limit");
}

}  // namespace
}  // namespace botocxx
