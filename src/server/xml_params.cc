#include "server/xml_params.h"

#include "codec/repeated_keys.h"
#include "codec/xml.h"
#include "server/scalar_text.h"

#include <fmt/format.h>

namespace botocxx::server {
namespace {

using codec::XmlNode;

Result<Value> read_value(const Member& member, const XmlNode& node);

Error malformed(const XmlNode& node, std::string_view reason) {
  return Error(ErrorKind::kParse, "MalformedBody", fmt::format("<{}>: {}", node.name, reason));
}

/// Sets `params[member]`, or appends to it when the member is a flattened list or map.
Result<void> add_flattened(const Member& member, const XmlNode& node, Value& params);

Result<void> read_attribute(const Member& member, const XmlNode& node, Value& params) {
  std::string_view name = member.serialized_name();
  std::size_t colon = name.find(':');
  if (colon != std::string_view::npos) name.remove_prefix(colon + 1);
  for (const codec::XmlAttribute& attribute : node.attributes) {
    if (attribute.name != name) continue;
    Result<Value> value = parse_scalar(member.shape(), attribute.value);
    if (!value) return malformed(node, value.error().message());
    params.set(member.name(), std::move(*value));
  }
  return {};
}

std::optional<Member> member_of_element(const Shape& shape, std::string_view name) {
  std::optional<Member> found;
  for (Member member : shape.members()) {
    if (member.location() != Location::kBody || member.xml_attribute() ||
        member.serialized_name() != name) {
      continue;
    }
    // A deprecated member may share its element with the one that replaced it.
    if (!found || found->deprecated()) found = member;
  }
  return found;
}

Result<void> read_members(const Shape& shape, const XmlNode& node, Value& params) {
  for (Member member : shape.members()) {
    if (!member.xml_attribute()) continue;
    if (Result<void> done = read_attribute(member, node, params); !done) return done;
  }
  for (const XmlNode* child = node.first_child; child; child = child->next_sibling) {
    std::optional<Member> member = member_of_element(shape, child->name);
    if (!member) continue;
    ShapeType type = member->shape().type();
    bool repeats = member->flattened() && (type == ShapeType::kList || type == ShapeType::kMap);
    if (repeats) {
      if (Result<void> done = add_flattened(*member, *child, params); !done) return done;
      continue;
    }
    Result<Value> value = read_value(*member, *child);
    if (!value) return std::move(value).error();
    params.set(member->name(), std::move(*value));
  }
  for (Member member : shape.members()) {
    if (!member.flattened() || member.shape().type() != ShapeType::kMap) continue;
    if (Value* map = params.find(member.name())) codec::drop_repeated_keys(*map);
  }
  return {};
}

Result<Value> read_list(const Member& member, const XmlNode& node) {
  Value list;
  list.make_list();
  Member item = member.shape().list_member();
  for (const XmlNode* child = node.first_child; child; child = child->next_sibling) {
    Result<Value> value = read_value(item, *child);
    if (!value) return value;
    list.push_back(std::move(*value));
  }
  return list;
}

/// Keys may repeat until the map is complete: looking for each among the others takes too long.
Result<void> read_entry(const Shape& map, const XmlNode& node, Value& entries) {
  Member key = map.map_key(), value = map.map_value();
  std::string_view key_name = key.wire_name().empty() ? "key" : key.wire_name();
  std::string_view value_name = value.wire_name().empty() ? "value" : value.wire_name();
  const XmlNode *key_node = nullptr, *value_node = nullptr;
  for (const XmlNode* child = node.first_child; child; child = child->next_sibling) {
    if (child->name == key_name) key_node = child;
    if (child->name == value_name) value_node = child;
  }
  if (!key_node || !value_node) return malformed(node, "an entry needs a key and a value");
  Result<Value> read = read_value(value, *value_node);
  if (!read) return std::move(read).error();
  entries.append_member(Key(key_node->text, entries.resource()), std::move(*read));
  return {};
}

Result<Value> read_map(const Member& member, const XmlNode& node) {
  Value entries;
  entries.make_object();
  for (const XmlNode* child = node.first_child; child; child = child->next_sibling) {
    if (Result<void> done = read_entry(member.shape(), *child, entries); !done) {
      return std::move(done).error();
    }
  }
  codec::drop_repeated_keys(entries);
  return entries;
}

Result<Value> read_value(const Member& member, const XmlNode& node) {
  Shape shape = member.shape();
  if (shape.type() == ShapeType::kList) return read_list(member, node);
  if (shape.type() == ShapeType::kMap) return read_map(member, node);
  if (shape.type() != ShapeType::kStructure) {
    Result<Value> value = parse_scalar(shape, node.text);
    if (!value) return malformed(node, value.error().message());
    return value;
  }
  Value members;
  members.make_object();
  if (Result<void> done = read_members(shape, node, members); !done) {
    return std::move(done).error();
  }
  return members;
}

Result<void> add_flattened(const Member& member, const XmlNode& node, Value& params) {
  Value* present = params.find(member.name());
  if (member.shape().type() == ShapeType::kMap) {
    if (!present) present = &params.set(member.name(), Value::object());
    return read_entry(member.shape(), node, *present);
  }
  Result<Value> value = read_value(member.shape().list_member(), node);
  if (!value) return std::move(value).error();
  if (!present) present = &params.set(member.name(), Value::list());
  present->push_back(std::move(*value));
  return {};
}

}  // namespace

Result<void> decode_xml_params(const Shape& input, const std::string& body, Value& params) {
  Result<codec::XmlDocument> document = codec::XmlDocument::parse(body);
  if (!document) {
    return Error(ErrorKind::kParse, "MalformedBody", document.error().message());
  }
  std::optional<Member> payload = input.payload();
  if (!payload) return read_members(input, document->root(), params);
  Result<Value> value = read_value(*payload, document->root());
  if (!value) return std::move(value).error();
  params.set(payload->name(), std::move(*value));
  return {};
}

}  // namespace botocxx::server
