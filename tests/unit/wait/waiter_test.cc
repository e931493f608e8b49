#include "unit/page/listing_service.h"
#include <botocxx/codec/json.h>
#include <botocxx/wait/waiter.h>

#include <gtest/gtest.h>

#include <string>

namespace botocxx {
namespace {

using testing_support::ListingService;
using namespace std::chrono_literals;

// Time passes only where somebody sleeps.
class FakeSleeper : public Sleeper {
 public:
  Time now() const override { return now_; }
  Result<void> sleep_until(Time end, const std::stop_token& stop) const override {
    slept.push_back(std::chrono::duration_cast<std::chrono::milliseconds>(end - now_));
    now_ = end;
    if (stop.stop_requested()) return Error(ErrorKind::kCancelled, "Cancelled", "stopped");
    return {};
  }

  mutable std::vector<std::chrono::milliseconds> slept;

 private:
  mutable Time now_{};
};

class WaiterTest : public testing::Test {
 protected:
  void set_waiter(std::string_view acceptors, std::string_view version = "2") {
    service_.set_document("waiters-2",
                          R"({"version": )" + std::string(version) +
                              R"(, "waiters": {"ThingReady": {"operation": "DescribeThing",
                                             "delay": 3, "maxAttempts": 4, "acceptors": )" +
                              std::string(acceptors) + "}}}");
  }
  WaitOptions options() {
    WaitOptions options;
    options.sleeper = &sleeper_;
    return options;
  }
  Result<Value> wait_for_it(WaitOptions options) {
    return wait(service_.client(), "thing_ready", {{"Name", "n"}}, options);
  }
  // "done" or the message.
  std::string outcome() {
    auto result = wait_for_it(options());
    return result ? "done" : result.error().message();
  }

  ListingService service_;
  FakeSleeper sleeper_;
};

constexpr std::string_view kStatusAcceptors = R"([
  {"matcher": "path", "argument": "Status", "expected": "ready", "state": "success"},
  {"matcher": "path", "argument": "Status", "expected": "broken", "state": "failure"},
  {"matcher": "error", "expected": "NotYet", "state": "retry"}])";

TEST_F(WaiterTest, CallsUntilAnAnswerMeansSuccess) {
  set_waiter(kStatusAcceptors);
  service_.answer(R"({"Status": "cooking"})");
  service_.fail(400, "NotYet", "m");
  service_.answer(R"({"Status": "ready", "Count": 1})");
  auto result = wait_for_it(options());
  ASSERT_TRUE(result);
  EXPECT_EQ((*result)["Count"].as_int(), 1);
  EXPECT_EQ((*result)["ResponseMetadata"]["HTTPStatusCode"].as_int(), 200);
  EXPECT_EQ(sleeper_.slept, (std::vector<std::chrono::milliseconds>{3s, 3s}));
  EXPECT_EQ(service_.http->requests().size(), 3u);
}

TEST_F(WaiterTest, AFailureSaysWhatWasSeen) {
  set_waiter(kStatusAcceptors);
  service_.answer(R"({"Status": "broken"})");
  auto result = wait_for_it(options());
  ASSERT_FALSE(result);
  const Error& error = result.error();
  EXPECT_EQ(error.kind(), ErrorKind::kService);
  EXPECT_EQ(error.code(), "Waiter");
  EXPECT_EQ(error.message(),
            "Waiter ThingReady failed: Waiter encountered a terminal failure state: For expression "
            "\"Status\" we matched expected path: \"broken\"");
  EXPECT_EQ((*error.fields())["Status"].as_string(), "broken");
  EXPECT_EQ(error.service(), "lister");
  EXPECT_EQ(error.operation(), "DescribeThing");
}

TEST_F(WaiterTest, AnErrorThatNoAcceptorKnowsEndsTheWait) {
  set_waiter(kStatusAcceptors);
  service_.fail(403, "Denied", "not for you");
  auto result = wait_for_it(options());
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().message(),
            "Waiter ThingReady failed: An error occurred (Denied): not for you");
  EXPECT_EQ((*result.error().fields())["Error"]["Code"].as_string(), "Denied");
  ASSERT_NE(result.error().cause(), nullptr);
  EXPECT_EQ(result.error().cause()->status(), 403);
}

TEST_F(WaiterTest, TheLastAttemptIsNotSleptAfter) {
  set_waiter(kStatusAcceptors);
  for (int i = 0; i < 4; ++i) service_.answer(R"({"Status": "cooking"})");
  EXPECT_EQ(outcome(), "Waiter ThingReady failed: Max attempts exceeded");
  EXPECT_EQ(sleeper_.slept.size(), 3u);
}

