#include "transport/proxy_environment.h"

#include <botocxx/base/text_encoding.h>

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace botocxx::transport {
namespace {

std::string first_set(const Environment& environment,
                      std::initializer_list<std::string_view> names) {
  for (std::string_view name : names) {
    auto value = environment.get(name);
    if (value && !value->empty()) return *value;
  }
  return {};
}

// `entry` is a host, a domain (with or without a leading dot), or either with a port.
bool covers(std::string_view entry, std::string_view host, std::string_view host_and_port) {
  while (entry.starts_with('.')) entry.remove_prefix(1);
  if (entry.empty()) return false;
  for (std::string_view name : {host, host_and_port}) {
    if (name == entry) return true;
    if (name.size() > entry.size() && name.ends_with(entry) &&
        name[name.size() - entry.size() - 1] == '.') {
      return true;
    }
  }
  return false;
}

std::string_view trimmed(std::string_view text) {
  std::size_t start = text.find_first_not_of(" \t");
  if (start == std::string_view::npos) return {};
  return text.substr(start, text.find_last_not_of(" \t") - start + 1);
}

}  // namespace

std::string with_proxy_scheme(std::string proxy) {
  if (proxy.empty() || proxy.find("://") != std::string::npos) return proxy;
  return std::string("http://").append(proxy);
}

ProxyEnvironment::ProxyEnvironment(const Environment& environment)
    : http_(with_proxy_scheme(first_set(environment, {"http_proxy", "all_proxy", "ALL_PROXY"}))),
      https_(with_proxy_scheme(
          first_set(environment, {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}))),
      direct_(to_lower(first_set(environment, {"no_proxy", "NO_PROXY"}))) {}

bool ProxyEnvironment::is_direct(const Url& url) const {
  std::string host = to_lower(url.host);
  if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
  std::string port = url.port.empty() ? (url.scheme == "https" ? "443" : "80") : url.port;
  std::string host_and_port = host;
  host_and_port.append(":").append(port);
  for (std::string_view rest = direct_; !rest.empty();) {
    std::size_t comma = std::min(rest.find(','), rest.size());
    std::string_view entry = trimmed(rest.substr(0, comma));
    if (entry == "*" || covers(entry, host, host_and_port)) return true;
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return false;
}

std::string ProxyEnvironment::proxy_for(const Url& url) const {
  const std::string& proxy = url.scheme == "https" ? https_ : http_;
  return proxy.empty() || is_direct(url) ? std::string() : proxy;
}

}  // namespace botocxx::transport
