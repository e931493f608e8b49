#include "auth/canonical_request.h"

#include <botocxx/base/text_encoding.h>

#include <algorithm>
#include <array>
#include <utility>

namespace botocxx::auth {
namespace {

// What Python's `str.split()` takes for white space, as far as it is ASCII.
bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1c && c <= 0x1f); }

void append_collapsed(std::string& out, std::string_view value) {
  bool pending = false, started = false;
  for (char c : value) {
    if (is_blank(c)) {
      pending = started;
      continue;
    }
    if (pending) out += ' ';
    out += c;
    pending = false;
    started = true;
  }
}

std::string without_dot_segments(std::string_view path) {
  if (path.empty()) return "/";
  std::vector<std::string_view> kept;
  for (std::string_view rest = path;;) {
    std::size_t slash = rest.find('/');
    std::string_view segment = rest.substr(0, slash);
    if (segment == "..") {
      if (!kept.empty()) kept.pop_back();
    } else if (!segment.empty() && segment != ".") {
      kept.push_back(segment);
    }
    if (slash == std::string_view::npos) break;
    rest.remove_prefix(slash + 1);
  }
  std::string out;
  for (std::string_view segment : kept) {
    if (!out.empty() || path.front() == '/') out += '/';
    out += segment;
  }
  if (kept.empty() && path.front() == '/') return "/";
  if (path.back() == '/' && !kept.empty()) out += '/';
  return out;
}

}  // namespace

std::string signed_host(const Url& url) {
  std::string host = to_lower(url.host);
  std::string_view port = url.port;
  while (port.size() > 1 && port.front() == '0') port.remove_prefix(1);
  bool is_default = port.empty() || (url.scheme == "http" && port == "80") ||
                    (url.scheme == "https" && port == "443");
  if (!is_default) host.append(":").append(port);
  return host;
}

std::string canonical_path(std::string_view path, bool double_encode, bool normalize) {
  std::string text =
      normalize ? without_dot_segments(path) : std::string(path.empty() ? "/" : path);
  return double_encode ? percent_encode(text, "/") : text;
}

std::string canonical_query(std::string_view query) {
  if (query.empty()) return {};
  using Pair = std::pair<std::string_view, std::string_view>;
  std::vector<Pair> pairs;
  for (std::string_view rest = query;;) {
    std::size_t end = rest.find('&');
    std::string_view pair = rest.substr(0, end);
    std::size_t equals = std::min(pair.find('='), pair.size());
    pairs.emplace_back(pair.substr(0, equals), pair.substr(std::min(equals + 1, pair.size())));
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
  std::sort(pairs.begin(), pairs.end());
  std::string out;
  out.reserve(query.size() + pairs.size());
  for (const auto& [name, value] : pairs) {
    if (&name != &pairs.front().first) out += '&';
    out.append(name).append("=").append(value);
  }
  return out;
}

bool is_signable(std::string_view lower_name) {
  static constexpr auto kNeverSigned = std::to_array<std::string_view>(
      {"connection", "expect", "keep-alive", "proxy-authenticate", "proxy-authorization", "te",
       "trailer", "transfer-encoding", "upgrade", "user-agent", "x-amzn-trace-id"});
  return std::find(kNeverSigned.begin(), kNeverSigned.end(), lower_name) == kNeverSigned.end();
}

void sort_fields(std::vector<SignedField>& fields) {
  // Insertion sort: stable, no allocation, and requests have a dozen headers.
  for (std::size_t i = 1; i < fields.size(); ++i) {
    std::size_t at = i;
    while (at > 0 && fields[at].name < fields[at - 1].name) {
      std::swap(fields[at], fields[at - 1]);
      --at;
    }
  }
}

void append_canonical_headers(std::string& out, std::span<const SignedField> fields) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    bool repeats = i > 0 && fields[i].name == fields[i - 1].name;
    if (repeats) {
      out.back() = ',';
    } else {
      out.append(fields[i].name).append(":");
    }
    append_collapsed(out, fields[i].value);
    out += '\n';
  }
}

std::string signed_header_names(std::span<const SignedField> fields) {
  std::string out;
  out.reserve(fields.size() * 16);
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0 && fields[i].name == fields[i - 1].name) continue;
    if (i > 0) out += ';';
    out += fields[i].name;
  }
  return out;
}

std::string canonical_request(const CanonicalParts& parts) {
  std::string text;
  std::size_t values = 0;
  for (const SignedField& field : parts.fields)
    values += field.name.size() + field.value.size() + 2;
  text.reserve(parts.path.size() + parts.query.size() + values + parts.signed_headers.size() +
               parts.payload_hash.size() + 64);
  for (char c : parts.method) text += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  text.append("\n").append(parts.path).append("\n").append(parts.query).append("\n");
  append_canonical_headers(text, parts.fields);
  text.append("\n").append(parts.signed_headers).append("\n").append(parts.payload_hash);
  return text;
}

}  // namespace botocxx::auth
