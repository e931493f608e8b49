#include "transport/wire_log.h"

#include <gtest/gtest.h>

namespace botocxx::transport {
namespace {

TEST(WireLog, KeepsWhatIsNoSecret) {
  for (const char* line :
       {"GET /a?b=c&d HTTP/1.1", "Host: example.com", "x-amz-key-id: k", "X-Empty:", "",
        "x-amz-meta-note: Signature is fine", "HTTP/1.1 200 OK", "no colon"}) {
    EXPECT_EQ(redact_line(line), line);
  }
}

TEST(WireLog, TakesSecretsOutOfHeaders) {
  EXPECT_EQ(redact_line("x-amz-security-token:abc"), "x-amz-security-token:<redacted>");
  EXPECT_EQ(redact_line("X-Amz-S3Session-Token: abc"), "X-Amz-S3Session-Token: <redacted>");
  EXPECT_EQ(redact_line("x-amz-copy-source-server-side-encryption-customer-key: abc"),
            "x-amz-copy-source-server-side-encryption-customer-key: <redacted>");
  EXPECT_EQ(redact_line("Authorization: Bearer abc"), "Authorization: Bearer <redacted>");
  EXPECT_EQ(redact_line("Authorization: abc"), "Authorization: <redacted>");
  EXPECT_EQ(redact_line("authorization: AWS AKID:abc"), "authorization: AWS <redacted>");
  EXPECT_EQ(redact_line("Proxy-Authorization: Basic abc"), "Proxy-Authorization: Basic <redacted>");
  EXPECT_EQ(redact_line("Set-Cookie: abc"), "Set-Cookie: <redacted>");
}

TEST(WireLog, TakesSecretsOutOfUrls) {
  EXPECT_EQ(redact_url("https://h/p?a=1&X-Amz-Signature=abc&X-Amz-Security-Token=def#f"),
            "https://h/p?a=1&X-Amz-Signature=<redacted>&X-Amz-Security-Token=<redacted>#f");
  EXPECT_EQ(redact_url("http://user:password@proxy:8080/"), "http://***@proxy:8080/");
  EXPECT_EQ(redact_url("https://h/a@b"), "https://h/a@b");
  EXPECT_EQ(redact_line("Location: https://h/?Signature=abc"),
            "Location: https://h/?Signature=<redacted>");
}

}  // namespace
}  // namespace botocxx::transport
