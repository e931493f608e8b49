#include "protocol/xml_shape.h"

#include "codec/repeated_keys.h"
#include "protocol/scalar_parse.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace botocxx::protocol {
namespace {

using codec::XmlNode;

// Structures up to this size are read without allocating a table.
constexpr std::size_t kFewMembers = 24;

// Equal names are one text in a document.
const XmlNode* next_of_same_name(const XmlNode& node) {
  const XmlNode* next = node.next_sibling;
  while (next != nullptr && next->name.data() != node.name.data()) next = next->next_sibling;
  return next;
}

bool is_skipped(const Member& member) {
  switch (member.location()) {
    case Location::kHeader:
    case Location::kHeaders:
    case Location::kStatusCode:
      return true;
    case Location::kBody:
    case Location::kUri:
    case Location::kQueryString:
      return member.event_header();
  }
  return false;
}

// A flattened list's elements bear the name of its items, where the model gives them one.
std::string_view element_name(const Member& member, ShapeType type) {
  if (type == ShapeType::kList && member.flattened()) {
    std::string_view item = member.shape().list_member().wire_name();
    if (!item.empty()) return item;
  }
  return member.serialized_name();
}

const codec::XmlAttribute* find_attribute(const XmlNode& node, std::string_view wire_name) {
  std::size_t colon = wire_name.find(':');
  bool prefixed = colon != std::string_view::npos;
  std::string_view local = prefixed ? wire_name.substr(colon + 1) : wire_name;
  const codec::XmlAttribute* found = nullptr;
  for (const codec::XmlAttribute& attribute : node.attributes) {
    if (attribute.name == local && attribute.has_prefix == prefixed) found = &attribute;
  }
  return found;
}

// A union holds one kind of element; the name of one that the model does not know, else empty.
Result<std::string_view> unknown_union_member(const Shape& shape, const XmlNode& node) {
  std::string_view tag;
  bool several = false;
  for (const XmlNode* child = node.first_child; child != nullptr; child = child->next_sibling) {
    if (child->name == "__type" || child->name == tag) continue;
    several = several || !tag.empty();
    tag = child->name;
  }
  if (tag.empty() || several) {
    return parse_failure(fmt::format(
        "Invalid service response: {} must have one and only one member set.", shape.name()));
  }
  for (Member member : shape.members()) {
    if (member.serialized_name() == tag) return std::string_view();
  }
  return tag;
}

}  // namespace

const XmlNode& error_element(const XmlNode& root) {
  if (root.name != "ErrorResponse") return root;
  for (const XmlNode* child = root.first_child; child != nullptr; child = child->next_sibling) {
    if (child->name == "Error") return *child;
  }
  return root;
}

const XmlNode& listed_error_element(const XmlNode& root) {
  for (const XmlNode* list = root.first_child; list != nullptr; list = list->next_sibling) {
    if (list->name != "Errors") continue;
    for (const XmlNode* error = list->first_child; error != nullptr; error = error->next_sibling) {
      if (error->name == "Error") return *error;
    }
  }
  return root;
}

XmlShapeParser::Plan& XmlShapeParser::plan_of(const Shape& shape) {
  auto [entry, added] = plans_.try_emplace(shape.index());
  Plan& plan = entry->second;
  if (!added) return plan;
  plan.is_union = shape.is_union();
  plan.is_exception = shape.is_exception();
  std::vector<Wanted>& all = plan.wanted;
  all.reserve(shape.members().size());
  for (Member member : shape.members()) {
    Shape target = member.shape();
    ShapeType type = target.type();
    std::string_view element = element_name(member, type);
    // Some services send what Smithy's rules give where botocore's give another name.
    bool named = member.trait("locationName").has_value();
    std::string_view other = named ? member.serialized_name() : member.name();
    if (other == element) other = {};
    all.push_back({member, target, type, member.name(), member.flattened(), member.xml_attribute(),
                   is_skipped(member), element, other, all.size()});
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = 0; j < all.size(); ++j) {
      if (all[j].skipped) continue;
      if (j < i && all[j].element == all[i].element) all[i].same_as = std::min(all[i].same_as, j);
      if (all[j].element == all[i].other_element) all[i].other_element = {};
    }
  }
  return plan;
}

Result<Value> XmlShapeParser::parse(const Member& reference, const XmlNode& node) {
  Value out(resource_);
  Shape shape = reference.shape();
  auto parsed = read(shape, shape.type(), reference.flattened(), {&node, 1}, out);
  if (!parsed) return std::move(parsed).error();
  return out;
}

bool XmlShapeParser::is_lasting(std::string_view text) const {
  return document_ != nullptr && document_->is_in_source(text);
}

Result<void> XmlShapeParser::read_text(const Shape& shape, const XmlNode& node, Value& out) {
  auto value = parse_scalar(
      shape, node.text, is_lasting(node.text) ? TextOwner::kOutlivesValue : TextOwner::kTemporary,
      resource_);
  if (!value) return std::move(value).error();
  out = *std::move(value);
  return {};
}

bool XmlShapeParser::is_element_of(Wanted& wanted, std::string_view name) {
  if (wanted.skipped) return false;
  if (wanted.seen != nullptr) return wanted.seen == name.data();
  if (wanted.element != name) return false;
  wanted.seen = name.data();
  return true;
}

