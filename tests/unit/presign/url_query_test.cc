#include "presign/url_query.h"

#include <gtest/gtest.h>

namespace botocxx::presign {
namespace {

std::string query(std::string_view query, Body body, BodyForm form) {
  HttpRequest request;
  request.url = Url::parse("https://h/").value();
  request.url.query = query;
  request.body = std::move(body);
  auto made = query_with_body(request, form);
  return made ? made->value_or("none") : made.error().code();
}

TEST(UrlQueryTest, AFormFollowsTheQuery) {
  EXPECT_EQ(query("a=1", Body("Action=Do+It&Name=%C3%A9%26"), BodyForm::kForm),
            "a=1&Action=Do%20It&Name=%C3%A9%26");
}

TEST(UrlQueryTest, OfARepeatedParameterTheFirstStays) {
  EXPECT_EQ(query("k=1&k=2&e", Body(), BodyForm::kJson), "k=1&e=");
}

TEST(UrlQueryTest, AMemberOfADocumentReplacesTheParameterOfItsName) {
  EXPECT_EQ(query("b=old&c=3", Body(R"({"a": 1, "b": true})"), BodyForm::kJson), "b=True&c=3&a=1");
}

TEST(UrlQueryTest, ListsAreRepeatedAndTheRestIsPythonsText) {
  EXPECT_EQ(query("", Body(R"({"l": ["x", 2, null], "d": {"k": "v"}, "e": []})"), BodyForm::kJson),
            "l=x&l=2&l=None&d=%7B%27k%27%3A%20%27v%27%7D");
}

TEST(UrlQueryTest, EmptyListsMakeAnEmptyQuery) {
  EXPECT_EQ(query("", Body(R"({"e": []})"), BodyForm::kJson), "");
  EXPECT_EQ(query("", Body(), BodyForm::kJson), "none");
}

TEST(UrlQueryTest, WhatIsNoObjectIsRefused) {
  EXPECT_EQ(query("", Body("<a/>"), BodyForm::kJson), "UnsupportedBody");
  EXPECT_EQ(query("", Body("[1]"), BodyForm::kJson), "UnsupportedBody");
  EXPECT_EQ(query("", Body::from_callback([](auto) -> Result<std::size_t> { return 0; }),
                  BodyForm::kJson),
            "UnsupportedBody");
}

}  // namespace
}  // namespace botocxx::presign
