#include "transport/curl_error.h"

#include "transport/wire_log.h"

#include <fmt/format.h>

namespace botocxx::transport {
namespace {

enum class Cause { kConnect, kProxy, kTimeout, kTls, kClosed, kOther };

Cause cause_of(CURLcode code) {
  // An external enum of a hundred names: what is not listed is nobody's in particular.
  switch (static_cast<int>(code)) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_INTERFACE_FAILED:
      return Cause::kConnect;
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_PROXY:
      return Cause::kProxy;
    case CURLE_OPERATION_TIMEDOUT:
      return Cause::kTimeout;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_ENGINE_NOTFOUND:
    case CURLE_SSL_ENGINE_SETFAILED:
    case CURLE_SSL_ENGINE_INITFAILED:
    case CURLE_SSL_SHUTDOWN_FAILED:
    case CURLE_SSL_CRL_BADFILE:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_CLIENTCERT:
      return Cause::kTls;
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_SEND_FAIL_REWIND:
    case CURLE_UNSUPPORTED_PROTOCOL:  // an answer that is no HTTP/1
    case CURLE_WEIRD_SERVER_REPLY:
      return Cause::kClosed;
    default:
      return Cause::kOther;
  }
}

Error transport_error(std::string code, std::string message, std::string_view detail) {
  Error error(ErrorKind::kTransport, std::move(code), std::move(message));
  if (!detail.empty()) error = std::move(error).with_context("reason", redact_url(detail));
  return error;
}

Error proxy_error(std::string_view proxy, std::string_view detail) {
  return transport_error("ProxyConnection",
                         fmt::format("Failed to connect to proxy URL: \"{}\"", redact_url(proxy)),
                         detail);
}

}  // namespace

Error exchange_error(CURLcode code, std::string_view detail, const FailedExchange& exchange) {
  std::string url = redact_url(exchange.url);
  if (detail.empty()) detail = curl_easy_strerror(code);
  bool is_proxys = !exchange.proxy.empty() && !exchange.connected;
  switch (cause_of(code)) {
    case Cause::kConnect:
      if (is_proxys) return proxy_error(exchange.proxy, detail);
      return transport_error("EndpointConnection",
                             fmt::format("Could not connect to the endpoint URL: \"{}\"", url),
                             detail);
    case Cause::kProxy:
      return proxy_error(exchange.proxy, detail);
    case Cause::kTimeout:
      return exchange.connected ? read_timeout_error(exchange.url)
                                : connect_timeout_error(exchange.url);
    case Cause::kTls:
      return transport_error("SSL", fmt::format("SSL validation failed for {} {}", url, detail),
                             {});
    case Cause::kClosed:
      if (is_proxys) return proxy_error(exchange.proxy, detail);
      return transport_error("ConnectionClosed",
                             fmt::format("Connection was closed before we received a valid "
                                         "response from endpoint URL: \"{}\".",
                                         url),
                             detail);
    case Cause::kOther:
      break;
  }
  return transport_error(
      "HTTPClient",
      fmt::format("An HTTP Client raised an unhandled exception: {}", redact_url(detail)), {});
}

Error streaming_error(CURLcode code, std::string_view detail, const FailedExchange& exchange,
                      std::uint64_t received, std::optional<std::uint64_t> expected) {
  if (cause_of(code) == Cause::kTimeout) return read_timeout_error(exchange.url);
  if (expected && received < *expected) {
    return transport_error(
        "IncompleteRead",
        fmt::format("{} read, but total bytes expected is {}.", received, *expected), detail);
  }
  if (detail.empty()) detail = curl_easy_strerror(code);
  return transport_error(
      "ResponseStreaming",
      fmt::format("An error occurred while reading from response stream: {}", redact_url(detail)),
      {});
}

Error connect_timeout_error(std::string_view url) {
  return Error(ErrorKind::kTimeout, "ConnectTimeout",
               fmt::format("Connect timeout on endpoint URL: \"{}\"", redact_url(url)));
}

Error read_timeout_error(std::string_view url) {
  return Error(ErrorKind::kTimeout, "ReadTimeout",
               fmt::format("Read timeout on endpoint URL: \"{}\"", redact_url(url)));
}

Error deadline_error(std::string_view url) {
  return Error(ErrorKind::kTimeout, "DeadlineExceeded",
               fmt::format("The deadline passed during the request to \"{}\"", redact_url(url)));
}

Error cancelled_error(std::string_view url) {
  return Error(ErrorKind::kCancelled, "Cancelled",
               fmt::format("The request to \"{}\" was cancelled", redact_url(url)));
}

}  // namespace botocxx::transport
