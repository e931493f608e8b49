#include "transport/curl_exchange.h"

#include "transport/wire_log.h"
#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <exception>

namespace botocxx::transport {
namespace {

// What a Content-Length may make us allocate before any octet came.
constexpr std::uint64_t kReserved = 16 * 1024 * 1024;
constexpr std::size_t kLongestHead = 1024 * 1024;
constexpr std::chrono::milliseconds kLongestWait{60'000};

long curl_http_version(HttpVersion version) {
  switch (version) {
    case HttpVersion::kHttp11:
      return CURL_HTTP_VERSION_1_1;
    case HttpVersion::kHttp2OverTls:
      return CURL_HTTP_VERSION_2TLS;
    case HttpVersion::kHttp2:
      return CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE;
  }
  return CURL_HTTP_VERSION_1_1;
}

}  // namespace

CurlExchange::CurlExchange(std::shared_ptr<const CurlSettings> settings, const HttpRequest& request,
                           const SendOptions& options)
    : settings_(std::move(settings)),
      options_(options),
      url_(request.url.to_string()),
      proxy_(proxy_for(*settings_, request.url)),
      body_(&request.body),
      announced_(announced_length(request)),
      last_activity_(Clock::now()) {}

void CurlExchange::keep_body() {
  kept_body_ = *body_;
  body_ = &kept_body_;
}

// --- Setting up

void CurlExchange::set_up(CURL* easy, const HttpRequest& request) {
  easy_ = easy;
  last_activity_ = Clock::now();
  set_connection();
  set_callbacks();
  set_proxy(easy, proxy_, settings_->options);
  if (request.url.scheme == "https") set_tls(easy, settings_->options);
  request_head_.set(easy, request, proxy_);
  set_request_body(easy, request, *body_, announced_);
}

void CurlExchange::set_connection() {
  CURL* easy = easy_;
  curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, curl_http_version(options_.http_version));
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  // Curl repeats a request whose Expect was refused (417), forever where the header is ours; it
  // counts that as a redirect.
  curl_easy_setopt(easy, CURLOPT_MAXREDIRS, 0L);
  curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);  // not waiting for a name lookup once cancelled
  curl_easy_setopt(easy, CURLOPT_TCP_NODELAY, 1L);
  curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, settings_->options.tcp_keepalive ? 1L : 0L);
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, detail_);
  curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, 64L * 1024);
  auto limit = std::clamp<std::int64_t>(options_.connect_timeout.count(), 1, INT32_MAX);
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limit));
}

void CurlExchange::set_callbacks() {
  CURL* easy = easy_;
  using Self = CurlExchange;
  curl_write_callback on_head = [](char* data, size_t, size_t size, void* self) {
    return static_cast<Self*>(self)->on_header({data, size});
  };
  curl_write_callback on_write = [](char* data, size_t, size_t size, void* self) {
    return static_cast<Self*>(self)->on_body(as_byte_span({data, size}));
  };
  curl_read_callback on_upload = [](char* data, size_t size, size_t count, void* self) {
    return static_cast<Self*>(self)->on_read({reinterpret_cast<std::byte*>(data), size * count});
  };
  curl_seek_callback on_rewind = [](void* self, curl_off_t offset, int) {
    return static_cast<Self*>(self)->on_seek(offset);
  };
  curl_prereq_callback on_ready = [](void* self, char*, char*, int, int) {
    static_cast<Self*>(self)->connected_ = true;
    static_cast<Self*>(self)->last_activity_ = Clock::now();
    return CURL_PREREQFUNC_OK;
  };
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_head);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_write);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(easy, CURLOPT_READFUNCTION, on_upload);
  curl_easy_setopt(easy, CURLOPT_READDATA, this);
  curl_easy_setopt(easy, CURLOPT_SEEKFUNCTION, on_rewind);
  curl_easy_setopt(easy, CURLOPT_SEEKDATA, this);
  curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, on_ready);
  curl_easy_setopt(easy, CURLOPT_PREREQDATA, this);
  if (!settings_->options.log) return;
  curl_debug_callback on_log = [](CURL*, curl_infotype type, char* data, size_t size, void* self) {
    static_cast<Self*>(self)->on_debug(type, {data, size});
    return 0;
  };
  curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, on_log);
  curl_easy_setopt(easy, CURLOPT_DEBUGDATA, this);
  curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);
}

// --- Running

Result<CurlExchange::Clock::duration> CurlExchange::time_left(Clock::time_point now) {
  if (options_.stop.stop_requested()) return cancelled_error(url_);
  curl_off_t up = 0, down = 0;
  curl_easy_getinfo(easy_, CURLINFO_SIZE_UPLOAD_T, &up);
  curl_easy_getinfo(easy_, CURLINFO_SIZE_DOWNLOAD_T, &down);
  if (up + down != last_progress_) last_activity_ = now;
  last_progress_ = up + down;

  Clock::duration left = kLongestWait;
  if (options_.deadline) {
    if (now >= *options_.deadline) return deadline_error(url_);
    left = std::min(left, *options_.deadline - now);
  }
  if (connected_) {
    const Clock::duration silence = now - last_activity_;
    if (silence >= options_.read_timeout) return read_timeout_error(url_);
    left = std::min<Clock::duration>(left, options_.read_timeout - silence);
  }
  return left;
}

