#pragma once

#include <botocxx/base/result.h>
#include <botocxx/model/service_model.h>
#include <botocxx/value/value.h>

#include <string>
#include <string_view>

/// Texts of scalars as botocore puts them into URIs, headers and documents; shared by all
/// protocols.
namespace botocxx::protocol {

/// An error about a parameter, worded as botocore's validation reports are: kind kValidation, code
/// "ParamValidation".
Error param_error(std::string_view problem);

/// A timestamp, epoch seconds, or a text that `Timestamp::parse` understands.
Result<Timestamp> to_timestamp(const Value& value);

enum class TimestampPrecision {
  kDefault,      ///< whole seconds since the epoch; ISO 8601 with microseconds if there are any
  kMilliseconds  ///< cut off to milliseconds, which are always there
};

/// `value` by `format`, or by `fallback` where the model states none. RFC 822 has seconds only.
Result<std::string> timestamp_text(const Value& value, TimestampFormat format,
                                   TimestampFormat fallback,
                                   TimestampPrecision precision = TimestampPrecision::kDefault);

/// "1.5", "1e+16", "3" (an integer stays one), "NaN", "Infinity", "-Infinity".
Result<std::string> float_text(const Value& value);

/// Text of a scalar in a URI or query string.
Result<std::string> uri_text(const Value& value, const Member& member,
                             TimestampPrecision precision = TimestampPrecision::kDefault);

/// Octets of bytes or of a text; a stream gives an error.
Result<std::string_view> octets_of(const Value& value);

}  // namespace botocxx::protocol
