#include "transport/curl_transfer.h"

#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <utility>

namespace botocxx::transport {
namespace {

// A reader that takes its time lets this much arrive before the connection is held.
constexpr std::size_t kBuffered = 64 * 1024;

std::string origin_of(const Url& url) {
  return fmt::format("{}://{}:{}", url.scheme, to_lower(url.host), url.port);
}

}  // namespace

CurlTransfer::CurlTransfer(std::shared_ptr<const CurlSettings> settings,
                           std::shared_ptr<CurlHandlePool> pool, const HttpRequest& request,
                           const SendOptions& options)
    : pool_(std::move(pool)), exchange_(std::move(settings), request, options) {
  if (!options.stream_response) return;
  exchange_.keep_body();
  exchange_.set_sink([this](std::span<const std::byte> piece) { return keep(piece); });
}

CurlTransfer::~CurlTransfer() {
  // In a forked child, what the parent began is not even looked at.
  if (handles_ && handles_->is_usable() && handles_->owner == ::getpid()) {
    if (added_) curl_multi_remove_handle(handles_->multi, handles_->easy);
    curl_easy_reset(handles_->easy);  // it must not keep pointers into this object
  }
  if (handles_ && exchange_.is_clean()) pool_->give_back(std::move(handles_));
}

Result<void> CurlTransfer::start(const HttpRequest& request) {
  if (auto good = check_request(request); !good) return good;
  handles_ = pool_->take(origin_of(request.url));
  if (!handles_->is_usable()) {
    return Error(ErrorKind::kInternal, "HTTPClient", "libcurl has no memory for a connection");
  }
  exchange_.set_up(handles_->easy, request);
  if (curl_multi_add_handle(handles_->multi, handles_->easy) != CURLM_OK) {
    return Error(ErrorKind::kInternal, "HTTPClient", "libcurl refused a transfer");
  }
  added_ = true;
  return {};
}

Result<HttpResponse> CurlTransfer::run(const HttpRequest& request) {
  if (exchange_.options().stop.stop_requested()) return cancelled_error(exchange_.url());
  if (auto good = start(request); !good) return std::move(good).error();
  auto driven = drive([this] { return exchange_.is_streaming(); });
  if (!driven) return std::move(driven).error();
  return exchange_.take_response();
}

template <typename Done>
Result<void> CurlTransfer::drive(Done is_done) {
  CURLM* multi = handles_->multi;
  // Woken at once, also from within a wait; on other threads a wakeup is all that curl allows.
  std::optional<std::stop_callback<std::function<void()>>> waker;
  const std::stop_token& stop = exchange_.options().stop;
  if (stop.stop_possible()) waker.emplace(stop, [multi] { curl_multi_wakeup(multi); });
  while (true) {
    int running = 0;
    CURLMcode status = curl_multi_perform(multi, &running);
    if (status != CURLM_OK) {
      return Error(ErrorKind::kInternal, "HTTPClient", curl_multi_strerror(status));
    }
    if (running == 0) collect_messages();
    if (is_done()) return {};
    if (auto good = exchange_.status(); !good || exchange_.is_finished()) return good;
    auto left = exchange_.time_left(CurlExchange::Clock::now());
    if (!left) return std::move(left).error();
    auto milliseconds = std::chrono::ceil<std::chrono::milliseconds>(*left).count();
    curl_multi_poll(multi, nullptr, 0, static_cast<int>(milliseconds), nullptr);
  }
}

void CurlTransfer::collect_messages() {
  int left = 0;
  while (CURLMsg* message = curl_multi_info_read(handles_->multi, &left)) {
    if (message->msg == CURLMSG_DONE) exchange_.finish(message->data.result);
  }
}

Result<std::size_t> CurlTransfer::read(std::span<std::byte> out) {
  if (out.empty()) return std::size_t{0};
  if (taken_ < content_.size()) {
    std::size_t count = std::min(out.size(), content_.size() - taken_);
    std::memcpy(out.data(), content_.data() + taken_, count);
    taken_ += count;
    delivered_ += count;
    return count;
  }
  content_.clear();
  taken_ = 0;
  if (auto good = exchange_.status(); !good) return std::move(good).error();
  if (exchange_.is_finished()) return std::size_t{0};

  exchange_.reading_goes_on();
  target_ = out;
  filled_ = 0;
  if (std::exchange(paused_, false)) curl_easy_pause(handles_->easy, CURLPAUSE_CONT);
  auto driven = drive([this] { return filled_ > 0; });
  target_ = {};
  delivered_ += filled_;
  if (filled_ > 0) return filled_;
  if (!driven) {
    exchange_.fail(driven.error());
    return std::move(driven).error();
  }
  return std::size_t{0};
}

std::optional<std::uint64_t> CurlTransfer::remaining() const {
  const auto& expected = exchange_.expected();
  if (!expected) return std::nullopt;
  return *expected - std::min(*expected, delivered_);
}

bool CurlTransfer::keep(std::span<const std::byte> piece) {
  if (content_.size() - taken_ >= kBuffered) {
    paused_ = true;
    return false;
  }
  std::size_t direct = 0;
  if (content_.empty()) {
    direct = std::min(target_.size() - filled_, piece.size());
    if (direct > 0) std::memcpy(target_.data() + filled_, piece.data(), direct);
    filled_ += direct;
  }
  content_ += as_text(piece.subspan(direct));
  return true;
}

}  // namespace botocxx::transport