TEST_F(WaiterTest, AStateThatWasAcceptedBeforeIsExplainedWhenAttemptsAreUsedUp) {
  set_waiter(kStatusAcceptors);
  for (int i = 0; i < 3; ++i) service_.answer(R"({"Status": "cooking"})");
  service_.fail(400, "NotYet", "m");
  EXPECT_EQ(outcome(),
            "Waiter ThingReady failed: Max attempts exceeded. Previously accepted state: Matched "
            "expected service error code: NotYet");
}

TEST_F(WaiterTest, OptionsReplaceDelayAndAttempts) {
  set_waiter(kStatusAcceptors);
  service_.answer("{}");
  service_.answer("{}");
  WaitOptions two = options();
  two.delay = 250ms;
  two.max_attempts = 2;
  EXPECT_FALSE(wait_for_it(two));
  EXPECT_EQ(sleeper_.slept, std::vector<std::chrono::milliseconds>{250ms});
}

TEST_F(WaiterTest, ADeadlineEndsTheWaitBeforeTheCallThatWouldComeTooLate) {
  set_waiter(kStatusAcceptors);
  service_.answer(R"({"Status": "cooking"})");
  service_.answer(R"({"Status": "cooking"})");
  WaitOptions soon = options();
  soon.call.deadline = sleeper_.now() + 5s;
  auto result = wait_for_it(soon);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind(), ErrorKind::kTimeout);
  EXPECT_EQ(result.error().message(), "Waiter ThingReady failed: Deadline exceeded");
  EXPECT_EQ((*result.error().fields())["Status"].as_string(), "cooking");
  EXPECT_EQ(service_.http->requests().size(), 2u);
}

TEST_F(WaiterTest, AStopTokenEndsThePause) {
  set_waiter(kStatusAcceptors);
  service_.answer("{}");
  std::stop_source source;
  source.request_stop();
  WaitOptions stopped = options();
  stopped.call.stop = source.get_token();
  auto result = wait_for_it(stopped);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind(), ErrorKind::kCancelled);
}

TEST_F(WaiterTest, WhatIsNoAnswerOfTheServiceIsHandedOn) {
  set_waiter(kStatusAcceptors);
  service_.http->add_error(Error(ErrorKind::kTransport, "EndpointConnection", "refused"));
  EXPECT_EQ(outcome(), "refused");
  auto invalid = wait(service_.client(), "ThingReady", {{"Nome", "n"}}, options());
  ASSERT_FALSE(invalid);
  EXPECT_EQ(invalid.error().code(), "ParamValidation");
}

TEST_F(WaiterTest, ErrorsMayBeWhatIsWaitedFor) {
  set_waiter(R"([{"matcher": "error", "expected": "Gone", "state": "success"}])");
  service_.answer("{}");
  service_.fail(404, "Gone", "m");
  auto result = wait_for_it(options());
  ASSERT_TRUE(result);
  EXPECT_EQ((*result)["Error"]["Code"].as_string(), "Gone");
}

TEST_F(WaiterTest, AnyErrorOrNoneCanBeExpected) {
  set_waiter(R"([{"matcher": "error", "expected": true, "state": "success"}])");
  service_.answer("{}");
  service_.fail(500, "Any", "m");
  EXPECT_EQ(outcome(), "done");
  set_waiter(R"([{"matcher": "error", "expected": false, "state": "success"},
                 {"matcher": "error", "expected": true, "state": "retry"}])");
  service_.fail(500, "Any", "m");
  service_.answer("{}");
  EXPECT_EQ(outcome(), "done");
}

TEST_F(WaiterTest, TheStatusOfTheAnswerCanBeExpected) {
  set_waiter(R"([{"matcher": "status", "expected": 404, "state": "retry"},
                 {"matcher": "status", "expected": 200, "state": "success"}])");
  service_.fail(404, "Gone", "m");
  service_.answer("{}");
  EXPECT_EQ(outcome(), "done");
  EXPECT_EQ(sleeper_.slept.size(), 1u);
}

TEST_F(WaiterTest, AllOrAnyItemsOfAListMustMatchAndAnEmptyListNever) {
  set_waiter(R"([{"matcher": "pathAny", "argument": "Parts", "expected": "bad", "state": "failure"},
                 {"matcher": "pathAll", "argument": "Parts", "expected": "good", "state": "success"}])");
  service_.answer(R"({"Parts": []})");
  service_.answer(R"({"Status": "no list"})");
  service_.answer(R"({"Parts": ["good", "so-so"]})");
  service_.answer(R"({"Parts": ["good", "good"]})");
  EXPECT_EQ(outcome(), "done");
  service_.answer(R"({"Parts": ["good", "bad"]})");
  EXPECT_EQ(outcome(),
            "Waiter ThingReady failed: Waiter encountered a terminal failure state: For expression "
            "\"Parts\" we matched expected path: \"bad\" at least once");
}

