#include "model/lint_context.h"
#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace botocxx::model {
namespace {

// botocore treats what it does not know as text; the last ones occur in models of other SDKs.
constexpr std::array<std::string_view, 16> kTypes{
    "structure", "list",  "map",        "string",    "boolean",   "integer",
    "long",      "float", "double",     "blob",      "timestamp", "character",
    "byte",      "short", "bigdecimal", "biginteger"};
constexpr std::array<std::string_view, 5> kLocations{"uri", "querystring", "header", "headers",
                                                     "statusCode"};
constexpr std::array<std::string_view, 4> kTimestampFormats{"iso8601", "rfc822", "unixTimestamp",
                                                            "unixtimestamp"};
constexpr std::array<std::string_view, 38> kShapeTraits{"type",
                                                        "members",
                                                        "documentation",
                                                        "required",
                                                        "max",
                                                        "min",
                                                        "member",
                                                        "enum",
                                                        "pattern",
                                                        "exception",
                                                        "error",
                                                        "box",
                                                        "sensitive",
                                                        "payload",
                                                        "key",
                                                        "value",
                                                        "union",
                                                        "fault",
                                                        "retryable",
                                                        "timestampFormat",
                                                        "deprecated",
                                                        "deprecatedMessage",
                                                        "deprecatedSince",
                                                        "wrapper",
                                                        "event",
                                                        "document",
                                                        "flattened",
                                                        "synthetic",
                                                        "eventstream",
                                                        "streaming",
                                                        "locationName",
                                                        "sparse",
                                                        "xmlOrder",
                                                        "requiresLength",
                                                        "xmlNamespace",
                                                        "location",
                                                        "queryName",
                                                        "idempotencyToken"};
constexpr std::array<std::string_view, 28> kMemberTraits{"shape",
                                                         "documentation",
                                                         "locationName",
                                                         "location",
                                                         "idempotencyToken",
                                                         "box",
                                                         "contextParam",
                                                         "deprecated",
                                                         "deprecatedMessage",
                                                         "deprecatedSince",
                                                         "xmlNamespace",
                                                         "hostLabel",
                                                         "jsonvalue",
                                                         "flattened",
                                                         "queryName",
                                                         "eventpayload",
                                                         "eventheader",
                                                         "streaming",
                                                         "enum",
                                                         "xmlAttribute",
                                                         "required",
                                                         "sensitive",
                                                         "timestampFormat",
                                                         "resultWrapper",
                                                         "wrapper",
                                                         "endpointdiscoveryid",
                                                         "clientContextParams",
                                                         "eventstream"};
constexpr std::array<std::string_view, 8> kSwitches{"flattened",    "streaming",        "jsonvalue",
                                                    "xmlAttribute", "idempotencyToken", "hostLabel",
                                                    "sensitive",    "exception"};

class ShapeLinter {
 public:
  ShapeLinter(LintContext& context, std::string_view name, const Value& shape)
      : context_(context), shape_(shape), pointer_(join_pointer("/shapes", name)) {}

  void run() {
    if (!shape_.is_object()) return context_.error(pointer_, "a shape must be an object");
    type_ = text_or_empty(shape_["type"]);
    if (type_.empty()) {
      return context_.error(pointer_, "a shape must have a \"type\"",
                            "an extras file that only adds to a shape must name an existing one");
    }
    context_.check_choice(shape_, "type", pointer_, kTypes);
    context_.check_names(shape_, pointer_, kShapeTraits);
    lint_traits(shape_, pointer_);
    lint_limits();
    lint_error();
    if (type_ == "structure") lint_structure();
    if (type_ == "list") context_.check_reference(shape_["member"], pointer_ + "/member");
    if (type_ == "map") {
      context_.check_reference(shape_["key"], pointer_ + "/key");
      context_.check_reference(shape_["value"], pointer_ + "/value");
    }
    bool container = type_ == "list" || type_ == "map";
    if (!container && shape_["flattened"].get_if_bool().value_or(false)) {
      context_.warning(pointer_ + "/flattened",
                       fmt::format("\"flattened\" has no meaning on a {}", type_));
    }
  }

 private:
  // Traits that shapes and references share.
  void lint_traits(const Value& node, const std::string& pointer) {
    for (std::string_view name : kSwitches) {
      const Value& value = node[name];
      if (value.is_null() || value.is_bool()) continue;
      context_.warning(join_pointer(pointer, name),
                       fmt::format("\"{}\" must be true or false; ignored", name));
    }
    for (std::string_view name : {"locationName", "queryName", "resultWrapper"}) {
      const Value& value = node[name];
      if (value.is_null() || value.is_string()) continue;
      context_.error(join_pointer(pointer, name), fmt::format("\"{}\" must be a string", name));
    }
    context_.check_choice(node, "location", pointer, kLocations);
    context_.check_choice(node, "timestampFormat", pointer, kTimestampFormats);
    const Value* parameter = node.find("contextParam");
    if (parameter != nullptr && text_or_empty((*parameter)["name"]).empty()) {
      context_.error(pointer + "/contextParam",
                     "\"contextParam\" must be an object with the \"name\" of an endpoint "
                     "parameter");
    }
  }

