#include "model/normalize.h"

#include "codec/json.h"

#include <fmt/format.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace botocxx::model {
namespace {

using codec::json_pointer_token;

std::string text_of(const Value& value) { return std::string(value.get_if_string().value_or("")); }

// The label that a member supplies, or empty when it does not travel in the URI.
std::string label_of(const Value::Member& member) {
  if (member.value["location"].get_if_string().value_or("") != "uri") return {};
  std::string label = text_of(member.value["locationName"]);
  return label.empty() ? std::string(member.key.view()) : label;
}

// "/{Bucket}" alone or before "/" or "?" → "Bucket"; the slash before it may be missing.
std::string leading_label(std::string_view uri) {
  if (uri.starts_with('/')) uri.remove_prefix(1);
  std::size_t end = uri.find('}');
  if (!uri.starts_with('{') || end == uri.npos) return {};
  std::string_view rest = uri.substr(end + 1);
  if (!rest.empty() && rest[0] != '/' && rest[0] != '?') return {};
  return std::string(uri.substr(1, end - 1));
}

// "{name}" or "{name+}" as a whole → "name".
std::string whole_label(std::string_view text) {
  if (!text.starts_with('{') || text.find('}') + 1 != text.size()) return {};
  text = text.substr(1, text.size() - 2);
  if (text.ends_with('+')) text.remove_suffix(1);
  return std::string(text);
}

class Normalizer {
 public:
  explicit Normalizer(Value& document) : document_(document) {}

  std::vector<Finding> run() {
    Value* operations = document_.find("operations");
    Value* shapes = document_.find("shapes");
    if (operations == nullptr || shapes == nullptr || !shapes->is_object()) return {};
    for (Value::Member& shape : shapes->members()) shapes_[shape.key.view()] = &shape.value;
    for (const Value::Member& operation : operations->members()) {
      std::string shape = text_of(operation.value["input"]["shape"]);
      ++uses_[shape];
      ++leading_uses_[{shape, leading_label(text_of(operation.value["http"]["requestUri"]))}];
    }
    learn_endpoint_labels();
    for (Value::Member& operation : operations->members()) visit(operation.key, operation.value);
    return std::move(findings_);
  }

 private:
  // Label → endpoint parameter, as far as all members that say anything agree.
  void learn_endpoint_labels() {
    for (auto& [name, shape] : shapes_) {
      const Value* members = shape->find("members");
      if (members == nullptr) continue;
      for (const Value::Member& member : members->members()) {
        std::string parameter = text_of(member.value["contextParam"]["name"]);
        std::string label = label_of(member);
        if (parameter.empty() || label.empty()) continue;
        auto [known, added] = endpoint_labels_.try_emplace(label, parameter);
        if (!added && known->second != parameter) known->second.clear();
      }
    }
  }

  void visit(std::string_view name, Value& operation) {
    Value* http = operation.find("http");
    const Value* uri = http == nullptr ? nullptr : http->find("requestUri");
    if (uri == nullptr || !uri->is_string()) return;
    pointer_ = "/operations/" + json_pointer_token(name) + "/http/requestUri";
    std::string original(uri->as_string());
    std::string fixed = original;
    add_leading_slash(fixed);
    drop_slash_behind_label(fixed);
    auto shape = shapes_.find(text_of(operation["input"]["shape"]));
    if (shape != shapes_.end()) {
      move_query_labels(fixed, std::string(shape->first), *shape->second);
      infer_endpoint_parameter(fixed, std::string(shape->first), *shape->second);
    }
    if (fixed != original) http->set("requestUri", std::string_view(fixed));
  }

  void warn(std::string pointer, std::string message, std::string hint) {
    findings_.push_back(
        {ModelIssue::Severity::kWarning, std::move(pointer), std::move(message), std::move(hint)});
  }

  void add_leading_slash(std::string& uri) {
    if (uri.starts_with('/')) return;
    warn(pointer_, fmt::format("the request URI \"{}\" does not begin with \"/\"", uri),
         fmt::format("taken as \"/{}\"", uri));
    uri.insert(uri.begin(), '/');
  }

