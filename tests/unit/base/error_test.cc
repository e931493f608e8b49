#include <botocxx/base/result.h>

#include <gtest/gtest.h>

namespace botocxx {
namespace {

TEST(Error, ACodeOfABodylessAnswerAnswersToItsName) {
  Error error(ErrorKind::kService, "404", "Not Found");
  EXPECT_TRUE(error.is("404"));
  EXPECT_TRUE(error.is("NotFound"));
  EXPECT_FALSE(error.is("NoSuchKey"));
  EXPECT_EQ(error.code(), "404");
}

TEST(Error, ChangingACopyLeavesTheOriginal) {
  Error original(ErrorKind::kModel, "InvalidModel", "bad");
  Error changed = Error(original).with_hint("look").with_status(500);
  EXPECT_TRUE(original.hints().empty());
  EXPECT_EQ(changed.status(), 500);
}

TEST(Error, DescribeHoldsContextHintsAndCauses) {
  Error error = Error(ErrorKind::kModel, "A", "outer")
                    .with_context("file", "x.json")
                    .with_hint("try y")
                    .with_cause(Error(ErrorKind::kParse, "B", "inner"));
  EXPECT_EQ(error.describe(), "outer\n  file: x.json\n  hint: try y\n  caused by: inner");
}

TEST(Result, UnwrappingAnErrorThrowsTheTypeOfItsKind) {
  auto fail = [](ErrorKind kind) { return Result<int>(Error(kind, "X", "message")); };
  EXPECT_THROW((void)fail(ErrorKind::kService).value(), ServiceException);
  EXPECT_THROW((void)fail(ErrorKind::kValidation).value(), ValidationException);
  EXPECT_THROW((void)fail(ErrorKind::kCredentials).value(), CredentialsException);
  EXPECT_THROW((void)fail(ErrorKind::kTimeout).value(), TransportException);
  EXPECT_THROW((void)fail(ErrorKind::kUsage).or_throw(), UsageException);
  EXPECT_THROW((void)fail(ErrorKind::kModel).value(), Exception);
  EXPECT_THROW(Result<void>(Error(ErrorKind::kUsage, "X", "m")).value(), UsageException);
}

TEST(Result, ChainsPassErrorsThrough) {
  auto twice = [](int n) { return Result<int>(n * 2); };
  EXPECT_EQ(Result<int>(4).and_then(twice).value(), 8);
  EXPECT_EQ(Result<int>(Error(ErrorKind::kUsage, "E", "m")).and_then(twice).error().code(), "E");
  EXPECT_EQ(Result<int>(3).transform([](int n) { return std::to_string(n); }).value(), "3");
  EXPECT_EQ(Result<int>(Error(ErrorKind::kUsage, "E", "m")).value_or(7), 7);
}

}  // namespace
}  // namespace botocxx
