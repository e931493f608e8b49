#pragma once

#include "transport/curl_exchange.h"
#include "transport/curl_loop.h"
#include <botocxx/message/body.h>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

namespace botocxx::transport {

/// What the loop's thread has received of a streamed body and its reader has not taken yet.
class LoopBody {
 public:
  LoopBody(std::weak_ptr<EventLoop::State> loop, std::uint64_t number)
      : loop_(std::move(loop)), number_(number) {}

  // On the loop's thread.
  /// False when enough waits to be read: the connection is to be held until `resume`.
  bool add(std::span<const std::byte> piece);
  void end(Result<void> how);
  bool is_held() const;

  // On the reader's thread.
  Result<std::size_t> read(std::span<std::byte> out);
  /// Nobody will read any more.
  void abandon();

 private:
  std::weak_ptr<EventLoop::State> loop_;
  std::uint64_t number_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::string content_;
  std::size_t taken_ = 0;
  bool held_ = false;
  std::optional<Result<void>> ended_;
};

/// One exchange on an `EventLoop`: owns its request, its easy handle and the answer's receiver,
/// which is called once, with "Cancelled" at the latest when this object ends.
class LoopExchange {
 public:
  LoopExchange(std::shared_ptr<const CurlSettings> settings, HttpRequest request,
               const SendOptions& options, ExchangeDone done);
  ~LoopExchange();
  LoopExchange(const LoopExchange&) = delete;
  LoopExchange& operator=(const LoopExchange&) = delete;

  /// Adds it to the loop's connections; `number` is what the loop knows it by.
  Result<void> start(EventLoop::State& loop, std::uint64_t number);
  CurlExchange& exchange() { return exchange_; }

  /// How long it can do without being looked at, or why it is over.
  Result<CurlExchange::Clock::duration> time_left(CurlExchange::Clock::time_point now);
  /// Whether `settle` has something to hand over.
  bool is_due() const;
  /// Hands over what is complete: the head of a streamed answer, a whole one, or why there is none.
  /// True when the exchange has nothing left to do.
  bool settle();
  void fail(Error error);
  void resume();

 private:
  void answer(Result<HttpResponse> response);
  HttpResponse streamed_response();

  HttpRequest request_;
  CurlExchange exchange_;
  ExchangeDone done_;
  CURL* easy_ = nullptr;
  EventLoop::State* loop_ = nullptr;
  std::shared_ptr<LoopBody> body_;
  std::optional<std::stop_callback<std::function<void()>>> waker_;
};

}  // namespace botocxx::transport
