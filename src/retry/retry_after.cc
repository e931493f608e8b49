#include "retry/retry_after.h"

#include <charconv>
#include <cstdint>
#include <string_view>

namespace botocxx::retry {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n\f\v";
  std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  std::int64_t number = 0;
  auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || end != text.data() + text.size() || number < 0) return {};
  return number;
}

}  // namespace

std::optional<RetryDelay> amz_retry_after(const Headers& headers) {
  auto text = headers.get("x-amz-retry-after");
  auto milliseconds = text ? whole_number(*text) : std::nullopt;
  if (!milliseconds) return std::nullopt;
  return RetryDelay(static_cast<double>(*milliseconds) / 1000.0);
}

std::optional<RetryDelay> http_retry_after(const Headers& headers, Timestamp now) {
  auto text = headers.get("Retry-After");
  if (!text) return std::nullopt;
  if (auto seconds = whole_number(*text)) return RetryDelay(static_cast<double>(*seconds));
  auto until = Timestamp::parse(*text);
  if (!until) return std::nullopt;
  double wait = until->to_unix_double() - now.to_unix_double();
  if (wait <= 0) return std::nullopt;
  return RetryDelay(wait);
}

}  // namespace botocxx::retry
