#pragma once

#include "transport/curl_error.h"
#include "transport/curl_handle_pool.h"
#include "transport/curl_settings.h"
#include "transport/response_head.h"
#include <botocxx/base/result.h>
#include <botocxx/message/http.h>
#include <botocxx/transport/http_client.h>

#include <curl/curl.h>

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace botocxx::transport {

/// One exchange on one pair of curl handles. Nothing happens but inside its functions: between them
/// the connection stands still, which is what holds a fast server back. Not thread-safe. Ended
/// before the response's end, it closes the connection; otherwise the pool gets it back.
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
  using Clock = std::chrono::steady_clock;

  Result<void> set_up(const HttpRequest& request);
  void set_connection(const HttpRequest& request);
  void set_callbacks();
  Result<void> set_headers(const HttpRequest& request);
  void set_body(const HttpRequest& request);
  void add_header(std::string_view line);

  template <typename Done>
  Result<void> drive(Done is_done);
  Result<void> wait();
  void collect_messages();
  Error failure() const;
  void note_length();
  FailedExchange exchange() const { return {url_, proxy_, connected_}; }

  std::size_t on_header(std::string_view line);
  std::size_t on_body(std::span<const std::byte> piece);
  std::size_t on_read(std::span<std::byte> out);
  Result<std::size_t> read_request_body(std::span<std::byte> out);
  int on_seek(curl_off_t offset);
  void on_debug(curl_infotype type, std::string_view text);
  std::size_t keep_or_pause(std::span<const std::byte> piece);
  bool is_streaming() const { return options_.stream_response && head_.is_complete(); }

  std::shared_ptr<const CurlSettings> settings_;
  std::shared_ptr<CurlHandlePool> pool_;
  std::unique_ptr<CurlHandles> handles_;
  SendOptions options_;
  std::string url_, proxy_;
  Body kept_body_;                          // for a response that is read after the request is gone
  const Body* body_ = nullptr;              // the request's
  std::optional<std::uint64_t> announced_;  // length of that body
  std::uint64_t sent_ = 0;                  // octets of it that our read callback gave to curl
  curl_slist* header_list_ = nullptr;
  char detail_[CURL_ERROR_SIZE] = {};

  ResponseHead head_;
  std::size_t head_octets_ = 0;
  std::string content_;          // whole, or what a reader has not taken yet
  std::size_t taken_ = 0;        // of `content_`
  std::span<std::byte> target_;  // where a reader waits for octets
  std::size_t filled_ = 0;       // of `target_`
  std::uint64_t received_ = 0;
  std::uint64_t delivered_ = 0;
  std::optional<std::uint64_t> expected_;

  std::optional<Error> own_error_;  // why one of our callbacks stopped the transfer
  std::optional<CURLcode> result_;
  bool added_ = false;
  bool connected_ = false;
  bool paused_ = false;
  Clock::time_point last_activity_;
  curl_off_t last_progress_ = 0;
};

}  // namespace botocxx::transport
