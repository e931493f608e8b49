#include "server/xml_document.h"

#include "server/scalar_text.h"
#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

namespace botocxx::server {
namespace {

bool is_xml_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
}

void close_element(std::string& out, std::string_view name) {
  fmt::format_to(std::back_inserter(out), "</{}>", name);
}

/// A reader would turn these into blanks.
void append_attribute_text(std::string& out, std::string_view escaped) {
  for (char c : escaped) {
    if (c == '\n' || c == '\t') {
      out += c == '\n' ? "&#10;" : "&#9;";
    } else {
      out += c;
    }
  }
}

Result<void> write_attributes(std::string& out, const Shape& shape, const Value& value) {
  for (Member member : shape.members()) {
    const Value* present = member.xml_attribute() ? value.find(member.name()) : nullptr;
    if (!present || present->is_null()) continue;
    Result<std::string> text =
        format_scalar(member, *present, TimestampFormat::kIso8601, member.name());
    if (!text) return std::move(text).error();
    std::optional<std::string> escaped = escape_xml(*text);
    if (!escaped) return unencodable(member.name(), "characters that XML can't hold");
    fmt::format_to(std::back_inserter(out), " {}=\"", member.serialized_name());
    append_attribute_text(out, *escaped);
    out += '"';
  }
  return {};
}

Result<void> write_structure(std::string& out, const Member& member, const Value& value,
                             std::string_view name, std::string_view default_namespace) {
  std::string_view stated = member.xml_namespace();
  open_element(out, name, stated.empty() ? default_namespace : stated, member.xml_prefix());
  out.pop_back();  // the ">", since attributes follow
  if (Result<void> done = write_attributes(out, member.shape(), value); !done) return done;
  out += '>';
  if (Result<void> done = write_members(out, member.shape(), value); !done) return done;
  close_element(out, name);
  return {};
}

Result<void> write_list(std::string& out, const Member& member, const Value& value,
                        std::string_view name, std::string_view default_namespace) {
  if (!value.is_list()) return unencodable(name, "expected a list");
  Member item = member.shape().list_member();
  bool flattened = member.flattened();
  // Parsers find a flattened list under its item's name where there is one.
  std::string_view item_name = item.wire_name();
  if (item_name.empty()) item_name = flattened ? name : std::string_view("member");
  if (!flattened) open_element(out, name, default_namespace);
  for (const Value& element : value) {
    if (Result<void> done = write_element(out, item, element, item_name, {}); !done) return done;
  }
  if (!flattened) close_element(out, name);
  return {};
}

Result<void> write_entry(std::string& out, const Shape& map, const Value::Member& entry) {
  Member key = map.map_key(), value = map.map_value();
  std::string_view key_name = key.wire_name().empty() ? "key" : key.wire_name();
  std::string_view value_name = value.wire_name().empty() ? "value" : value.wire_name();
  if (!write_text_element(out, key_name, entry.key.view())) {
    return unencodable(key_name, "characters that XML can't hold");
  }
  return write_element(out, value, entry.value, value_name, {});
}

Result<void> write_map(std::string& out, const Member& member, const Value& value,
                       std::string_view name, std::string_view default_namespace) {
  if (!value.is_object()) return unencodable(name, "expected a map");
  bool flattened = member.flattened();
  std::string_view entry_name = flattened ? name : std::string_view("entry");
  if (!flattened) open_element(out, name, default_namespace);
  for (const Value::Member& entry : value.members()) {
    open_element(out, entry_name, {});
    if (Result<void> done = write_entry(out, member.shape(), entry); !done) return done;
    close_element(out, entry_name);
  }
  if (!flattened) close_element(out, name);
  return {};
}

Result<void> write_scalar(std::string& out, const Member& member, const Value& value,
                          std::string_view name) {
  Result<std::string> text = format_scalar(member, value, TimestampFormat::kIso8601, name);
  if (!text) return std::move(text).error();
  if (!write_text_element(out, name, *text)) {
    return unencodable(name, "characters that XML can't hold");
  }
  return {};
}

}  // namespace

std::optional<std::string> escape_xml(std::string_view text) {
  if (!is_utf8(text)) return std::nullopt;
  std::string out;
  out.reserve(text.size());
  for (char c : text) {
    if (is_xml_control(c)) return std::nullopt;
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\r':  // a parser would turn it into a line feed
        out += "&#13;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

bool write_text_element(std::string& out, std::string_view name, std::string_view text) {
  std::optional<std::string> escaped = escape_xml(text);
  if (!escaped) return false;
  fmt::format_to(std::back_inserter(out), "<{}>{}</{}>", name, *escaped, name);
  return true;
}

void open_element(std::string& out, std::string_view name, std::string_view xml_namespace,
                  std::string_view prefix) {
  out += '<';
  out += name;
  if (!xml_namespace.empty()) {
    out += prefix.empty() ? " xmlns" : " xmlns:";
    out += prefix;
    fmt::format_to(std::back_inserter(out), "=\"{}\"", xml_namespace);
  }
  out += '>';
}

Result<void> write_element(std::string& out, const Member& member, const Value& value,
                           std::string_view name, std::string_view default_namespace) {
  if (value.is_null()) return {};
  switch (member.shape().type()) {
    case ShapeType::kStructure:
      if (!value.is_object()) return unencodable(name, "expected a structure");
      return write_structure(out, member, value, name, default_namespace);
    case ShapeType::kList:
      return write_list(out, member, value, name, default_namespace);
    case ShapeType::kMap:
      return write_map(out, member, value, name, default_namespace);
    case ShapeType::kString:
    case ShapeType::kBoolean:
    case ShapeType::kInteger:
    case ShapeType::kLong:
    case ShapeType::kFloat:
    case ShapeType::kDouble:
    case ShapeType::kBlob:
    case ShapeType::kTimestamp:
    case ShapeType::kOther:
      break;
  }
  return write_scalar(out, member, value, name);
}

Result<void> write_members(std::string& out, const Shape& shape, const Value& value) {
  for (Member member : shape.members()) {
    if (member.location() != Location::kBody || member.xml_attribute()) continue;
    const Value* present = value.find(member.name());
    if (!present) continue;
    Result<void> done = write_element(out, member, *present, member.serialized_name(), {});
    if (!done) return done;
  }
  return {};
}

}  // namespace botocxx::server
