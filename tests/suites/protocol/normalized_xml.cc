#include "suites/protocol/cases.h"

#include <algorithm>

namespace botocxx::suites {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

std::string_view stripped(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

// The inside of a start tag: the name, then the attributes sorted.
std::string normalized_tag(std::string_view tag) {
  std::size_t end = tag.find_first_of(" \n\t\r");
  std::string out(tag.substr(0, end));
  std::vector<std::string> attributes;
  tag = end == std::string_view::npos ? "" : tag.substr(end);
  for (tag = stripped(tag); !tag.empty(); tag = stripped(tag)) {
    std::size_t equals = tag.find('=');
    if (equals == std::string_view::npos || equals + 1 >= tag.size()) return "malformed tag";
    std::size_t close = tag.find(tag[equals + 1], equals + 2);
    if (close == std::string_view::npos) return "malformed tag";
    attributes.push_back(std::string(stripped(tag.substr(0, equals))) + "=\"" +
                         std::string(tag.substr(equals + 2, close - equals - 2)) + '"');
    tag.remove_prefix(close + 1);
  }
  std::sort(attributes.begin(), attributes.end());
  for (const std::string& attribute : attributes) out += ' ' + attribute;
  return out;
}

}  // namespace

std::string normalized_xml(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    std::size_t open = text.find('<');
    out += stripped(text.substr(0, open));
    if (open == std::string_view::npos) break;
    std::size_t close = text.find('>', open);
    if (close == std::string_view::npos) return "malformed document";
    std::string_view tag = text.substr(open + 1, close - open - 1);
    text.remove_prefix(close + 1);
    if (tag.starts_with('?') || tag.starts_with('!')) continue;
    bool empty = tag.ends_with('/');
    if (empty) tag.remove_suffix(1);
    std::string start = normalized_tag(stripped(tag));
    out += '<' + start + ">\n";
    if (empty) out += "</" + start.substr(0, start.find(' ')) + ">\n";
  }
  return out;
}

}  // namespace botocxx::suites
