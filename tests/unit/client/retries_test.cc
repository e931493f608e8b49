#include "retry/legacy_policy.h"
#include "retry_client.h"
#include <botocxx/base/text_encoding.h>
#include <botocxx/events/payloads.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace botocxx {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Value params() { return Value{{"Bucket", "b"}, {"Body", "content"}}; }

Headers dated(const char* date) {
  Headers headers;
  headers.add("Date", date);
  return headers;
}

class Retries : public testing::Test {
 protected:
  RetryWorld world_;

  void tries(std::vector<double> delays) {
    world_.policy = std::make_shared<ScriptedPolicy>(std::move(delays));
  }
};

TEST_F(Retries, WaitAsThePolicySaysAndSendTheSameAgain) {
  tries({1.5, 0.25});
  world_.http->add_response(503);
  world_.http->add_error(Error(ErrorKind::kTimeout, "ReadTimeout", "late"));
  world_.http->add_response(200);
  auto response = world_.client().call("Put", params());
  ASSERT_TRUE(response) << response.error().describe();
  EXPECT_EQ(response->attempts(), 3);
  EXPECT_EQ(response->metadata()["RetryAttempts"], Value(2));
  EXPECT_THAT(world_.time.delays(), ElementsAre(1.5, 0.25));
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(world_.request(i).body.bytes(), "content") << i;
  EXPECT_THAT(world_.policy->outcomes,
              ElementsAre(ScriptedPolicy::Seen{503, "503", false},
                          ScriptedPolicy::Seen{0, "", true}, ScriptedPolicy::Seen{200, "", false}));
  EXPECT_THAT(world_.policy->ended, ElementsAre(200));
}

TEST_F(Retries, LeaveAHistoryOnResultsAndErrors) {
  tries({2});
  world_.http->add_response(503);
  world_.http->add_response(404);
  auto response = world_.client().call("Put", params());
  ASSERT_FALSE(response);
  const auto& history = response.error().attempt_history();
  ASSERT_EQ(history.size(), 2U);
  EXPECT_EQ(history[0].status, 503);
  EXPECT_EQ(history[0].reason, "scripted");
  EXPECT_EQ(history[0].delay, std::chrono::seconds(2));
  EXPECT_EQ(history[0].time.to_basic(), "20150830T123600Z");
  EXPECT_EQ(history[1].time.to_basic(), "20150830T123602Z");
  EXPECT_EQ(history[1].error_code, "404");
  EXPECT_EQ(history[1].reason, "");
}

TEST_F(Retries, CountInAHeaderThatIsNotSigned) {
  tries({0, 0});
  world_.config.read_timeout = std::chrono::seconds(10);
  world_.http->add_response(503, dated("Sun, 30 Aug 2015 12:36:05 GMT"));
  world_.http->add_response(503);
  world_.http->add_response(200);
  ASSERT_TRUE(world_.client().call("Put", params()));
  auto header = [&](std::size_t number, const char* name) {
    return std::string(world_.request(number).headers.get(name).value_or("none"));
  };
  EXPECT_EQ(header(0, "amz-sdk-request"), "attempt=1");
  EXPECT_EQ(header(1, "amz-sdk-request"), "ttl=20150830T123615Z; attempt=2; max=9");
  EXPECT_EQ(header(2, "amz-sdk-request"), "ttl=20150830T123615Z; attempt=3; max=9");
  EXPECT_EQ(header(0, "amz-sdk-invocation-id"), header(2, "amz-sdk-invocation-id"));
  EXPECT_THAT(header(0, "Authorization"), testing::Not(HasSubstr("amz-sdk")));
}

TEST_F(Retries, TellTheNumberOfAttemptsAtOnceWhereThePolicyKnowsIt) {
  tries({});
  world_.policy->first.max_attempts = 4;
  world_.http->add_response(200);
  ASSERT_TRUE(world_.client().call("Put", params()));
  EXPECT_EQ(world_.request(0).headers.get("amz-sdk-request"), "attempt=1; max=4");
}

