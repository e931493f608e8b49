#include "datatype.h"

#include <botocxx/base/text_encoding.h>
#include <botocxx/base/timestamp.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace botocxx::objectscale {
namespace {

constexpr std::array<std::pair<std::string_view, Datatype>, 4> kNames = {{
    {"string", Datatype::kString},
    {"integer", Datatype::kInteger},
    {"datetime", Datatype::kDatetime},
    {"decimal", Datatype::kDecimal},
}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_digit);
}

std::optional<IndexValue> parse_integer(std::string_view text) {
  std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
  if (!all_digits(digits)) return std::nullopt;
  std::int64_t number = 0;
  auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || stop != text.data() + text.size()) return std::nullopt;
  return IndexValue(number);
}

/// yyyy-MM-ddTHH:mm:ss[.digits]Z and nothing else.
bool is_utc_time(std::string_view text) {
  constexpr std::string_view kPattern = "0000-00-00T00:00:00";
  if (text.size() <= kPattern.size() || !text.ends_with('Z')) return false;
  for (std::size_t i = 0; i < kPattern.size(); ++i) {
    if (kPattern[i] == '0' ? !is_digit(text[i]) : text[i] != kPattern[i]) return false;
  }
  std::string_view fraction = text.substr(kPattern.size(), text.size() - kPattern.size() - 1);
  return fraction.empty() || (fraction.front() == '.' && all_digits(fraction.substr(1)));
}

std::optional<IndexValue> parse_datetime(std::string_view text) {
  if (!is_utc_time(text)) return std::nullopt;
  Result<Timestamp> time = Timestamp::parse(text);
  if (!time) return std::nullopt;
  constexpr std::int64_t kMicroseconds = 1'000'000;
  return IndexValue(time->seconds() * kMicroseconds + time->nanoseconds() / 1000);
}

/// The digits of the absolute value without surplus zeros, and how many stand before the point:
/// 0.05 is ("5", -1).
struct Decimal {
  bool negative = false;
  std::string digits;
  std::int64_t exponent = 0;
};

std::optional<Decimal> read_decimal(std::string_view text) {
  Decimal decimal;
  decimal.negative = text.starts_with('-');
  if (decimal.negative) text.remove_prefix(1);
  std::size_t point = text.find('.');
  std::string_view whole = text.substr(0, point);
  if (!all_digits(whole)) return std::nullopt;
  std::string_view fraction;
  if (point != std::string_view::npos) {
    fraction = text.substr(point + 1);
    if (!all_digits(fraction)) return std::nullopt;
  }
  decimal.digits = std::string(whole) + std::string(fraction);
  std::size_t zeros = std::min(decimal.digits.find_first_not_of('0'), decimal.digits.size());
  decimal.digits.erase(0, zeros);
  decimal.exponent = static_cast<std::int64_t>(whole.size()) - static_cast<std::int64_t>(zeros);
  while (decimal.digits.ends_with('0')) decimal.digits.pop_back();
  return decimal;
}

/// A sign mark, the exponent with a bias, the digits. For negative numbers exponent and digits are
/// complemented and a mark above all digits ends them, so that order turns round.
std::optional<IndexValue> parse_decimal(std::string_view text) {
  constexpr std::int64_t kBias = 5'000'000, kTop = 9'999'999;
  std::optional<Decimal> decimal = read_decimal(text);
  if (!decimal) return std::nullopt;
  if (decimal->digits.empty()) return IndexValue(std::string("1"));
  std::int64_t biased = decimal->exponent + kBias;
  if (biased < 0 || biased > kTop) return std::nullopt;
  if (decimal->negative) biased = kTop - biased;
  std::string exponent = std::to_string(biased);
  exponent.insert(0, 7 - exponent.size(), '0');
  if (!decimal->negative) return IndexValue("2" + exponent + decimal->digits);
  for (char& c : decimal->digits) c = static_cast<char>('0' + '9' - c);
  return IndexValue("0" + exponent + decimal->digits + "~");
}

}  // namespace

std::string_view to_string(Datatype type) { return kNames[static_cast<std::size_t>(type)].first; }

std::optional<Datatype> parse_datatype(std::string_view name) {
  for (const auto& [known, type] : kNames) {
    if (equals_ignore_case(name, known)) return type;
  }
  return std::nullopt;
}

std::optional<IndexValue> parse_index_value(Datatype type, std::string_view text) {
  switch (type) {
    case Datatype::kString:
      return IndexValue(std::string(text));
    case Datatype::kInteger:
      return parse_integer(text);
    case Datatype::kDatetime:
      return parse_datetime(text);
    case Datatype::kDecimal:
      return parse_decimal(text);
  }
  return std::nullopt;
}

}  // namespace botocxx::objectscale
