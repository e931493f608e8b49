#pragma once

#include <botocxx/client/config.h>

#include <string_view>

namespace botocxx::client {

/// Reads one of the options about checksums and compression, whether it comes from code,
/// environment or a file. Values that cannot be meant are botocore's errors
/// ("InvalidChecksumConfig", "InvalidConfig"), with its texts.
Result<void> read_integrity_option(std::string_view name, const Value& value, Config& config);
bool is_integrity_option(std::string_view name);

}  // namespace botocxx::client
