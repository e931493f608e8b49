#include "codec/json.h"
#include "model/compiler.h"
#include <botocxx/client/stub.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace botocxx {
namespace {

using testing::HasSubstr;

// A client without credentials or transport: whatever is not stubbed fails.
constexpr std::string_view kModel = R"({
  "metadata": {"apiVersion": "2020-01-01", "endpointPrefix": "shelf", "protocol": "json",
               "jsonVersion": "1.1", "targetPrefix": "Shelf", "serviceId": "Shelf",
               "signatureVersion": "v4"},
  "operations": {
    "GetBook": {"name": "GetBook", "http": {"method": "POST", "requestUri": "/"},
                "input": {"shape": "BookName"}, "output": {"shape": "Book"},
                "errors": [{"shape": "NoSuchBook"}]},
    "PutBook": {"name": "PutBook", "http": {"method": "POST", "requestUri": "/"},
                "input": {"shape": "BookName"}}},
  "shapes": {
    "Text": {"type": "string"}, "Number": {"type": "integer"},
    "Token": {"type": "string"},
    "BookName": {"type": "structure", "required": ["Title"], "members": {
      "Title": {"shape": "Text"}, "Edition": {"shape": "Edition"},
      "ClientToken": {"shape": "Token", "idempotencyToken": true}}},
    "Edition": {"type": "structure", "members": {"Year": {"shape": "Number"}, "Place": {"shape": "Text"}}},
    "Book": {"type": "structure", "members": {"Pages": {"shape": "Number"}}},
    "NoSuchBook": {"type": "structure", "exception": true, "members": {
      "Nearest": {"shape": "Text"}}}}})";

class NoEndpoint : public EndpointResolver {
 public:
  Result<Endpoint> resolve(const EndpointQuery&) const override {
    Endpoint endpoint;
    endpoint.url = Url::parse("https://shelf.example").value();
    return endpoint;
  }
};

class StubTest : public testing::Test {
 protected:
  static Client make_client() {
    ClientParts parts;
    parts.model =
        model::compile_and_open(codec::parse_json(kModel).value(), "shelf", "2020-01-01").value();
    parts.region = "us-east-1";
    parts.endpoints = std::make_shared<NoEndpoint>();
    return Client::create(std::move(parts)).value();
  }

  std::string code_of(std::string_view operation, const Value& params) {
    auto response = client_.call(operation, params);
    return response ? "" : response.error().code();
  }

  Client client_ = make_client();
};

TEST_F(StubTest, AnswersCallsInTheOrderOfItsList) {
  Stub stub(client_);
  ASSERT_TRUE(stub.add_response("GetBook", {{"Pages", 10}}));
  ASSERT_TRUE(stub.add_response("get_book", {{"Pages", 20}}));
  EXPECT_EQ(stub.pending(), 2U);
  EXPECT_EQ(stub.assert_no_pending_responses().error().message(),
            "2 responses remaining in queue.");
  EXPECT_EQ(client_.call("GetBook", {{"Title", "a"}}).value()["Pages"], Value(10));
  EXPECT_EQ(client_.call("GetBook", {{"Title", "b"}}).value()["Pages"], Value(20));
  EXPECT_TRUE(stub.assert_no_pending_responses());
}

TEST_F(StubTest, ACallWithoutAnAnswerFails) {
  Stub stub(client_);
  EXPECT_EQ(code_of("GetBook", {{"Title", "a"}}), "UnStubbedResponse");
}

TEST_F(StubTest, AnAnswerOfAnotherOperationIsAnErrorAndStays) {
  Stub stub(client_);
  ASSERT_TRUE(stub.add_response("PutBook", {}));
  EXPECT_EQ(code_of("GetBook", {{"Title", "a"}}), "StubResponse");
  EXPECT_EQ(code_of("PutBook", {{"Title", "a"}}), "");
}

TEST_F(StubTest, AnswersMustFitTheModel) {
  Stub stub(client_);
  EXPECT_EQ(stub.add_response("GetBook", {{"Pages", "ten"}}).error().code(), "ParamValidation");
  EXPECT_EQ(stub.add_response("GetBook", {{"Sides", 10}}).error().code(), "ParamValidation");
  EXPECT_EQ(stub.add_response("PutBook", {{"Pages", 10}}).error().code(), "ParamValidation");
  EXPECT_EQ(stub.add_response("GetBok", {}).error().code(), "UnknownOperation");
  EXPECT_EQ(stub.pending(), 0U);
  EXPECT_TRUE(stub.add_response("PutBook", {{"ResponseMetadata", {{"RequestId", "1"}}}}));
}

TEST_F(StubTest, ExpectedParametersMustBeAllAndEqual) {
  Stub stub(client_);
  ASSERT_TRUE(stub.add_response("GetBook", {}, Value{{"Title", "a"}}));
  auto other = client_.call("GetBook", {{"Title", "b"}});
  ASSERT_FALSE(other.has_value());
  EXPECT_EQ(other.error().code(), "StubAssertion");
  EXPECT_THAT(other.error().message(), HasSubstr(R"({"Title":"a"})"));
  EXPECT_THAT(other.error().message(), HasSubstr(R"({"Title":"b"})"));
  EXPECT_EQ(code_of("GetBook", {{"Title", "a"}, {"Edition", {{"Year", 1}}}}), "StubAssertion");
  EXPECT_EQ(code_of("GetBook", Value::object()), "StubAssertion");
  EXPECT_EQ(code_of("GetBook", {{"Title", "a"}}), "");
}

