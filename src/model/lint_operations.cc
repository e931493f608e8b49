// check_layers: allow-file service-name: "s3" is a version of signatures here, not a service
#include "model/lint_context.h"
#include <botocxx/base/text_encoding.h>
#include <botocxx/model/service_model.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace botocxx::model {
namespace {

constexpr std::array<std::string_view, 24> kOperationTraits{"name",
                                                            "http",
                                                            "documentation",
                                                            "documentationUrl",
                                                            "input",
                                                            "output",
                                                            "errors",
                                                            "idempotent",
                                                            "readonly",
                                                            "endpoint",
                                                            "staticContextParams",
                                                            "deprecated",
                                                            "deprecatedMessage",
                                                            "deprecatedSince",
                                                            "endpointdiscovery",
                                                            "authtype",
                                                            "auth",
                                                            "httpChecksumRequired",
                                                            "httpChecksum",
                                                            "unsignedPayload",
                                                            "operationContextParams",
                                                            "endpointoperation",
                                                            "requestcompression",
                                                            "requestCompression"};
constexpr std::array<std::string_view, 3> kHttpTraits{"method", "requestUri", "responseCode"};
constexpr std::array<std::string_view, 7> kMethods{"GET",  "PUT",   "POST",   "DELETE",
                                                   "HEAD", "PATCH", "OPTIONS"};
constexpr std::array<std::string_view, 8> kAuthTypes{
    "none", "v4", "v4-unsigned-body", "v4a", "v2", "s3", "s3v4", "bearer"};
constexpr std::array<std::string_view, 5> kAuthSchemes{
    "aws.auth#sigv4", "aws.auth#sigv4a", "smithy.api#httpBearerAuth", "smithy.api#noAuth",
    "smithy.api#httpApiKeyAuth"};

struct Label {
  std::string name;
  bool in_query = false;
};

class OperationLinter {
 public:
  OperationLinter(LintContext& context, std::string_view name, const Value& operation)
      : context_(context), operation_(operation), pointer_(join_pointer("/operations", name)) {
    std::string protocol = text_or_empty(context.document()["metadata"]["protocol"]);
    is_rest_ = protocol.starts_with("rest-");
  }

  void run() {
    if (!operation_.is_object()) {
      return context_.error(pointer_, "an operation must be an object");
    }
    context_.check_names(operation_, pointer_, kOperationTraits);
    const Value* input = lint_reference("input");
    lint_reference("output");
    lint_http(input);
    lint_errors();
    lint_auth();
    lint_host_prefix(input);
    lint_wire_name();
  }

 private:
  const Value* lint_reference(std::string_view part) {
    const Value* reference = operation_.find(part);
    if (reference == nullptr) return nullptr;
    std::string where = join_pointer(pointer_, part);
    if (!context_.check_reference(*reference, where)) return nullptr;
    const Value* shape = context_.target_of(*reference);
    std::string type = text_or_empty((*shape)["type"]);
    if (type == "structure") return shape;
    context_.error(where + "/shape",
                   fmt::format("the {} of an operation must be a structure, and \"{}\" is a {}",
                               part, (*reference)["shape"].as_string(), type));
    return nullptr;
  }

  void lint_http(const Value* input) {
    const Value* http = operation_.find("http");
    if (http == nullptr) {
      if (!is_rest_) return;
      return context_.warning(pointer_, "the operation has no \"http\"",
                              "taken as POST with request URI \"/\"");
    }
    std::string where = pointer_ + "/http";
    if (!http->is_object()) return context_.error(where, "\"http\" must be an object");
    context_.check_names(*http, where, kHttpTraits);
    context_.check_choice(*http, "method", where, kMethods);
    if (is_rest_ && !http->contains("method")) {
      context_.warning(where, "there is no \"method\"", "taken as POST");
    }
    const Value& status = (*http)["responseCode"];
    if (!status.is_null() && !status.is_int()) {
      context_.warning(where + "/responseCode", "\"responseCode\" must be a whole number; ignored");
    }
    const Value& uri = (*http)["requestUri"];
    if (uri.is_null()) {
      if (is_rest_) context_.warning(where, "there is no \"requestUri\"", "taken as \"/\"");
      return;
    }
    if (!uri.is_string()) {
      return context_.error(where + "/requestUri", "\"requestUri\" must be a string");
    }
    lint_uri(std::string(uri.as_string()), where + "/requestUri", input);
  }

