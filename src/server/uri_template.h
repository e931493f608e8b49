#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace botocxx::server {

using Labels = std::vector<std::pair<std::string, std::string>>;

/// A model's `requestUri`, taken apart: "/{Bucket}/{Key+}?uploads".
struct UriTemplate {
  enum class Kind { kLiteral, kLabel, kGreedy };
  struct Segment {
    Kind kind;
    std::string text;  ///< the literal, or the label's name
  };
  struct QueryKey {
    std::string key;
    std::optional<std::string> value;  ///< nothing: any value will do
  };

  std::vector<Segment> segments;
  std::vector<QueryKey> query;

  std::size_t literal_segments() const;
};

UriTemplate parse_uri_template(std::string_view uri);

/// A raw path, split once for all templates: views into it.
struct PathSegments {
  std::string_view path;  ///< without the leading slash
  std::vector<std::string_view> parts;
};

PathSegments split_path(std::string_view path);

/// The labels' decoded values when the raw (percent-encoded) path fits. A label takes one non-empty
/// segment; a greedy one takes a non-empty rest with its slashes. A single trailing slash after a
/// template without a greedy label is ignored.
std::optional<Labels> match_path(const UriTemplate& uri, const PathSegments& path);

}  // namespace botocxx::server