TEST_F(StubTest, AnyStandsForAnyValueAtAnyDepth) {
  Stub stub(client_);
  Value expected{{"Title", Stub::any()}, {"Edition", {{"Year", 7}, {"Place", Stub::any()}}}};
  ASSERT_TRUE(stub.add_response("GetBook", {}, expected));
  auto wrong =
      client_.call("GetBook", {{"Title", "a"}, {"Edition", {{"Year", 8}, {"Place", "x"}}}});
  EXPECT_THAT(wrong.error().message(), HasSubstr(R"("Title":ANY)"));
  EXPECT_EQ(code_of("GetBook", {{"Title", "a"}, {"Edition", {{"Year", 7}}}}), "StubAssertion");
  EXPECT_EQ(code_of("GetBook", {{"Title", "a"}, {"Edition", {{"Year", 7}, {"Place", "x"}}}}), "");
}

TEST_F(StubTest, ParametersThatTheModelRefusesAreRefusedBesides) {
  Stub stub(client_);
  ASSERT_TRUE(stub.add_response("GetBook", {}));
  EXPECT_EQ(code_of("GetBook", {{"Title", 5}}), "ParamValidation");
  EXPECT_EQ(stub.pending(), 1U) << "the answer is there for the next call";
}

TEST_F(StubTest, ErrorsAreThoseOfAServiceWithTheirFields) {
  Stub stub(client_);
  StubError refusal;
  refusal.code = "NoSuchBook";
  refusal.message = "there is none";
  refusal.status = 404;
  refusal.error_fields.set("Resource", "/a");
  refusal.modeled_fields.set("Nearest", "b");
  ASSERT_TRUE(stub.add_client_error("GetBook", refusal, Value{{"Title", "a"}}));
  auto response = client_.call("GetBook", {{"Title", "a"}});
  ASSERT_FALSE(response.has_value());
  const Error& error = response.error();
  EXPECT_EQ(error.kind(), ErrorKind::kService);
  EXPECT_TRUE(error.is("NoSuchBook"));
  EXPECT_EQ(error.message(), "there is none");
  EXPECT_EQ(error.status(), 404);
  EXPECT_EQ((*error.fields())["Nearest"], Value("b"));
  EXPECT_EQ((*error.fields())["Error"]["Resource"], Value("/a"));
}

TEST_F(StubTest, ErrorsMustFitTheModelWhereTheyHaveFieldsOfIt) {
  Stub stub(client_);
  StubError refusal;
  refusal.code = "NoSuchBook";
  refusal.modeled_fields.set("Nearest", 5);
  EXPECT_EQ(stub.add_client_error("GetBook", refusal).error().code(), "ParamValidation");
  refusal.code = "Unheard";
  EXPECT_EQ(stub.add_client_error("GetBook", refusal).error().code(), "ParamValidation");
  refusal.modeled_fields = Value::object();
  EXPECT_TRUE(stub.add_client_error("GetBook", refusal));
  refusal.status = 200;
  EXPECT_EQ(stub.add_client_error("GetBook", refusal).error().code(), "InvalidStatus");
}

TEST_F(StubTest, MatchingAnswersAreFoundBehindOthers) {
  Stub stub(client_, StubOrder::kMatching);
  ASSERT_TRUE(stub.add_response("PutBook", {}));
  ASSERT_TRUE(stub.add_response("GetBook", {{"Pages", 1}}, Value{{"Title", "a"}}));
  ASSERT_TRUE(stub.add_response("GetBook", {{"Pages", 2}}, Value{{"Title", "b"}}));
  EXPECT_EQ(client_.call("GetBook", {{"Title", "b"}}).value()["Pages"], Value(2));
  EXPECT_EQ(code_of("GetBook", {{"Title", "c"}}), "UnStubbedResponse");
  EXPECT_EQ(client_.call("GetBook", {{"Title", "a"}}).value()["Pages"], Value(1));
  EXPECT_EQ(code_of("GetBook", {{"Title", "a"}}), "UnStubbedResponse") << "each answers once";
  EXPECT_EQ(stub.pending(), 1U);
}

TEST_F(StubTest, AnInactiveOrEndedStubLeavesTheClientAsItWas) {
  {
    Stub stub(client_);
    ASSERT_TRUE(stub.add_response("GetBook", {}));
    stub.deactivate();
    EXPECT_EQ(code_of("GetBook", {{"Title", "a"}}), "NoCredentials");
    stub.activate();
    stub.activate();
    EXPECT_EQ(code_of("GetBook", {{"Title", "a"}}), "");
  }
  EXPECT_EQ(code_of("GetBook", {{"Title", "a"}}), "NoCredentials");
}

}  // namespace
}  // namespace botocxx