TEST_F(WaiterTest, TypesMustAgree) {
  set_waiter(R"([{"matcher": "path", "argument": "Count", "expected": "1", "state": "failure"},
                 {"matcher": "path", "argument": "Done", "expected": "true", "state": "failure"},
                 {"matcher": "path", "argument": "Done", "expected": true, "state": "success"}])");
  service_.answer(R"({"Count": 1, "Done": true})");
  EXPECT_EQ(outcome(), "done");
}

TEST_F(WaiterTest, AnExpressionOnAnErrorNeverMatches) {
  set_waiter(
      R"([{"matcher": "path", "argument": "Error.Code", "expected": "Gone", "state": "success"}])");
  service_.fail(404, "Gone", "m");
  EXPECT_EQ(outcome(), "Waiter ThingReady failed: An error occurred (Gone): m");
}

TEST_F(WaiterTest, DocumentsOfAnotherVersionAndUnknownMatchersAreRefused) {
  set_waiter(kStatusAcceptors, "1");
  EXPECT_EQ(
      outcome(),
      "Error processing waiter config: Unsupported waiter version, supported version must be: "
      "2, but version of waiter config is: 1");
  set_waiter(R"([{"matcher": "pathNone", "argument": "a", "expected": 1, "state": "success"}])");
  EXPECT_EQ(outcome(), "Error processing waiter config: Unknown acceptor: pathNone");
  set_waiter(R"([{"matcher": "path", "argument": "a[", "expected": 1, "state": "success"}])");
  EXPECT_EQ(outcome(),
            "Error processing waiter config: the argument of an acceptor is no JMESPath");
  set_waiter(R"([{"matcher": "path", "argument": "a", "state": "success"}])");
  EXPECT_EQ(outcome(), "Error processing waiter config: an acceptor has no \"expected\"");
}

TEST_F(WaiterTest, AnUnknownNameIsToldTheNearest) {
  set_waiter(kStatusAcceptors);
  auto waiter = get_waiter(service_.client(), "ThingReddy");
  ASSERT_FALSE(waiter);
  EXPECT_EQ(waiter.error().message(), "Waiter does not exist: ThingReddy");
  EXPECT_EQ(waiter.error().hints(), std::vector<std::string>{"did you mean ThingReady?"});
  EXPECT_EQ(waiter_names(service_.client()).value(), std::vector<std::string>{"ThingReady"});
  EXPECT_EQ(get_waiter(service_.client(), "thing-ready").value().max_attempts(), 4);
}

TEST_F(WaiterTest, AServiceWithoutWaitersHasNone) {
  EXPECT_TRUE(waiter_names(service_.client()).value().empty());
  EXPECT_EQ(get_waiter(service_.client(), "Any").error().code(), "Value");
}

class WaitUntilTest : public WaiterTest {
 protected:
  Result<Value> until(std::string_view expression, WaitUntilOptions more = {}) {
    more.wait.sleeper = &sleeper_;
    return wait_until(service_.client(), "describe_thing", {{"Name", "n"}}, expression, more);
  }
};

TEST_F(WaitUntilTest, AnExpressionOfOnesOwnIsWaitedFor) {
  service_.answer(R"({"Status": "cooking"})");
  service_.answer(R"({"Status": "ready"})");
  EXPECT_TRUE(until("Status=='ready'"));
  EXPECT_EQ(sleeper_.slept, std::vector<std::chrono::milliseconds>{2s});
}

TEST_F(WaitUntilTest, ErrorsEndItUnlessTheyAreNamed) {
  service_.fail(404, "Gone", "m");
  EXPECT_EQ(until("Done").error().message(),
            "Waiter DescribeThing until Done failed: An error occurred (Gone): m");
  service_.fail(404, "Gone", "m");
  service_.answer(R"({"Done": true})");
  EXPECT_TRUE(until("Done", {.retried_errors = {"Gone"}}));
}

TEST_F(WaitUntilTest, AnotherExpressionSaysThatItIsInVain) {
  service_.answer(R"({"Status": "broken"})");
  EXPECT_EQ(until("Done", {.failure_expression = "Status=='broken'"}).error().message(),
            "Waiter DescribeThing until Done failed: Waiter encountered a terminal failure state: "
            "The expression \"Status=='broken'\" holds");
}

TEST_F(WaitUntilTest, MistakesAreFoundBeforeAnythingIsCalled) {
  EXPECT_EQ(until("Done[").error().code(), "syntax");
  EXPECT_EQ(wait_until(service_.client(), "DescribeThong", {}, "Done").error().code(),
            "UnknownOperation");
  EXPECT_TRUE(service_.http->requests().empty());
}

}  // namespace
}  // namespace botocxx
