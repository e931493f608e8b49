#include "client/regional_endpoint_resolver.h"
#include "codec/json.h"
#include "customize/bucket_endpoint_resolver.h"
#include "customize/signing_rules.h"
#include "model/compiler.h"
#include "unit/client/stub_http_client.h"
#include <botocxx/client/client.h>
#include <botocxx/codec/json.h>

#include <gtest/gtest.h>

#include <fstream>

namespace botocxx {
namespace {

// A small object store: enough of a model to see what the client does with it.
constexpr std::string_view kModel = R"({
  "metadata": {"apiVersion": "2006-03-01", "endpointPrefix": "s3", "protocol": "rest-xml",
               "serviceId": "S3", "signatureVersion": "s3"},
  "operations": {
    "PutObject": {"name": "PutObject", "http": {"method": "PUT", "requestUri": "/{Bucket}/{Key+}"},
                  "input": {"shape": "PutObjectRequest"}},
    "GetObject": {"name": "GetObject", "http": {"method": "GET", "requestUri": "/{Bucket}/{Key+}"},
                  "input": {"shape": "GetObjectRequest"}, "output": {"shape": "GetObjectOutput"}},
    "ListObjects": {"name": "ListObjects", "http": {"method": "GET", "requestUri": "/{Bucket}"},
                    "input": {"shape": "ListObjectsRequest"}, "output": {"shape": "ListObjectsOutput"},
                    "errors": [{"shape": "NoSuchBucket"}]},
    "Ping": {"name": "Ping", "http": {"method": "GET", "requestUri": "/?ping"}, "authtype": "none"},
    "Flag": {"name": "Flag", "http": {"method": "PUT", "requestUri": "/{Bucket}?flag"},
             "input": {"shape": "ListObjectsRequest"}}
  },
  "shapes": {
    "Text": {"type": "string"}, "Token": {"type": "string"}, "Number": {"type": "integer"},
    "Blob": {"type": "blob", "streaming": true},
    "BucketName": {"type": "string"},
    "PutObjectRequest": {"type": "structure", "required": ["Bucket", "Key"], "payload": "Body", "members": {
      "Bucket": {"shape": "BucketName", "location": "uri", "locationName": "Bucket"},
      "Key": {"shape": "Text", "location": "uri", "locationName": "Key"},
      "ClientToken": {"shape": "Token", "location": "header", "locationName": "x-token", "idempotencyToken": true},
      "ContentMD5": {"shape": "Text", "location": "header", "locationName": "Content-MD5"},
      "Body": {"shape": "Blob", "streaming": true}}},
    "GetObjectRequest": {"type": "structure", "required": ["Bucket", "Key"], "members": {
      "Bucket": {"shape": "BucketName", "location": "uri", "locationName": "Bucket"},
      "Key": {"shape": "Text", "location": "uri", "locationName": "Key"}}},
    "GetObjectOutput": {"type": "structure", "payload": "Body", "members": {
      "Body": {"shape": "Blob", "streaming": true},
      "ETag": {"shape": "Text", "location": "header", "locationName": "ETag"}}},
    "ListObjectsRequest": {"type": "structure", "required": ["Bucket"], "members": {
      "Bucket": {"shape": "BucketName", "location": "uri", "locationName": "Bucket"},
      "MaxKeys": {"shape": "Number", "location": "querystring", "locationName": "max-keys"}}},
    "ListObjectsOutput": {"type": "structure", "members": {
      "Name": {"shape": "Text"},
      "Charged": {"shape": "Text", "location": "header", "locationName": "x-charged"},
      "Prefix": {"shape": "Text"}}},
    "NoSuchBucket": {"type": "structure", "members": {}, "exception": true}
  }})";

class FixedClock : public Clock {
 public:
  Timestamp now() const override { return Timestamp::from_unix(1767323045); }
};

class ClientTest : public testing::Test {
 protected:
  ClientTest() {
    parts_.model =
        model::compile_and_open(codec::parse_json(kModel).value(), "s3", "2006-03-01").value();
    parts_.region = "eu-west-1";
    parts_.credentials = make_static_credentials_provider({"AKID", "SECRET/+", "", "", {}, ""});
    parts_.signing = customize::signing_rules_for(*parts_.model);
    parts_.endpoints = customize::make_bucket_endpoint_resolver(nullptr);
    parts_.http = http_;
    parts_.host.clock = &clock_;
  }

