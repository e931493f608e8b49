#include "codec/json.h"
#include "model/compiler.h"
#include "unit/client/event_client.h"
#include "unit/client/stub_http_client.h"
#include <botocxx/client/client.h>
#include <botocxx/client/client_methods.h>
#include <botocxx/events/payloads.h>

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace botocxx {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::string_view kModel = R"({
  "metadata": {"apiVersion": "2020-01-01", "endpointPrefix": "box", "protocol": "rest-json",
               "serviceId": "Big Box", "signatureVersion": "v4"},
  "operations": {
    "PutThing": {"name": "PutThing", "http": {"method": "PUT", "requestUri": "/{Name}"},
                 "input": {"shape": "In"}, "output": {"shape": "Out"}}},
  "shapes": {
    "Text": {"type": "string"}, "Blob": {"type": "blob", "streaming": true},
    "In": {"type": "structure", "required": ["Name"], "payload": "Body", "members": {
      "Name": {"shape": "Text", "location": "uri", "locationName": "Name"},
      "Tag": {"shape": "Text", "location": "header", "locationName": "x-tag"},
      "Body": {"shape": "Blob", "streaming": true}}},
    "Out": {"type": "structure", "members": {"Id": {"shape": "Text"}}}}})";

class FakeSleeper : public Sleeper {
 public:
  Time now() const override { return now_; }
  Result<void> sleep_until(Time end, const std::stop_token& stop) const override {
    if (stop.stop_requested()) return Error(ErrorKind::kCancelled, "Cancelled", "stopped");
    slept.push_back(std::chrono::duration_cast<milliseconds>(end - now_));
    now_ = end;
    return {};
  }
  mutable std::vector<milliseconds> slept;
  mutable Time now_{seconds(1000)};
};

class CallEventsTest : public testing::Test {
 protected:
  CallEventsTest() {
    parts_.model =
        model::compile_and_open(codec::parse_json(kModel).value(), "box", "2020-01-01").value();
    parts_.region = "eu-west-1";
    parts_.credentials = make_static_credentials_provider({"AKID", "SECRET", "", "", {}, ""});
    parts_.endpoints = std::make_shared<OneEndpoint>("https://box.example.com");
    parts_.http = http_;
    parts_.sleeper = &sleeper_;
  }

  Client& client() {
    if (!client_) client_ = Client::create(parts_).value();
    return *client_;
  }
  Events& events() { return client().events(); }
  void on(std::string_view name, EventHandler handler) {
    events().register_handler(name, std::move(handler)).value();
  }
  void answer(int status, std::string body = "{}", Headers headers = {}) {
    http_->answers.push_back({status, "", std::move(headers), Body(std::move(body))});
  }
  Result<Response> call(const CallOptions& options = {}) {
    return client().call("PutThing", params_, options);
  }
  void retry_always(milliseconds delay) {
    on("needs-retry", [delay](NeedsRetry& event) {
      if (event.error != nullptr) event.retry_after(delay);
    });
  }

  std::shared_ptr<StubHttpClient> http_ = std::make_shared<StubHttpClient>();
  FakeSleeper sleeper_;
  ClientParts parts_;
  std::optional<Client> client_;
  Value params_{{"Name", "n"}, {"Body", Bytes{"body"}}};
};

TEST_F(CallEventsTest, EmitsTheEventsOfACallInBotocoresOrder) {
  std::string seen;
  on("*.big-box.PutThing", [&](Event& event) { seen += to_string(event.kind), seen += ' '; });
  answer(200);
  ASSERT_TRUE(call());
  EXPECT_EQ(seen,
            "provide-client-params before-parameter-build before-call request-created "
            "choose-signer before-sign before-send before-parse response-received needs-retry "
            "after-call ");
}

