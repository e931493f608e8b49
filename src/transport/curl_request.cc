#include "transport/curl_request.h"

#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace botocxx::transport {
namespace {

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

}  // namespace

Result<void> check_request(const HttpRequest& request) {
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

std::optional<std::uint64_t> announced_length(const HttpRequest& request) {
  auto size = request.body.size();
  if (size || is_chunked(request)) return size;
  return parse_length(*request.headers.get("Content-Length"));
}

CurlRequestHead::~CurlRequestHead() {
  if (lines_) curl_slist_free_all(lines_);
}

void CurlRequestHead::set(CURL* easy, const HttpRequest& request, const std::string& proxy) {
  const Url& url = request.url;
  // The URL only says where to connect; what is asked for goes out as it is, through the target.
  std::string place = fmt::format("{}://{}", url.scheme, url.host);
  if (!url.port.empty()) place.append(":").append(url.port);
  bool is_forwarded = !proxy.empty() && url.scheme == "http";
  std::string target = is_forwarded ? url.to_string() : url.target();
  curl_easy_setopt(easy, CURLOPT_URL, place.append("/").c_str());
  curl_easy_setopt(easy, CURLOPT_REQUEST_TARGET, target.c_str());
  set_headers(easy, request);
}

void CurlRequestHead::add(std::string_view line) {
  std::string text(line);
  if (curl_slist* longer = curl_slist_append(lines_, text.c_str())) lines_ = longer;
}

void CurlRequestHead::set_headers(CURL* easy, const HttpRequest& request) {
  if (!request.headers.contains("Host")) {
    add(fmt::format("Host: {}", to_lower(request.url.host_header())));
  }
  std::string line;
  for (const Headers::Field& field : request.headers) {
    line = field.name;
    if (field.value.find_first_not_of(" \t") == std::string::npos) {
      line += ';';  // curl's way to write a header without a value
    } else {
      line.append(": ").append(field.value);
    }
    add(line);
  }
  // A name without a value keeps curl from sending its own idea of that header.
  for (std::string_view own : {"Accept:", "Content-Type:", "Expect:", "User-Agent:"}) {
    if (!request.headers.contains(own.substr(0, own.size() - 1))) add(own);
  }
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, lines_);
}

void set_request_body(CURL* easy, const HttpRequest& request, const Body& body,
                      std::optional<std::uint64_t> announced) {
  if (request.method == "HEAD") {
    curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    return;
  }
  bool chunked = is_chunked(request);
  if (body.is_stream() || chunked) {
    curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(easy, CURLOPT_INFILESIZE_LARGE,
                     chunked ? curl_off_t{-1} : static_cast<curl_off_t>(announced.value_or(0)));
  } else if (!body.bytes().empty() || (request.method != "GET" && request.method != "OPTIONS")) {
    // Small contents go out in one packet with the head.
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body.bytes().data());
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(body.bytes().size()));
  }
  curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
}

}  // namespace botocxx::transport