void CurlExchange::finish(CURLcode result) {
  if (result == CURLE_TOO_MANY_REDIRECTS && head_.is_complete()) result = CURLE_OK;
  // Curl is content with a head that the connection's end cuts off.
  if (result == CURLE_OK && !head_.is_complete()) result = CURLE_GOT_NOTHING;
  result_ = result;
}

Result<void> CurlExchange::status() const {
  if (own_error_) return *own_error_;
  if (!result_ || *result_ == CURLE_OK) return {};
  if (is_streaming()) return streaming_error(*result_, detail_, state(), received_, expected_);
  return exchange_error(*result_, detail_, state());
}

HttpResponse CurlExchange::take_response() {
  options_.deadline.reset();  // a body that is streamed may take its time
  note_length();
  HttpResponse response;
  response.status = head_.status();
  response.reason = std::move(head_.reason());
  response.headers = std::move(head_.headers());
  if (!options_.stream_response) response.body = Body(std::move(content_));
  return response;
}

void CurlExchange::note_length() {
  curl_off_t length = -1;
  curl_easy_getinfo(easy_, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
  if (length >= 0) expected_ = static_cast<std::uint64_t>(length);
}

// --- What curl calls

std::size_t CurlExchange::on_header(std::string_view line) {
  last_activity_ = Clock::now();
  head_octets_ += line.size();
  if (head_octets_ > kLongestHead) {
    own_error_ = Error(ErrorKind::kTransport, "HTTPClient",
                       "An HTTP Client raised an unhandled exception: the response's head is "
                       "larger than 1 MiB");
    return 0;
  }
  head_.add_line(line);
  return line.size();
}

std::size_t CurlExchange::on_body(std::span<const std::byte> piece) {
  if (options_.stream_response) {
    if (!sink_(piece)) return CURL_WRITEFUNC_PAUSE;
    received_ += piece.size();
    return piece.size();
  }
  if (content_.empty()) {
    note_length();
    content_.reserve(std::min({expected_.value_or(0), kReserved, options_.body_limit}));
  }
  if (content_.size() + piece.size() > options_.body_limit) {
    own_error_ = Error(ErrorKind::kParse, "BodyTooLarge",
                       fmt::format("the response is larger than {} octets", options_.body_limit));
    return 0;
  }
  content_ += as_text(piece);
  return piece.size();
}

std::size_t CurlExchange::on_read(std::span<std::byte> out) {
  if (announced_) out = out.first(std::min<std::uint64_t>(out.size(), *announced_ - sent_));
  if (out.empty()) return 0;
  auto got = read_request_body(out);
  last_activity_ = Clock::now();
  if (got && *got == 0 && announced_) {
    got = Error(ErrorKind::kUsage, "BodyTooShort",
                fmt::format("the request's body ended after {} of {} octets", sent_, *announced_));
  }
  if (!got) {
    own_error_ = std::move(got).error();
    return CURL_READFUNC_ABORT;
  }
  sent_ += *got;
  return *got;
}

// A user's stream may throw, and nothing may be thrown through curl's C frames.
Result<std::size_t> CurlExchange::read_request_body(std::span<std::byte> out) {
  if (!body_->is_stream()) {
    const std::string& bytes = body_->bytes();
    std::size_t count = std::min<std::uint64_t>(out.size(), bytes.size() - sent_);
    std::memcpy(out.data(), bytes.data() + sent_, count);
    return count;
  }
  try {
    return body_->stream()->read(out);
  } catch (const std::exception& thrown) {
    return Error(ErrorKind::kInternal, "HTTPClient",
                 fmt::format("reading the request's body threw: {}", thrown.what()));
  } catch (...) {
    return Error(ErrorKind::kInternal, "HTTPClient", "reading the request's body threw");
  }
}

// Curl sends a body again when a kept connection turns out to be dead before any answer.
int CurlExchange::on_seek(curl_off_t offset) {
  if (offset != 0 || !body_->can_rewind()) return CURL_SEEKFUNC_FAIL;
  try {
    if (!body_->rewind()) return CURL_SEEKFUNC_FAIL;
  } catch (...) {
    return CURL_SEEKFUNC_FAIL;
  }
  sent_ = 0;
  return CURL_SEEKFUNC_OK;
}

void CurlExchange::on_debug(curl_infotype type, std::string_view text) {
  if (type != CURLINFO_HEADER_OUT && type != CURLINFO_HEADER_IN) return;
  const char* mark = type == CURLINFO_HEADER_OUT ? "> " : "< ";
  while (!text.empty()) {
    std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) return;  // a small body may follow the head in the same piece
    try {
      settings_->options.log(std::string(mark).append(redact_line(line)));
    } catch (...) {
      return;  // a log that fails is no reason to fail the request
    }
  }
}

}  // namespace botocxx::transport