TEST_F(CallEventsTest, EachAttemptIsCreatedSentAndJudgedAnew) {
  std::string seen;
  on("*.big-box.PutThing", [&](Event& event) { seen += to_string(event.kind), seen += ' '; });
  on("needs-retry", [](NeedsRetry& event) {
    if (event.attempts == 1) event.retry_after(milliseconds(0));
  });
  answer(500);
  answer(200);
  ASSERT_EQ(call().value().attempts(), 2);
  std::string once =
      "request-created choose-signer before-sign before-send before-parse response-received "
      "needs-retry ";
  EXPECT_EQ(seen, "provide-client-params before-parameter-build before-call " + once + once +
                      "after-call ");
}

TEST_F(CallEventsTest, ACallThatNeverGetsAnAnswerEndsWithItsErrorAlone) {
  std::string seen;
  on("after-call", [&](AfterCall&) { seen += "after-call "; });
  on("after-call-error", [&](AfterCallError& event) { seen += event.error.code(); });
  EXPECT_EQ(call().error().code(), "EndpointConnection");
  EXPECT_EQ(seen, "EndpointConnection");
}

TEST_F(CallEventsTest, ParametersMayBeReplacedAndThenChanged) {
  on("provide-client-params", [](ProvideClientParams& event) {
    Value other = event.params;
    other.set("Name", "other");
    event.respond(other);
    event.respond(Value::object());
  });
  on("before-parameter-build", [](BeforeParameterBuild& event) { event.params.set("Tag", "t"); });
  answer(200);
  ASSERT_TRUE(call());
  EXPECT_EQ(http_->requests[0].url.path, "/other");
  EXPECT_EQ(http_->requests[0].headers.get("x-tag"), "t");
  EXPECT_EQ(params_["Name"], Value("n")) << "the caller's own stay";
}

TEST_F(CallEventsTest, WhatHandlersMakeOfParametersIsValidated) {
  on("before-parameter-build", [](BeforeParameterBuild& event) { event.params.erase("Name"); });
  auto failed = call();
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code(), "ParamValidation");
  EXPECT_TRUE(http_->requests.empty());
}

TEST_F(CallEventsTest, BeforeCallMayAnswerInPlaceOfTheNetwork) {
  on("before-call", [](BeforeCall& event) {
    event.respond({{200, "", {}, Body()}, Value{{"Id", event.params["Name"]}}});
  });
  on("after-call", [](AfterCall& event) { event.parsed.set("Seen", true); });
  auto response = call().value();
  EXPECT_EQ(response["Id"], Value("n"));
  EXPECT_EQ(response["Seen"], Value(true));
  EXPECT_EQ(response.status(), 200);
  EXPECT_TRUE(http_->requests.empty());
}

TEST_F(CallEventsTest, AnAnswerOfBeforeCallMayBeAnError) {
  on("before-call", [](BeforeCall& event) {
    Value error = Value::object();
    error.set("Error", {{"Code", "Gone"}, {"Message", "it is gone"}});
    event.respond({{410, "", {}, Body()}, error});
  });
  Error error = call().error();
  EXPECT_EQ(error.code(), "Gone");
  EXPECT_EQ(error.message(), "it is gone");
  EXPECT_EQ(error.status(), 410);
  EXPECT_EQ(error.operation(), "PutThing");
}

TEST_F(CallEventsTest, ARequestIsSignedBetweenTheHandlersOfItsOperationAndThoseOfAll) {
  auto add = [](std::string_view name) {
    return [name](RequestCreated& event) { event.request.headers.set(std::string(name), "1"); };
  };
  on("request-created.big-box.PutThing", add("x-signed"));
  events().register_first("request-created.big-box", add("x-signed-too")).value();
  on("request-created.big-box", add("x-unsigned"));
  on("request-created", add("x-unsigned-too"));
  auto request = client().prepare("PutThing", params_).value();
  std::string authorization(*request.headers.get("Authorization"));
  EXPECT_NE(authorization.find("x-signed;x-signed-too"), std::string::npos) << authorization;
  EXPECT_EQ(authorization.find("unsigned"), std::string::npos) << authorization;
  EXPECT_TRUE(request.headers.contains("x-unsigned"));
  EXPECT_TRUE(request.headers.contains("x-unsigned-too"));
}