void XmlShapeParser::find_elements(std::vector<Wanted>& wanted, const XmlNode& node,
                                   std::span<Found> found) {
  // Elements mostly come in the model's order: the search goes on where the last one was found.
  std::size_t hint = 0;
  for (const XmlNode* child = node.first_child; child != nullptr; child = child->next_sibling) {
    for (std::size_t step = 0; step < wanted.size(); ++step) {
      std::size_t i = hint + step < wanted.size() ? hint + step : hint + step - wanted.size();
      if (!is_element_of(wanted[i], child->name)) continue;
      i = wanted[i].same_as;
      if (found[i].count++ == 0) found[i].first = child;
      hint = i;
      break;
    }
  }
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i].same_as != i) found[i] = found[wanted[i].same_as];
  }
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (found[i].count > 0 || wanted[i].other_element.empty()) continue;
    for (const XmlNode* child = node.first_child; child != nullptr; child = child->next_sibling) {
      if (child->name != wanted[i].other_element) continue;
      if (found[i].count++ == 0) found[i].first = child;
    }
  }
}

Result<void> XmlShapeParser::parse_members(const Shape& shape, const XmlNode& outer, Value& out) {
  Plan& plan = plan_of(shape);
  const XmlNode& node = plan.is_exception ? find_error_(outer) : outer;
  if (plan.is_union) {
    auto unknown = unknown_union_member(shape, node);
    if (!unknown) return std::move(unknown).error();
    if (!unknown->empty()) {
      Value name(resource_);
      name.append_member(Key::borrow("name"), Value::make_string(*unknown, resource_));
      out.append_member(Key::borrow("SDK_UNKNOWN_MEMBER"), std::move(name));
      return {};
    }
  }
  std::vector<Wanted>& wanted = plan.wanted;
  std::array<Found, kFewMembers> few;
  std::vector<Found> many(wanted.size() > few.size() ? wanted.size() : 0);
  std::span<Found> found = many.empty() ? std::span(few.data(), wanted.size()) : std::span(many);
  find_elements(wanted, node, found);
  auto present =
      std::count_if(found.begin(), found.end(), [](const Found& f) { return f.count > 0; });
  out.reserve(out.size() + static_cast<std::size_t>(present));
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i].skipped) continue;
    if (found[i].count == 0 && !wanted[i].attribute) continue;
    auto read = read_member(wanted[i], found[i], node, out);
    if (!read) return at_member(std::move(read).error(), wanted[i].name);
  }
  return {};
}

Result<void> XmlShapeParser::read_member(const Wanted& wanted, const Found& found,
                                         const XmlNode& node, Value& out) {
  if (found.count == 0) {
    const auto* attribute = find_attribute(node, wanted.member.serialized_name());
    if (attribute == nullptr) return {};
    out.append_member(Key::borrow(wanted.name), Value::make_string(attribute->value, resource_));
    return {};
  }
  // Of an element that is no list and comes twice the first counts.
  Value& slot = out.append_member(Key::borrow(wanted.name), Value(resource_));
  return read(wanted.shape, wanted.type, wanted.flattened, found, slot);
}

Result<void> XmlShapeParser::read(const Shape& shape, ShapeType type, bool flattened,
                                  const Found& found, Value& out) {
  switch (type) {
    case ShapeType::kStructure:
      out.make_object();
      return parse_members(shape, *found.first, out);
    case ShapeType::kList:
      return read_list(shape, flattened, found, out);
    case ShapeType::kMap:
      return read_map(shape, flattened, found, out);
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
  return read_text(shape, *found.first, out);
}

// The items are the elements themselves when the list is flattened, else what the one wrapper
// holds, whatever the name. (Of repeated wrappers botocore takes each for an item; so do we.)
Result<void> XmlShapeParser::read_list(const Shape& shape, bool flattened, const Found& found,
                                       Value& out) {
  out.make_list();
  Member item = shape.list_member();
  Shape item_shape = item.shape();
  ShapeType item_type = item_shape.type();
  bool item_flattened = item.flattened();
  bool siblings = flattened || found.count > 1;
  if (siblings) out.reserve(found.count);
  const XmlNode* node = siblings ? found.first : found.first->first_child;
  for (std::size_t index = 0; node != nullptr && (!siblings || index < found.count); ++index) {
    Value& slot = out.push_back(Value(resource_));
    auto parsed = read(item_shape, item_type, item_flattened, {node, 1}, slot);
    if (!parsed) return at_index(std::move(parsed).error(), index);
    node = siblings ? next_of_same_name(*node) : node->next_sibling;
  }
  return {};
}

Result<void> XmlShapeParser::read_entry(const Shape& shape, const XmlNode& entry, Value& out) {
  Member key_member = shape.map_key(), value_member = shape.map_value();
  const XmlNode* key = nullptr;
  const XmlNode* value = nullptr;
  for (const XmlNode* part = entry.first_child; part != nullptr; part = part->next_sibling) {
    if (part->name == key_member.serialized_name()) {
      key = part;
    } else if (part->name == value_member.serialized_name()) {
      value = part;
    } else {
      return parse_failure(fmt::format("Unknown tag: {}", part->name));
    }
  }
  if (key == nullptr || value == nullptr) {
    return parse_failure(fmt::format("an entry of a map needs <{}> and <{}>",
                                     key_member.serialized_name(), value_member.serialized_name()));
  }
  auto parsed = parse(value_member, *value);
  if (!parsed) return at_member(std::move(parsed).error(), key->text);
  out.append_member(is_lasting(key->text) ? Key::borrow(key->text) : Key(key->text, resource_),
                    *std::move(parsed));
  return {};
}

Result<void> XmlShapeParser::read_map(const Shape& shape, bool flattened, const Found& found,
                                      Value& out) {
  out.make_object();
  bool siblings = flattened || found.count > 1;
  const XmlNode* node = siblings ? found.first : found.first->first_child;
  for (std::size_t index = 0; node != nullptr && (!siblings || index < found.count); ++index) {
    if (auto parsed = read_entry(shape, *node, out); !parsed) return parsed;
    node = siblings ? next_of_same_name(*node) : node->next_sibling;
  }
  codec::drop_repeated_keys(out);
  return {};
}

}  // namespace botocxx::protocol