  void lint_limits() {
    for (std::string_view name : {"min", "max"}) {
      const Value& limit = shape_[name];
      if (limit.is_null() || limit.is_number()) continue;
      context_.warning(join_pointer(pointer_, name),
                       fmt::format("\"{}\" must be a number; ignored", name));
    }
    auto min = shape_["min"].get_if_double(), max = shape_["max"].get_if_double();
    if (min && max && *min > *max) {
      context_.warning(pointer_ + "/min", "\"min\" is greater than \"max\"");
    }
    const Value& values = shape_["enum"];
    bool texts =
        values.is_list() && std::all_of(values.items().begin(), values.items().end(),
                                        [](const Value& value) { return value.is_string(); });
    if (!values.is_null() && !texts) {
      context_.warning(pointer_ + "/enum", "\"enum\" must be a list of strings");
    }
    const Value& pattern = shape_["pattern"];
    if (!pattern.is_null() && !pattern.is_string()) {
      context_.warning(pointer_ + "/pattern", "\"pattern\" must be a string");
    }
  }

  void lint_error() {
    const Value* error = shape_.find("error");
    if (error == nullptr) return;
    if (!error->is_object()) {
      return context_.warning(pointer_ + "/error", "\"error\" must be an object");
    }
    if (!shape_["exception"].get_if_bool().value_or(false)) {
      context_.warning(pointer_,
                       "a shape with \"error\" but without \"exception\": true is never "
                       "found by its error code",
                       "add \"exception\": true");
    }
    const Value& status = (*error)["httpStatusCode"];
    bool right =
        status.is_null() || (status.is_int() && status.as_int() >= 100 && status.as_int() <= 599);
    if (!right) {
      context_.warning(pointer_ + "/error/httpStatusCode",
                       "\"httpStatusCode\" must be a whole number from 100 to 599");
    }
    const Value& code = (*error)["code"];
    if (!code.is_null() && !code.is_string()) {
      context_.warning(pointer_ + "/error/code", "\"code\" must be a string; ignored");
    }
  }

  void lint_structure() {
    const Value& members = shape_["members"];
    if (!members.is_null() && !members.is_object()) {
      return context_.error(
          pointer_ + "/members",
          fmt::format("\"members\" must be an object, not {}", to_string(members.kind())));
    }
    for (const Value::Member& member : members.members()) {
      std::string where = join_pointer(pointer_ + "/members", member.key);
      if (!context_.check_reference(member.value, where)) continue;
      lint_member(member, where);
    }
    lint_required(members);
    lint_payload(members);
    lint_wire_names(members);
  }

  void lint_member(const Value::Member& member, const std::string& where) {
    const Value& node = member.value;
    context_.check_names(node, where, kMemberTraits);
    lint_traits(node, where);
    std::string type = text_or_empty((*context_.target_of(node))["type"]);
    bool container = type == "list" || type == "map";
    if (node["flattened"].get_if_bool().value_or(false) && !container) {
      context_.warning(where + "/flattened",
                       fmt::format("\"flattened\" has no meaning on a {}", type));
    }
    if (node["idempotencyToken"].get_if_bool().value_or(false) && type != "string") {
      context_.warning(where + "/idempotencyToken",
                       fmt::format("an idempotency token must be a string, not a {}", type));
    }
    lint_location(node, where, type);
  }

  void lint_location(const Value& node, const std::string& where, const std::string& type) {
    std::string location = text_or_empty(node["location"]);
    std::string wire_name = text_or_empty(node["locationName"]);
    if (location == "uri" && (type == "structure" || type == "list" || type == "map")) {
      context_.warning(where, fmt::format("a {} cannot be written into a URI", type));
    }
    if (location == "headers" && type != "map") {
      context_.warning(where + "/location",
                       fmt::format("location \"headers\" is for maps, not for a {}", type),
                       "did you mean \"header\"?");
    }
    if (location == "header" && type == "structure") {
      context_.warning(where, "a structure cannot be written into a header");
    }
    bool in_header = location == "header" || location == "headers";
    if (in_header && wire_name.find_first_of(" \t\r\n:,;()<>@\\\"/[]?={}") != wire_name.npos) {
      context_.warning(where + "/locationName",
                       fmt::format("\"{}\" is no name of an HTTP header", wire_name));
    }
  }

  void lint_required(const Value& members) {
    const Value& required = shape_["required"];
    if (required.is_null() || required.is_bool()) return;
    if (!required.is_list()) {
      return context_.error(pointer_ + "/required", "\"required\" must be a list of members");
    }
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < required.size(); ++i) {
      std::string where = join_pointer(pointer_ + "/required", i);
      auto name = required[i].get_if_string();
      if (!name) {
        context_.error(where, "must be the name of a member");
      } else if (!members.contains(*name)) {
        context_.error(where, fmt::format("there is no member \"{}\"", *name),
                       did_you_mean(*name, members));
        context_.last().removed = join_pointer(pointer_ + "/members", *name);
      } else if (!seen.insert(*name).second) {
        context_.warning(where, fmt::format("\"{}\" is listed twice", *name));
      }
    }
  }

