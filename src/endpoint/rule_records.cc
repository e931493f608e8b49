#include "endpoint/rule_records.h"

#include "endpoint/host_names.h"
#include "endpoint/rule_functions.h"
#include <botocxx/base/text_encoding.h>

#include <algorithm>
#include <array>
#include <new>
#include <string>
#include <vector>

namespace botocxx::endpoint {
namespace {

constexpr int kLargestPort = 65535;
constexpr std::size_t kArnParts = 6;

template <typename Record>
Record* make_record(std::pmr::memory_resource* arena) {
  return new (arena->allocate(sizeof(Record), alignof(Record))) Record();
}

bool is_port(std::string_view text) {
  int port = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return false;
    port = port * 10 + (c - '0');
    if (port > kLargestPort) return false;
  }
  return true;
}

struct Authority {
  std::string_view host;
  bool in_brackets = false;
};

// Host of an authority; false when its brackets or its port are damaged.
bool split_authority(std::string_view authority, Authority& out) {
  std::size_t at = authority.rfind('@');
  if (at != std::string_view::npos) authority.remove_prefix(at + 1);
  std::size_t open = authority.find('[');
  std::size_t close = authority.find(']');
  std::string_view port;
  if (open != std::string_view::npos || close != std::string_view::npos) {
    if (open != 0 || close == std::string_view::npos) return false;
    out.host = authority.substr(1, close - 1);
    out.in_brackets = true;
    std::string_view rest = authority.substr(close + 1);
    if (!rest.empty() && rest.front() != ':') return false;
    port = rest.empty() ? rest : rest.substr(1);
    if (!is_ipv6_address(out.host)) return false;
  } else {
    std::size_t colon = authority.find(':');
    out.host = authority.substr(0, colon);
    if (colon != std::string_view::npos) port = authority.substr(colon + 1);
  }
  return !out.host.empty() && is_port(port);
}

// Without empty, "." and ".." segments, percent-encoded, with a slash at its end.
std::string normalized(std::string_view path) {
  std::vector<std::string_view> segments;
  std::string_view rest = path;
  while (!rest.empty()) {
    std::string_view segment = rest.substr(0, rest.find('/'));
    rest.remove_prefix(std::min(segment.size() + 1, rest.size()));
    if (segment.empty() || segment == ".") continue;
    if (segment != "..") {
      segments.push_back(segment);
    } else if (!segments.empty()) {
      segments.pop_back();
    }
  }
  std::string out = "/";
  for (std::string_view segment : segments) out += percent_encode(segment) + '/';
  return out;
}

bool is_blank_or_control(char c) { return static_cast<unsigned char>(c) <= ' ' || c == 0x7f; }

}  // namespace

const UrlParts* parse_url(std::string_view text, std::pmr::memory_resource* arena) {
  if (std::any_of(text.begin(), text.end(), is_blank_or_control)) return nullptr;
  std::size_t colon = text.find(':');
  std::string scheme = to_lower(text.substr(0, std::min(colon, text.size())));
  if (scheme != "http" && scheme != "https") return nullptr;
  std::string_view rest = text.substr(colon + 1);
  if (!rest.starts_with("//")) return nullptr;
  rest.remove_prefix(2);
  rest = rest.substr(0, rest.find('#'));
  std::size_t query = rest.find('?');
  if (query != std::string_view::npos && query + 1 < rest.size()) return nullptr;
  rest = rest.substr(0, query);
  std::size_t slash = std::min(rest.find('/'), rest.size());
  Authority authority;
  if (!split_authority(rest.substr(0, slash), authority)) return nullptr;
  std::string_view path = rest.substr(slash);
  // What follows ";" in the last segment is no path: parameters of RFC 1738.
  std::size_t last_segment = std::min(path.rfind('/'), path.size());
  path = path.substr(0, path.find(';', last_segment));
  auto* url = make_record<UrlParts>(arena);
  url->scheme = scheme == "http" ? "http" : "https";
  url->authority = keep_text(rest.substr(0, slash), arena);
  url->path = keep_text(path, arena);
  url->normalized_path = keep_text(normalized(path), arena);
  url->is_ip = authority.in_brackets || is_ipv4_address(authority.host);
  return url;
}

const ArnParts* parse_arn(std::string_view text, std::pmr::memory_resource* arena) {
  if (!text.starts_with("arn:")) return nullptr;
  std::span<const std::string_view> parts = split_text(text, ":", kArnParts, arena);
  if (parts.size() < kArnParts) return nullptr;
  if (parts[1].empty() || parts[2].empty() || parts[5].empty()) return nullptr;
  auto* arn = make_record<ArnParts>(arena);
  arn->partition = parts[1];
  arn->service = parts[2];
  arn->region = parts[3];
  arn->account_id = parts[4];
  std::string resource(parts[5]);
  std::replace(resource.begin(), resource.end(), ':', '/');
  arn->resource_id = split_text(keep_text(resource, arena), "/", 0, arena);
  return arn;
}

std::span<const std::string_view> split_text(std::string_view text, std::string_view delimiter,
                                             std::size_t limit, std::pmr::memory_resource* arena) {
  std::vector<std::string_view> pieces;
  while (!delimiter.empty() && pieces.size() + 1 != limit) {
    std::size_t end = text.find(delimiter);
    if (end == std::string_view::npos) break;
    pieces.push_back(text.substr(0, end));
    text.remove_prefix(end + delimiter.size());
  }
  pieces.push_back(text);
  auto* kept = static_cast<std::string_view*>(
      arena->allocate(pieces.size() * sizeof(std::string_view), alignof(std::string_view)));
  std::uninitialized_copy(pieces.begin(), pieces.end(), kept);
  return {kept, pieces.size()};
}

}  // namespace botocxx::endpoint
