#include "events/event_list.h"
#include "events/operation_events.h"
#include <botocxx/events/events.h>
#include <botocxx/events/payloads.h>

#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <iterator>
#include <stdexcept>

namespace botocxx {
namespace {

class EventsTest : public testing::Test {
 protected:
  static EventHandler note(std::string& to, std::string text) {
    return [&to, text = std::move(text)](Event&) { to += text; };
  }
  std::string emitted(std::string_view name) {
    seen_.clear();
    std::shared_ptr<const ServiceModel> model;
    ServiceDataLoaded event("x", model);
    EXPECT_TRUE(events_.emit(name, event));
    return seen_;
  }
  EventHandler note(std::string text) { return note(seen_, std::move(text)); }

  Events events_;
  std::string seen_;
};

TEST_F(EventsTest, HandlersOfAServicesOldNamesHearItsPresentOne) {
  events_.register_handler("service-data-loaded.ce", note("a")).value();
  events_.register_handler("service-data-loaded.cost-explorer", note("b")).value();
  EXPECT_EQ(emitted("service-data-loaded.cost-explorer"), "ab");
  EXPECT_EQ(emitted("service-data-loaded.ce"), "ab");
  EXPECT_EQ(emitted("service-data-loaded.ce2"), "");
}

TEST_F(EventsTest, AnOldNameOfSeveralPartsIsReplacedAsAWhole) {
  events_.register_handler("service-data-loaded.runtime.lex.Post", note("a")).value();
  EXPECT_EQ(emitted("service-data-loaded.lex-runtime-service.Post"), "a");
  EXPECT_EQ(emitted("service-data-loaded.runtime.lexer.Post"), "");
  EXPECT_EQ(emitted("service-data-loaded.lex.runtime.Post"), "");
}

TEST_F(EventsTest, RemovesAHandlerUnderAnOldNameToo) {
  EventHandler handler = events_.register_handler("service-data-loaded.ce", note("a")).value();
  events_.unregister("service-data-loaded.ce", handler);
  EXPECT_EQ(emitted("service-data-loaded.cost-explorer"), "");
  events_.unregister("service-data-loaded.ce", handler);
  events_.unregister("no-event.at.all", handler);
}

TEST_F(EventsTest, AnIdIsRegisteredOnce) {
  EventHandler first = events_.register_handler("service-data-loaded", note("a"), {"id"}).value();
  EventHandler again = events_.register_handler("service-data-loaded", note("b"), {"id"}).value();
  EXPECT_EQ(first, again);
  EXPECT_EQ(emitted("service-data-loaded.x"), "a");
  ASSERT_TRUE(events_.unregister("service-data-loaded", HandlerOptions{"id"}));
  EXPECT_EQ(emitted("service-data-loaded.x"), "");
  ASSERT_TRUE(events_.unregister("service-data-loaded", HandlerOptions{"id"}));
  events_.register_handler("service-data-loaded", note("c"), {"id"}).value();
  EXPECT_EQ(emitted("service-data-loaded.x"), "c") << "the id is free again";
}

TEST_F(EventsTest, ACountedIdIsRemovedWithItsLastUser) {
  HandlerOptions counted{"id", true};
  for (int i = 0; i < 3; ++i) {
    events_.register_last("service-data-loaded", note("a"), counted).value();
  }
  EXPECT_EQ(emitted("service-data-loaded.x"), "a");
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(events_.unregister("service-data-loaded", counted));
    EXPECT_EQ(emitted("service-data-loaded.x"), "a");
  }
  ASSERT_TRUE(events_.unregister("service-data-loaded", counted));
  EXPECT_EQ(emitted("service-data-loaded.x"), "");
}

TEST_F(EventsTest, AnIdIsCountedEverywhereOrNowhere) {
  HandlerOptions plain{"plain"}, counted{"counted", true};
  events_.register_handler("service-data-loaded", note("a"), plain).value();
  events_.register_handler("service-data-loaded", note("b"), counted).value();
  plain.unique_id_uses_count = true;
  counted.unique_id_uses_count = false;
  for (const HandlerOptions& wrong : {plain, counted}) {
    auto registered = events_.register_first("service-data-loaded", note("c"), wrong);
    ASSERT_FALSE(registered);
    EXPECT_EQ(registered.error().code(), "UniqueIdMismatch");
    auto removed = events_.unregister("service-data-loaded", wrong);
    ASSERT_FALSE(removed);
    EXPECT_NE(removed.error().message().find(wrong.unique_id), std::string::npos);
  }
  EXPECT_EQ(emitted("service-data-loaded.x"), "ab");
}

TEST_F(EventsTest, AMisspelledEventIsAnErrorThatNamesTheNearest) {
  auto wrong = events_.register_handler("before-cal.s3", note("a"));
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code(), "UnknownEvent");
  EXPECT_NE(wrong.error().describe().find("'before-call'"), std::string::npos);
  EXPECT_FALSE(events_.register_handler("", note("a")));
  EXPECT_FALSE(events_.register_handler(".before-call", note("a")));
}