TEST_F(Retries, NeverSendABodyTwiceThatCannotBeRewound) {
  tries({1});
  world_.http->add_response(503);
  std::string content = "once";
  auto read = [&](std::span<std::byte> out) -> Result<std::size_t> {
    std::size_t count = std::min(out.size(), content.size());
    std::copy_n(as_byte_span(content).begin(), count, out.begin());
    content.erase(0, count);
    return count;
  };
  world_.config.unsigned_requests = true;
  Value body = Value::object();
  body.set("Bucket", "b");
  body.set("Body", Body::from_callback(read, content.size()));
  auto response = world_.client().call("Put", body);
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code(), "UnseekableStream");
  ASSERT_NE(response.error().cause(), nullptr);
  EXPECT_EQ(response.error().cause()->status(), 503);
  EXPECT_EQ(world_.http->requests().size(), 1U);
}

TEST_F(Retries, EndBeforeAWaitThatPassesTheDeadline) {
  tries({100});
  world_.http->add_response(503);
  CallOptions options;
  options.deadline = Sleeper::Time(std::chrono::seconds(50));
  auto response = world_.client().call("Put", params(), options);
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code(), "DeadlineExceeded");
  EXPECT_EQ(response.error().cause()->status(), 503);
  EXPECT_TRUE(world_.time.delays().empty());
}

TEST_F(Retries, CanBeTakenAwayByTheirId) {
  tries({1});
  world_.http->add_response(503);
  Client client = world_.client();
  ASSERT_TRUE(client.events().unregister("needs-retry.shelf",
                                         HandlerOptions{.unique_id = "retry-config-shelf"}));
  EXPECT_FALSE(client.call("Put", params()));
  EXPECT_EQ(world_.http->requests().size(), 1U);
}

TEST_F(Retries, AreNotMadeWithoutAPolicy) {
  world_.http->add_response(503);
  auto response = world_.client().call("Put", params());
  EXPECT_EQ(response.error().attempts(), 1);
}

TEST_F(Retries, OfAWrongChecksumEndInAnErrorOfItsOwn) {
  Value document = codec::parse_json(R"({"retry": {"__default__": {"max_attempts": 2,
      "delay": {"type": "exponential", "base": 1, "growth_factor": 2}, "policies": {
      "sum": {"applies_when": {"response": {"crc32body": "x-sum"}}},
      "busy": {"applies_when": {"response": {"http_status_code": 503}}}}}}})")
                       .value();
  Headers wrong;
  wrong.add("x-sum", "1");
  world_.http->add_response(200, wrong, "{}");
  world_.http->add_response(200, wrong, "{}");
  ClientParts parts;
  Client client = world_.client();
  auto policy = retry::LegacyPolicy::read(document, "shelf", "", {}).value();
  auto decide = [policy](NeedsRetry& event) -> Result<void> {
    RetryMemory memory;
    AttemptOutcome outcome;
    outcome.attempt = event.attempts;
    outcome.status = event.response->status;
    outcome.headers = &event.response->headers;
    outcome.body = event.body;
    auto verdict = policy->decide(outcome, memory, Timestamp(), HalfRandom());
    if (verdict.failure) return *verdict.failure;
    event.retry_after(std::chrono::seconds(1));
    return {};
  };
  ASSERT_TRUE(client.events().register_handler("needs-retry.shelf", decide));
  auto response = client.call("Put", params());
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code(), "Checksum");
  EXPECT_EQ(response.error().attempts(), 2);
}

struct Asked {
  const char* name;
  const char* header;
  bool heeded;
  double delay;
};
class RetryAfterHeader : public Retries, public testing::WithParamInterface<Asked> {};

TEST_P(RetryAfterHeader, LengthensADelayUpToTwentySeconds) {
  tries({2});
  world_.config.retries.retry_after = GetParam().heeded;
  Headers headers;
  headers.add("Retry-After", GetParam().header);
  world_.http->add_response(503, headers);
  world_.http->add_response(200);
  ASSERT_TRUE(world_.client().call("Put", params()));
  EXPECT_THAT(world_.time.delays(), ElementsAre(GetParam().delay));
}

