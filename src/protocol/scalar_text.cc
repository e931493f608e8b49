#include "protocol/scalar_text.h"

#include "codec/python_text.h"
#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

#include <cmath>

namespace botocxx::protocol {
namespace {

// Years 1 to 9999.
bool is_printable(Timestamp time) {
  return time.seconds() >= -62'135'596'800 && time.seconds() <= 253'402'300'799;
}

// As Python prints the sum of whole seconds and thousandths.
std::string unix_milliseconds(Timestamp time) {
  constexpr std::int32_t kNanosecondsOfOne = 1'000'000;
  const std::int32_t thousandths = time.nanoseconds() / kNanosecondsOfOne;  // cut off
  return format_double(static_cast<double>(time.seconds()) + thousandths / 1000.0);
}

}  // namespace

Error param_error(std::string_view problem) {
  return Error(ErrorKind::kValidation, "ParamValidation",
               fmt::format("Parameter validation failed:\n{}", problem));
}

Result<Timestamp> to_timestamp(const Value& value) {
  Result<Timestamp> time = Timestamp();
  if (value.is_timestamp()) {
    time = value.as_timestamp();
  } else if (value.is_int()) {
    time = Timestamp::from_unix(value.as_int());
  } else if (value.is_double() && std::abs(value.as_double()) < 1e12) {
    time = Timestamp::from_unix_double(value.as_double());
  } else if (value.is_string()) {
    time = Timestamp::parse(value.as_string());
  } else {
    return param_error(fmt::format("Invalid timestamp \"{}\"", codec::python_str(value)));
  }
  if (time && !is_printable(*time))
    return param_error("a timestamp lies out of the years 1 to 9999");
  return time;
}

Result<std::string> timestamp_text(const Value& value, TimestampFormat format,
                                   TimestampFormat fallback, TimestampPrecision precision) {
  bool milliseconds = precision == TimestampPrecision::kMilliseconds;
  auto time = to_timestamp(value);
  if (!time) return std::move(time).error();
  switch (format == TimestampFormat::kDefault ? fallback : format) {
    case TimestampFormat::kDefault:
    case TimestampFormat::kIso8601:
      return milliseconds ? time->to_iso8601_milliseconds() : time->to_iso8601();
    case TimestampFormat::kRfc822:
      return time->to_rfc822();
    case TimestampFormat::kUnixTimestamp:
      return milliseconds ? unix_milliseconds(*time) : std::to_string(time->seconds());
  }
  return time->to_iso8601();
}

Result<std::string> float_text(const Value& value) {
  if (value.is_int()) return std::to_string(value.as_int());
  if (value.is_double()) {
    double number = value.as_double();
    if (std::isnan(number)) return std::string("NaN");
    if (std::isinf(number)) return std::string(number < 0 ? "-Infinity" : "Infinity");
    return format_double(number);
  }
  if (value.is_bool() || value.is_string()) return codec::python_str(value);
  return param_error(fmt::format("expected a number, found {}", codec::python_str(value)));
}

Result<std::string> uri_text(const Value& value, const Member& member,
                             TimestampPrecision precision) {
  switch (member.shape().type()) {
    case ShapeType::kBoolean:
      return to_lower(codec::python_str(value));
    case ShapeType::kTimestamp:
      return timestamp_text(value, member.timestamp_format(), TimestampFormat::kIso8601, precision);
    case ShapeType::kFloat:
    case ShapeType::kDouble:
      return float_text(value);
    case ShapeType::kStructure:
    case ShapeType::kList:
    case ShapeType::kMap:
    case ShapeType::kString:
    case ShapeType::kInteger:
    case ShapeType::kLong:
    case ShapeType::kBlob:
    case ShapeType::kOther:
      break;
  }
  if (value.is_bytes()) return std::string(value.as_bytes());
  return codec::python_str(value);
}

Result<std::string_view> octets_of(const Value& value) {
  if (value.is_string() || value.is_bytes()) return value.as_bytes();
  if (value.is_stream() && !value.as_body().is_stream()) {
    return param_error("octets in memory are expected here as text or bytes, not as a body");
  }
  return param_error(
      fmt::format("expected octets, found a value of kind {}{}", to_string(value.kind()),
                  value.is_stream() ? " (only a whole payload can be streamed)" : ""));
}

}  // namespace botocxx::protocol
