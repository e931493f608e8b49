// Any octets: the XML reader answers, and what it accepts survives being printed and read again.
#include "codec/xml.h"

#include <cstdint>
#include <cstdlib>

namespace {

using botocxx::codec::XmlDocument;
using botocxx::codec::XmlNode;
using botocxx::codec::XmlWriter;

void print(XmlWriter& out, const XmlNode& node) {
  out.open(node.name);
  for (const auto& attribute : node.attributes) {
    if (!attribute.has_prefix) out.set_attribute(attribute.name, attribute.value);
  }
  out.text(node.text);
  for (const XmlNode* child = node.first_child; child != nullptr; child = child->next_sibling) {
    print(out, *child);
  }
  out.close();
}

std::string printed(const XmlNode& root) {
  XmlWriter out;
  print(out, root);
  return out.take();
}

// Carriage returns in text are printed as they are, so that reading them again makes newlines.
bool has_carriage_return(const std::string& text) { return text.find('\r') != std::string::npos; }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  auto document = XmlDocument::parse(text);
  if (!document) return 0;
  std::string once = printed(document->root());
  if (has_carriage_return(once)) return 0;
  auto again = XmlDocument::parse(once);
  if (!again || printed(again->root()) != once) std::abort();
  return 0;
}
