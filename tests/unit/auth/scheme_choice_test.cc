#include "auth/scheme_choice.h"

#include <gtest/gtest.h>

namespace botocxx::auth {
namespace {

constexpr std::string_view kStoreNames[] = {"s3", "s3-outposts", "s3-object-lambda", "s3express"};

SchemeFacts facts(std::string_view client_scheme = "v4") {
  SchemeFacts facts;
  facts.client_scheme = client_scheme;
  facts.signing_name = "service";
  facts.region = "us-west-2";
  facts.store_signing_names = kStoreNames;
  return facts;
}

EndpointAuthScheme endpoint(std::string name, std::string signing_name = {},
                            std::string region = {}) {
  return {.name = std::move(name),
          .signing_name = std::move(signing_name),
          .signing_region = std::move(region),
          .signing_region_set = {}};
}

std::string chosen(const SchemeFacts& facts) {
  auto choice = choose_scheme(facts);
  if (!choice) return choice.error().code();
  return to_string(choice->scheme) + " " + choice->signing_name + " " + choice->region +
         (choice->sign_payload ? "" : " unsigned-payload");
}

TEST(Scheme, NamesAreReadAndWritten) {
  for (const char* name :
       {"none", "v2", "v3", "v4", "v4-query", "v4a", "s3v4", "s3v4-query", "s3v4-presign-post",
        "s3v4a", "s3v4a-query", "s3", "s3-query", "s3-presign-post", "v4-s3express",
        "v4-s3express-query", "v4-s3express-presign-post", "bearer"}) {
    auto scheme = parse_scheme(name);
    ASSERT_TRUE(scheme) << name;
    EXPECT_EQ(to_string(*scheme), name);
  }
  EXPECT_EQ(parse_scheme("v3https"), parse_scheme("v3"));
  for (const char* name : {"", "v5", "V4", "bearer-query", "v2-query", "v4-presign-post", "-query",
                           "s3v4-query-query", "v4-"}) {
    EXPECT_FALSE(parse_scheme(name)) << name;
  }
}

TEST(ClientScheme, FollowsConfigurationServiceModelAndEndpoints) {
  ClientSchemeFacts all{.configured = "v2",
                        .service_default = "s3v4",
                        .model_auth = {"aws.auth#sigv4a", "aws.auth#sigv4"},
                        .model_signature_version = "v3",
                        .endpoint_versions = {"v2", "v4"}};
  EXPECT_EQ(choose_client_scheme(all).value(), "v2");
  all.configured = {};
  EXPECT_EQ(choose_client_scheme(all).value(), "s3v4");
  all.service_default = {};
  EXPECT_EQ(choose_client_scheme(all).value(), "v4a");
  all.has_v4a = false;
  EXPECT_EQ(choose_client_scheme(all).value(), "v4");
  all.model_auth.clear();
  EXPECT_EQ(choose_client_scheme(all).value(), "v3");
  all.model_signature_version = {};
  EXPECT_EQ(choose_client_scheme(all).value(), "v4");
  all.endpoint_versions = {"v99", "v2"};
  EXPECT_EQ(choose_client_scheme(all).value(), "v2");
  all.endpoint_versions = {"v99"};
  EXPECT_EQ(choose_client_scheme(all).error().code(), "UnknownSignatureVersion");
  all.model_auth = {"made.up#auth"};
  EXPECT_EQ(choose_client_scheme(all).error().code(), "UnknownSignatureVersion");
  all.model_auth = {"aws.auth#sigv4a"};
  EXPECT_EQ(choose_client_scheme(all).error().code(), "UnsupportedSignatureVersion");
}

TEST(SchemeChoice, IsTheClientsWhereNothingElseIsSaid) {
  EXPECT_EQ(chosen(facts()), "v4 service us-west-2");
  EXPECT_EQ(chosen(facts("s3")), "s3 service us-west-2");
  EXPECT_EQ(chosen(facts("made-up")), "UnknownSignatureVersion");
}

TEST(SchemeChoice, OperationsHaveTheirOwn) {
  auto f = facts();
  f.operation_auth_type = "none";
  EXPECT_EQ(chosen(f), "none service us-west-2");
  f.operation_auth_type = "v4-unsigned-body";
  EXPECT_EQ(chosen(f), "v4 service us-west-2 unsigned-payload");
  f.operation_auth_type = "bearer";
  EXPECT_EQ(chosen(f), "bearer service us-west-2");
  f.operation_auth_type = {};
  f.operation_auth = {"smithy.api#httpBearerAuth", "aws.auth#sigv4"};
  EXPECT_EQ(chosen(f), "bearer service us-west-2");
  f.preference = {"sigv4"};
  EXPECT_EQ(chosen(f), "v4 service us-west-2");
  f.operation_auth = {"aws.auth#sigv4a", "aws.auth#sigv4"};
  f.preference = {"made-up", "sigv4a"};
  EXPECT_EQ(chosen(f), "v4a service *");
  f.operation_unsigned_payload = true;
  f.v4a_region_set = "eu-*";
  EXPECT_EQ(chosen(f), "v4a service eu-* unsigned-payload");
  f.operation_auth = {"made.up#auth"};
  EXPECT_EQ(chosen(f), "UnsupportedSignatureVersion");
  f.preference.clear();
  EXPECT_EQ(chosen(f), "UnknownSignatureVersion");
}

TEST(SchemeChoice, EndpointsReplaceWhatOperationsSay) {
  auto f = facts("s3v4");
  f.signing_name = "s3";
  f.endpoint_schemes = {{endpoint("sigv4", "s3", "eu-west-1")}};
  EXPECT_EQ(chosen(f), "s3v4 s3 eu-west-1");
  f.ignore_endpoint_region = true;
  EXPECT_EQ(chosen(f), "s3v4 s3 us-west-2");
  f.ignore_endpoint_region = false;
  f.explicit_region = "ap-south-1";
  EXPECT_EQ(chosen(f), "s3v4 s3 ap-south-1");
  f.explicit_region = {};
  f.endpoint_schemes = {{endpoint("sigv4-s3express", "s3express", "us-west-2")}};
  EXPECT_EQ(chosen(f), "v4-s3express s3express us-west-2");
  f.preference = {"sigv4a"};
  EXPECT_EQ(chosen(f), "v4-s3express s3express us-west-2") << "no preference can name it";
  f.preference.clear();
  f.endpoint_schemes = {{endpoint("made-up")}};
  EXPECT_EQ(chosen(f), "UnknownSignatureVersion");
}

TEST(SchemeChoice, RegionSetsGoToVersion4a) {
  auto f = facts("s3v4");
  EndpointAuthScheme scheme = endpoint("sigv4a", "s3");
  scheme.signing_region_set = {"us-*", "eu-*"};
  f.endpoint_schemes = {{scheme, endpoint("sigv4", "s3", "us-east-1")}};
  EXPECT_EQ(chosen(f), "s3v4a s3 us-*,eu-*");
  f.v4a_region_set = "ap-*";
  EXPECT_EQ(chosen(f), "s3v4a s3 ap-*");
  f.has_v4a = false;
  EXPECT_EQ(chosen(f), "s3v4 s3 us-east-1");
  f.has_v4a = true;
  f.preference = {"sigv4"};
  EXPECT_EQ(chosen(f), "s3v4 s3 us-east-1");
}

TEST(SchemeChoice, WhatCodeRequestsIsLookedUpAmongTheEndpointsSchemes) {
  auto f = facts("s3v4");
  f.requested_in_code = "s3v4";
  f.endpoint_schemes = {{endpoint("sigv4a", "a"), endpoint("sigv4", "s3", "eu-west-1")}};
  EXPECT_EQ(chosen(f), "s3v4 s3 eu-west-1");
  f.client_scheme = f.requested_in_code = "s3";
  EXPECT_EQ(chosen(f), "s3 service us-west-2");
  f.client_scheme = f.requested_in_code = "none";
  EXPECT_EQ(chosen(f), "none service us-west-2");
}

TEST(SchemeChoice, ServicesTokensAreTakenUnlessCodeSaysOtherwise) {
  auto f = facts();
  f.service_auth = {"aws.auth#sigv4", "smithy.api#httpBearerAuth"};
  EXPECT_EQ(chosen(f), "v4 service us-west-2");
  f.has_service_token = true;
  EXPECT_EQ(chosen(f), "bearer service us-west-2");
  f.preference = {"sigv4"};
  EXPECT_EQ(chosen(f), "bearer service us-west-2") << "a profile's preference does not count";
  f.preference_in_code = true;
  EXPECT_EQ(chosen(f), "v4 service us-west-2");
  f.preference = {"httpBearerAuth"};
  EXPECT_EQ(chosen(f), "bearer service us-west-2");
  f.requested_in_code = "v4";
  EXPECT_EQ(chosen(f), "v4 service us-west-2");
  f.service_auth = {"aws.auth#sigv4"};
  f.requested_in_code = {};
  f.preference_in_code = false;
  f.preference.clear();
  EXPECT_EQ(chosen(f), "v4 service us-west-2") << "the service takes no tokens";
}

TEST(SchemeChoice, UrlsAndFormsAreSignedBeforeVersion4WhereThatIsTheDefault) {
  auto f = facts("s3v4");
  f.signing_name = "s3";
  f.form = SigningForm::kQuery;
  EXPECT_EQ(chosen(f), "s3v4-query s3 us-west-2");
  f.presign_with_v1 = true;
  EXPECT_EQ(chosen(f), "s3-query s3 us-west-2");
  f.form = SigningForm::kPostForm;
  EXPECT_EQ(chosen(f), "s3-presign-post s3 us-west-2");
  f.endpoint_schemes = {{endpoint("sigv4-s3express", "s3express", "us-west-2")}};
  EXPECT_EQ(chosen(f), "v4-s3express-presign-post s3express us-west-2");
  f.form = SigningForm::kQuery;
  f.endpoint_schemes = {{endpoint("sigv4a", "s3")}};
  EXPECT_EQ(chosen(f), "s3v4a-query s3 *");
}

TEST(SchemeChoice, ThereAreNoUrlsOfSomeSchemes) {
  for (std::string_view name : {"bearer", "v2", "v3"}) {
    auto f = facts(name);
    f.form = SigningForm::kQuery;
    EXPECT_EQ(chosen(f), "UnsupportedSignatureVersion") << name;
  }
  auto f = facts();
  f.form = SigningForm::kPostForm;
  EXPECT_EQ(chosen(f), "UnsupportedSignatureVersion");
  f.client_scheme = "none";
  EXPECT_EQ(chosen(f), "none-presign-post service us-west-2");
}

TEST(SchemeChoice, ForcedAndAnonymousOperationsStand) {
  auto f = facts();
  f.forced = "none";
  EXPECT_EQ(chosen(f), "none service us-west-2");
  f.forced = {};
  f.operation_auth = {"smithy.api#noAuth"};
  f.endpoint_schemes = {{endpoint("sigv4")}};
  EXPECT_EQ(chosen(f), "none service us-west-2");
}

TEST(SchemeChoice, Version4NeedsARegionOthersDoNot) {
  auto f = facts();
  f.region = {};
  EXPECT_EQ(chosen(f), "NoRegion");
  f.client_scheme = "bearer";
  EXPECT_EQ(chosen(f), "bearer service ");
}

TEST(PayloadChoice, IsBotocores) {
  PayloadFacts f;
  f.scheme = parse_scheme("v4").value();
  EXPECT_EQ(choose_payload_hash(f), PayloadHash::kSigned);
  f.sign_payload = false;
  EXPECT_EQ(choose_payload_hash(f), PayloadHash::kUnsigned);

  f.https = false;
  EXPECT_EQ(choose_payload_hash(f), PayloadHash::kUnsigned);
  f.scheme.form = SigningForm::kQuery;
  EXPECT_EQ(choose_payload_hash(f), PayloadHash::kSigned);
  f.scheme = parse_scheme("v4a").value();
  EXPECT_EQ(choose_payload_hash(f), PayloadHash::kSigned);
  f.https = true;

  f.scheme = parse_scheme("s3v4").value();
  EXPECT_EQ(choose_payload_hash(f), PayloadHash::kSigned) << "no checksum";
  f.has_checksum_header = true;
  EXPECT_EQ(choose_payload_hash(f), PayloadHash::kUnsigned);
  f.sign_payload = true;
  EXPECT_EQ(choose_payload_hash(f), PayloadHash::kSigned);
  f.streaming_input = true;
  EXPECT_EQ(choose_payload_hash(f), PayloadHash::kUnsigned);
  f.https = false;
  EXPECT_EQ(choose_payload_hash(f), PayloadHash::kSigned);
  f.payload_signing_enabled = false;
  EXPECT_EQ(choose_payload_hash(f), PayloadHash::kUnsigned);
  f.payload_signing_enabled = true;
  f.checksum_in_trailer = true;
  EXPECT_EQ(choose_payload_hash(f), PayloadHash::kUnsignedTrailer);
  f.scheme.form = SigningForm::kQuery;
  EXPECT_EQ(choose_payload_hash(f), PayloadHash::kUnsigned);
}

}  // namespace
}  // namespace botocxx::auth
