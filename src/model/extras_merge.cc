#include "model/extras_merge.h"

#include "codec/json.h"

namespace botocxx::model {
namespace {

class Merger {
 public:
  Merger(const std::string& file, ModelSources& sources, std::vector<Finding>& findings)
      : file_(file), sources_(sources), findings_(findings) {}

  void merge(Value& base, const Value& extra, const std::string& pointer) {
    for (const Value::Member& entry : extra.members()) {
      std::string inner = pointer + "/" + codec::json_pointer_token(entry.key);
      Value* existing = base.find(entry.key);
      if (entry.value.is_null()) {
        remove(base, entry.key, existing != nullptr, inner);
      } else if (existing != nullptr && existing->is_object() && entry.value.is_object()) {
        merge(*existing, entry.value, inner);
      } else if (existing != nullptr) {
        if (*existing == entry.value) continue;
        note_replacement(*existing, entry.value, inner);
        record(inner, Change::kReplaced);
        *existing = without_nulls(entry.value, base.resource(), inner);
      } else {
        record(inner, Change::kAdded);
        base.append_member(Key(entry.key.view(), base.resource()),
                           without_nulls(entry.value, base.resource(), inner));
      }
    }
  }

 private:
  enum class Change { kAdded, kReplaced, kRemoved };

  void record(const std::string& pointer, Change change) {
    std::string replaced = change == Change::kAdded ? "" : sources_.origin_of(pointer);
    sources_.changes.push_back({pointer, file_, replaced, change == Change::kRemoved});
  }
  void remove(Value& base, std::string_view key, bool exists, const std::string& pointer) {
    if (!exists) {
      findings_.push_back({ModelIssue::Severity::kWarning, pointer,
                           "null removes a name, and there is none to remove", ""});
      return;
    }
    record(pointer, Change::kRemoved);
    base.erase(key);
  }
  // An object in the place of a list or text, or the other way round, is rarely meant.
  void note_replacement(const Value& old_value, const Value& new_value,
                        const std::string& pointer) {
    bool container = old_value.is_object() || new_value.is_object() || old_value.is_list() ||
                     new_value.is_list();
    if (!container || old_value.kind() == new_value.kind()) return;
    findings_.push_back({ModelIssue::Severity::kWarning, pointer,
                         "replaces " + std::string(to_string(old_value.kind())) + " with " +
                             std::string(to_string(new_value.kind())),
                         ""});
  }
  Value without_nulls(const Value& value, std::pmr::memory_resource* resource,
                      const std::string& pointer) {
    if (!value.is_object()) return Value(value, resource);
    Value copy(resource);
    copy.make_object();
    for (const Value::Member& entry : value.members()) {
      std::string inner = pointer + "/" + codec::json_pointer_token(entry.key);
      if (entry.value.is_null()) {
        remove(copy, entry.key, false, inner);
      } else {
        copy.append_member(Key(entry.key.view(), resource),
                           without_nulls(entry.value, resource, inner));
      }
    }
    return copy;
  }

  const std::string& file_;
  ModelSources& sources_;
  std::vector<Finding>& findings_;
};

}  // namespace

void merge_extras(Value& base, const Value& extra, const std::string& file, ModelSources& sources,
                  std::vector<Finding>& findings) {
  Merger(file, sources, findings).merge(base, extra, "");
}

}  // namespace botocxx::model
