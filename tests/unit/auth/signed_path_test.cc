#include "auth/canonical_request.h"
#include "auth/sigv4.h"
#include "unit/auth/sample_requests.h"
#include <botocxx/base/text_encoding.h>

#include <gtest/gtest.h>

#include <array>
#include <random>

namespace botocxx::auth {
namespace {

// Keys are drawn from what paths trip over, and from all of Unicode.
std::string draw_key(std::mt19937& source) {
  static constexpr auto kPieces = std::to_array<std::string_view>(
      {"/", "//", ".", "..", "/./",  "/../", "?",  "%",  "%2F",  "+",
       "=", "&",  " ", "#",  ";",    "~",    "*",  "\\", "\"",   "'",
       "<", "a",  "Z", "0",  "\x01", "\t",   "\n", "\r", "\x1f", "\x7f"});
  std::uniform_int_distribution<std::size_t> length(1, 12), piece(0, kPieces.size() * 2);
  std::uniform_int_distribution<char32_t> unicode(0x80, 0x10ffff);
  std::string key;
  for (std::size_t count = length(source); count > 0; --count) {
    std::size_t chosen = piece(source);
    if (chosen < kPieces.size()) {
      key += kPieces[chosen];
      continue;
    }
    char32_t c = unicode(source);
    if (c >= 0xd800 && c < 0xe000) c = 0xe9;
    auto octet = [&](char32_t bits) { key += static_cast<char>(bits); };
    if (c < 0x800) {
      octet(0xc0 | (c >> 6));
    } else if (c < 0x10000) {
      octet(0xe0 | (c >> 12));
      octet(0x80 | ((c >> 6) & 0x3f));
    } else {
      octet(0xf0 | (c >> 18));
      octet(0x80 | ((c >> 12) & 0x3f));
      octet(0x80 | ((c >> 6) & 0x3f));
    }
    octet(0x80 | (c & 0x3f));
  }
  return key;
}

std::string line_of(const std::string& text, int number) {
  std::size_t at = 0;
  for (; number > 0; --number) at = text.find('\n', at) + 1;
  return text.substr(at, text.find('\n', at) - at);
}

// Whatever the key: the path that a store's signature covers is the one on the request line, both
// in headers and in URLs, and names the key.
TEST(SignedPath, IsThePathOnTheWireForAHundredThousandKeys) {
  std::mt19937 source(20260104);
  auto credentials = make_credentials("AKID", "secret");
  auto headers = store_options("2026-01-02T03:04:05Z");
  headers.payload = PayloadHash::kUnsigned;
  auto url = headers;
  url.expires = std::chrono::seconds(60);
  SigningKeyCache cache;
  for (int i = 0; i < 100'000; ++i) {
    const std::string key = draw_key(source);
    ASSERT_TRUE(is_utf8(key));
    const std::string path = "/bucket/" + percent_encode(key, "/");
    HttpRequest request = make_request("GET", "https://h.example" + path);
    ASSERT_EQ(request.url.target(), path) << key;
    auto additions = sign_v4(request, credentials, i % 2 == 0 ? headers : url, &cache).value();
    ASSERT_EQ(line_of(additions.canonical_request, 1), path) << key;
    apply(additions, request);
    ASSERT_EQ(request.url.target().substr(0, request.url.target().find('?')), path);
    ASSERT_EQ(percent_decode(std::string_view(path).substr(8)), key);
  }
}

// Other services take dot segments and repeated slashes for what they mean; the rest is the same.
TEST(SignedPath, OfOtherServicesIsTheWiresEncodedOnceMore) {
  std::mt19937 source(7);
  for (int i = 0; i < 20'000; ++i) {
    std::string path = "/";  // a sum of temporaries makes GCC 12 warn wrongly
    path += percent_encode(draw_key(source), "/");
    const std::string signed_path = canonical_path(path, true, true);
    ASSERT_EQ(percent_decode(signed_path), canonical_path(path, false, true)) << path;
    ASSERT_EQ(signed_path.find("//"), std::string::npos);
    ASSERT_EQ(canonical_path(canonical_path(path, false, true), false, true),
              canonical_path(path, false, true));
  }
}

}  // namespace
}  // namespace botocxx::auth
