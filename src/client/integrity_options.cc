#include "client/integrity_options.h"

#include "codec/python_text.h"
#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

#include <charconv>

namespace botocxx::client {
namespace {

constexpr std::string_view kCalculation = "request_checksum_calculation";
constexpr std::string_view kValidation = "response_checksum_validation";
constexpr std::string_view kMinSize = "request_min_compression_size_bytes";
constexpr std::string_view kDisabled = "disable_request_compression";
constexpr std::int64_t kLargestMinSize = 1'048'576;

Result<void> read_moment(std::string_view name, const Value& value, std::string& target) {
  std::string word = to_lower(value.get_if_string().value_or(codec::python_str(value)));
  if (word == "when_supported" || word == "when_required") {
    target = word;
    return {};
  }
  return Error(ErrorKind::kUsage, "InvalidChecksumConfig",
               fmt::format("Unsupported configuration value for {}. Expected one of "
                           "('when_supported', 'when_required') but got {}.",
                           name, word));
}

Result<void> read_min_size(const Value& value, std::optional<std::uint64_t>& target) {
  auto fail = [&](std::string_view reason) {
    return Error(
        ErrorKind::kUsage, "InvalidConfig",
        fmt::format("Invalid value \"{}\" for {}. {}", codec::python_str(value), kMinSize, reason));
  };
  std::int64_t size = value.get_if_int().value_or(0);
  if (auto text = value.get_if_string()) {
    auto [stop, error] = std::from_chars(text->data(), text->data() + text->size(), size);
    if (error != std::errc() || stop != text->data() + text->size()) {
      return fail("Value must be an integer. Received <class 'str'> instead.");
    }
  } else if (!value.is_int()) {
    return fail(
        fmt::format("Value must be an integer. Received {} instead.", codec::python_type(value)));
  }
  if (size < 1 || size > kLargestMinSize) {
    return fail(fmt::format("Value must be between 1 and {}.", kLargestMinSize));
  }
  target = static_cast<std::uint64_t>(size);
  return {};
}

Result<void> read_disabled(const Value& value, std::optional<bool>& target) {
  if (auto text = value.get_if_string()) {
    target = to_lower(*text) == "true";
  } else if (value.is_bool()) {
    target = value.as_bool();
  } else {
    return Error(ErrorKind::kUsage, "InvalidConfig",
                 fmt::format("config option \"{}\": expected true or false", kDisabled));
  }
  return {};
}

}  // namespace

bool is_integrity_option(std::string_view name) {
  return name == kCalculation || name == kValidation || name == kMinSize || name == kDisabled;
}

Result<void> read_integrity_option(std::string_view name, const Value& value, Config& config) {
  if (name == kCalculation) return read_moment(name, value, config.request_checksum_calculation);
  if (name == kValidation) return read_moment(name, value, config.response_checksum_validation);
  if (name == kMinSize) return read_min_size(value, config.request_min_compression_size_bytes);
  return read_disabled(value, config.disable_request_compression);
}

}  // namespace botocxx::client
