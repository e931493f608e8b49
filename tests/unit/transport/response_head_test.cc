#include "transport/response_head.h"

#include <gtest/gtest.h>

namespace botocxx::transport {
namespace {

std::string field(std::string_view line) {
  ResponseHead head;
  head.add_line("HTTP/1.1 200 OK\r\n");
  head.add_line(line);
  head.add_line("\r\n");
  return std::string(head.headers().get("x").value_or("missing"));
}

TEST(ResponseHead, ValuesInUtf8StayAndOthersAreReadAsLatin1) {
  EXPECT_EQ(field("x: caf\xc3\xa9\r\n"), "caf\xc3\xa9");
  EXPECT_EQ(field("x: caf\xe9\r\n"), "caf\xc3\xa9");
  EXPECT_EQ(field("x: \xff\xfe\r\n"), "\xc3\xbf\xc3\xbe");
}

TEST(ResponseHead, NamesAndReasonsAreUtf8Too) {
  ResponseHead head;
  head.add_line("HTTP/1.1 599 caf\xe9\r\n");
  head.add_line("x\xff: y\r\n");
  head.add_line("\r\n");
  EXPECT_EQ(head.reason(), "caf\xc3\xa9");
  EXPECT_EQ(head.headers().get("x\xc3\xbf"), "y");
}

}  // namespace
}  // namespace botocxx::transport
