#include "transport/wire_log.h"
#include <botocxx/base/text_encoding.h>
#include <botocxx/transport/recorded_http_client.h>

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <deque>
#include <mutex>
#include <utility>

namespace botocxx::inline v1 {
namespace {

class TextStream : public ByteStream {
 public:
  explicit TextStream(std::string text) : text_(std::move(text)) {}
  Result<std::size_t> read(std::span<std::byte> out) override {
    std::size_t count = std::min(out.size(), text_.size() - at_);
    std::memcpy(out.data(), text_.data() + at_, count);
    at_ += count;
    return count;
  }
  std::optional<std::uint64_t> size() const override { return text_.size() - at_; }

 private:
  std::string text_;
  std::size_t at_ = 0;
};

Result<Body> delivered(const Body& body, const SendOptions& options) {
  if (options.stream_response) {
    return body.is_stream() ? body : Body(std::make_shared<TextStream>(body.bytes()));
  }
  auto text = body.read_all(options.body_limit);
  if (!text) return std::move(text).error();
  return Body(*std::move(text));
}

}  // namespace

struct RecordedHttpClient::State {
  mutable std::mutex mutex;
  std::deque<Result<HttpResponse>> answers;
  std::vector<HttpRequest> requests;
};

RecordedHttpClient::RecordedHttpClient() : state_(std::make_unique<State>()) {}
RecordedHttpClient::~RecordedHttpClient() = default;

void RecordedHttpClient::add_response(HttpResponse response) {
  std::lock_guard lock(state_->mutex);
  state_->answers.emplace_back(std::move(response));
}

void RecordedHttpClient::add_response(int status, Headers headers, std::string body) {
  add_response(HttpResponse{status, {}, std::move(headers), Body(std::move(body))});
}

void RecordedHttpClient::add_error(Error error) {
  std::lock_guard lock(state_->mutex);
  state_->answers.emplace_back(std::move(error));
}

Result<HttpResponse> RecordedHttpClient::send(const HttpRequest& request,
                                              const SendOptions& options) {
  if (options.stop.stop_requested()) {
    return Error(ErrorKind::kCancelled, "Cancelled", "The request was cancelled");
  }
  HttpRequest kept = request;
  auto sent = request.body.read_all();
  if (!sent) return std::move(sent).error();
  kept.body = Body(*std::move(sent));

  std::unique_lock lock(state_->mutex);
  state_->requests.push_back(std::move(kept));
  if (state_->answers.empty()) {
    return Error(ErrorKind::kUsage, "NoRecordedResponse",
                 fmt::format("no response is recorded for {} {}", request.method,
                             transport::redact_url(request.url.to_string())));
  }
  Result<HttpResponse> answer = std::move(state_->answers.front());
  state_->answers.pop_front();
  lock.unlock();
  if (!answer) return answer;
  auto body = delivered(answer->body, options);
  if (!body) return std::move(body).error();
  answer->body = *std::move(body);
  return answer;
}

std::vector<HttpRequest> RecordedHttpClient::requests() const {
  std::lock_guard lock(state_->mutex);
  return state_->requests;
}

std::size_t RecordedHttpClient::remaining() const {
  std::lock_guard lock(state_->mutex);
  return state_->answers.size();
}

}  // namespace botocxx::inline v1
