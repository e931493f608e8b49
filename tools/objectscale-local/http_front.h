#pragma once

#include "endpoint.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace botocxx::objectscale {

struct HttpOptions {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;  ///< 0: any free one
  unsigned threads = 8;
  /// Called with a line a request; null for none. From any thread.
  std::function<void(const std::string& line)> log;
};

/// Listens and answers (libmicrohttpd), HTTP/1.1 with keep-alive; content is streamed both ways.
class HttpFront {
 public:
  /// Throws when the address can't be had.
  HttpFront(Endpoint& endpoint, HttpOptions options);
  /// Stops listening, lets requests under way end (for a few seconds), closes all connections.
  ~HttpFront();
  HttpFront(const HttpFront&) = delete;
  HttpFront& operator=(const HttpFront&) = delete;

  std::uint16_t port() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace botocxx::objectscale
