#include "transport/curl_transfer.h"

#include "transport/wire_log.h"
#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <exception>
#include <functional>
#include <utility>

namespace botocxx::transport {
namespace {

// A reader that takes its time lets this much arrive before the connection is held.
constexpr std::size_t kBuffered = 64 * 1024;
// What a Content-Length may make us allocate before any octet came.
constexpr std::uint64_t kReserved = 16 * 1024 * 1024;
constexpr std::size_t kLongestHead = 1024 * 1024;
constexpr std::chrono::milliseconds kLongestWait{60'000};

bool has_control_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) < ' ' && c != '\t') || c == 0x7f;
  });
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return c > ' ' && c < 0x7f && c != ':' && c != '"' && c != '(' && c != ')' && c != ',';
  });
}

Error invalid_request(std::string message) {
  return Error(ErrorKind::kUsage, "InvalidRequest", std::move(message));
}

std::optional<std::uint64_t> parse_length(std::string_view text) {
  std::uint64_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

Result<void> check(const HttpRequest& request) {
  if (!is_token(request.method)) return invalid_request("the HTTP method is no token");
  std::string target = request.url.target();
  if (has_control_character(target) || target.find(' ') != std::string::npos) {
    return invalid_request("the URL's path or query has a blank or control character");
  }
  for (const Headers::Field& field : request.headers) {
    if (!is_token(field.name)) {
      return invalid_request(
          fmt::format("\"{}\" can't be the name of a header: it has characters beyond letters, "
                      "digits and dashes",
                      field.name));
    }
    if (has_control_character(field.value)) {
      return invalid_request(
          fmt::format("the value of header \"{}\" has a control character", field.name));
    }
  }
  auto given = request.headers.get("Content-Length");
  auto length = given ? parse_length(*given) : std::nullopt;
  auto size = request.body.size();
  if (given && (!length || (size && *size != *length))) {
    return invalid_request(fmt::format("Content-Length is {}, but the body has {} octets", *given,
                                       size ? fmt::to_string(*size) : "unknown"));
  }
  if (request.method == "HEAD" && request.body.size() != 0U) {
    return invalid_request("a HEAD request can't have a body");
  }
  return {};
}

bool is_chunked(const HttpRequest& request) {
  auto encoding = request.headers.get("Transfer-Encoding");
  if (encoding) return equals_ignore_case(*encoding, "chunked");
  return !request.headers.contains("Content-Length") && !request.body.size();
}

std::string origin_of(const Url& url) {
  return fmt::format("{}://{}:{}", url.scheme, to_lower(url.host), url.port);
}

}  // namespace

CurlTransfer::CurlTransfer(std::shared_ptr<const CurlSettings> settings,
                           std::shared_ptr<CurlHandlePool> pool, const HttpRequest& request,
                           const SendOptions& options)
    : settings_(std::move(settings)),
      pool_(std::move(pool)),
      options_(options),
      url_(request.url.to_string()),
      proxy_(settings_->proxies.proxy_for(request.url)),
      body_(&request.body),
      last_activity_(Clock::now()) {
  if (!options.stream_response) return;
  kept_body_ = request.body;
  body_ = &kept_body_;
}

CurlTransfer::~CurlTransfer() {
  // In a forked child, what the parent began is not even looked at.
  if (handles_ && handles_->is_usable() && handles_->owner == ::getpid()) {
    if (added_) curl_multi_remove_handle(handles_->multi, handles_->easy);
    curl_easy_reset(handles_->easy);  // it must not keep pointers into this object
  }
  if (header_list_) curl_slist_free_all(header_list_);
  if (handles_ && result_ == CURLE_OK) pool_->give_back(std::move(handles_));
}

// --- Setting up

Result<void> CurlTransfer::set_up(const HttpRequest& request) {
  if (auto good = check(request); !good) return good;
  handles_ = pool_->take(origin_of(request.url));
  if (!handles_->is_usable()) {
    return Error(ErrorKind::kInternal, "HTTPClient", "libcurl has no memory for a connection");
  }
  set_connection(request);
  set_callbacks();
  if (request.url.scheme == "https") set_tls(handles_->easy, settings_->options);
  set_body(request);
  if (auto good = set_headers(request); !good) return good;
  if (curl_multi_add_handle(handles_->multi, handles_->easy) != CURLM_OK) {
    return Error(ErrorKind::kInternal, "HTTPClient", "libcurl refused a transfer");
  }
  added_ = true;
  return {};
}

