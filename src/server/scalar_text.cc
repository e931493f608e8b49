#include "server/scalar_text.h"

#include "server/param_error.h"
#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <limits>

namespace botocxx::server {
namespace {

Error malformed(std::string_view expected, std::string_view text) {
  constexpr std::size_t kShown = 80;
  return malformed_parameter(
      fmt::format("expected {}, not '{}'", expected, text.substr(0, kShown)));
}

template <typename Number>
std::optional<Number> parse_number(std::string_view text) {
  Number number{};
  const char* end = text.data() + text.size();
  auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end) return std::nullopt;
  return number;
}

std::string format_time(const Timestamp& time, TimestampFormat format) {
  switch (format) {
    case TimestampFormat::kRfc822:
      return time.to_rfc822();
    case TimestampFormat::kUnixTimestamp:
      return std::to_string(time.seconds());
    case TimestampFormat::kDefault:
    case TimestampFormat::kIso8601:
      break;
  }
  return time.to_iso8601();
}

}  // namespace

Error unencodable(std::string_view path, std::string_view reason) {
  return Error(ErrorKind::kInternal, "UnencodableOutput", fmt::format("{}: {}", path, reason));
}

std::optional<double> parse_special_or_number(std::string_view text) {
  if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
  if (text == "Infinity") return std::numeric_limits<double>::infinity();
  if (text == "-Infinity") return -std::numeric_limits<double>::infinity();
  std::optional<double> number = parse_number<double>(text);
  if (number && !std::isfinite(*number)) return std::nullopt;
  return number;
}

Result<Value> parse_scalar(const Shape& shape, std::string_view text) {
  switch (shape.type()) {
    case ShapeType::kBoolean:
      if (equals_ignore_case(text, "true")) return Value(true);
      if (equals_ignore_case(text, "false")) return Value(false);
      return malformed("true or false", text);
    case ShapeType::kInteger:
    case ShapeType::kLong:
      if (std::optional<std::int64_t> number = parse_number<std::int64_t>(text)) {
        return Value(*number);
      }
      return malformed("an integer", text);
    case ShapeType::kFloat:
    case ShapeType::kDouble:
      if (std::optional<double> number = parse_special_or_number(text)) return Value(*number);
      return malformed("a number", text);
    case ShapeType::kBlob: {
      std::optional<std::string> octets = base64_decode(text);
      if (!octets) return malformed("base64", text);
      return Value(Bytes{*octets});
    }
    case ShapeType::kTimestamp: {
      Result<Timestamp> time = Timestamp::parse(text);
      if (!time) return malformed("a time", text);
      return Value(*time);
    }
    case ShapeType::kString:
    case ShapeType::kOther:
    case ShapeType::kStructure:
    case ShapeType::kList:
    case ShapeType::kMap:
      break;
  }
  return Value(text);
}

Result<std::string> format_scalar(const Member& member, const Value& value,
                                  TimestampFormat fallback, std::string_view path) {
  if (value.is_bool()) return std::string(value.as_bool() ? "true" : "false");
  if (value.is_int()) return std::to_string(value.as_int());
  if (value.is_double()) {
    double number = value.as_double();
    if (std::isinf(number)) return std::string(number < 0 ? "-Infinity" : "Infinity");
    return std::isnan(number) ? std::string("NaN") : format_double(number);
  }
  if (value.is_timestamp()) {
    TimestampFormat format = member.timestamp_format();
    return format_time(value.as_timestamp(),
                       format == TimestampFormat::kDefault ? fallback : format);
  }
  if (member.shape().type() == ShapeType::kBlob && (value.is_bytes() || value.is_string())) {
    return base64_encode(as_byte_span(value.as_bytes()));
  }
  if (value.is_string()) return std::string(value.as_string());
  return unencodable(path, fmt::format("a {} can't be written as text", to_string(value.kind())));
}

}  // namespace botocxx::server
