#include "server/uri_template.h"

#include <botocxx/base/text_encoding.h>

#include <algorithm>
#include <span>

namespace botocxx::server {
namespace {

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

UriTemplate::Segment parse_segment(std::string_view text) {
  using Kind = UriTemplate::Kind;
  if (text.size() < 3 || text.front() != '{' || text.back() != '}') {
    return {Kind::kLiteral, percent_decode(text)};
  }
  text = text.substr(1, text.size() - 2);
  if (text.back() != '+') return {Kind::kLabel, std::string(text)};
  return {Kind::kGreedy, std::string(text.substr(0, text.size() - 1))};
}

/// Octets of `path` from the beginning of `from` to its end.
std::string_view rest_of(std::string_view path, std::string_view from) {
  return path.substr(static_cast<std::size_t>(from.data() - path.data()));
}

std::string_view without_leading_slash(std::string_view path) {
  return path.starts_with('/') ? path.substr(1) : path;
}

/// How many segments of `parts` a greedy label at `index` takes, so that the rest still fits.
std::size_t greedy_count(const UriTemplate& uri, std::size_t index, std::size_t available) {
  std::size_t after = uri.segments.size() - index - 1;
  return available > after ? available - after : 0;
}

}  // namespace

std::size_t UriTemplate::literal_segments() const {
  return static_cast<std::size_t>(std::ranges::count_if(
      segments, [](const Segment& segment) { return segment.kind == Kind::kLiteral; }));
}

UriTemplate parse_uri_template(std::string_view uri) {
  UriTemplate result;
  std::size_t question = uri.find('?');
  std::string_view path = without_leading_slash(uri.substr(0, question));
  if (!path.empty()) {
    std::vector<std::string_view> parts = split(path, '/');
    if (parts.back().empty()) parts.pop_back();
    for (std::string_view part : parts) result.segments.push_back(parse_segment(part));
  }
  if (question == std::string_view::npos) return result;
  for (std::string_view pair : split(uri.substr(question + 1), '&')) {
    if (pair.empty()) continue;
    std::size_t equals = pair.find('=');
    UriTemplate::QueryKey key{percent_decode(pair.substr(0, equals)), std::nullopt};
    std::string_view value =
        equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1);
    // A label in the query ("?x={Y}") is bound by its member; here it only asks for the key.
    if (!value.empty() && value.front() != '{') key.value = percent_decode(value);
    result.query.push_back(std::move(key));
  }
  return result;
}

PathSegments split_path(std::string_view path) {
  path = without_leading_slash(path);
  if (path.empty()) return {path, {}};
  return {path, split(path, '/')};
}

std::optional<Labels> match_path(const UriTemplate& uri, const PathSegments& segments) {
  using Kind = UriTemplate::Kind;
  std::span<const std::string_view> parts = segments.parts;
  bool greedy = std::ranges::any_of(
      uri.segments, [](const UriTemplate::Segment& s) { return s.kind == Kind::kGreedy; });
  if (!greedy && !parts.empty() && parts.back().empty()) parts = parts.first(parts.size() - 1);
  if (greedy ? parts.size() < uri.segments.size() : parts.size() != uri.segments.size()) {
    return std::nullopt;
  }
  Labels labels;
  std::size_t next = 0;
  for (std::size_t i = 0; i < uri.segments.size(); ++i) {
    const UriTemplate::Segment& segment = uri.segments[i];
    if (next >= parts.size()) return std::nullopt;
    if (segment.kind == Kind::kLiteral) {
      if (percent_decode(parts[next++]) != segment.text) return std::nullopt;
      continue;
    }
    std::string_view taken = parts[next];
    std::size_t count = 1;
    if (segment.kind == Kind::kGreedy) {
      count = greedy_count(uri, i, parts.size() - next);
      if (count == 0) return std::nullopt;
      std::string_view last = parts[next + count - 1];
      taken = rest_of(segments.path, taken)
                  .substr(0, static_cast<std::size_t>(last.data() - taken.data()) + last.size());
    }
    if (taken.empty()) return std::nullopt;
    labels.emplace_back(segment.text, percent_decode(taken));
    next += count;
  }
  if (next != parts.size()) return std::nullopt;
  return labels;
}

}  // namespace botocxx::server