void CurlTransfer::set_connection(const HttpRequest& request) {
  CURL* easy = handles_->easy;
  const Url& url = request.url;
  // The URL only says where to connect; what is asked for goes out as it is, through the target.
  std::string place = fmt::format("{}://{}", url.scheme, url.host);
  if (!url.port.empty()) place.append(":").append(url.port);
  bool is_forwarded = !proxy_.empty() && url.scheme == "http";
  std::string target = is_forwarded ? url.to_string() : url.target();
  curl_easy_setopt(easy, CURLOPT_URL, place.append("/").c_str());
  curl_easy_setopt(easy, CURLOPT_REQUEST_TARGET, target.c_str());
  curl_easy_setopt(easy, CURLOPT_PROXY, proxy_.c_str());  // also when empty: not curl's own choice
  curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  // Curl repeats a request whose Expect was refused (417), forever where the header is ours; it
  // counts that as a redirect.
  curl_easy_setopt(easy, CURLOPT_MAXREDIRS, 0L);
  curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);  // not waiting for a name lookup once cancelled
  curl_easy_setopt(easy, CURLOPT_TCP_NODELAY, 1L);
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, detail_);
  curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, 64L * 1024);
  auto limit = std::clamp<std::int64_t>(options_.connect_timeout.count(), 1, INT32_MAX);
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limit));
}

void CurlTransfer::set_callbacks() {
  CURL* easy = handles_->easy;
  using Self = CurlTransfer;
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

void CurlTransfer::set_body(const HttpRequest& request) {
  CURL* easy = handles_->easy;
  if (request.method == "HEAD") {
    curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    return;
  }
  bool chunked = is_chunked(request);
  announced_ = body_->size();
  if (!announced_ && !chunked) announced_ = parse_length(*request.headers.get("Content-Length"));
  if (body_->is_stream() || chunked) {
    curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(easy, CURLOPT_INFILESIZE_LARGE,
                     chunked ? curl_off_t{-1} : static_cast<curl_off_t>(announced_.value_or(0)));
  } else if (!body_->bytes().empty() || (request.method != "GET" && request.method != "OPTIONS")) {
    // Small contents go out in one packet with the head.
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body_->bytes().data());
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(body_->bytes().size()));
  }
  curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
}

void CurlTransfer::add_header(std::string_view line) {
  std::string text(line);
  if (curl_slist* longer = curl_slist_append(header_list_, text.c_str())) header_list_ = longer;
}

Result<void> CurlTransfer::set_headers(const HttpRequest& request) {
  if (!request.headers.contains("Host")) {
    add_header(fmt::format("Host: {}", to_lower(request.url.host_header())));
  }
  std::string line;
  for (const Headers::Field& field : request.headers) {
    line = field.name;
    if (field.value.find_first_not_of(" \t") == std::string::npos) {
      line += ';';  // curl's way to write a header without a value
    } else {
      line.append(": ").append(field.value);
    }
    add_header(line);
  }
  // A name without a value keeps curl from sending its own idea of that header.
  for (std::string_view own : {"Accept:", "Content-Type:", "Expect:", "User-Agent:"}) {
    if (!request.headers.contains(own.substr(0, own.size() - 1))) add_header(own);
  }
  curl_easy_setopt(handles_->easy, CURLOPT_HTTPHEADER, header_list_);
  return {};
}

// --- Running

Result<HttpResponse> CurlTransfer::run(const HttpRequest& request) {
  if (options_.stop.stop_requested()) return cancelled_error(url_);
  if (auto good = set_up(request); !good) return std::move(good).error();
  if (auto good = drive([this] { return is_streaming(); }); !good) return std::move(good).error();
  options_.deadline.reset();  // a body that is streamed may take its time
  note_length();
  HttpResponse response;
  response.status = head_.status();
  response.reason = std::move(head_.reason());
  response.headers = std::move(head_.headers());
  if (!options_.stream_response) response.body = Body(std::move(content_));
  return response;
}