TEST_F(EventsTest, AHandlerOfAnotherPayloadIsRefused) {
  auto handler = [](BeforeSend&) {};
  auto wrong = events_.register_handler("before-sign.s3", handler);
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code(), "WrongPayload");
  EXPECT_EQ(wrong.error().message(),
            "a handler of 'before-sign.s3' takes BeforeSign&, but this one takes BeforeSend&");
  EXPECT_NE(wrong.error().describe().find("'before-send'"), std::string::npos);
  auto any = events_.register_handler("*.s3", handler);
  ASSERT_FALSE(any);
  EXPECT_EQ(any.error().message(),
            "a handler of '*.s3' takes Event&, but this one takes BeforeSend&");
}

void count_calls(const Event&) {}
Result<void> refuse(ServiceDataLoaded&) { return Error(ErrorKind::kUsage, "Refused", "no"); }

TEST_F(EventsTest, FunctionsFunctorsAndLambdasAreHandlers) {
  struct Functor {
    void operator()(const ServiceDataLoaded&) const noexcept {}
  };
  int calls = 0;
  std::function<void(ServiceDataLoaded&)> wrapped = [&](ServiceDataLoaded&) { ++calls; };
  events_.register_handler("service-data-loaded", count_calls).value();
  events_.register_handler("service-data-loaded", Functor{}).value();
  events_.register_handler("service-data-loaded", wrapped).value();
  events_.register_handler("service-data-loaded", [&](ServiceDataLoaded&) mutable { ++calls; })
      .value();
  auto generic = EventHandler::of<Event>([&](auto& event) {
    if (event.template as<ServiceDataLoaded>() != nullptr) ++calls;
    if (event.template as<BeforeCall>() != nullptr) calls += 100;
  });
  events_.register_handler("*", generic).value();
  emitted("service-data-loaded.x");
  EXPECT_EQ(calls, 3);
}

TEST_F(EventsTest, TheFirstFailureEndsTheEventAndSaysWhereItHappened) {
  events_.register_handler("service-data-loaded", refuse).value();
  events_.register_handler("service-data-loaded", note("never")).value();
  std::shared_ptr<const ServiceModel> model;
  ServiceDataLoaded event("x", model);
  auto handled = events_.emit("service-data-loaded.x", event);
  ASSERT_FALSE(handled);
  EXPECT_EQ(handled.error().code(), "Refused");
  EXPECT_NE(handled.error().describe().find("service-data-loaded.x"), std::string::npos);
  EXPECT_EQ(seen_, "");
}

TEST_F(EventsTest, ExceptionsBecomeErrors) {
  auto failing = [&](std::function<void(ServiceDataLoaded&)> handler) {
    EventHandler registered = events_.register_handler("service-data-loaded", handler).value();
    std::shared_ptr<const ServiceModel> model;
    ServiceDataLoaded event("x", model);
    auto handled = events_.emit("service-data-loaded.x", event);
    events_.unregister("service-data-loaded", registered);
    return handled ? std::string("none") : handled.error().code() + ' ' + handled.error().message();
  };
  EXPECT_EQ(failing([](ServiceDataLoaded&) { throw std::runtime_error("oh"); }),
            "HandlerFailed a handler of service-data-loaded.x threw: oh");
  EXPECT_EQ(failing([](ServiceDataLoaded&) { throw 5; }),
            "HandlerFailed a handler of service-data-loaded.x threw");
  EXPECT_EQ(failing([](ServiceDataLoaded&) { (void)Value(5).as_string(); }).substr(0, 4), "Type");
}

