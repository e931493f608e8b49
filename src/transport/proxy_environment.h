#pragma once

#include <botocxx/base/host.h>
#include <botocxx/message/url.h>

#include <string>

namespace botocxx::transport {

/// `proxy`, as a URL: "http://" stands in front where no scheme is given.
std::string with_proxy_scheme(std::string proxy);

/// The proxies that the environment names, read once: `http_proxy` (lower case only, since a CGI
/// request can set the other), `https_proxy`, `all_proxy` and `no_proxy` in either case.
class ProxyEnvironment {
 public:
  explicit ProxyEnvironment(const Environment& environment);

  /// URL of the proxy for `url`, empty when it is reached directly.
  std::string proxy_for(const Url& url) const;

 private:
  bool is_direct(const Url& url) const;

  std::string http_, https_, direct_;
};

}  // namespace botocxx::transport
