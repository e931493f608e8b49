#include "match_metadata.h"

#include <botocxx/base/text_encoding.h>

#include <algorithm>

namespace botocxx::objectscale {
namespace {

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::optional<std::string> attribute_text(const ObjectVersion& object, std::string_view name) {
  const Value& value = object.attributes[name];
  if (value.is_int()) return std::to_string(value.as_int());
  if (!value.is_string()) return std::nullopt;
  return std::string(value.as_string());
}

/// The value of a system key by its alias; nothing when the object has none.
std::optional<std::string> system_text(const ObjectVersion& object, std::string_view alias) {
  if (alias == "size") return std::to_string(object.size);
  if (alias == "mtime") return std::to_string(object.modified_ms);
  if (alias == "createtime") return std::to_string(object.created_ms);
  if (alias == "owner") return object.owner;
  if (alias == "object-name") return object.key;
  if (alias == "etag") return object.etag;
  if (alias == "ctype") return attribute_text(object, "ContentType");
  if (alias == "encoding") return attribute_text(object, "ContentEncoding");
  if (alias == "Expires") return attribute_text(object, "Expires");
  if (alias == "retention") return attribute_text(object, "RetentionPeriod");
  if (alias == "namespace") return attribute_text(object, "EmcNamespace");
  return std::nullopt;
}

class Block {
 public:
  explicit Block(ValueForm form) : form_(form) { map_.make_object(); }

  void add(std::string_view key, const std::optional<std::string>& text) {
    if (!text) return;
    map_.set(key, Value(form_ == ValueForm::kUrlEncoded ? percent_encode(*text) : *text));
  }
  void append_to(Value& blocks, std::string_view type) {
    if (map_.empty()) return;
    Value& block = blocks.push_back(Value::object());
    block.set("type", Value(type));
    block.set("mdMap", std::move(map_));
  }

 private:
  ValueForm form_;
  Value map_;
};

}  // namespace

RequestedAttributes parse_attributes(std::string_view list) {
  RequestedAttributes requested;
  while (!list.empty()) {
    std::size_t comma = list.find(',');
    std::string_view name = trim(list.substr(0, comma));
    list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
    if (name == "ALL" || name == "ALL_SMD") requested.all_system = true;
    if (name == "ALL" || name == "ALL_UMD") requested.all_user = true;
    for (const SystemKey& known : optional_attributes()) {
      if (equals_ignore_case(known.name, name)) requested.system.push_back(known);
    }
  }
  return requested;
}

Value match_metadata(const ObjectVersion& object, const std::vector<SearchKey>& keys,
                     const RequestedAttributes& requested, ValueForm form) {
  Block system(form), user(form);
  for (const SystemKey& known : indexable_system_keys()) {
    if (find_search_key(keys, known.name))
      system.add(known.alias, system_text(object, known.alias));
  }
  for (const SystemKey& known : requested.system) {
    system.add(known.alias, system_text(object, known.alias));
  }
  if (requested.all_system) {
    for (const SystemKey& known : optional_attributes()) {
      system.add(known.alias, system_text(object, known.alias));
    }
  }
  for (const Value::Member& entry : object.metadata.members()) {
    std::string name = std::string(kUserPrefix) + std::string(entry.key.view());
    if (!requested.all_user && !find_search_key(keys, name)) continue;
    user.add(name, std::string(entry.value.as_string()));
  }
  Value blocks = Value::list();
  system.append_to(blocks, "SYSMD");
  user.append_to(blocks, "USERMD");
  return blocks;
}

}  // namespace botocxx::objectscale
