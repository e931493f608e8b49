#include <botocxx/base/text_encoding.h>
#include <botocxx/message/url.h>

#include <fmt/format.h>

#include <algorithm>

namespace botocxx::inline v1 {
namespace {

constexpr int kLargestPort = 65535;

Error bad_url(std::string_view text, std::string_view reason) {
  return Error(ErrorKind::kUsage, "InvalidEndpoint",
               fmt::format("invalid URL \"{}\": {}", text.substr(0, 200), reason));
}

bool is_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Where the port's colon is; a colon inside the brackets of an IPv6 literal is none.
std::size_t find_port_colon(std::string_view authority) {
  std::size_t bracket = authority.rfind(']');
  std::size_t colon = authority.rfind(':');
  if (colon == std::string_view::npos) return colon;
  return bracket != std::string_view::npos && colon < bracket ? std::string_view::npos : colon;
}

}  // namespace

Result<Url> Url::parse(std::string_view text) {
  auto is_bad = [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == 0x7f; };
  if (std::any_of(text.begin(), text.end(), is_bad)) {
    return bad_url(text, "blanks and control characters must be percent-encoded");
  }
  Url url;
  std::size_t scheme_end = text.find("://");
  if (scheme_end == std::string_view::npos) {
    return bad_url(text, "expected http://host or https://host");
  }
  url.scheme = to_lower(text.substr(0, scheme_end));
  if (url.scheme != "http" && url.scheme != "https") {
    return bad_url(text, "the scheme must be http or https");
  }
  std::string_view rest = text.substr(scheme_end + 3);
  rest = rest.substr(0, rest.find('#'));
  std::size_t query_start = rest.find('?');
  if (query_start != std::string_view::npos) {
    url.has_query = true;
    url.query = rest.substr(query_start + 1);
    rest = rest.substr(0, query_start);
  }
  std::size_t path_start = std::min(rest.find('/'), rest.size());
  url.path = rest.substr(path_start);
  std::string_view authority = rest.substr(0, path_start);
  if (authority.find('@') != std::string_view::npos) {
    return Error(ErrorKind::kUsage, "InvalidEndpoint",
                 "invalid URL: user names and passwords are not allowed in it");
  }
  std::size_t colon = find_port_colon(authority);
  url.host = authority.substr(0, colon);
  if (colon != std::string_view::npos) url.port = authority.substr(colon + 1);
  if (url.host.empty()) return bad_url(text, "the host is missing");
  if (!is_digits(url.port)) return bad_url(text, "the port is no number");
  if (url.port.size() > 5 || (!url.port.empty() && std::stoi(url.port) > kLargestPort)) {
    return bad_url(text, "the port is larger than 65535");
  }
  return url;
}

std::string Url::host_header() const {
  bool is_default =
      port.empty() || (scheme == "http" && port == "80") || (scheme == "https" && port == "443");
  return is_default ? host : host + ':' + port;
}

std::string Url::target() const {
  std::string text = path.empty() ? "/" : path;
  if (has_query) text += '?' + query;
  return text;
}

std::string Url::to_string() const {
  std::string text = scheme + "://" + host;
  if (!port.empty()) text += ':' + port;
  return text + target();
}

}  // namespace botocxx::inline v1