TEST_F(CallEventsTest, ASignerMayBeChosenAndLeftOut) {
  std::string version;
  on("choose-signer", [&](ChooseSigner& event) {
    version = event.signature_version;
    event.respond("none");
  });
  EXPECT_FALSE(client().prepare("PutThing", params_)->headers.contains("Authorization"));
  EXPECT_EQ(version, "v4");
}

TEST_F(CallEventsTest, ASignerThatThereIsNotIsAnError) {
  on("choose-signer", [&](ChooseSigner& event) { event.respond("v99"); });
  Error error = call().error();
  EXPECT_EQ(error.code(), "UnknownSignatureVersion");
  EXPECT_TRUE(http_->requests.empty());
}

TEST_F(CallEventsTest, HandlersMayChangeWhatIsSignedForAndWithWhat) {
  on("before-sign", [](BeforeSign& event) {
    event.context.signing.region = "mars-1";
    event.context.signing.credentials =
        std::make_shared<const Credentials>(Credentials{"OTHER", "S", "", "", {}, ""});
  });
  auto request = client().prepare("PutThing", params_).value();
  EXPECT_NE(request.headers.get("Authorization")->find("OTHER/"), std::string_view::npos);
  EXPECT_NE(request.headers.get("Authorization")->find("/mars-1/box/"), std::string_view::npos);
}

TEST_F(CallEventsTest, BeforeSendMayAnswerAndItsFailuresMayBeTriedAgain) {
  int sends = 0;
  on("before-send", [&](BeforeSend& event) -> Result<void> {
    if (++sends == 1) return Error(ErrorKind::kTransport, "Broken", "broken");
    event.respond({200, "", {}, Body(std::string("{\"Id\": \"x\"}"))});
    return {};
  });
  retry_always(milliseconds(0));
  auto response = call().value();
  EXPECT_EQ(response["Id"], Value("x"));
  EXPECT_EQ(response.attempts(), 2);
  EXPECT_TRUE(http_->requests.empty());
}

TEST_F(CallEventsTest, WaitsBetweenAttemptsAsLongAsTheHandlerSays) {
  on("needs-retry", [](NeedsRetry& event) {
    if (event.attempts < 3) event.retry_after(milliseconds(100 * event.attempts));
  });
  answer(503);
  answer(500);
  answer(400, R"({"code": "Odd"})");
  EXPECT_EQ(call().error().attempts(), 3);
  EXPECT_EQ(sleeper_.slept, (std::vector{milliseconds(100), milliseconds(200)}));
  ASSERT_EQ(http_->requests.size(), 3U);
  EXPECT_EQ(http_->requests[2].body.bytes(), "body");
}

TEST_F(CallEventsTest, TheFirstHandlerThatKnowsDecidesAboutAnotherAttempt) {
  int asked = 0;
  on("needs-retry.big-box", [](NeedsRetry& event) { event.stop(); });
  on("needs-retry", [&](NeedsRetry& event) {
    ++asked;
    event.retry_after(milliseconds(0));
  });
  answer(500);
  EXPECT_EQ(call().error().attempts(), 1);
  EXPECT_EQ(asked, 1);
}

TEST_F(CallEventsTest, ARetryHandlerSeesWhatCameAndMayMoveTheNextAttempt) {
  on("needs-retry", [](NeedsRetry& event) {
    if (event.error == nullptr) return;
    ASSERT_NE(event.response, nullptr);
    EXPECT_EQ(event.response->status, 301);
    EXPECT_EQ((*event.parsed)["Error"]["Code"], Value("Moved"));
    EXPECT_TRUE(event.can_resend());
    event.request.url.host = "other.example.com";
    event.context.signing.region = "us-west-2";
    event.context.retries.metadata.set("Moved", true);
    event.retry_after(milliseconds(0));
  });
  answer(301, R"({"code": "Moved"})");
  answer(200);
  auto response = call().value();
  EXPECT_EQ(http_->requests[1].url.host, "other.example.com");
  EXPECT_NE(http_->requests[1].headers.get("Authorization")->find("/us-west-2/"),
            std::string_view::npos);
  EXPECT_EQ(response.metadata()["Moved"], Value(true));
  EXPECT_EQ(response.metadata()["RetryAttempts"], Value(1));
}