  Client client() { return Client::create(parts_).value(); }
  std::string url(std::string_view operation, const Value& params) {
    auto request = client().prepare(operation, params);
    return request ? request->method + ' ' + request->url.to_string() : request.error().code();
  }
  void answer(int status, std::string body, Headers headers = {}) {
    http_->answers.push_back({status, "", std::move(headers), Body(std::move(body))});
  }

  FixedClock clock_;
  std::shared_ptr<StubHttpClient> http_ = std::make_shared<StubHttpClient>();
  ClientParts parts_;
};

TEST_F(ClientTest, PutsTheBucketInTheHostOfAwsAndInThePathOfOtherStores) {
  Value params{{"Bucket", "bkt"}, {"Key", "a b"}};
  EXPECT_EQ(url("GetObject", params), "GET https://bkt.s3.eu-west-1.amazonaws.com/a%20b");
  parts_.endpoint_url = "http://localhost:9000/base";
  EXPECT_EQ(url("GetObject", params), "GET http://localhost:9000/base/bkt/a%20b");
  parts_.config.s3.addressing_style = "virtual";
  EXPECT_EQ(url("GetObject", params), "GET http://bkt.localhost:9000/base/a%20b");
}

TEST_F(ClientTest, AnOperationOnTheBucketItselfKeepsItsQuery) {
  EXPECT_EQ(url("Flag", {{"Bucket", "bkt"}}), "PUT https://bkt.s3.eu-west-1.amazonaws.com/?flag");
  parts_.config.s3.addressing_style = "path";
  EXPECT_EQ(url("Flag", {{"Bucket", "bkt"}}), "PUT https://s3.eu-west-1.amazonaws.com/bkt?flag");
}

TEST_F(ClientTest, BucketsThatAreNoHostLabelsStayInThePath) {
  EXPECT_EQ(url("Flag", {{"Bucket", "my.bucket"}}),
            "PUT https://s3.eu-west-1.amazonaws.com/my.bucket?flag");
  EXPECT_EQ(url("Flag", {{"Bucket", "UPPER"}}),
            "PUT https://s3.eu-west-1.amazonaws.com/UPPER?flag");
}

TEST_F(ClientTest, TheFirstRegionAndTheGlobalOneUseTheGlobalHost) {
  parts_.region = "us-east-1";
  EXPECT_EQ(url("Flag", {{"Bucket", "bkt"}}), "PUT https://bkt.s3.amazonaws.com/?flag");
  parts_.region = "aws-global";
  auto request = client().prepare("Flag", {{"Bucket", "bkt"}}).value();
  EXPECT_NE(request.headers.get("Authorization")->find("/us-east-1/s3/"), std::string_view::npos);
}

TEST_F(ClientTest, WithoutARegionTheGlobalHostIsAsked) {
  parts_.region.clear();
  auto request = client().prepare("Flag", {{"Bucket", "bkt"}}).value();
  EXPECT_EQ(request.url.to_string(), "https://bkt.s3.amazonaws.com/?flag");
  EXPECT_NE(request.headers.get("Authorization")->find("/us-east-1/s3/"), std::string_view::npos);
  parts_.endpoint_url = "http://localhost:9000";
  request = client().prepare("Flag", {{"Bucket", "bkt"}}).value();
  EXPECT_NE(request.headers.get("Authorization")->find("/us-east-1/s3/"), std::string_view::npos);
}

TEST_F(ClientTest, ARootWithAFlagKeepsItsSlashBehindTheEndpointsPath) {
  parts_.endpoint_url = "https://store.example.com/base";
  EXPECT_EQ(url("Ping", Value::object()), "GET https://store.example.com/base/?ping");
  parts_.config.s3.addressing_style = "virtual";
  EXPECT_EQ(url("Flag", {{"Bucket", "bkt"}}), "PUT https://bkt.store.example.com/base?flag");
  EXPECT_EQ(url("ListObjects", {{"Bucket", "bkt"}}), "GET https://bkt.store.example.com/base");
}