  void lint_uri(const std::string& uri, const std::string& where, const Value* input) {
    if (uri.find("://") != uri.npos) {
      context_.error(where, "a request URI is a path, without scheme and host",
                     "the host comes from the endpoint");
      return;
    }
    if (uri.find_first_of(" \t\r\n#") != uri.npos) {
      context_.warning(where, "a request URI may hold no blank and no \"#\"");
    }
    std::vector<Label> labels;
    if (!find_labels(uri, where, labels)) return;
    std::set<std::string> seen;
    for (const Label& label : labels) {
      if (!seen.insert(label.name).second) {
        context_.warning(where, fmt::format("the label \"{{{}}}\" occurs twice", label.name));
      } else {
        lint_label(label, where, input);
      }
    }
    if (input == nullptr) return;
    for (const Value::Member& member : (*input)["members"].members()) {
      lint_uri_member(member, seen, input);
    }
  }

  bool find_labels(const std::string& uri, const std::string& where, std::vector<Label>& labels) {
    bool in_query = false;
    for (std::size_t at = 0; at < uri.size(); ++at) {
      if (uri[at] == '?') in_query = true;
      if (uri[at] != '{' && uri[at] != '}') continue;
      std::size_t end = uri.find_first_of("{}", at + 1);
      if (uri[at] == '}' || end == uri.npos || uri[end] == '{') {
        context_.error(where,
                       fmt::format("\"{}\" without its counterpart in \"{}\"", uri[at], uri));
        return false;
      }
      std::string name = uri.substr(at + 1, end - at - 1);
      if (name.ends_with('+')) name.pop_back();
      if (name.empty()) {
        context_.error(where, "a label must have a name");
        return false;
      }
      labels.push_back({name, in_query});
      at = end;
    }
    return true;
  }

  static std::string label_of(const Value::Member& member) {
    std::string name = text_or_empty(member.value["locationName"]);
    return name.empty() ? std::string(member.key.view()) : name;
  }

  bool is_in_uri(const Value::Member& member) const {
    return text_or_empty(context_.trait(member.value, "location")) == "uri";
  }

  void lint_label(const Label& label, const std::string& where, const Value* input) {
    const Value empty;
    const Value& members = input == nullptr ? empty : (*input)["members"];
    std::vector<std::string> in_uri;
    std::string other_location;
    for (const Value::Member& member : members.members()) {
      if (is_in_uri(member)) in_uri.push_back(label_of(member));
      if (!is_in_uri(member) && member.key.view() == label.name) other_location = label.name;
    }
    if (std::find(in_uri.begin(), in_uri.end(), label.name) == in_uri.end()) {
      auto nearest = nearest_name(label.name, in_uri);
      std::string hint = nearest ? fmt::format("did you mean \"{}\"?", *nearest) : "";
      if (!other_location.empty()) {
        hint = fmt::format("give member \"{}\" \"location\": \"uri\"", other_location);
      }
      context_.error(where, fmt::format("no member supplies the label \"{{{}}}\"", label.name),
                     hint);
    } else if (label.in_query) {
      context_.warning(where,
                       fmt::format("the label \"{{{}}}\" lies in the query string", label.name),
                       "use a member with location \"querystring\"");
    }
  }

  void lint_uri_member(const Value::Member& member, const std::set<std::string>& labels,
                       const Value* input) {
    if (!is_in_uri(member)) return;
    std::string label = label_of(member);
    std::string where = join_pointer(
        join_pointer("/shapes", text_or_empty(operation_["input"]["shape"])), "members");
    where = join_pointer(where, member.key);
    if (!labels.contains(label)) {
      context_.warning(where, fmt::format("the request URI of {} has no label \"{{{}}}\" for it",
                                          pointer_.substr(pointer_.rfind('/') + 1), label));
      return;
    }
    const Value& required = (*input)["required"];
    bool listed = std::any_of(
        required.items().begin(), required.items().end(),
        [&](const Value& name) { return name.get_if_string().value_or("") == member.key.view(); });
    if (!listed) {
      context_.warning(where, "a member that is part of the URI must be required",
                       fmt::format("add \"{}\" to \"required\"", member.key.view()));
    }
  }