template <typename Done>
Result<void> CurlTransfer::drive(Done is_done) {
  // Woken at once, also from within a wait; on other threads a wakeup is all that curl allows.
  std::optional<std::stop_callback<std::function<void()>>> waker;
  if (options_.stop.stop_possible()) {
    waker.emplace(options_.stop, [multi = handles_->multi] { curl_multi_wakeup(multi); });
  }
  while (true) {
    int running = 0;
    CURLMcode status = curl_multi_perform(handles_->multi, &running);
    if (status != CURLM_OK) {
      return Error(ErrorKind::kInternal, "HTTPClient", curl_multi_strerror(status));
    }
    if (running == 0) collect_messages();
    if (own_error_) return *own_error_;
    if (is_done()) return {};
    if (!result_) {
      if (auto waited = wait(); !waited) return waited;
      continue;
    }
    if (*result_ == CURLE_TOO_MANY_REDIRECTS && head_.is_complete()) result_ = CURLE_OK;
    // Curl is content with a head that the connection's end cuts off.
    if (*result_ == CURLE_OK && !head_.is_complete()) result_ = CURLE_GOT_NOTHING;
    return *result_ == CURLE_OK ? Result<void>() : failure();
  }
}

Result<void> CurlTransfer::wait() {
  if (options_.stop.stop_requested()) return cancelled_error(url_);
  const Clock::time_point now = Clock::now();
  curl_off_t up = 0, down = 0;
  curl_easy_getinfo(handles_->easy, CURLINFO_SIZE_UPLOAD_T, &up);
  curl_easy_getinfo(handles_->easy, CURLINFO_SIZE_DOWNLOAD_T, &down);
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
  auto milliseconds = std::chrono::ceil<std::chrono::milliseconds>(left).count();
  curl_multi_poll(handles_->multi, nullptr, 0, static_cast<int>(milliseconds), nullptr);
  return {};
}

void CurlTransfer::collect_messages() {
  int left = 0;
  while (CURLMsg* message = curl_multi_info_read(handles_->multi, &left)) {
    if (message->msg == CURLMSG_DONE) result_ = message->data.result;
  }
}

Error CurlTransfer::failure() const {
  if (is_streaming()) {
    return streaming_error(*result_, detail_, exchange(), received_, expected_);
  }
  return exchange_error(*result_, detail_, exchange());
}

void CurlTransfer::note_length() {
  curl_off_t length = -1;
  curl_easy_getinfo(handles_->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
  if (length >= 0) expected_ = static_cast<std::uint64_t>(length);
}

// --- Reading the response as it comes

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
  if (own_error_) return *own_error_;
  if (result_) return *result_ == CURLE_OK ? Result<std::size_t>(std::size_t{0}) : failure();

  last_activity_ = Clock::now();  // the time between reads was the reader's
  target_ = out;
  filled_ = 0;
  if (std::exchange(paused_, false)) curl_easy_pause(handles_->easy, CURLPAUSE_CONT);
  auto driven = drive([this] { return filled_ > 0; });
  target_ = {};
  delivered_ += filled_;
  if (filled_ > 0) return filled_;
  if (!driven) {
    own_error_ = driven.error();  // a later read says the same
    return std::move(driven).error();
  }
  return std::size_t{0};
}

std::optional<std::uint64_t> CurlTransfer::remaining() const {
  if (!expected_) return std::nullopt;
  return *expected_ - std::min(*expected_, delivered_);
}

std::size_t CurlTransfer::keep_or_pause(std::span<const std::byte> piece) {
  if (content_.size() - taken_ >= kBuffered) {
    paused_ = true;
    return CURL_WRITEFUNC_PAUSE;
  }
  std::size_t direct = 0;
  if (content_.empty()) {
    direct = std::min(target_.size() - filled_, piece.size());
    if (direct > 0) std::memcpy(target_.data() + filled_, piece.data(), direct);
    filled_ += direct;
  }
  content_ += as_text(piece.subspan(direct));
  return piece.size();
}

// --- What curl calls

std::size_t CurlTransfer::on_header(std::string_view line) {
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

std::size_t CurlTransfer::on_body(std::span<const std::byte> piece) {
  std::size_t taken = piece.size();
  if (options_.stream_response) {
    taken = keep_or_pause(piece);
    if (taken != CURL_WRITEFUNC_PAUSE) received_ += piece.size();
    return taken;
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

std::size_t CurlTransfer::on_read(std::span<std::byte> out) {
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
Result<std::size_t> CurlTransfer::read_request_body(std::span<std::byte> out) {
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
int CurlTransfer::on_seek(curl_off_t offset) {
  if (offset != 0 || !body_->can_rewind()) return CURL_SEEKFUNC_FAIL;
  try {
    if (!body_->rewind()) return CURL_SEEKFUNC_FAIL;
  } catch (...) {
    return CURL_SEEKFUNC_FAIL;
  }
  sent_ = 0;
  return CURL_SEEKFUNC_OK;
}

void CurlTransfer::on_debug(curl_infotype type, std::string_view text) {
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