TEST_F(ClientTest, ADottedBucketGoesInFrontOfAnAddressOverHttpAlone) {
  parts_.config.s3.addressing_style = "virtual";
  parts_.endpoint_url = "http://127.0.0.1:9000";
  EXPECT_EQ(url("Flag", {{"Bucket", "a.b.c"}}), "PUT http://a.b.c.127.0.0.1:9000/?flag");
  EXPECT_EQ(url("Flag", {{"Bucket", "bkt"}}), "PUT http://127.0.0.1:9000/bkt?flag");
  parts_.endpoint_url = "https://127.0.0.1:9000";
  EXPECT_EQ(url("Flag", {{"Bucket", "a.b.c"}}), "PUT https://127.0.0.1:9000/a.b.c?flag");
}

TEST_F(ClientTest, ABodyWithAnMd5OfItsOwnIsLeftOutOfTheSignatureOverHttps) {
  Value params{{"Bucket", "b"}, {"Key", "k"}, {"Body", Bytes{"hello"}}};
  auto hash = [&] {
    auto request = client().prepare("PutObject", params).value();
    return std::string(*request.headers.get("X-Amz-Content-SHA256"));
  };
  EXPECT_EQ(hash().size(), 64u);
  params.set("ContentMD5", "XUFAKrxLKna5cZ2REBfFkg==");
  EXPECT_EQ(hash(), "UNSIGNED-PAYLOAD");
  parts_.config.s3.payload_signing_enabled = true;
  EXPECT_EQ(hash().size(), 64u);
  parts_.config.s3.payload_signing_enabled.reset();
  parts_.endpoint_url = "http://localhost:9000";
  EXPECT_EQ(hash().size(), 64u);
}

TEST_F(ClientTest, NamesInSnakeCaseWork) {
  EXPECT_EQ(url("list_objects", {{"Bucket", "bkt"}}),
            "GET https://bkt.s3.eu-west-1.amazonaws.com/");
}

TEST_F(ClientTest, AnUnknownOperationNamesTheNearest) {
  auto called = client().call("ListObject");
  ASSERT_FALSE(called);
  EXPECT_EQ(called.error().code(), "UnknownOperation");
  EXPECT_NE(called.error().describe().find("ListObjects"), std::string::npos);
}

TEST_F(ClientTest, InvalidParametersAreNotSent) {
  auto called = client().call("GetObject", {{"Bukket", "b"}});
  ASSERT_FALSE(called);
  EXPECT_EQ(called.error().code(), "ParamValidation");
  EXPECT_TRUE(http_->requests.empty());
}

TEST_F(ClientTest, ValidationCanBeSwitchedOff) {
  Value params{{"Bucket", "bkt"}, {"MaxKeys", "many"}};
  EXPECT_EQ(client().call("ListObjects", params).error().code(), "ParamValidation");
  parts_.config.parameter_validation = false;
  EXPECT_EQ(url("ListObjects", params),
            "GET https://bkt.s3.eu-west-1.amazonaws.com/?max-keys=many");
}

TEST_F(ClientTest, MissingRegionAndCredentialsHaveBotocoresNames) {
  parts_.region.clear();
  parts_.endpoints = std::make_shared<client::RegionalEndpointResolver>(nullptr);
  EXPECT_EQ(url("Flag", {{"Bucket", "b"}}), "NoRegion");
  parts_.endpoint_url = "http://localhost:1";
  parts_.credentials = nullptr;
  EXPECT_EQ(url("Flag", {{"Bucket", "b"}}), "NoRegion") << "there is nothing to sign for";
  parts_.region = "eu-west-1";
  EXPECT_EQ(url("Flag", {{"Bucket", "b"}}), "NoCredentials");
}

TEST_F(ClientTest, OperationsWithoutAuthenticationNeedNoCredentials) {
  parts_.credentials = nullptr;
  auto request = client().prepare("Ping").value();
  EXPECT_FALSE(request.headers.contains("Authorization"));
}

