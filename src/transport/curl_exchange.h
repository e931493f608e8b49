#pragma once

#include "transport/curl_error.h"
#include "transport/curl_request.h"
#include "transport/curl_settings.h"
#include "transport/response_head.h"
#include <botocxx/base/result.h>
#include <botocxx/message/http.h>
#include <botocxx/transport/http_client.h>

#include <curl/curl.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>

namespace botocxx::transport {

/// One request and its response on an easy handle, without the waiting: a driver adds the handle to
/// a multi handle, asks `time_left` before it waits, and tells `finish` how curl ended. Not
/// thread-safe.
class CurlExchange {
 public:
  using Clock = std::chrono::steady_clock;
  /// Takes a piece of a streamed body: all of it, or nothing (false) to hold the connection.
  using Sink = std::function<bool(std::span<const std::byte> piece)>;

  CurlExchange(std::shared_ptr<const CurlSettings> settings, const HttpRequest& request,
               const SendOptions& options);
  CurlExchange(const CurlExchange&) = delete;
  CurlExchange& operator=(const CurlExchange&) = delete;

  /// Keeps the request's body alive by itself: the caller's request may go.
  void keep_body();
  /// Where the pieces of a streamed body go.
  void set_sink(Sink sink) { sink_ = std::move(sink); }
  /// Configures `easy`, which must be reset or dropped before this object ends.
  void set_up(CURL* easy, const HttpRequest& request);

  /// How long nothing may happen, or why it is over: cancelled, past the deadline, or silent.
  Result<Clock::duration> time_left(Clock::time_point now);
  /// Curl has ended the transfer.
  void finish(CURLcode result);
  bool is_finished() const { return result_.has_value(); }
  /// Whether the response came whole and the connection can serve again.
  bool is_clean() const { return result_ == CURLE_OK && !own_error_; }
  /// Why the exchange failed; success also while it still runs.
  Result<void> status() const;
  /// Whether the head of a streamed response is there, whatever becomes of its body.
  bool is_streaming() const {
    return options_.stream_response && head_.is_complete() && !own_error_;
  }

  /// The response, once its head is complete, or finished unless streamed; taken once.
  HttpResponse take_response();

  /// The time since the last read was the reader's, not the server's.
  void reading_goes_on() { last_activity_ = Clock::now(); }
  /// A later look at the stream gets the same error.
  void fail(Error error) { own_error_ = std::move(error); }

  const std::string& url() const { return url_; }
  const SendOptions& options() const { return options_; }
  const std::optional<std::uint64_t>& expected() const { return expected_; }

 private:
  void set_connection();
  void set_callbacks();
  void note_length();
  FailedExchange state() const { return {url_, proxy_, connected_}; }

  std::size_t on_header(std::string_view line);
  std::size_t on_body(std::span<const std::byte> piece);
  std::size_t on_read(std::span<std::byte> out);
  Result<std::size_t> read_request_body(std::span<std::byte> out);
  int on_seek(curl_off_t offset);
  void on_debug(curl_infotype type, std::string_view text);

  std::shared_ptr<const CurlSettings> settings_;
  SendOptions options_;
  CURL* easy_ = nullptr;
  std::string url_;
  std::string proxy_;
  Sink sink_;
  CurlRequestHead request_head_;
  Body kept_body_;                          // for a response that is read after the request is gone
  const Body* body_ = nullptr;              // the request's
  std::optional<std::uint64_t> announced_;  // length of that body
  std::uint64_t sent_ = 0;                  // octets of it that our read callback gave to curl
  char detail_[CURL_ERROR_SIZE] = {};

  ResponseHead head_;
  std::size_t head_octets_ = 0;
  std::string content_;  // of a body that is read whole
  std::uint64_t received_ = 0;
  std::optional<std::uint64_t> expected_;

  std::optional<Error> own_error_;  // why one of our callbacks stopped the transfer
  std::optional<CURLcode> result_;
  bool connected_ = false;
  Clock::time_point last_activity_;
  curl_off_t last_progress_ = 0;
};

}  // namespace botocxx::transport
