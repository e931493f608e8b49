#pragma once

#include <botocxx/base/error.h>

#include <curl/curl.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace botocxx::transport {

/// What is known of an exchange when it fails.
struct FailedExchange {
  std::string_view url;    ///< as requested; secrets are taken out here
  std::string_view proxy;  ///< empty when there is none
  bool connected = false;  ///< whether the request could be sent at all
};

/// botocore's exception for a transfer that curl ended with `code` before a whole response came.
Error exchange_error(CURLcode code, std::string_view detail, const FailedExchange& exchange);

/// botocore's exception for a body that ended early while it was read as a stream.
Error streaming_error(CURLcode code, std::string_view detail, const FailedExchange& exchange,
                      std::uint64_t received, std::optional<std::uint64_t> expected);

Error connect_timeout_error(std::string_view url);
Error read_timeout_error(std::string_view url);
Error deadline_error(std::string_view url);
Error cancelled_error(std::string_view url);

}  // namespace botocxx::transport
