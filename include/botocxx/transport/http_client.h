#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/result.h>
#include <botocxx/message/http.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace botocxx::inline v1 {

enum class HttpVersion {
  kHttp11,
  kHttp2OverTls,  ///< HTTP/2 where a TLS server agrees to it, otherwise 1.1
  kHttp2,         ///< HTTP/2 at once, also without TLS
};

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
  HttpVersion http_version = HttpVersion::kHttp11;
};

class EventLoop;

/// Sends requests as they are: no redirects, retries, decoding or cookies. Any HTTP status is
/// success; an error (kinds kTransport, kTimeout, kCancelled; botocore's names as codes:
/// "EndpointConnection", "ConnectTimeout", "ReadTimeout", "ConnectionClosed", "SSL", "HTTPClient")
/// means that no response came. Implementations are thread-safe.
class BOTOCXX_EXPORT HttpClient {
 public:
  virtual ~HttpClient() = default;
  virtual Result<HttpResponse> send(const HttpRequest& request, const SendOptions& options) = 0;

  /// Starts the exchange and returns. `done` is called once, on the loop's thread, and must not
  /// throw or wait there. A streamed body is read on any other thread. A client that does not
  /// override this sends while the loop waits.
  virtual void send_async(const std::shared_ptr<EventLoop>& loop, HttpRequest request,
                          SendOptions options, std::function<void(Result<HttpResponse>)> done);
};

struct HttpClientOptions {
  /// How an https:// proxy is trusted, and how this client shows who it is there.
  struct ProxyTls {
    std::string ca_bundle{};    ///< file; empty: the system's
    std::string client_cert{};  ///< PEM file, empty for none
    std::string client_key{};   ///< PEM file, empty when it is in `client_cert`
  };

  bool verify = true;                     ///< check certificates and host names
  std::string ca_bundle{};                ///< file or directory; empty: the system's
  std::string client_cert{};              ///< PEM file, empty for none
  std::string client_key{};               ///< PEM file, empty when it is in `client_cert`
  std::size_t max_pool_connections = 10;  ///< idle connections kept
  /// URL of the proxy for a URL's scheme ("http", "https"), with user and password where it wants
  /// them; what is not named goes directly. Unset: what the environment says (`http_proxy`,
  /// `https_proxy`, `all_proxy`, `no_proxy`).
  std::optional<std::map<std::string, std::string, std::less<>>> proxies{};
  ProxyTls proxy_tls{};
  bool tcp_keepalive = false;  ///< probes on connections that are silent
  /// Called with what goes over the wire, headers without secrets; null: nothing is logged.
  std::function<void(std::string_view line)> log{};
};

/// The real one, over libcurl: HTTP/1.1 and 2, keep-alive, proxies.
/// Starts no thread and opens no connection before the first `send`.
BOTOCXX_EXPORT std::shared_ptr<HttpClient> make_curl_http_client(HttpClientOptions options = {});

}  // namespace botocxx::inline v1