  void lint_errors() {
    const Value* errors = operation_.find("errors");
    if (errors == nullptr) return;
    std::string where = pointer_ + "/errors";
    if (!errors->is_list()) return context_.error(where, "\"errors\" must be a list");
    for (std::size_t i = 0; i < errors->size(); ++i) {
      std::string each = join_pointer(where, i);
      const Value& reference = (*errors)[i];
      if (!context_.check_reference(reference, each)) continue;
      bool exception = context_.trait(reference, "exception").get_if_bool().value_or(false);
      if (exception) continue;
      context_.warning(each, fmt::format("\"{}\" is no exception", reference["shape"].as_string()),
                       "add \"exception\": true to the shape");
    }
  }

  void lint_auth() {
    context_.check_choice(operation_, "authtype", pointer_, kAuthTypes);
    const Value* schemes = operation_.find("auth");
    if (schemes == nullptr) return;
    std::string where = pointer_ + "/auth";
    if (!schemes->is_list()) return context_.warning(where, "\"auth\" must be a list; ignored");
    for (std::size_t i = 0; i < schemes->size(); ++i) {
      std::string name = text_or_empty((*schemes)[i]);
      if (std::find(kAuthSchemes.begin(), kAuthSchemes.end(), name) != kAuthSchemes.end()) continue;
      context_.warning(join_pointer(where, i), fmt::format("unknown scheme \"{}\"", name),
                       did_you_mean(name, kAuthSchemes));
    }
  }

  void lint_host_prefix(const Value* input) {
    std::string prefix = text_or_empty(operation_["endpoint"]["hostPrefix"]);
    std::string where = pointer_ + "/endpoint/hostPrefix";
    std::vector<Label> labels;
    if (!find_labels(prefix, where, labels)) return;
    for (const Label& label : labels) {
      const Value* member = input == nullptr ? nullptr : (*input)["members"].find(label.name);
      if (member == nullptr) {
        context_.error(where, fmt::format("no member supplies the label \"{{{}}}\"", label.name));
      } else if (!context_.trait(*member, "hostLabel").get_if_bool().value_or(false)) {
        context_.warning(where, fmt::format("member \"{}\" lacks \"hostLabel\": true", label.name));
      }
    }
  }

  void lint_wire_name() {
    const Value& name = operation_["name"];
    if (name.is_null() && !is_rest_) {
      context_.warning(pointer_, "the operation has no \"name\", which the protocol sends",
                       "taken from its key");
    } else if (!name.is_null() && !name.is_string()) {
      context_.warning(pointer_ + "/name", "\"name\" must be a string; ignored");
    }
  }

  LintContext& context_;
  const Value& operation_;
  std::string pointer_;
  bool is_rest_ = false;
};

void lint_operation_names(LintContext& context) {
  std::map<std::string, std::string_view> by_case, by_snake;
  for (const Value::Member& operation : context.operations().members()) {
    std::string_view name = operation.key;
    auto [same_case, first] = by_case.emplace(to_lower(name), name);
    auto [same_snake, new_snake] = by_snake.emplace(xform_name(name), name);
    if (!first) {
      context.warning(join_pointer("/operations", name),
                      fmt::format("differs from operation \"{}\" in case only", same_case->second));
    } else if (!new_snake) {
      context.warning(join_pointer("/operations", name),
                      fmt::format("has the same method name as operation \"{}\": {}",
                                  same_snake->second, same_snake->first));
    }
  }
}

}  // namespace

void lint_operations(LintContext& context) {
  for (const Value::Member& operation : context.operations().members()) {
    OperationLinter(context, operation.key, operation.value).run();
  }
  lint_operation_names(context);
}

}  // namespace botocxx::model