TEST_F(ClientTest, AnIdempotencyTokenIsMadeWhereTheCallerGivesNone) {
  CallOptions options;
  options.idempotency_token = "11111111-2222-4333-8444-555555555555";
  Value params{{"Bucket", "b"}, {"Key", "k"}};
  auto given = client().prepare("PutObject", params, options).value();
  EXPECT_EQ(given.headers.get("x-token"), "11111111-2222-4333-8444-555555555555");
  auto made = client().prepare("PutObject", params).value();
  EXPECT_EQ(made.headers.get("x-token")->size(), 36u);
  params.set("ClientToken", "mine");
  auto kept = client().prepare("PutObject", params, options).value();
  EXPECT_EQ(kept.headers.get("x-token"), "mine");
}

TEST_F(ClientTest, ContentLengthIsThereButNotSigned) {
  Value params{{"Bucket", "b"}, {"Key", "k"}, {"Body", Bytes{"hello"}}};
  auto request = client().prepare("PutObject", params).value();
  EXPECT_EQ(request.headers.get("Content-Length"), "5");
  EXPECT_EQ(request.headers.get("Authorization")->find("content-length"), std::string_view::npos);
  EXPECT_FALSE(client().prepare("Ping")->headers.contains("Content-Length"));
}

TEST_F(ClientTest, AStreamThatCannotBeReadTwiceIsSentUnsignedOverHttpsOnly) {
  Body stream =
      Body::from_callback([](std::span<std::byte>) { return Result<std::size_t>(std::size_t{0}); });
  Value params{{"Bucket", "b"}, {"Key", "k"}, {"Body", stream}};
  auto request = client().prepare("PutObject", params).value();
  EXPECT_EQ(request.headers.get("X-Amz-Content-SHA256"), "UNSIGNED-PAYLOAD");
  EXPECT_EQ(request.headers.get("Transfer-Encoding"), "chunked");
  parts_.endpoint_url = "http://localhost:9000";
  EXPECT_EQ(client().prepare("PutObject", params).error().code(), "UnseekableStream");
}

TEST_F(ClientTest, ReturnsTheParsedOutputWithItsMetadata) {
  Headers headers;
  headers.add("x-amz-request-id", "REQ");
  answer(200, "<ListBucketResult><Name>bkt</Name></ListBucketResult>", headers);
  auto response = client().call("ListObjects", {{"Bucket", "bkt"}}).value();
  EXPECT_EQ(response["Name"].as_string(), "bkt");
  EXPECT_EQ(response.request_id(), "REQ");
  EXPECT_EQ(response.metadata()["HTTPStatusCode"].as_int(), 200);
  EXPECT_FALSE(http_->streamed[0]);
}

TEST_F(ClientTest, TakesTheIdOfARequestFromTheBodyWhereItsProtocolPutsItThere) {
  parts_.model = model::compile_and_open(codec::parse_json(R"({
    "metadata": {"apiVersion": "2010-01-01", "endpointPrefix": "posts", "protocol": "query",
                 "serviceId": "Posts", "signatureVersion": "v4"},
    "operations": {"Post": {"name": "Post", "http": {"method": "POST", "requestUri": "/?old=1"},
                            "output": {"shape": "Out", "resultWrapper": "PostResult"}}},
    "shapes": {"Text": {"type": "string"},
               "Out": {"type": "structure", "members": {"Id": {"shape": "Text"}}}}})")
                                             .value(),
                                         "posts", "2010-01-01")
                     .value();
  EXPECT_EQ(url("Post", {}), "POST https://posts.eu-west-1.amazonaws.com/");
  parts_.endpoint_url = "http://localhost:9000/base";
  EXPECT_EQ(url("Post", {}), "POST http://localhost:9000/base");
  answer(200,
         "<PostResponse><PostResult><Id>1</Id></PostResult><ResponseMetadata><RequestId>in-body"
         "</RequestId><BoxUsage>2</BoxUsage></ResponseMetadata></PostResponse>");
  auto response = client().call("Post").value();
  EXPECT_EQ(to_json(response.output()), R"({"Id":"1"})");
  EXPECT_EQ(response.request_id(), "in-body");
  EXPECT_EQ(response.metadata()["RequestId"], Value("in-body"));
  EXPECT_EQ(response.metadata()["BoxUsage"], Value("2"));
  Headers headers;
  headers.add("x-amzn-requestid", "in-header");
  answer(200, "<PostResponse><PostResult/></PostResponse>", headers);
  EXPECT_EQ(client().call("Post")->request_id(), "in-header");
}

