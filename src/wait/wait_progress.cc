#include "wait/wait_progress.h"

#include "codec/python_text.h"

#include <fmt/format.h>

namespace botocxx::waiting {
namespace {

std::string error_text(const Value& error, std::string_view key) {
  const Value* text = error.find(key);
  return text == nullptr ? "Unknown" : codec::python_str(*text);
}

}  // namespace

Error WaitProgress::failure(ErrorKind kind, const std::string& reason, const Value& answer) const {
  return Error(kind, "Waiter", fmt::format("Waiter {} failed: {}", rules_->name, reason))
      .with_fields(std::make_shared<const Value>(answer));
}

Result<bool> WaitProgress::observe(const Value& answer) {
  ++attempts_;
  const Acceptor* matched = nullptr;
  for (const Acceptor& acceptor : rules_->acceptors) {
    auto matches = acceptor.matches(answer);
    if (!matches) return std::move(matches).error();
    if (!*matches) continue;
    matched = &acceptor;
    break;
  }
  if (matched == nullptr && is_service_error(answer)) {
    const Value& error = answer["Error"];
    return failure(ErrorKind::kService,
                   fmt::format("An error occurred ({}): {}", error_text(error, "Code"),
                               error_text(error, "Message")),
                   answer);
  }
  matched_before_ = matched_before_ || matched != nullptr;
  if (matched != nullptr && matched->state() == "success") return true;
  if (matched != nullptr && matched->state() == "failure") {
    return failure(ErrorKind::kService,
                   "Waiter encountered a terminal failure state: " + matched->explanation(),
                   answer);
  }
  if (attempts_ < max_attempts_) return false;
  std::string reason = "Max attempts exceeded";
  // botocore explains the test that it looked at last, whether that one matched or not.
  if (matched_before_) {
    const Acceptor& last = matched != nullptr ? *matched : rules_->acceptors.back();
    reason += ". Previously accepted state: " + last.explanation();
  }
  return failure(ErrorKind::kTimeout, reason, answer);
}

}  // namespace botocxx::waiting
