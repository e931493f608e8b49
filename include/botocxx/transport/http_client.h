#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/result.h>
#include <botocxx/message/http.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace botocxx::inline v1 {

/// How one exchange is to be made.
struct SendOptions {
  std::chrono::milliseconds connect_timeout{60'000};
  /// Longest silence on the connection while a response (or its body) is awaited.
  std::chrono::milliseconds read_timeout{60'000};
  /// End of the whole exchange up to the response's head (to its end unless streamed).
  std::optional<std::chrono::steady_clock::time_point> deadline{};
  std::stop_token stop{};
  /// Hand over the body as a stream while it arrives, instead of reading it whole.
  bool stream_response = false;
  /// Octets at most of a body that is read whole.
  std::uint64_t body_limit = UINT64_MAX;
};

/// Sends requests as they are: no redirects, retries, decoding or cookies. Any HTTP status is
/// success; an error (kinds kTransport, kTimeout, kCancelled; botocore's names as codes:
/// "EndpointConnection", "ConnectTimeout", "ReadTimeout", "ConnectionClosed", "SSL", "HTTPClient")
/// means that no response came. Implementations are thread-safe.
class BOTOCXX_EXPORT HttpClient {
 public:
  virtual ~HttpClient() = default;
  virtual Result<HttpResponse> send(const HttpRequest& request, const SendOptions& options) = 0;
};

struct HttpClientOptions {
  bool verify = true;                     ///< check certificates and host names
  std::string ca_bundle{};                ///< file or directory; empty: the system's
  std::string client_cert{};              ///< PEM file, empty for none
  std::string client_key{};               ///< PEM file, empty when it is in `client_cert`
  std::size_t max_pool_connections = 10;  ///< idle connections kept
  /// Called with what goes over the wire, headers without secrets; null: nothing is logged.
  std::function<void(std::string_view line)> log{};
};

/// The real one, over libcurl: HTTP/1.1, keep-alive, proxies from the environment.
/// Starts no thread and opens no connection before the first `send`.
BOTOCXX_EXPORT std::shared_ptr<HttpClient> make_curl_http_client(HttpClientOptions options = {});

}  // namespace botocxx::inline v1