// botocore: a body is signed over plain connections, unless the model says that it never is.
TEST_F(ClientTest, ABodyThatTheModelLeavesUnsignedIsSoOverPlainConnectionsToo) {
  parts_.model = model::compile_and_open(codec::parse_json(R"({
    "metadata": {"apiVersion": "2010-01-01", "endpointPrefix": "posts", "protocol": "query",
                 "serviceId": "Posts", "signatureVersion": "v4"},
    "operations": {"Post": {"name": "Post", "http": {"method": "POST", "requestUri": "/"}},
                   "Send": {"name": "Send", "http": {"method": "POST", "requestUri": "/"},
                            "authtype": "v4-unsigned-body"}},
    "shapes": {}})")
                                             .value(),
                                         "posts", "2010-01-01")
                     .value();
  parts_.signing = {};
  for (const char* endpoint : {"http://localhost:9000", "https://localhost:9000"}) {
    parts_.endpoint_url = endpoint;
    auto send = client().prepare("Send").value();
    EXPECT_EQ(send.headers.get("X-Amz-Content-SHA256"), "UNSIGNED-PAYLOAD") << endpoint;
    EXPECT_FALSE(client().prepare("Post")->headers.contains("X-Amz-Content-SHA256")) << endpoint;
  }
}

TEST_F(ClientTest, MembersOfHeadersAndBodyStandInTheModelsOrder) {
  Headers headers;
  headers.add("x-charged", "requester");
  answer(200, "<R><Prefix>p</Prefix><Name>bkt</Name></R>", headers);
  auto response = client().call("ListObjects", {{"Bucket", "bkt"}}).value();
  EXPECT_EQ(to_json(response.output()), R"({"Name":"bkt","Charged":"requester","Prefix":"p"})");
}

TEST_F(ClientTest, StreamsAPayloadButReadsAnErrorInItsPlace) {
  answer(200, "content");
  auto object = client().call("GetObject", {{"Bucket", "b"}, {"Key", "k"}}).value();
  EXPECT_TRUE(http_->streamed[0]);
  EXPECT_EQ(object["Body"].as_body().read_all().value(), "content");
  answer(404, "<Error><Code>NoSuchKey</Code><Message>gone</Message></Error>");
  auto missing = client().call("GetObject", {{"Bucket", "b"}, {"Key", "k"}});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code(), "NoSuchKey");
  EXPECT_EQ(missing.error().status(), 404);
  EXPECT_EQ(missing.error().operation(), "GetObject");
}

TEST_F(ClientTest, BodylessErrorsHaveTheirStatusAsCode) {
  answer(404, "");
  auto missing = client().call("GetObject", {{"Bucket", "b"}, {"Key", "k"}});
  EXPECT_EQ(missing.error().code(), "404");
  EXPECT_TRUE(missing.error().is("NotFound"));
}

TEST_F(ClientTest, AnErrorThatIsNoXmlHasTheStatussOwnMessage) {
  answer(508, "plain text");
  auto called = client().call("GetObject", {{"Bucket", "b"}, {"Key", "k"}});
  EXPECT_EQ(called.error().code(), "508");
  EXPECT_EQ(called.error().message(), "Loop Detected");
}

TEST_F(ClientTest, ASuccessThatCannotBeReadIsAParseError) {
  answer(200, "<ListBucketResult><Name>b");
  EXPECT_EQ(client().call("ListObjects", {{"Bucket", "b"}}).error().code(), "ResponseParser");
}

TEST_F(ClientTest, TransportErrorsCarryTheCall) {
  auto failed = client().call("ListObjects", {{"Bucket", "b"}});
  EXPECT_EQ(failed.error().kind(), ErrorKind::kTransport);
  EXPECT_EQ(failed.error().operation(), "ListObjects");
}

TEST_F(ClientTest, NoErrorShowsTheSecret) {
  parts_.endpoint_url = "http://localhost:1";
  auto failed = client().call("ListObjects", {{"Bucket", "b"}});
  EXPECT_EQ(failed.error().describe().find("SECRET"), std::string::npos);
}

