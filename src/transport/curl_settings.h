#pragma once

#include "transport/proxy_environment.h"
#include <botocxx/transport/http_client.h>

#include <curl/curl.h>

#include <string>

namespace botocxx::transport {

/// What a client's transfers have in common.
struct CurlSettings {
  HttpClientOptions options;
  ProxyEnvironment proxies;
};

/// Sets up certificate checks, the client's own certificate and the TLS version. Never lets curl
/// load a bundle file where the system has a hashed directory: that takes 25 ms.
void set_tls(CURL* easy, const HttpClientOptions& options);

/// URL of the proxy for `url`, empty when it is reached directly: the client's own choice, else the
/// environment's.
std::string proxy_for(const CurlSettings& settings, const Url& url);

/// Tells curl about that proxy, or of none; curl's own look at the environment is switched off.
void set_proxy(CURL* easy, const std::string& proxy, const HttpClientOptions& options);

}  // namespace botocxx::transport
