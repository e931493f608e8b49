#include "codec/xml.h"

namespace botocxx::codec {
namespace {

std::string_view escape_of(char c, bool in_attribute) {
  if (c == '&') return "&amp;";
  if (c == '<') return "&lt;";
  if (c == '>') return "&gt;";
  if (!in_attribute) return {};
  if (c == '"') return "&quot;";
  if (c == '\r') return "&#13;";
  if (c == '\n') return "&#10;";
  return c == '\t' ? "&#09;" : std::string_view();
}

void append_escaped(std::string& out, std::string_view text, std::string_view special) {
  bool in_attribute = special.size() > 3;
  for (;;) {
    std::size_t at = text.find_first_of(special);
    out += text.substr(0, at);
    if (at == std::string_view::npos) return;
    out += escape_of(text[at], in_attribute);
    text.remove_prefix(at + 1);
  }
}

}  // namespace

void append_xml_text(std::string& out, std::string_view text) { append_escaped(out, text, "&<>"); }

void XmlWriter::append_tag(std::string& out, const Level& level) {
  out += '<';
  out += level.name;
  for (const auto& [name, value] : level.attributes) {
    out += ' ';
    out += name;
    out += "=\"";
    append_escaped(out, value, "&<>\"\r\n\t");
    out += '"';
  }
}

void XmlWriter::finish_tag() {
  if (depth_ == 0) return;
  Level& level = levels_[depth_ - 1];
  if (level.tag_end != 0) return;
  level.tag_begin = out_.size();
  append_tag(out_, level);
  level.tag_end = out_.size();
  out_ += '>';
}

void XmlWriter::open(std::string_view name) {
  finish_tag();
  if (depth_ == levels_.size()) levels_.emplace_back();
  Level& level = levels_[depth_++];
  level.name = name;
  level.attributes.clear();
  level.tag_begin = level.tag_end = 0;
}

void XmlWriter::set_attribute(std::string_view name, std::string_view value) {
  if (depth_ == 0) return;
  Level& level = levels_[depth_ - 1];
  bool found = false;
  for (auto& attribute : level.attributes) {
    if (attribute.first != name) continue;
    attribute.second = value;
    found = true;
  }
  if (!found) level.attributes.emplace_back(name, value);
  if (level.tag_end == 0) return;
  std::string tag;
  append_tag(tag, level);
  out_.replace(level.tag_begin, level.tag_end - level.tag_begin, tag);
  level.tag_end = level.tag_begin + tag.size();
}

void XmlWriter::text(std::string_view text) {
  if (text.empty()) return;
  finish_tag();
  append_xml_text(out_, text);
}

void XmlWriter::close() {
  if (depth_ == 0) return;
  Level& level = levels_[--depth_];
  if (level.tag_end == 0) {
    append_tag(out_, level);
    out_ += " />";
    return;
  }
  out_ += "</";
  out_ += level.name;
  out_ += '>';
}

void XmlWriter::element(std::string_view name, std::string_view text) {
  if (text.empty()) {
    open(name);
    return close();
  }
  finish_tag();
  out_ += '<';
  out_ += name;
  out_ += '>';
  append_xml_text(out_, text);
  out_ += "</";
  out_ += name;
  out_ += '>';
}

}  // namespace botocxx::codec