TEST_F(ClientTest, SignatureVersionsThatDoNotExistFailEachCallThatIsSigned) {
  parts_.config.signature_version = "v9";
  EXPECT_EQ(url("Flag", {{"Bucket", "bkt"}}), "UnknownSignatureVersion");
  EXPECT_EQ(url("Ping", {}), "GET https://s3.eu-west-1.amazonaws.com/?ping");
}

TEST_F(ClientTest, TheOldStoreSignatureSignsTheBucketThatTheHostHolds) {
  auto authorization = [&](std::string_view operation, const Value& params) {
    return std::string(*client().prepare(operation, params)->headers.get("Authorization"));
  };
  parts_.config.signature_version = "s3";
  std::string in_host = authorization("GetObject", {{"Bucket", "bkt"}, {"Key", "k"}});
  EXPECT_TRUE(in_host.starts_with("AWS AKID:")) << in_host;
  std::string of_bucket = authorization("ListObjects", {{"Bucket", "bkt"}});
  parts_.config.s3.addressing_style = "path";
  EXPECT_EQ(authorization("GetObject", {{"Bucket", "bkt"}, {"Key", "k"}}), in_host);
  EXPECT_NE(authorization("GetObject", {{"Bucket", "bkt2"}, {"Key", "k"}}), in_host);
  EXPECT_NE(of_bucket, in_host);
}

TEST_F(ClientTest, TokensSignWhereTheyAreAskedFor) {
  parts_.config.signature_version = "bearer";
  EXPECT_EQ(url("Flag", {{"Bucket", "bkt"}}), "NoAuthToken");
  parts_.bearer_token = "token-1";
  parts_.credentials = nullptr;
  auto request = client().prepare("Flag", {{"Bucket", "bkt"}}).value();
  EXPECT_EQ(request.headers.get("Authorization"), "Bearer token-1");
}

TEST_F(ClientTest, RulesOfAServiceForceASigner) {
  parts_.signing.forced = {{"Flag", "none"}};
  auto request = client().prepare("Flag", {{"Bucket", "bkt"}}).value();
  EXPECT_FALSE(request.headers.contains("Authorization"));
  parts_.signing.version_unless_configured = "v3";
  request = client().prepare("ListObjects", {{"Bucket", "bkt"}}).value();
  EXPECT_TRUE(request.headers.contains("X-Amzn-Authorization"));
  parts_.config.signature_version = "v4";
  request = client().prepare("ListObjects", {{"Bucket", "bkt"}}).value();
  EXPECT_FALSE(request.headers.contains("X-Amzn-Authorization"));
}

TEST_F(ClientTest, WhereAServiceSignedAnotherTextTheErrorSaysWhatDiffers) {
  answer(
      403,
      "<Error><Code>SignatureDoesNotMatch</Code><Message>no</Message><StringToSign>AWS4-HMAC-"
      "SHA256\n20260102T030406Z\n20260102/eu-west-1/s3/aws4_request\nabc</StringToSign></Error>");
  auto failed = client().call("ListObjects", {{"Bucket", "bkt"}});
  ASSERT_FALSE(failed);
  ASSERT_EQ(failed.error().hints().size(), 1u) << failed.error().describe();
  EXPECT_NE(failed.error().hints()[0].find("the time differently"), std::string::npos)
      << failed.error().hints()[0];
  answer(403, "<Error><Code>SignatureDoesNotMatch</Code><Message>no</Message></Error>");
  failed = client().call("ListObjects", {{"Bucket", "bkt"}});
  EXPECT_TRUE(failed.error().hints().empty()) << failed.error().describe();
}

TEST(ClientConfig, ReadsBotocoresNames) {
  auto config = Config::from_value(Value{
      {"read_timeout", 1.5}, {"s3", Value{{"addressing_style", "path"}}}, {"tcp_keepalive", true}});
  ASSERT_TRUE(config);
  EXPECT_EQ(config->read_timeout->count(), 1500);
  EXPECT_EQ(config->s3.addressing_style, "path");
}

TEST(ClientConfig, NamesOptionsThatItAcceptsWithoutActingOnThem) {
  auto config = Config::from_value(Value{{"endpoint_discovery_enabled", true},
                                         {"read_timeout", 5},
                                         {"s3_disable_express_session_auth", true}});
  ASSERT_TRUE(config);
  EXPECT_EQ(config->endpoint_discovery_enabled, "true");
  EXPECT_EQ(config->without_effect, std::vector<std::string>{"s3_disable_express_session_auth"});
}

