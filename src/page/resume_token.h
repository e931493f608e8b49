#pragma once

#include <botocxx/base/result.h>
#include <botocxx/value/value.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace botocxx::page {

/// Where a conversation goes on: the service's tokens by the names of the input's members (null:
/// none), and how many items of that page were had already.
struct ResumePoint {
  Value tokens = Value::object();
  std::int64_t skip = 0;
};

/// botocore's opaque form of tokens: base64 of JSON as Python writes it, in which octets are base64
/// and named in "boto_encoded_keys". What JSON can't say is an error.
Result<std::string> encode_token(const Value& tokens);

/// Reads what `encode_token` wrote, and botocore's older form `token___2`; what is neither is the
/// service's own token, for the first of `input_tokens`. Error: "Bad starting token".
Result<ResumePoint> decode_token(std::string_view text, std::span<const std::string> input_tokens);

/// botocore's refusal of `shown`.
Error bad_starting_token(std::string_view shown);

}  // namespace botocxx::page
