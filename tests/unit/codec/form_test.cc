#include "codec/form.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace botocxx::codec {
namespace {

std::string encoded(std::initializer_list<std::pair<std::string, std::string>> fields) {
  FormFields form;
  for (const auto& [name, value] : fields) form.set(name, value);
  return form.encode();
}

TEST(FormFields, KeepTheirOrder) {
  EXPECT_EQ(encoded({{"b", "2"}, {"a", "1"}, {"", ""}}), "b=2&a=1&=");
  EXPECT_EQ(encoded({}), "");
}

TEST(FormFields, EscapeNamesAndValuesAsUrlencodeDoes) {
  EXPECT_EQ(encoded({{"a.b c", "-_.~ *+/%&=\n"}}), "a.b+c=-_.~+%2A%2B%2F%25%26%3D%0A");
  EXPECT_EQ(encoded({{"\xc3\xa9", "\xf0\x9f\x98\x80"}}), "%C3%A9=%F0%9F%98%80");
  EXPECT_EQ(encoded({{"x", "  two "}}), "x=++two+");
  EXPECT_EQ(encoded({{"x", std::string("\0\xff", 2)}}), "x=%00%FF");
}

TEST(FormFields, ARepeatedNameTakesTheLastValueAndTheFirstPlace) {
  EXPECT_EQ(encoded({{"a", "1"}, {"b", "2"}, {"a", "3"}}), "a=3&b=2");
}

TEST(FormFields, ManyFieldsTakeTimeThatTheirNumberExplains) {
  FormFields form;
  for (int i = 0; i < 200'000; ++i) form.set(fmt::format("Name.{}", i % 100'000), "v");
  EXPECT_EQ(form.encode().substr(0, 20), "Name.0=v&Name.1=v&Na");
}

}  // namespace
}  // namespace botocxx::codec
