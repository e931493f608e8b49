#include "customize/builtin_handlers.h"

#include "base/digest.h"
#include "customize/bucket_names.h"
#include "support/scratch_folder.h"
#include "unit/client/stub_http_client.h"
#include <botocxx/base/text_encoding.h>
#include <botocxx/session/session.h>

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace botocxx {
namespace {

using testing_support::FakeEnvironment;
using testing_support::host_with;

class BuiltinHandlersTest : public testing::Test {
 protected:
  Client client(std::string_view service) {
    SessionOptions options;
    options.read_configuration = false;
    options.data_path = {BOTOCXX_MODELS_DATA};
    options.region_name = "us-west-2";
    options.aws_access_key_id = "AKID";
    options.aws_secret_access_key = "SECRET";
    options.host = host_with(environment_);
    ClientOptions client_options;
    client_options.http_client = http_;
    client_options.config.retries.total_max_attempts = 1;
    return Session::create(std::move(options)).value().client(service, client_options).value();
  }
  HttpRequest request(std::string_view service, std::string_view operation, const Value& params) {
    return client(service).prepare(operation, params).value();
  }
  std::string header(std::string_view service, std::string_view operation, const Value& params,
                     std::string_view name) {
    return request(service, operation, params).headers.joined(name).value_or("(none)");
  }
  Error refused(std::string_view service, std::string_view operation, const Value& params) {
    auto made = client(service).prepare(operation, params);
    return made ? Error(ErrorKind::kInternal, "NotRefused", made->url.to_string()) : made.error();
  }
  Result<Response> answered(std::string_view service, std::string_view operation,
                            const Value& params, int status, std::string body,
                            Headers headers = {}) {
    http_->answers.push_back({status, "", std::move(headers), Body(std::move(body))});
    return client(service).call(operation, params);
  }

  FakeEnvironment environment_;
  std::shared_ptr<StubHttpClient> http_ = std::make_shared<StubHttpClient>();
  Value object_{{"Bucket", "bkt"}, {"Key", "k"}};
};

TEST_F(BuiltinHandlersTest, RefusesBucketNamesThatAreNeitherNamesNorArns) {
  for (auto good : {"abc", "A_b-c.d", "arn:aws:s3:us-west-2:123456789012:accesspoint/ab",
                    "arn:aws-cn:s3-object-lambda:r:123456789012:accesspoint:ab",
                    "arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-1/accesspoint/ab"}) {
    EXPECT_TRUE(customize::is_bucket_name(good) || customize::is_bucket_arn(good)) << good;
  }
  for (auto bad : {"", "a b", "a/b", "b\xC3\xBC", "arn:aws:s3:r:1:accesspoint/a",
                   "arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-1",
                   "arn:other:s3:r:123456789012:accesspoint/a"}) {
    EXPECT_FALSE(customize::is_bucket_name(bad) || customize::is_bucket_arn(bad)) << bad;
    Error error = refused("s3", "HeadBucket", {{"Bucket", bad}});
    EXPECT_EQ(error.code(), "ParamValidation");
    EXPECT_EQ(error.message().find("Parameter validation failed:\nInvalid bucket name"), 0U);
  }
  EXPECT_FALSE(customize::is_bucket_name(std::string(256, 'a')));
  EXPECT_TRUE(customize::is_bucket_name(std::string(255, 'a')));
  EXPECT_FALSE(customize::is_bucket_arn("arn:aws" + std::string(100'000, 'a')));
}

TEST_F(BuiltinHandlersTest, ABucketThatIsNoTextIsLeftToValidation) {
  EXPECT_NE(refused("s3", "HeadBucket", {{"Bucket", 5}}).message().find("Invalid type"),
            std::string::npos);
}

TEST_F(BuiltinHandlersTest, ListingsAreAskedForEncodedAndComeDecoded) {
  std::string body =
      "<ListBucketResult><EncodingType>url</EncodingType><Prefix>a%20</Prefix>"
      "<Contents><Key>a%20b+c%0A</Key></Contents><Contents><Key>%FF</Key></Contents>"
      "<CommonPrefixes><Prefix>x%2F</Prefix></CommonPrefixes></ListBucketResult>";
  auto v2 = answered("s3", "ListObjectsV2", {{"Bucket", "b"}}, 200, body).value();
  EXPECT_NE(http_->requests[0].url.query.find("encoding-type=url"), std::string::npos);
  EXPECT_EQ(v2["Contents"][0]["Key"], Value("a b c\n"));
  EXPECT_EQ(v2["Contents"][1]["Key"], Value("%FF")) << "no text";
  EXPECT_EQ(v2["Prefix"], Value("a "));
  EXPECT_EQ(v2["CommonPrefixes"][0]["Prefix"], Value("x/"));
  auto v1 = answered("s3", "ListObjects", {{"Bucket", "b"}}, 200, body).value();
  EXPECT_EQ(v1["Prefix"], Value("a%20")) << "botocore leaves it";
  Value own{{"Bucket", "b"}, {"EncodingType", "url"}};
  auto asked = answered("s3", "ListObjectsV2", own, 200, body).value();
  EXPECT_EQ(asked["Contents"][0]["Key"], Value("a%20b+c%0A"));
  std::string plain = "<R><Contents><Key>a%20b</Key></Contents></R>";
  auto ignored = answered("s3", "ListObjectsV2", {{"Bucket", "b"}}, 200, plain).value();
  EXPECT_EQ(ignored["Contents"][0]["Key"], Value("a%20b")) << "the store does not encode";
}

TEST_F(BuiltinHandlersTest, CopySourcesAreEncodedButForTheirVersion) {
  auto source = [&](Value value) {
    Value params = object_;
    params.set("CopySource", std::move(value));
    return header("s3", "CopyObject", params, "x-amz-copy-source");
  };
  EXPECT_EQ(source("b/a key+~"), "b/a%20key%2B~");
  EXPECT_EQ(source("b/k?versionId=a+b"), "b/k?versionId=a+b");
  EXPECT_EQ(source("b/k?versionId=a b"), "b/k%3FversionId%3Da%20b");
  EXPECT_EQ(source("b/k?versionId="), "b/k%3FversionId%3D");
  EXPECT_EQ(source({{"Bucket", "b"}, {"Key", "\xC3\xA9"}}), "b/%C3%A9");
  EXPECT_EQ(source({{"Bucket", "b"}, {"Key", "k"}, {"VersionId", "v"}}), "b/k?versionId=v");
  EXPECT_EQ(source({{"Bucket", "arn:aws:s3:r:123456789012:accesspoint/a"}, {"Key", "k"}}),
            "arn%3Aaws%3As3%3Ar%3A123456789012%3Aaccesspoint/a/object/k");
  Value params = object_;
  params.set("CopySource", Value::object({{"Bucket", "b"}}));
  EXPECT_EQ(refused("s3", "CopyObject", params).message(),
            "Parameter validation failed:\nMissing required parameter: 'Key'");
  EXPECT_EQ(refused("s3", "CopyObject", object_).code(), "ParamValidation");
}

TEST_F(BuiltinHandlersTest, MetadataIsAscii) {
  for (auto [key, value] : {std::pair{"k", "\xC3\xA9"}, std::pair{"\xC3\xA9", "v"}}) {
    Value params = object_;
    Value metadata = Value::object();
    metadata.set(key, value);
    params.set("Metadata", metadata);
    EXPECT_NE(refused("s3", "PutObject", params).message().find("Non ascii characters"),
              std::string::npos);
  }
}

TEST_F(BuiltinHandlersTest, CustomersKeysGoOutEncodedWithTheirMd5) {
  Value params = object_;
  params.set("SSECustomerAlgorithm", "AES256");
  params.set("SSECustomerKey", "0123456789abcdef0123456789abcdef");
  HttpRequest sent = request("s3", "GetObject", params);
  std::string key = "x-amz-server-side-encryption-customer-key";
  EXPECT_EQ(sent.headers.get(key), base64_encode(as_byte_span("0123456789abcdef0123456789abcdef")));
  EXPECT_EQ(sent.headers.get(key + "-MD5"),
            base64_encode(as_byte_span(base::md5("0123456789abcdef0123456789abcdef"))));
  params.set("SSECustomerKeyMD5", "own");
  EXPECT_EQ(request("s3", "GetObject", params).headers.get(key),
            "0123456789abcdef0123456789abcdef");
}

TEST_F(BuiltinHandlersTest, UploadsWithContentWaitForLeaveToGoOn) {
  Value put = object_;
  EXPECT_EQ(header("s3", "PutObject", put, "Expect"), "(none)");
  put.set("Body", "");
  EXPECT_EQ(header("s3", "PutObject", put, "Expect"), "100-continue");
  environment_ = FakeEnvironment(
      std::map<std::string, std::string>{{"BOTO_EXPERIMENTAL__NO_EMPTY_CONTINUE", "True"}});
  EXPECT_EQ(header("s3", "PutObject", put, "Expect"), "(none)");
  put.set("Body", "x");
  EXPECT_EQ(header("s3", "PutObject", put, "Expect"), "100-continue");
  Value policy{{"Bucket", "b"}, {"Policy", "{}"}};
  EXPECT_EQ(header("s3", "PutBucketPolicy", policy, "Expect"), "(none)");
}

TEST_F(BuiltinHandlersTest, LineEndsInKeysAreWrittenAsReferences) {
  Value objects = Value::list({});
  objects.push_back(Value::object({{"Key", "a\r\nb"}}));
  Value params = Value::object();
  params.set("Bucket", "b");
  params.set("Delete", Value::object());
  params.find("Delete")->set("Objects", objects);
  EXPECT_NE(request("s3", "DeleteObjects", params).body.bytes().find("a&#xD;&#xA;b"),
            std::string::npos);
}

TEST_F(BuiltinHandlersTest, FunctionsPassOnTheIdOfTheirInvocation) {
  std::string id = "Root=1;Parent=\xC3\xA9 x,\"'";
  environment_ = FakeEnvironment({{"_X_AMZN_TRACE_ID", id}});
  EXPECT_EQ(header("sqs", "ListQueues", Value::object(), "X-Amzn-Trace-Id"), "(none)");
  environment_ = FakeEnvironment({{"_X_AMZN_TRACE_ID", id}, {"AWS_LAMBDA_FUNCTION_NAME", "f"}});
  EXPECT_EQ(header("sqs", "ListQueues", Value::object(), "X-Amzn-Trace-Id"),
            "Root=1;Parent=%C3%A9%20x,\"'");
}

TEST_F(BuiltinHandlersTest, AttemptsAreCounted) {
  HttpRequest sent = request("sqs", "ListQueues", Value::object());
  EXPECT_EQ(sent.headers.get("amz-sdk-request"), "attempt=1");
  EXPECT_EQ(sent.headers.get("amz-sdk-invocation-id")->size(), 36U);
  EXPECT_EQ(sent.headers.get("Authorization")->find("amz-sdk"), std::string_view::npos);
}

TEST_F(BuiltinHandlersTest, ArchivesGoToTheCallersVaultsWithAHashOfTheirTree) {
  Value params{{"vaultName", "v"}, {"body", "hello"}};
  HttpRequest sent = request("glacier", "UploadArchive", params);
  EXPECT_EQ(sent.url.path, "/-/vaults/v/archives");
  EXPECT_EQ(sent.headers.get("x-amz-glacier-version"), "2012-06-01");
  EXPECT_EQ(sent.headers.get("x-amz-sha256-tree-hash"), base::sha256_hex("hello"));
  // Three pieces: the hash of the first two is joined with that of the third.
  std::string piece(1024 * 1024, 'x');
  auto digest = [](std::string_view text) { return std::string(as_text(base::sha256(text))); };
  std::string tree = digest(digest(digest(piece) + digest(piece)) + digest("y"));
  params.set("body", piece + piece + "y");
  sent = request("glacier", "UploadArchive", params);
  EXPECT_EQ(sent.headers.get("x-amz-sha256-tree-hash"), hex_encode(as_byte_span(tree)));
  params.set("checksum", "own");
  sent = request("glacier", "UploadArchive", params);
  EXPECT_EQ(sent.headers.get("x-amz-sha256-tree-hash"), "own");
}

TEST_F(BuiltinHandlersTest, IdsOfResultsFitIntoParameters) {
  EXPECT_EQ(request("route53", "GetHostedZone", {{"Id", "/hostedzone/Z1"}}).url.path,
            "/2013-04-01/hostedzone/Z1");
  EXPECT_EQ(request("route53", "GetHostedZone", {{"Id", "Z1"}}).url.path,
            "/2013-04-01/hostedzone/Z1");
}

TEST_F(BuiltinHandlersTest, UserDataIsEncodedWhateverItIs) {
  Value params{{"MinCount", 1}, {"MaxCount", 1}, {"UserData", "aGk="}};
  EXPECT_NE(request("ec2", "RunInstances", params).body.bytes().find("UserData=YUdrPQ%3D%3D"),
            std::string::npos);
}

TEST_F(BuiltinHandlersTest, ParametersHaveAliases) {
  Value filters = Value::list({});
  filters.push_back(Value::object({{"Name", "n"}}));
  Value params = Value::object();
  params.set("Filters", filters);
  EXPECT_NE(request("ec2", "DescribeImages", params).body.bytes().find("Filter.1.Name=n"),
            std::string::npos);
  Value task{{"fromTime", 1}, {"to", 2}, {"logGroupName", "g"}, {"destination", "d"}};
  EXPECT_NE(request("logs", "CreateExportTask", task).body.bytes().find("\"from\": 1"),
            std::string::npos);
  task.set("from", 5);
  Error error = refused("logs", "CreateExportTask", task);
  EXPECT_EQ(error.code(), "AliasConflictParameter");
  EXPECT_EQ(error.message(),
            "Parameter 'from' and its alias 'fromTime' were provided for operation "
            "CreateExportTask.  Only one of them may be used.");
}

TEST_F(BuiltinHandlersTest, ASearchIsPosted) {
  HttpRequest sent = request("cloudsearchdomain", "Search", {{"query", "a b"}});
  EXPECT_EQ(sent.method, "POST");
  EXPECT_FALSE(sent.url.has_query);
  EXPECT_EQ(sent.body.bytes().find("format=sdk"), 0U) << sent.body.bytes();
  EXPECT_EQ(sent.headers.get("Content-Type"), "application/x-www-form-urlencoded");
  EXPECT_NE(sent.headers.get("Authorization"), std::nullopt);
}

TEST_F(BuiltinHandlersTest, PredictionsAreAskedForWhereTheirModelLives) {
  Value params{{"MLModelId", "m"}, {"PredictEndpoint", "https://ml.example.com"}};
  params.set("Record", Value::object({{"a", "b"}}));
  EXPECT_EQ(request("machinelearning", "Predict", params).url.to_string(),
            "https://ml.example.com/");
}

TEST_F(BuiltinHandlersTest, CopiesFromOtherRegionsAreAskedForThereByASignedUrl) {
  Value params{{"SourceRegion", "eu-west-1"}, {"SourceSnapshotId", "snap-1"}};
  std::string body = request("ec2", "CopySnapshot", params).body.bytes();
  EXPECT_NE(body.find("&PresignedUrl=https%3A%2F%2Fec2.eu-west-1.amazonaws.com%2F%3F"),
            std::string::npos)
      << body;
  EXPECT_NE(body.find("%26X-Amz-Signature%3D"), std::string::npos);
  EXPECT_TRUE(body.ends_with("&DestinationRegion=us-west-2")) << body;
  params.set("PresignedUrl", "own");
  body = request("ec2", "CopySnapshot", params).body.bytes();
  EXPECT_EQ(body.find("X-Amz-Signature"), std::string::npos);

  Value snapshot{{"SourceDBSnapshotIdentifier", "a"},
                 {"TargetDBSnapshotIdentifier", "b c"},
                 {"SourceRegion", "eu-west-1"}};
  body = request("rds", "CopyDBSnapshot", snapshot).body.bytes();
  EXPECT_EQ(body.find("&SourceRegion="), std::string::npos) << body;
  EXPECT_NE(body.find("&PreSignedUrl=https%3A%2F%2Frds.eu-west-1."), std::string::npos) << body;
  EXPECT_NE(body.find("TargetDBSnapshotIdentifier=b+c"), std::string::npos) << body;
  snapshot.erase("SourceRegion");
  EXPECT_EQ(request("rds", "CopyDBSnapshot", snapshot).body.bytes().find("PreSignedUrl"),
            std::string::npos);
}

TEST_F(BuiltinHandlersTest, DocumentsInResultsAreDecoded) {
  std::string role =
      "<GetRoleResponse><GetRoleResult><Role><AssumeRolePolicyDocument>%7B%22a%22%3A1%7D"
      "</AssumeRolePolicyDocument></Role></GetRoleResult></GetRoleResponse>";
  auto iam = answered("iam", "GetRole", {{"RoleName", "r"}}, 200, role).value();
  EXPECT_EQ(iam["Role"]["AssumeRolePolicyDocument"]["a"], Value(1));
  std::string bad =
      "<GetRoleResponse><GetRoleResult><Role><AssumeRolePolicyDocument>%7Bx"
      "</AssumeRolePolicyDocument></Role></GetRoleResult></GetRoleResponse>";
  iam = answered("iam", "GetRole", {{"RoleName", "r"}}, 200, bad).value();
  EXPECT_EQ(iam["Role"]["AssumeRolePolicyDocument"], Value("%7Bx"));
  std::string console =
      "<GetConsoleOutputResponse><output>aGkg/w==</output></GetConsoleOutputResponse>";
  auto ec2 = answered("ec2", "GetConsoleOutput", {{"InstanceId", "i"}}, 200, console).value();
  EXPECT_EQ(ec2["Output"], Value("hi \xEF\xBF\xBD"));
}

TEST_F(BuiltinHandlersTest, TheRegionOfABucketIsTheTextOfTheAnswer) {
  Value params{{"Bucket", "b"}};
  std::string body = "<LocationConstraint xmlns=\"x\">EU</LocationConstraint>";
  EXPECT_EQ(answered("s3", "GetBucketLocation", params, 200, body).value()["LocationConstraint"],
            Value("EU"));
  auto oldest = answered("s3", "GetBucketLocation", params, 200, "<LocationConstraint/>").value();
  EXPECT_TRUE(oldest.output().contains("LocationConstraint"));
  EXPECT_TRUE(oldest["LocationConstraint"].is_null());
}

TEST_F(BuiltinHandlersTest, ATimeThatIsNoneIsKeptAsTextOnly) {
  Headers headers;
  headers.add("Expires", "never");
  auto never = answered("s3", "HeadObject", object_, 200, "", headers).value();
  EXPECT_EQ(never["ExpiresString"], Value("never"));
  EXPECT_FALSE(never.output().contains("Expires"));
  headers.set("Expires", "Fri, 02 Jan 2026 03:04:05 GMT");
  auto time = answered("s3", "HeadObject", object_, 200, "", headers).value();
  EXPECT_EQ(time["ExpiresString"], Value("Fri, 02 Jan 2026 03:04:05 GMT"));
  EXPECT_TRUE(time["Expires"].is_timestamp());
}

TEST_F(BuiltinHandlersTest, AnAnswerThatIsCutOffIsAFailureOfTheServers) {
  auto failed = answered("s3", "ListObjectsV2", {{"Bucket", "b"}}, 200, "<ListBucketResult><Cont");
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().kind(), ErrorKind::kService);
  EXPECT_EQ(failed.error().status(), 500);
  // A body that is not read otherwise.
  failed = answered("s3", "PutBucketAcl", {{"Bucket", "b"}, {"ACL", "private"}}, 200, "<Err");
  EXPECT_TRUE(failed || failed.error().status() == 500);
  // An object is no document.
  EXPECT_TRUE(answered("s3", "GetObject", object_, 200, "<a"));
}

TEST_F(BuiltinHandlersTest, OAuthsDescriptionIsTheMessage) {
  Value params{{"clientId", "c"}, {"clientSecret", "s"}, {"grantType", "g"}};
  std::string body = R"({"error": "invalid_grant", "error_description": "too late"})";
  auto failed = answered("sso-oidc", "CreateToken", params, 400, body);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().message(), "too late");
  failed = answered("sso-oidc", "CreateToken", params, 400,
                    R"({"error_description": "x", "message": "own"})");
  EXPECT_EQ(failed.error().message(), "own");
}

TEST_F(BuiltinHandlersTest, ErrorsOfQueuesAnswerToBothTheirNames) {
  Headers headers;
  headers.add("x-amzn-query-error", "AWS.SimpleQueueService.NonExistentQueue;Sender");
  auto failed =
      answered("sqs", "GetQueueUrl", {{"QueueName", "q"}}, 400,
               R"({"__type": "com.amazonaws.sqs#QueueDoesNotExist", "message": "m"})", headers);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code(), "AWS.SimpleQueueService.NonExistentQueue");
  EXPECT_TRUE(failed.error().is("QueueDoesNotExist"));
}

TEST_F(BuiltinHandlersTest, OldNamesOfServicesAndOperationsStillWork) {
  EXPECT_EQ(client("runtime.sagemaker").model().service_name(), "sagemaker-runtime");
  http_->answers.push_back({200, "", {}, Body(std::string("{}"))});
  EXPECT_TRUE(
      client("mturk").call("list_hi_ts_for_qualification_type", {{"QualificationTypeId", "q"}}));
}

TEST_F(BuiltinHandlersTest, ApiGatewayIsAskedForPlainJson) {
  EXPECT_EQ(header("apigateway", "GetAccount", Value::object(), "Accept"), "application/json");
}

TEST_F(BuiltinHandlersTest, WhoeverAsksForEndpointsSaysForWhichVersion) {
  EXPECT_EQ(header("dynamodb", "DescribeEndpoints", Value::object(), "x-amz-api-version"),
            "2012-08-10");
  EXPECT_EQ(header("dynamodb", "ListTables", Value::object(), "x-amz-api-version"), "(none)");
}

}  // namespace
}  // namespace botocxx