TEST(ClientConfig, ReadsWhatEndpointsDependOn) {
  auto config =
      Config::from_value(Value{{"use_fips_endpoint", true},
                               {"use_dualstack_endpoint", false},
                               {"account_id_endpoint_mode", "Required"},
                               {"client_context_params", Value{{"service_type", "x"}}},
                               {"s3", Value{{"use_arn_region", false},
                                            {"use_accelerate_endpoint", true},
                                            {"us_east_1_regional_endpoint", "regional"},
                                            {"s3_disable_multiregion_access_points", true},
                                            {"disable_s3_express_session_auth", true},
                                            {"use_dualstack_endpoint", nullptr}}}});
  ASSERT_TRUE(config) << config.error().message();
  EXPECT_TRUE(config->without_effect.empty());
  EXPECT_EQ(config->use_fips_endpoint, true);
  EXPECT_EQ(config->use_dualstack_endpoint, false);
  EXPECT_EQ(config->account_id_endpoint_mode, "required");
  EXPECT_EQ(config->client_context_params["service_type"].as_string(), "x");
  EXPECT_EQ(config->s3.use_arn_region, false);
  EXPECT_TRUE(config->s3.use_accelerate_endpoint);
  EXPECT_EQ(config->s3.us_east_1_regional_endpoint, "regional");
  EXPECT_TRUE(config->s3.disable_multiregion_access_points);
  EXPECT_EQ(config->s3.disable_express_session_auth, true);
  EXPECT_EQ(config->s3.use_dualstack_endpoint, std::nullopt);
}

TEST(ClientConfig, MisspeltNamesAndWrongTypesAreErrors) {
  auto config = Config::from_value(Value{{"read_timout", 1}});
  ASSERT_FALSE(config);
  EXPECT_NE(config.error().describe().find("read_timeout"), std::string::npos);
  for (const Value& options :
       {Value{{"read_timeout", -1}}, Value{{"read_timeout", "x"}}, Value{{"s3", 1}},
        Value{{"s3", Value{{"addressing_style", "diagonal"}}}}, Value{{"parameter_validation", 1}},
        Value{{"max_pool_connections", 0}}, Value{{"use_fips_endpoint", "true"}},
        Value{{"account_id_endpoint_mode", "maybe"}}, Value{{"client_context_params", 1}},
        Value{{"s3", Value{{"use_arn_region", "yes"}}}}, Value{{"use_arn_region", true}},
        Value{{"s3", Value{{"us_east_1_regional_endpoint", "global"}}}}, Value("path"),
        Value::list({})}) {
    EXPECT_FALSE(Config::from_value(options));
  }
}

TEST(Config, OptionsThatAreNoObjectAreRefused) {
  auto config = Config::from_value(Value::list({1}));
  ASSERT_FALSE(config);
  EXPECT_NE(config.error().message().find("expected an object"), std::string::npos);
}

TEST_F(ClientTest, AStreamThatWasSentBeforeIsSentFromItsBeginningAgain) {
  std::string name = testing::TempDir() + "sent_twice";
  std::ofstream(name) << "hello";
  Value params{{"Bucket", "b"}, {"Key", "k"}, {"Body", Body::from_file(name).value()}};
  HttpRequest first = client().prepare("PutObject", params).value();
  ASSERT_EQ(first.body.read_all().value(), "hello");
  HttpRequest second = client().prepare("PutObject", params).value();
  EXPECT_EQ(second.headers.get("Content-Length"), "5");
  EXPECT_EQ(second.body.read_all().value(), "hello");
  EXPECT_EQ(second.headers.get("X-Amz-Content-SHA256"), first.headers.get("X-Amz-Content-SHA256"));
}

TEST_F(ClientTest, EmptyBracesAreNoParameters) {
  auto request = client().prepare("PutObject", {});
  ASSERT_FALSE(request);
  EXPECT_NE(request.error().message().find("Missing required parameter"), std::string::npos);
}

}  // namespace
}  // namespace botocxx
