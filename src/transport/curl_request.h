#pragma once

#include <botocxx/base/result.h>
#include <botocxx/message/http.h>

#include <curl/curl.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace botocxx::transport {

/// Refuses what would break the request's head or leave the connection in an unknown state.
Result<void> check_request(const HttpRequest& request);

/// Whether the body goes out in chunks, without a length.
bool is_chunked(const HttpRequest& request);

/// Octets of the body that the head announces; nothing where it is chunked and of unknown length.
std::optional<std::uint64_t> announced_length(const HttpRequest& request);

/// Method, target, and headers of a request, told to curl. It must outlive the transfer.
class CurlRequestHead {
 public:
  CurlRequestHead() = default;
  ~CurlRequestHead();
  CurlRequestHead(const CurlRequestHead&) = delete;
  CurlRequestHead& operator=(const CurlRequestHead&) = delete;

  /// `proxy`: URL of the one that is used for this request, empty for none.
  void set(CURL* easy, const HttpRequest& request, const std::string& proxy);

 private:
  void add(std::string_view line);
  void set_headers(CURL* easy, const HttpRequest& request);

  curl_slist* lines_ = nullptr;
};

/// Tells curl how the body of a request is sent; `body` must outlive the transfer.
void set_request_body(CURL* easy, const HttpRequest& request, const Body& body,
                      std::optional<std::uint64_t> announced);

}  // namespace botocxx::transport