INSTANTIATE_TEST_SUITE_P(, RetryAfterHeader,
                         testing::Values(Asked{"Longer", "7", true, 7},
                                         Asked{"Shorter", "1", true, 2},
                                         Asked{"TooLong", "3600", true, 20},
                                         Asked{"Unreadable", "soon", true, 2},
                                         Asked{"Date", "Sun, 30 Aug 2015 12:36:11 GMT", true, 11},
                                         Asked{"SwitchedOff", "7", false, 2}),
                         [](const auto& named) { return std::string(named.param.name); });

class ClockSkewCorrection : public Retries {
 protected:
  static HttpResponse refusal(const char* code, const char* date) {
    HttpResponse response;
    response.status = 403;
    response.headers = dated(date);
    response.headers.add("x-amzn-errortype", code);
    response.body = Body(std::string("{}"));
    return response;
  }
  std::string signed_at(std::size_t number) {
    return std::string(world_.request(number).headers.get("X-Amz-Date").value_or("none"));
  }
};

TEST_F(ClockSkewCorrection, IsCorrectedByTheServersDateAndRemembered) {
  Client client = world_.client();
  world_.http->add_response(refusal("RequestTimeTooSkewed", "Sun, 30 Aug 2015 13:36:00 GMT"));
  world_.http->add_response(200);
  auto response = client.call("Put", params());
  ASSERT_TRUE(response) << response.error().describe();
  EXPECT_EQ(response->attempt_history()[0].reason, "clock skew");
  EXPECT_EQ(signed_at(0), "20150830T123600Z");
  EXPECT_EQ(signed_at(1), "20150830T133600Z");
  world_.http->add_response(200);
  ASSERT_TRUE(client.call("Put", params()));
  EXPECT_EQ(signed_at(2), "20150830T133600Z");
}

TEST_F(ClockSkewCorrection, OfAWrongSignatureNeedsMinutes) {
  Client client = world_.client();
  world_.http->add_response(refusal("SignatureDoesNotMatch", "Sun, 30 Aug 2015 12:37:00 GMT"));
  EXPECT_FALSE(client.call("Put", params()));
  world_.http->add_response(refusal("SignatureDoesNotMatch", "Sun, 30 Aug 2015 12:26:00 GMT"));
  world_.http->add_response(200);
  EXPECT_TRUE(client.call("Put", params()));
  EXPECT_EQ(signed_at(2), "20150830T122600Z");
}

TEST_F(ClockSkewCorrection, IsCorrectedOncePerCallOnly) {
  world_.http->add_response(refusal("RequestTimeTooSkewed", "Sun, 30 Aug 2015 13:36:00 GMT"));
  world_.http->add_response(refusal("RequestTimeTooSkewed", "Sun, 30 Aug 2015 14:36:00 GMT"));
  auto response = world_.client().call("Put", params());
  EXPECT_EQ(response.error().attempts(), 2);
}

TEST_F(ClockSkewCorrection, IsNoneWhereTheDatesAgreeAreMissingOrAnotherErrorCame) {
  Client client = world_.client();
  for (auto [code, date] : {std::pair{"RequestTimeTooSkewed", "Sun, 30 Aug 2015 12:36:05 GMT"},
                            std::pair{"RequestTimeTooSkewed", "no date"},
                            std::pair{"AccessDenied", "Sun, 30 Aug 2015 13:36:00 GMT"}}) {
    world_.http->add_response(refusal(code, date));
    EXPECT_EQ(client.call("Put", params()).error().attempts(), 1) << code << date;
  }
}

TEST_F(ClockSkewCorrection, CanBeLeftAsItIs) {
  world_.config.retries.clock_skew_correction = false;
  world_.http->add_response(refusal("RequestTimeTooSkewed", "Sun, 30 Aug 2015 13:36:00 GMT"));
  EXPECT_EQ(world_.client().call("Put", params()).error().attempts(), 1);
}

}  // namespace
}  // namespace botocxx