  void drop_slash_behind_label(std::string& uri) {
    std::string label = leading_label(uri);
    std::size_t slash = label.size() + 3;
    if (label.empty() || endpoint_labels_[label].empty()) return;
    if (uri.compare(slash, 2, "/?") != 0) return;
    uri.erase(slash, 1);
    warn(pointer_, fmt::format("\"/\" between \"{{{}}}\" and \"?\" names another resource", label),
         fmt::format("taken as \"{}\"", uri));
  }

  Value::Member* find_label(Value& shape, const std::string& label) {
    Value* members = shape.find("members");
    if (members == nullptr) return nullptr;
    for (Value::Member& member : members->members()) {
      if (member.value.is_object() && label_of(member) == label) return &member;
    }
    return nullptr;
  }

  bool has_query_member(const Value& shape, std::string_view wire_name) {
    for (const Value::Member& member : shape["members"].members()) {
      bool query = member.value["location"].get_if_string().value_or("") == "querystring";
      if (query && member.value["locationName"].get_if_string().value_or("") == wire_name) {
        return true;
      }
    }
    return false;
  }

  void move_query_labels(std::string& uri, const std::string& shape_name, Value& shape) {
    std::size_t mark = uri.find('?');
    if (mark == uri.npos || uri.find('{', mark) == uri.npos) return;
    std::string rest = uri.substr(mark + 1), kept;
    while (!rest.empty()) {
      std::string part = rest.substr(0, rest.find('&'));
      rest.erase(0, part.size() + 1);
      if (move_query_label(part, shape_name, shape)) continue;
      if (!kept.empty()) kept += '&';
      kept += part;
    }
    uri.resize(mark);
    if (!kept.empty()) uri.append("?").append(kept);
  }

  bool move_query_label(const std::string& part, const std::string& shape_name, Value& shape) {
    std::size_t equals = part.find('=');
    if (equals == part.npos || part.find('{') == part.npos) return false;
    std::string name = part.substr(0, equals);
    std::string label = whole_label(std::string_view(part).substr(equals + 1));
    Value::Member* member = label.empty() ? nullptr : find_label(shape, label);
    // A shape that other operations use too cannot be changed for one of them.
    if (member == nullptr || uses_[shape_name] != 1 || has_query_member(shape, name)) return false;
    warn(pointer_, fmt::format("a label in the query string: \"{}\"", part),
         fmt::format("taken as member \"{}\" of {} with location \"querystring\" and locationName "
                     "\"{}\"",
                     member->key.view(), shape_name, name));
    member->value.set("location", "querystring");
    member->value.set("locationName", std::string_view(name));
    return true;
  }

  void infer_endpoint_parameter(const std::string& uri, const std::string& shape_name,
                                Value& shape) {
    std::string label = leading_label(uri);
    if (label.empty()) return;
    const std::string& parameter = endpoint_labels_[label];
    Value::Member* member = parameter.empty() ? nullptr : find_label(shape, label);
    if (member == nullptr || member->value.contains("contextParam")) return;
    std::string where = fmt::format("/shapes/{}/members/{}", json_pointer_token(shape_name),
                                    json_pointer_token(member->key));
    std::string message = fmt::format(
        "member \"{}\" begins the URI but supplies no endpoint parameter", member->key.view());
    // What is said of a shape holds for every operation that uses it, also for those whose URIs
    // begin otherwise.
    if (leading_uses_[{shape_name, label}] != uses_[shape_name]) {
      return warn(where, std::move(message),
                  fmt::format("not taken for \"{}\", since URIs of other operations with the input "
                              "{} do not begin with it: give this operation an input of its own",
                              parameter, shape_name));
    }
    warn(where, std::move(message),
         fmt::format("add \"contextParam\": {{\"name\": \"{}\"}}, as other operations have it; "
                     "taken as if it were there",
                     parameter));
    Value context(shape.resource());
    context.make_object();
    context.set("name", Value::make_string(parameter, shape.resource()));
    member->value.set("contextParam", std::move(context));
  }

  Value& document_;
  std::unordered_map<std::string_view, Value*> shapes_;
  std::unordered_map<std::string, int> uses_;  ///< of a shape as an operation's input
  /// Those of them where this label begins the URI.
  std::map<std::pair<std::string, std::string>, int> leading_uses_;
  std::map<std::string, std::string> endpoint_labels_;
  std::string pointer_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> normalize_service(Value& document) { return Normalizer(document).run(); }

}  // namespace botocxx::model
