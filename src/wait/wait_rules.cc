#include "wait/wait_rules.h"

#include "codec/python_text.h"
#include "codec/python_value.h"

#include <fmt/format.h>

namespace botocxx::waiting {
namespace {

constexpr int kVersion = 2;

Result<void> check_version(const Value& document) {
  const Value* version = document.find("version");
  if (version != nullptr && codec::python_equal(*version, Value(kVersion))) return {};
  return waiter_config_error(
      fmt::format("Unsupported waiter version, supported version must be: {}, but version of "
                  "waiter config is: {}",
                  kVersion, version == nullptr ? "unknown" : codec::python_str(*version)));
}

Result<void> read_numbers(const Value& entry, WaitRules& rules) {
  const Value& delay = entry["delay"];
  const Value& attempts = entry["maxAttempts"];
  if (!delay.is_number() || delay.as_double() < 0) {
    return waiter_config_error(fmt::format("{} has no usable \"delay\"", rules.name));
  }
  if (!attempts.is_int() || attempts.as_int() > INT32_MAX) {
    return waiter_config_error(fmt::format("{} has no usable \"maxAttempts\"", rules.name));
  }
  rules.delay = std::chrono::milliseconds(static_cast<std::int64_t>(delay.as_double() * 1000));
  rules.max_attempts = static_cast<int>(attempts.as_int());
  return {};
}

}  // namespace

Result<std::shared_ptr<const WaitRules>> compile_wait_rules(const Value& document,
                                                            std::string_view name) {
  if (auto checked = check_version(document); !checked) return std::move(checked).error();
  const Value* entry = document["waiters"].find(name);
  if (entry == nullptr) {
    return Error(ErrorKind::kUsage, "Value", fmt::format("Waiter does not exist: {}", name));
  }
  auto rules = std::make_shared<WaitRules>();
  rules->name = name;
  rules->operation = (*entry)["operation"].get_if_string().value_or("");
  if (auto read = read_numbers(*entry, *rules); !read) return std::move(read).error();
  for (const Value& item : (*entry)["acceptors"].items()) {
    auto acceptor = Acceptor::compile(item);
    if (!acceptor) return std::move(acceptor).error().with_context("waiter", std::string(name));
    rules->acceptors.push_back(*std::move(acceptor));
  }
  return std::shared_ptr<const WaitRules>(std::move(rules));
}

}  // namespace botocxx::waiting