TEST_F(CallEventsTest, ABodyThatCannotBeRewoundIsNotSentAgain) {
  auto once = Body::from_callback([sent = false](std::span<std::byte> out) mutable {
    std::size_t count = std::exchange(sent, true) ? 0 : 1;
    if (count == 1) out[0] = std::byte{'x'};
    return Result<std::size_t>(count);
  });
  params_.set("Body", once);
  parts_.config.unsigned_requests = true;
  retry_always(milliseconds(0));
  answer(500);
  Error error = call().error();
  EXPECT_EQ(error.code(), "UnseekableStream");
  ASSERT_NE(error.cause(), nullptr);
  EXPECT_EQ(error.cause()->status(), 500);
  EXPECT_EQ(http_->requests.size(), 1U);
}

TEST_F(CallEventsTest, AWaitThatWouldPassTheDeadlineIsNotBegun) {
  retry_always(seconds(10));
  answer(500);
  CallOptions options;
  options.deadline = sleeper_.now() + seconds(10);
  Error error = call(options).error();
  EXPECT_EQ(error.kind(), ErrorKind::kTimeout);
  ASSERT_NE(error.cause(), nullptr);
  EXPECT_EQ(error.cause()->status(), 500);
  EXPECT_TRUE(sleeper_.slept.empty());
}

TEST_F(CallEventsTest, AStoppedCallDoesNotWait) {
  std::stop_source stop;
  on("needs-retry", [&](NeedsRetry& event) {
    stop.request_stop();
    event.retry_after(milliseconds(0));
  });
  answer(500);
  CallOptions options;
  options.stop = stop.get_token();
  EXPECT_EQ(call(options).error().kind(), ErrorKind::kCancelled);
  EXPECT_EQ(http_->requests.size(), 1U);
}

TEST_F(CallEventsTest, AnAnswerMayBeChangedBeforeItIsRead) {
  on("before-parse", [](BeforeParse& event) {
    event.response.body = Body(std::string(R"({"Id": "changed"})"));
    event.customized_response.set("More", 1);
  });
  answer(200, "what is this");
  auto response = call().value();
  EXPECT_EQ(response["Id"], Value("changed"));
  EXPECT_EQ(response["More"], Value(1));
}

TEST_F(CallEventsTest, ADamagedAnswerIsNoReasonForAnotherAttempt) {
  retry_always(milliseconds(0));
  answer(200, "{");
  Error error = call().error();
  EXPECT_EQ(error.kind(), ErrorKind::kParse);
  EXPECT_EQ(error.attempts(), 1);
}

TEST_F(CallEventsTest, WhatAfterCallMakesOfAnErrorIsTheError) {
  on("after-call", [](AfterCall& event) {
    Value* error = event.parsed.find("Error");
    ASSERT_NE(error, nullptr);
    error->set("Code", "Clearer");
    event.context.error_code_override = "ShapeName";
  });
  answer(400, R"({"code": "Dark", "message": "m"})");
  Error error = call().error();
  EXPECT_EQ(error.code(), "Clearer");
  EXPECT_EQ(error.message(), "m");
  EXPECT_EQ(error.status(), 400);
  EXPECT_TRUE(error.is("ShapeName"));
  EXPECT_FALSE(error.is("Dark"));
  EXPECT_EQ((*error.fields())["Error"]["Code"], Value("Clearer"));
}

