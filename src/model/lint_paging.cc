// Lints of what refers to a service's operations from other documents.
#include "model/lint_context.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace botocxx::model {
namespace {

constexpr std::array<std::string_view, 6> kPaginatorTraits{
    "input_token", "output_token", "result_key", "limit_key", "more_results", "non_aggregate_keys"};
constexpr std::array<std::string_view, 5> kWaiterTraits{"operation", "delay", "maxAttempts",
                                                        "acceptors", "description"};
constexpr std::array<std::string_view, 4> kAcceptorTraits{"matcher", "argument", "expected",
                                                          "state"};
constexpr std::array<std::string_view, 5> kMatchers{"path", "pathAll", "pathAny", "status",
                                                    "error"};
constexpr std::array<std::string_view, 3> kStates{"success", "failure", "retry"};

// Members of an operation's input or output; null when the service or the operation is not known.
const Value* members_of(const Value* service, std::string_view operation, std::string_view part) {
  if (service == nullptr) return nullptr;
  const Value* found = (*service)["operations"].find(operation);
  if (found == nullptr) return nullptr;
  const Value* shape =
      (*service)["shapes"].find((*found)[part]["shape"].get_if_string().value_or(""));
  return shape == nullptr ? nullptr : shape->find("members");
}

bool check_operation(LintContext& context, const std::string& pointer, std::string_view name,
                     const Value* service) {
  if (service == nullptr || (*service)["operations"].contains(name)) return true;
  context.warning(pointer, fmt::format("there is no operation named \"{}\"", name),
                  did_you_mean(name, (*service)["operations"]));
  return false;
}

// One text or a list of texts.
std::vector<std::pair<std::string, std::string>> texts_at(const Value& value,
                                                          const std::string& pointer) {
  std::vector<std::pair<std::string, std::string>> texts;
  if (value.is_string()) texts.emplace_back(pointer, std::string(value.as_string()));
  for (std::size_t i = 0; i < value.items().size(); ++i) {
    texts.emplace_back(join_pointer(pointer, i), text_or_empty(value[i]));
  }
  return texts;
}

bool is_text_or_texts(const Value& value) {
  if (value.is_string()) return true;
  return value.is_list() && !value.empty() &&
         std::all_of(value.items().begin(), value.items().end(),
                     [](const Value& item) { return item.is_string(); });
}

// The member with which a path begins; empty when the expression begins otherwise.
std::string leading_name(std::string_view expression) {
  std::size_t end = expression.find_first_not_of(
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
  std::string_view name = expression.substr(0, end);
  bool call = end != expression.npos && expression[end] == '(';
  return call || name.empty() ? std::string() : std::string(name);
}

void check_members(LintContext& context, const Value& node, std::string_view key,
                   const std::string& pointer, const Value* members) {
  if (members == nullptr) return;
  for (const auto& [where, text] : texts_at(node[key], join_pointer(pointer, key))) {
    std::string name = leading_name(text);
    if (name.empty() || members->contains(name)) continue;
    context.warning(where, fmt::format("there is no member \"{}\"", name),
                    did_you_mean(name, *members));
  }
}

void lint_paginator(LintContext& context, std::string_view name, const Value& node,
                    const Value* service) {
  std::string where = join_pointer("/pagination", name);
  if (!node.is_object()) return context.error(where, "a paginator must be an object");
  context.check_names(node, where, kPaginatorTraits);
  for (std::string_view key : {"input_token", "output_token", "result_key"}) {
    if (!node.contains(key)) {
      context.error(where, fmt::format("a paginator must have \"{}\"", key));
    } else if (!is_text_or_texts(node[key])) {
      context.error(join_pointer(where, key),
                    fmt::format("\"{}\" must be a string or a list of strings", key));
    }
  }
  auto count = [](const Value& value) { return value.is_list() ? value.size() : std::size_t{1}; };
  if (count(node["input_token"]) != count(node["output_token"])) {
    context.error(where + "/output_token", "there must be as many output tokens as input tokens");
    context.last().related = where + "/input_token";
  }
  if (!check_operation(context, where, name, service)) return;
  const Value* input = members_of(service, name, "input");
  const Value* output = members_of(service, name, "output");
  check_members(context, node, "input_token", where, input);
  check_members(context, node, "limit_key", where, input);
  for (std::string_view key : {"output_token", "result_key", "more_results"}) {
    check_members(context, node, key, where, output);
  }
}

void lint_acceptor(LintContext& context, const Value& node, const std::string& where) {
  if (!node.is_object()) return context.error(where, "an acceptor must be an object");
  context.check_names(node, where, kAcceptorTraits);
  for (std::string_view key : {"matcher", "expected", "state"}) {
    if (!node.contains(key)) {
      context.error(where, fmt::format("an acceptor must have \"{}\"", key));
    }
  }
  auto check = [&](std::string_view key, std::span<const std::string_view> known) {
    std::string text = text_or_empty(node[key]);
    if (!node.contains(key) || std::find(known.begin(), known.end(), text) != known.end()) return;
    context.error(join_pointer(where, key), fmt::format("unknown {} \"{}\"", key, text),
                  did_you_mean(text, known));
  };
  check("matcher", kMatchers);
  check("state", kStates);
  std::string matcher = text_or_empty(node["matcher"]);
  if (matcher.starts_with("path") && !node["argument"].is_string()) {
    context.error(where, fmt::format("matcher \"{}\" needs an \"argument\"", matcher));
  }
  if (matcher == "status" && node.contains("expected") && !node["expected"].is_int()) {
    context.warning(where + "/expected", "an HTTP status is a number: this never matches");
  }
}

void lint_waiter(LintContext& context, const Value& node, const std::string& where,
                 const Value* service) {
  if (!node.is_object()) return context.error(where, "a waiter must be an object");
  context.check_names(node, where, kWaiterTraits);
  auto operation = node["operation"].get_if_string();
  if (!operation) {
    context.error(where, "a waiter must name its \"operation\"");
  } else {
    check_operation(context, where + "/operation", *operation, service);
  }
  for (std::string_view key : {"delay", "maxAttempts"}) {
    const Value& number = node[key];
    if (number.is_int() && number.as_int() >= 0) continue;
    context.error(number.is_null() ? where : join_pointer(where, key),
                  fmt::format("\"{}\" must be a whole number", key));
  }
  const Value& acceptors = node["acceptors"];
  if (!acceptors.is_list() || acceptors.empty()) {
    return context.error(where, "a waiter must have a list of \"acceptors\"");
  }
  bool success = false;
  for (std::size_t i = 0; i < acceptors.size(); ++i) {
    lint_acceptor(context, acceptors[i], join_pointer(where + "/acceptors", i));
    success = success || text_or_empty(acceptors[i]["state"]) == "success";
  }
  if (!success) context.warning(where + "/acceptors", "no acceptor leads to success");
}

void lint_requests(LintContext& context, const Value& node, const std::string& pointer,
                   const Value* service) {
  if (auto operation = node["request"]["operation"].get_if_string()) {
    check_operation(context, pointer + "/request/operation", *operation, service);
  }
  for (const Value::Member& entry : node.members()) {
    if (entry.value.is_object()) {
      lint_requests(context, entry.value, join_pointer(pointer, entry.key), service);
    }
  }
}

}  // namespace

void lint_pagination(LintContext& context, const Value* service) {
  const Value& pagination = context.document()["pagination"];
  if (!pagination.is_object()) {
    return context.error("/pagination", "\"pagination\" must be an object of paginators");
  }
  for (const Value::Member& entry : pagination.members()) {
    lint_paginator(context, entry.key, entry.value, service);
  }
}

void lint_waiters(LintContext& context, const Value* service) {
  const Value* version = context.document().find("version");
  if (version != nullptr && !(*version == Value(2))) {
    context.error("/version", "the version of a waiters file must be 2");
  }
  const Value& waiters = context.document()["waiters"];
  if (!waiters.is_object()) {
    return context.error("/waiters", "\"waiters\" must be an object of waiters");
  }
  for (const Value::Member& entry : waiters.members()) {
    lint_waiter(context, entry.value, join_pointer("/waiters", entry.key), service);
  }
}

void lint_resources(LintContext& context, const Value* service) {
  for (std::string_view section : {"service", "resources"}) {
    const Value& value = context.document()[section];
    if (!value.is_null() && !value.is_object()) {
      context.error(join_pointer("", section), fmt::format("\"{}\" must be an object", section));
    }
  }
  lint_requests(context, context.document(), "", service);
}

void lint_rule_set(LintContext& context) {
  if (!context.document()["rules"].is_list()) {
    context.error("/rules", "a rule set must have a list of \"rules\"");
  }
  const Value& parameters = context.document()["parameters"];
  if (!parameters.is_object()) {
    context.error("/parameters", "a rule set must have \"parameters\"");
  }
}

}  // namespace botocxx::model