  void lint_payload(const Value& members) {
    const Value* payload = shape_.find("payload");
    if (payload == nullptr) return;
    auto name = payload->get_if_string();
    if (!name) return context_.error(pointer_ + "/payload", "must be the name of a member");
    const Value* target = members.find(*name);
    if (target == nullptr) {
      return context_.error(pointer_ + "/payload", fmt::format("there is no member \"{}\"", *name),
                            did_you_mean(*name, members));
    }
    if (target->contains("location")) {
      context_.warning(join_pointer(pointer_ + "/members", *name) + "/location",
                       "the payload is the body and can have no other location");
    }
    for (const Value::Member& member : members.members()) {
      if (member.key.view() == *name || !context_.trait(member.value, "location").is_null())
        continue;
      bool event = context_.trait(member.value, "hostLabel").get_if_bool().value_or(false);
      if (event) continue;
      context_.warning(join_pointer(pointer_ + "/members", member.key),
                       fmt::format("never sent: \"{}\" is the whole body, and this member has no "
                                   "location",
                                   *name));
    }
  }

  void lint_wire_names(const Value& members) {
    std::map<std::string, std::string_view> seen;
    for (const Value::Member& member : members.members()) {
      std::string location = text_or_empty(context_.trait(member.value, "location"));
      if (location == "statusCode" || location == "headers") continue;
      // A member that took another's place keeps the name.
      if (context_.trait(member.value, "deprecated").get_if_bool().value_or(false)) continue;
      std::string name = text_or_empty(context_.trait(member.value, "locationName"));
      if (name.empty()) name = member.key.view();
      std::string key = location + "\n" + (location == "header" ? to_lower(name) : name);
      auto [first, added] = seen.emplace(std::move(key), member.key.view());
      if (added) continue;
      context_.warning(
          join_pointer(pointer_ + "/members", member.key),
          fmt::format("has the same name on the wire as \"{}\": \"{}\"", first->second, name));
    }
  }

  LintContext& context_;
  const Value& shape_;
  std::string pointer_;
  std::string type_;
};

// Shapes that no finite value can have: each needs a value of itself.
class EndlessFinder {
 public:
  explicit EndlessFinder(LintContext& context) : context_(context) {}

  void run() {
    for (const Value::Member& shape : context_.shapes().members()) visit(shape.key);
  }

 private:
  enum class Mark { kOpen, kDone };

  // Depth first with a stack of its own: a chain of shapes may be long.
  void visit(std::string_view start) {
    struct Level {
      std::string_view name;
      std::vector<std::string_view> next;
    };
    if (marks_.contains(start)) return;
    std::vector<Level> stack;
    auto enter = [&](std::string_view name) {
      marks_[name] = Mark::kOpen;
      stack.push_back({name, needed_by(name)});
    };
    enter(start);
    while (!stack.empty()) {
      Level& level = stack.back();
      if (level.next.empty()) {
        marks_[level.name] = Mark::kDone;
        stack.pop_back();
        continue;
      }
      std::string_view next = level.next.back();
      level.next.pop_back();
      auto mark = marks_.find(next);
      if (mark == marks_.end()) {
        enter(next);
      } else if (mark->second == Mark::kOpen) {
        context_.warning(
            join_pointer("/shapes", next),
            fmt::format("no value can end: \"{}\" always holds another \"{}\"", next, next));
      }
    }
  }

  // A list may be empty, but one whose items are lists of the same kind never holds anything.
  std::vector<std::string_view> needed_by(std::string_view name) const {
    std::vector<std::string_view> needed;
    const Value* shape = context_.find_shape(name);
    auto add = [&](const Value& reference) {
      const Value* target = context_.target_of(reference);
      if (target != nullptr) needed.push_back(reference["shape"].as_string());
    };
    std::string type = shape == nullptr ? "" : text_or_empty((*shape)["type"]);
    if (type == "structure") {
      for (const Value& member : (*shape)["required"].items()) {
        const Value& reference = (*shape)["members"][member.get_if_string().value_or("")];
        if (!is_container(reference)) add(reference);
      }
    } else if (type == "list" || type == "map") {
      const Value& reference = (*shape)[type == "list" ? "member" : "value"];
      if (is_container(reference)) add(reference);
    }
    return needed;
  }
  bool is_container(const Value& reference) const {
    const Value* target = context_.target_of(reference);
    std::string type = target == nullptr ? "" : text_or_empty((*target)["type"]);
    return type == "list" || type == "map";
  }

  LintContext& context_;
  std::map<std::string_view, Mark> marks_;
};

}  // namespace

void lint_shapes(LintContext& context) {
  for (const Value::Member& shape : context.shapes().members()) {
    ShapeLinter(context, shape.key, shape.value).run();
  }
  EndlessFinder(context).run();
}

}  // namespace botocxx::model
