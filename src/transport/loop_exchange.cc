#include "transport/loop_exchange.h"

#include <botocxx/base/text_encoding.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace botocxx::transport {
namespace {

// A reader that takes its time lets this much arrive before the connection is held.
constexpr std::size_t kBuffered = 256 * 1024;

class LoopBodyStream : public ByteStream {
 public:
  LoopBodyStream(std::shared_ptr<LoopBody> body, std::optional<std::uint64_t> size)
      : body_(std::move(body)), size_(size) {}
  ~LoopBodyStream() override { body_->abandon(); }

  Result<std::size_t> read(std::span<std::byte> out) override {
    auto got = body_->read(out);
    if (got && size_) *size_ -= std::min<std::uint64_t>(*size_, *got);
    return got;
  }
  std::optional<std::uint64_t> size() const override { return size_; }

 private:
  std::shared_ptr<LoopBody> body_;
  std::optional<std::uint64_t> size_;
};

}  // namespace

// --- A streamed body between two threads

bool LoopBody::add(std::span<const std::byte> piece) {
  std::lock_guard lock(mutex_);
  if (content_.size() - taken_ >= kBuffered) {
    held_ = true;
    return false;
  }
  content_ += as_text(piece);
  changed_.notify_all();
  return true;
}

void LoopBody::end(Result<void> how) {
  std::lock_guard lock(mutex_);
  if (!ended_) ended_ = std::move(how);
  changed_.notify_all();
}

bool LoopBody::is_held() const {
  std::lock_guard lock(mutex_);
  return held_;
}

Result<std::size_t> LoopBody::read(std::span<std::byte> out) {
  if (out.empty()) return std::size_t{0};
  std::unique_lock lock(mutex_);
  auto loop = loop_.lock();
  if (taken_ == content_.size() && !ended_ && loop && loop->thread == std::this_thread::get_id()) {
    return Error(ErrorKind::kUsage, "WouldBlock",
                 "a streamed body can't be read on the thread of the loop that receives it")
        .with_hint("read it on another thread, or do not ask for a stream");
  }
  changed_.wait(lock, [this] { return taken_ < content_.size() || ended_; });
  std::size_t count = std::min(out.size(), content_.size() - taken_);
  if (count == 0) {
    if (!*ended_) return ended_->error();
    return std::size_t{0};
  }
  std::memcpy(out.data(), content_.data() + taken_, count);
  taken_ += count;
  if (taken_ < content_.size()) return count;
  content_.clear();
  taken_ = 0;
  if (std::exchange(held_, false) && loop) {
    loop->post([state = loop.get(), number = number_] {
      if (LoopExchange* exchange = state->find(number)) exchange->resume();
    });
  }
  return count;
}

void LoopBody::abandon() {
  std::lock_guard lock(mutex_);
  if (ended_) return;
  if (auto loop = loop_.lock()) {
    loop->post([state = loop.get(), number = number_] { state->abandon(number); });
  }
}

// --- An exchange

LoopExchange::LoopExchange(std::shared_ptr<const CurlSettings> settings, HttpRequest request,
                           const SendOptions& options, ExchangeDone done)
    : request_(std::move(request)),
      exchange_(std::move(settings), request_, options),
      done_(std::move(done)),
      easy_(curl_easy_init()) {}

LoopExchange::~LoopExchange() {
  waker_.reset();
  if (loop_ != nullptr) curl_multi_remove_handle(loop_->multi, easy_);
  if (easy_ != nullptr) curl_easy_cleanup(easy_);
  fail(cancelled_error(exchange_.url()));  // nothing where it was answered
}

Result<void> LoopExchange::start(EventLoop::State& loop, std::uint64_t number) {
  if (exchange_.options().stop.stop_requested()) return cancelled_error(exchange_.url());
  if (auto good = check_request(request_); !good) return good;
  if (easy_ == nullptr) {
    return Error(ErrorKind::kInternal, "HTTPClient", "libcurl has no memory for a connection");
  }
  if (exchange_.options().stream_response) {
    body_ = std::make_shared<LoopBody>(loop.weak_from_this(), number);
    exchange_.set_sink([this](std::span<const std::byte> piece) { return body_->add(piece); });
  }
  exchange_.set_up(easy_, request_);
  curl_easy_setopt(easy_, CURLOPT_PRIVATE, this);
  if (curl_multi_add_handle(loop.multi, easy_) != CURLM_OK) {
    return Error(ErrorKind::kInternal, "HTTPClient", "libcurl refused a transfer");
  }
  loop_ = &loop;
  const std::stop_token& stop = exchange_.options().stop;
  if (stop.stop_possible())
    waker_.emplace(stop, [multi = loop.multi] { curl_multi_wakeup(multi); });
  return {};
}

Result<CurlExchange::Clock::duration> LoopExchange::time_left(CurlExchange::Clock::time_point now) {
  if (body_ && body_->is_held()) exchange_.reading_goes_on();
  return exchange_.time_left(now);
}

bool LoopExchange::is_due() const {
  return exchange_.is_finished() || !exchange_.status() || (done_ && exchange_.is_streaming());
}

bool LoopExchange::settle() {
  if (exchange_.is_streaming()) answer(streamed_response());
  if (auto good = exchange_.status(); !good) {
    fail(std::move(good).error());
    return true;
  }
  if (!exchange_.is_finished()) return false;
  if (body_) body_->end({});
  if (done_) answer(exchange_.take_response());
  return true;
}

void LoopExchange::fail(Error error) {
  if (body_) body_->end(error);
  answer(std::move(error));
}

void LoopExchange::answer(Result<HttpResponse> response) {
  if (!done_) return;
  ExchangeDone done = std::exchange(done_, {});
  done(std::move(response));
}

HttpResponse LoopExchange::streamed_response() {
  if (!done_) return {};
  HttpResponse response = exchange_.take_response();
  response.body = Body(std::make_shared<LoopBodyStream>(body_, exchange_.expected()));
  return response;
}

void LoopExchange::resume() { curl_easy_pause(easy_, CURLPAUSE_CONT); }

}  // namespace botocxx::transport
