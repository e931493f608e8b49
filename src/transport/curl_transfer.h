#pragma once

#include "transport/curl_exchange.h"
#include "transport/curl_handle_pool.h"
#include <botocxx/base/result.h>
#include <botocxx/message/http.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace botocxx::transport {

/// Drives one exchange on its caller's thread, on a pair of curl handles of its own. Nothing
/// happens but inside its functions: between them the connection stands still, which is what holds
/// a fast server back. Not thread-safe. Ended before the response's end, it closes the connection;
/// otherwise the pool gets it back.
class CurlTransfer {
 public:
  CurlTransfer(std::shared_ptr<const CurlSettings> settings, std::shared_ptr<CurlHandlePool> pool,
               const HttpRequest& request, const SendOptions& options);
  ~CurlTransfer();
  CurlTransfer(const CurlTransfer&) = delete;
  CurlTransfer& operator=(const CurlTransfer&) = delete;

  /// Sends the request and waits for the response's head (of a response that is to be streamed) or
  /// its end.
  Result<HttpResponse> run(const HttpRequest& request);

  /// The next octets of a streamed body; 0 at its end.
  Result<std::size_t> read(std::span<std::byte> out);
  /// Octets of a streamed body that are still to be read, where the head tells.
  std::optional<std::uint64_t> remaining() const;

 private:
  Result<void> start(const HttpRequest& request);
  template <typename Done>
  Result<void> drive(Done is_done);
  void collect_messages();
  bool keep(std::span<const std::byte> piece);

  std::shared_ptr<CurlHandlePool> pool_;
  std::unique_ptr<CurlHandles> handles_;
  CurlExchange exchange_;
  bool added_ = false;
  bool paused_ = false;

  std::string content_;          // what a reader has not taken yet
  std::size_t taken_ = 0;        // of `content_`
  std::span<std::byte> target_;  // where a reader waits for octets
  std::size_t filled_ = 0;       // of `target_`
  std::uint64_t delivered_ = 0;
};

}  // namespace botocxx::transport
