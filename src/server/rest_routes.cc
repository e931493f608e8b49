#include "server/rest_routes.h"

#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace botocxx::server {
namespace {

using Query = std::vector<std::pair<std::string, std::string>>;

bool has_key(const Query& query, std::string_view key) {
  return std::ranges::any_of(query, [&](const auto& pair) { return pair.first == key; });
}

bool has_literal(const Query& query, const UriTemplate::QueryKey& wanted) {
  return std::ranges::any_of(query, [&](const auto& pair) {
    return pair.first == wanted.key && (!wanted.value || pair.second == *wanted.value);
  });
}

bool has_literals(const RestCandidate& candidate, const Query& query) {
  return std::ranges::all_of(candidate.uri.query,
                             [&](const auto& key) { return has_literal(query, key); });
}

bool has_required(const RestCandidate& candidate, const Query& query, const Headers& headers) {
  return std::ranges::all_of(candidate.required_query,
                             [&](const auto& key) { return has_key(query, key); }) &&
         std::ranges::all_of(candidate.required_headers,
                             [&](const auto& name) { return headers.contains(name); });
}

std::size_t known_keys(const RestCandidate& candidate, const Query& query) {
  return static_cast<std::size_t>(std::ranges::count_if(query, [&](const auto& pair) {
    return std::ranges::find(candidate.known_query, pair.first) != candidate.known_query.end();
  }));
}

/// Orders candidates that all fit: greater is more specific.
auto specificity(const RestCandidate& candidate, const Query& query, const Headers& headers) {
  bool complete = has_required(candidate, query, headers);
  std::size_t constraints =
      complete ? candidate.required_query.size() + candidate.required_headers.size() : 0;
  return std::tuple(candidate.uri.query.size(), complete, candidate.uri.literal_segments(),
                    constraints, !candidate.operation.deprecated(), known_keys(candidate, query));
}

RestCandidate make_candidate(const Operation& operation) {
  RestCandidate result{operation, parse_uri_template(operation.request_uri()), {}, {}, {}};
  std::optional<Member> input = operation.input();
  if (!input) return result;
  for (Member member : input->shape().members()) {
    std::string name(member.serialized_name());
    if (member.location() == Location::kQueryString) {
      result.known_query.push_back(name);
      if (member.required()) result.required_query.push_back(std::move(name));
    } else if (member.location() == Location::kHeader && member.required()) {
      result.required_headers.push_back(std::move(name));
    }
  }
  return result;
}

std::string_view host_of(const HttpRequest& request) {
  std::string_view host = request.headers.get("Host").value_or(request.url.host);
  if (host.starts_with('[')) return host;
  return host.substr(0, host.find(':'));
}

/// "/b/k" for "/k" at "b.domain"; the path itself at other hosts.
std::string effective_path(const HttpRequest& request, const std::vector<std::string>& domains) {
  std::string host = to_lower(host_of(request));
  std::string path = request.url.path.empty() ? "/" : request.url.path;
  for (const std::string& domain : domains) {
    if (host.size() > domain.size() + 1 && host.ends_with(domain) &&
        host[host.size() - domain.size() - 1] == '.') {
      std::string label = percent_encode(host.substr(0, host.size() - domain.size() - 1));
      return fmt::format("/{}{}", label, path);
    }
  }
  return path;
}

Error no_route(const HttpRequest& request, bool path_is_known) {
  std::string what = request.method + " " + request.url.path;
  if (path_is_known) {
    return Error(ErrorKind::kUsage, "MethodNotAllowed",
                 "no operation uses this method here: " + what)
        .with_status(405);
  }
  return Error(ErrorKind::kUsage, "UnknownRoute", "no operation has this path: " + what)
      .with_status(404);
}

}  // namespace

RestRoutes::RestRoutes(const ServiceModel& model, std::vector<std::string> virtual_host_domains)
    : domains_(std::move(virtual_host_domains)) {
  for (std::string& domain : domains_) domain = to_lower(domain);
  for (Operation operation : model.operations()) candidates_.push_back(make_candidate(operation));
}

Result<Route> RestRoutes::find(const HttpRequest& request) const {
  std::string path = effective_path(request, domains_);
  PathSegments segments = split_path(path);
  Query query = decode_query(request.url.query);
  const RestCandidate* best = nullptr;
  Labels best_labels;
  bool path_is_known = false;
  for (const RestCandidate& candidate : candidates_) {
    bool method_fits = candidate.operation.http_method() == request.method;
    if (!method_fits && path_is_known) continue;
    std::optional<Labels> labels = match_path(candidate.uri, segments);
    if (!labels) continue;
    path_is_known = true;
    if (!method_fits || !has_literals(candidate, query)) continue;
    if (best && specificity(candidate, query, request.headers) <=
                    specificity(*best, query, request.headers)) {
      continue;
    }
    best = &candidate;
    best_labels = std::move(*labels);
  }
  if (!best) return no_route(request, path_is_known);
  return Route{best->operation, std::move(best_labels)};
}

}  // namespace botocxx::server
