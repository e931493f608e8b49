// The CBOR vectors that botocore publishes: each case a test of its own name.
#include "codec/cbor_value.h"
#include "codec/json.h"
#include "support/hex.h"
#include <botocxx/base/host.h>

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <string>

namespace botocxx {
namespace {

using testing_support::octets;

using codec::CborKind;
using codec::CborReader;

bool same_float(const Value& value, double expected) {
  if (!value.is_double()) return false;
  return std::isnan(expected) ? std::isnan(value.as_double()) : value.as_double() == expected;
}

// Whether `value` is what `expect`, {"<kind>": …}, describes.
bool is_as_expected(const Value& value, const Value& expect) {
  const Value::Member& only = expect.members()[0];
  std::string_view kind = only.key;
  const Value& content = only.value;
  if (kind == "null" || kind == "undefined") return value.is_null();
  if (kind == "float32") {
    return same_float(value, std::bit_cast<float>(static_cast<std::uint32_t>(content.as_int())));
  }
  if (kind == "float64") return same_float(value, std::bit_cast<double>(content.as_int()));
  if (kind == "bytestring") {
    std::string wanted;
    for (const Value& octet : content.items()) wanted += static_cast<char>(octet.as_int());
    return value.is_bytes() && value.as_bytes() == wanted;
  }
  if (kind == "list") {
    bool same = value.is_list() && value.size() == content.size();
    for (std::size_t i = 0; same && i < content.size(); ++i) {
      same = is_as_expected(value[i], content[i]);
    }
    return same;
  }
  if (kind == "map") {
    bool same = value.is_object() && value.size() == content.size();
    for (const Value::Member& entry : content.members()) {
      same = same && value.contains(entry.key) && is_as_expected(value[entry.key], entry.value);
    }
    return same;
  }
  return value == content;  // uint, negint, string, bool
}

// As values only tag 1 is understood: these cases are about the numbers of tags.
void check_tag(CborReader& reader, const Value& expect) {
  auto tag = reader.next();
  ASSERT_TRUE(tag) << tag.error().message();
  ASSERT_EQ(tag->kind, CborKind::kTag);
  EXPECT_EQ(static_cast<double>(tag->number), expect["id"].as_double());
  auto item = reader.next();
  ASSERT_TRUE(item) << item.error().message();
  auto value = read_cbor_value(reader, *item, {});
  ASSERT_TRUE(value) << value.error().message();
  EXPECT_TRUE(is_as_expected(*value, expect["value"]));
}

class VectorTest : public testing::Test {
 public:
  explicit VectorTest(const Value& vector) : vector_(vector) {}

  void TestBody() override {
    std::string input = octets(vector_["input"].as_string());
    const Value& expect = vector_["expect"];
    CborReader reader(input);
    if (expect.contains("tag")) {
      check_tag(reader, expect["tag"]);
      EXPECT_TRUE(reader.at_end());
      return;
    }
    auto value = codec::read_cbor(input);
    if (expect.is_null()) {
      EXPECT_FALSE(value) << "gave " << codec::write_json(*value);
      EXPECT_FALSE(reader.skip());
      return;
    }
    ASSERT_TRUE(value) << value.error().message();
    EXPECT_TRUE(is_as_expected(*value, expect)) << "gave " << codec::write_json(*value);
    EXPECT_TRUE(reader.skip());
    EXPECT_TRUE(reader.at_end());
  }

 private:
  const Value& vector_;
};

class Absent : public testing::Test {
 public:
  void TestBody() override {
    GTEST_SKIP() << "botocore's tests are not in " BOTOCXX_UPSTREAM_TESTS;
  }
};

void register_file(const std::string& suite, const Value& vectors) {
  for (const Value& vector : vectors.items()) {
    std::string name(vector["description"].as_string());
    testing::RegisterTest(suite.c_str(), name.c_str(), nullptr, nullptr, __FILE__, __LINE__,
                          [&vector]() -> testing::Test* { return new VectorTest(vector); });
  }
}

bool register_suite() {
  static Value documents[2];  // the tests refer to them
  const char* const kinds[] = {"success", "error"};
  for (int i = 0; i < 2; ++i) {
    std::string suite = std::string("cbor.decode-") + kinds[i];
    auto text = system_host().files->read_file(BOTOCXX_UPSTREAM_TESTS "/unit/cbor/decode-" +
                                               std::string(kinds[i]) + "-tests.json");
    if (!text) {
      testing::RegisterTest(suite.c_str(), "vectors", nullptr, nullptr, __FILE__, __LINE__,
                            []() -> testing::Test* { return new Absent; });
      continue;
    }
    documents[i] = codec::parse_json(*text).value();
    register_file(suite, documents[i]);
  }
  return true;
}

const bool kRegistered = register_suite();

}  // namespace
}  // namespace botocxx