TEST_F(EventsTest, TheFirstAnswerCountsAndEndsOnlySomeEvents) {
  for (auto [name, text] : {std::pair{"first", "a"}, std::pair{"second", "b"}}) {
    std::string answer = name;
    events_
        .register_handler("choose-service-name",
                          [=, this](ChooseServiceName& event) {
                            seen_ += text;
                            event.respond(answer);
                          })
        .value();
  }
  ChooseServiceName all("x");
  ASSERT_TRUE(events_.emit("choose-service-name", all));
  EXPECT_EQ(seen_, "ab");
  EXPECT_EQ(all.response, "first");

  Operation operation(nullptr, 0);
  int config = 0;
  CallContext context{reinterpret_cast<const Config&>(config)};
  seen_.clear();
  events_
      .register_handler("choose-signer.x",
                        [&](ChooseSigner& event) {
                          seen_ += 'a';
                          event.respond("none");
                        })
      .value();
  events_.register_handler("choose-signer", [&](ChooseSigner&) { seen_ += 'b'; }).value();
  ChooseSigner ended(operation, context, "", "", "v4");
  ASSERT_TRUE(events_.emit("choose-signer.x.y", ended));
  EXPECT_EQ(seen_, "a");
  EXPECT_EQ(ended.response, "none");
}

TEST_F(EventsTest, ACopyStartsWithTheSameHandlersAndIdsAndGoesItsOwnWay) {
  events_.register_handler("service-data-loaded", note("a"), {"id"}).value();
  Events copy = events_.copy();
  Events same = events_;
  same.register_handler("service-data-loaded", note("b")).value();
  EXPECT_EQ(emitted("service-data-loaded"), "ab");
  ASSERT_TRUE(copy.unregister("service-data-loaded", HandlerOptions{"id"}));
  EXPECT_EQ(emitted("service-data-loaded"), "ab");
  std::shared_ptr<const ServiceModel> model;
  ServiceDataLoaded event("x", model);
  seen_.clear();
  ASSERT_TRUE(copy.emit("service-data-loaded", event));
  EXPECT_EQ(seen_, "");
}

TEST_F(EventsTest, AHandlerMayRegisterAndRemoveHandlers) {
  EventHandler once = events_.register_handler("service-data-loaded", note("once ")).value();
  events_
      .register_handler(
          "service-data-loaded",
          [&](Event&) {
            events_.unregister("service-data-loaded", once);
            events_.register_handler("service-data-loaded", note("new "), {"new"}).value();
          })
      .value();
  EXPECT_EQ(emitted("service-data-loaded"), "once ");
  EXPECT_EQ(emitted("service-data-loaded"), "new ");
}

TEST_F(EventsTest, WhatNobodyListensToIsNeverLookedUp) {
  events_.register_handler("before-call.s3.GetObject", note("a")).value();
  events_.register_handler("needs-retry.sqs", note("b")).value();
  events::OperationEvents call(events_, "s3", "GetObject", 3);
  events::OperationEvents again(events_, "s3", "GetObject", 3);
  events::OperationEvents other(events_, "s3", "PutObject", 7);
  for (int i = 0; i < 100; ++i) {
    for (std::size_t kind = 0; kind < kEventKindCount; ++kind) {
      bool listened = static_cast<EventKind>(kind) == EventKind::kBeforeCall;
      EXPECT_EQ(call.heard(static_cast<EventKind>(kind)), listened);
      EXPECT_EQ(again.heard(static_cast<EventKind>(kind)), listened);
      EXPECT_FALSE(other.heard(static_cast<EventKind>(kind)));
    }
  }
  EXPECT_EQ(events::OperationEvents::searches(events_), 4U)
      << "two kinds, once for each of two operations";
}

TEST_F(EventsTest, ACallSeesAChangeFromItsNextEventOn) {
  events::OperationEvents call(events_, "s3", "GetObject", 0);
  EXPECT_FALSE(call.heard(EventKind::kAfterCall));
  EventHandler handler = events_.register_handler("after-call.s3", note("a")).value();
  EXPECT_TRUE(call.heard(EventKind::kAfterCall));
  events_.unregister("after-call.s3", handler);
  EXPECT_FALSE(call.heard(EventKind::kAfterCall));
}

TEST(EventList, HasEveryKindInItsPlace) {
  auto list = events::event_list();
  ASSERT_EQ(list.size(), kEventKindCount);
  for (std::size_t i = 0; i < list.size(); ++i) {
    EXPECT_EQ(list[i].kind, static_cast<EventKind>(i));
    EXPECT_EQ(events::kind_of(std::string(list[i].name) + ".x"), list[i].kind);
    EXPECT_EQ(list[i].answer.empty(), list[i].rule == events::AnswerRule::kNone);
  }
}

TEST(EventList, IsTheTableOfTheGuide) {
  std::ifstream file(BOTOCXX_SOURCE_DIR "/docs/events.md");
  std::string guide(std::istreambuf_iterator<char>(file), {});
  EXPECT_NE(guide.find(events::event_table()), std::string::npos)
      << "docs/events.md should hold this table:\n"
      << events::event_table();
}

}  // namespace
}  // namespace botocxx
