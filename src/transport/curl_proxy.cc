#include "transport/curl_settings.h"

#include <string_view>

namespace botocxx::transport {

std::string proxy_for(const CurlSettings& settings, const Url& url) {
  const auto& chosen = settings.options.proxies;
  if (!chosen) return settings.proxies.proxy_for(url);
  auto found = chosen->find(url.scheme);
  return found == chosen->end() ? std::string() : with_proxy_scheme(found->second);
}

void set_proxy(CURL* easy, const std::string& proxy, const HttpClientOptions& options) {
  curl_easy_setopt(easy, CURLOPT_PROXY, proxy.c_str());  // also when empty: not curl's own choice
  curl_easy_setopt(easy, CURLOPT_NOPROXY, "");
  if (!proxy.starts_with("https://")) return;
  curl_easy_setopt(easy, CURLOPT_PROXY_SSL_VERIFYPEER, options.verify ? 1L : 0L);
  curl_easy_setopt(easy, CURLOPT_PROXY_SSL_VERIFYHOST, options.verify ? 2L : 0L);
  const HttpClientOptions::ProxyTls& tls = options.proxy_tls;
  if (!tls.ca_bundle.empty()) curl_easy_setopt(easy, CURLOPT_PROXY_CAINFO, tls.ca_bundle.c_str());
  if (tls.client_cert.empty()) return;
  const std::string& key = tls.client_key.empty() ? tls.client_cert : tls.client_key;
  curl_easy_setopt(easy, CURLOPT_PROXY_SSLCERT, tls.client_cert.c_str());
  curl_easy_setopt(easy, CURLOPT_PROXY_SSLKEY, key.c_str());
}

}  // namespace botocxx::transport