TEST_F(CallEventsTest, AFailureOfAnyHandlerEndsTheCall) {
  for (auto name : {"provide-client-params", "before-parameter-build", "before-call",
                    "request-created", "choose-signer", "before-sign", "before-parse",
                    "response-received", "needs-retry", "after-call"}) {
    http_->answers.clear();
    answer(200);
    auto refuse = EventHandler::of<Event>(
        [](Event&) -> Result<void> { return Error(ErrorKind::kUsage, "Refused", "no"); });
    EventHandler handler = events().register_handler(name, refuse).value();
    auto failed = call();
    events().unregister(name, handler);
    ASSERT_FALSE(failed) << name;
    EXPECT_EQ(failed.error().code(), "Refused") << name;
    EXPECT_NE(failed.error().describe().find(name), std::string::npos);
  }
}

TEST_F(CallEventsTest, BuiltInParametersOfRulesMayBeChanged) {
  // Covered with real rules where endpoints are chosen; this resolver has none, and asks no one.
  bool asked = false;
  on("before-endpoint-resolution", [&](BeforeEndpointResolution&) { asked = true; });
  answer(200);
  ASSERT_TRUE(call());
  EXPECT_FALSE(asked);
}

TEST_F(CallEventsTest, HandlersGiveAClientMethods) {
  parts_.events
      .register_handler(
          "creating-client-class.big-box",
          [](CreatingClientClass& event) {
            event.methods.set(
                "double_it", [](const Client&, const Value& params, const CallOptions&) {
                  return Result<Response>(Response::of({{"Twice", params["N"].as_int() * 2}}));
                });
            event.methods.set("put_thing", [](const Client& client, const Value& params,
                                              const CallOptions& options) {
              Value named = params;
              named.set("Name", "default");
              return client.call("PutThing", named, options);
            });
          })
      .value();
  EXPECT_EQ(client().call("double_it", {{"N", 21}}).value()["Twice"], Value(42));
  answer(200);
  ASSERT_TRUE(client().call("put_thing"));
  EXPECT_EQ(http_->requests[0].url.path, "/default");
  EXPECT_EQ(client().call("triple_it").error().code(), "UnknownOperation");
}

TEST_F(CallEventsTest, HandlersTakeOperationsAway) {
  parts_.events
      .register_handler("creating-client-class",
                        [](CreatingClientClass& event) { event.methods.remove("put_thing"); })
      .value();
  for (auto name : {"put_thing", "PutThing"}) {
    auto failed = client().call(name, params_);
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code(), "UnknownOperation");
  }
}

TEST_F(CallEventsTest, AnUnknownNameMayBeAnotherNameOfAnOperation) {
  on("getattr.big-box.store_thing", [](GetAttribute& event) { event.respond("put_thing"); });
  on("getattr.big-box.wrong", [](GetAttribute& event) { event.respond("wronger"); });
  on("getattr.big-box.itself", [](GetAttribute& event) { event.respond("itself"); });
  answer(200);
  ASSERT_TRUE(client().call("store_thing", params_));
  for (auto name : {"wrong", "itself", "unknown"}) {
    EXPECT_EQ(client().call(name, params_).error().code(), "UnknownOperation") << name;
  }
}

class CountingHttpClient : public HttpClient {
 public:
  Result<HttpResponse> send(const HttpRequest&, const SendOptions&) override {
    return HttpResponse{200, "", {}, Body(std::string("{}"))};
  }
};

TEST_F(CallEventsTest, HandlersMayComeAndGoWhileCallsRun) {
  parts_.http = std::make_shared<CountingHttpClient>();
  Client shared = client();
  std::atomic<int> calls = 0, heard = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, shared] {
      for (int n = 0; n < 50; ++n) calls += shared.call("PutThing", params_).has_value() ? 1 : 0;
    });
    threads.emplace_back([&, shared] {
      for (int n = 0; n < 50; ++n) {
        auto handler = shared.events().register_handler("after-call", [&](AfterCall&) { ++heard; });
        Client other = Client::create(parts_).value();
        shared.events().unregister("after-call", *handler);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(calls, 200);
  answer(200);
  int before = heard;
  ASSERT_TRUE(call());
  EXPECT_EQ(heard, before) << "all are gone";
}

}  // namespace
}  // namespace botocxx
