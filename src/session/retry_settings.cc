#include "session/retry_settings.h"

#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

#include <charconv>

namespace botocxx::session {
namespace {

std::optional<std::string> setting(const Environment& environment, const SharedConfig* shared,
                                   std::string_view variable, std::string_view option) {
  if (auto value = environment.get(variable)) return value;
  if (shared == nullptr) return std::nullopt;
  auto found = shared->get(option);
  return found ? std::optional(found->value) : std::nullopt;
}

Result<int> read_attempts(const std::string& text) {
  int count = 0;
  auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (problem == std::errc() && end == text.data() + text.size() && count >= 1) return count;
  return Error(ErrorKind::kUsage, "InvalidMaxRetryAttempts",
               fmt::format("Value provided to \"max_attempts\": {} must be an integer greater than "
                           "or equal to 1.",
                           text));
}

}  // namespace

Result<customize::RetrySettings> retry_settings(const Config::Retries& retries,
                                                const Environment& environment,
                                                const SharedConfig* shared) {
  customize::RetrySettings settings;
  bool newer = to_lower(environment.get("AWS_NEW_RETRIES_2026").value_or("")) == "true";
  if (newer) settings.rules = retry::StandardRules::k2026;
  settings.mode = retries.mode;
  if (settings.mode.empty()) {
    settings.mode = setting(environment, shared, "AWS_RETRY_MODE", "retry_mode")
                        .value_or(newer ? "standard" : "legacy");
  }
  settings.total_max_attempts = retries.total_max_attempts;
  if (settings.total_max_attempts) return settings;
  auto text = setting(environment, shared, "AWS_MAX_ATTEMPTS", "max_attempts");
  if (!text) return settings;
  auto attempts = read_attempts(*text);
  if (!attempts) return std::move(attempts).error();
  settings.total_max_attempts = *attempts;
  return settings;
}

}  // namespace botocxx::session
