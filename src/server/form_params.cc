#include "server/form_params.h"

#include "server/param_error.h"
#include "server/scalar_text.h"

#include <unordered_set>

namespace botocxx::server {
namespace {

class FormReader {
 public:
  explicit FormReader(const FormNames& names) : names_(names) {}

  Result<void> read_members(const Shape& shape, const FormNode& node, Value& params) const {
    for (Member member : shape.members()) {
      Result<std::optional<Value>> value = read_member(member, node);
      if (!value) return within(std::move(value).error(), member.name());
      if (*value) params.set(member.name(), std::move(**value));
    }
    return {};
  }

 private:
  Result<std::optional<Value>> read_member(const Member& member, const FormNode& parent) const {
    const FormNode* node = parent.child(names_.member(member));
    if (is_flattened_list(member)) {
      // Items bear their own name where they have one; an empty list bears the member's.
      bool is_empty = node && node->text && node->children.empty();
      std::string_view item = member.shape().list_member().wire_name();
      if (!is_empty && !item.empty()) node = parent.child(item);
    }
    if (!node) return std::optional<Value>();
    Result<Value> value = read(member, *node);
    if (!value) return std::move(value).error();
    return std::optional<Value>(std::move(*value));
  }

  bool is_flattened_list(const Member& member) const {
    return !names_.plain_lists && member.flattened() && member.shape().type() == ShapeType::kList;
  }

  Result<Value> read(const Member& member, const FormNode& node) const {
    switch (member.shape().type()) {
      case ShapeType::kStructure: {
        Value value = Value::object();
        Result<void> done = read_members(member.shape(), node, value);
        if (!done) return std::move(done).error();
        return value;
      }
      case ShapeType::kList:
        return read_list(member, node);
      case ShapeType::kMap:
        return read_map(member, node);
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
    if (!node.text) return malformed_parameter("expected one text, not names below it");
    return parse_scalar(member.shape(), *node.text);
  }

  Result<Value> read_list(const Member& member, const FormNode& node) const {
    Member item = member.shape().list_member();
    const FormNode* items = &node;
    if (!names_.plain_lists && !member.flattened()) {
      items = node.child(item.wire_name().empty() ? "member" : item.wire_name());
    }
    Value list = Value::list();
    if (!items) return list;  // "Name=" alone
    Result<std::vector<const FormNode*>> numbered = numbered_children(*items);
    if (!numbered) return std::move(numbered).error();
    for (const FormNode* child : *numbered) {
      Result<Value> value = read(item, *child);
      if (!value) return within(std::move(value).error(), list.size());
      list.push_back(std::move(*value));
    }
    return list;
  }

  Result<Value> read_map(const Member& member, const FormNode& node) const {
    Shape shape = member.shape();
    const FormNode* entries = member.flattened() ? &node : node.child("entry");
    Value map = Value::object();
    if (!entries) return map;
    Result<std::vector<const FormNode*>> numbered = numbered_children(*entries);
    if (!numbered) return std::move(numbered).error();
    static const FormNode kNothing;
    std::unordered_set<std::string_view> keys;
    for (const FormNode* entry : *numbered) {
      const FormNode* key = entry->child(names_.member(shape.map_key()));
      const FormNode* value = entry->child(names_.member(shape.map_value()));
      if (!key || !key->text) return malformed_parameter("an entry of a map needs a key");
      if (!keys.insert(*key->text).second) return malformed_parameter("a key is given twice");
      // An empty list or structure as value leaves nothing in a form.
      Result<Value> read_value = read(shape.map_value(), value ? *value : kNothing);
      if (!read_value) return within(std::move(read_value).error(), *key->text);
      map.append_member(Key(*key->text, map.resource()), std::move(*read_value));
    }
    return map;
  }

  const FormNames& names_;
};

std::string ec2_name(const Member& member) {
  if (!member.query_name().empty()) return std::string(member.query_name());
  std::string name(member.wire_name());
  if (name.empty()) return std::string(member.name());
  if (name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return name;
}

}  // namespace

const FormNames kQueryNames{
    [](const Member& member) { return std::string(member.serialized_name()); }, false};
const FormNames kEc2Names{ec2_name, true};

Result<void> decode_form_params(const Shape& input, const FormNode& form, const FormNames& names,
                                Value& params) {
  return FormReader(names).read_members(input, form, params);
}

}  // namespace botocxx::server
