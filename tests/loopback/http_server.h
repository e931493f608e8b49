#pragma once

#include <botocxx/message/headers.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace botocxx::test {

struct ServerRequest {
  std::string method, target;
  std::string head;  ///< as it came, without the empty line
  Headers headers;
  std::string body;
};

/// One accepted connection, in the hands of a test.
class ServerConnection {
 public:
  ServerConnection(int descriptor, int number) : descriptor_(descriptor), number_(number) {}
  ServerConnection(const ServerConnection&) = delete;
  ServerConnection& operator=(const ServerConnection&) = delete;

  /// 0 for the first connection that the server accepted.
  int number() const { return number_; }
  /// The next request with its body (by length or in chunks); nothing when the client has gone.
  std::optional<ServerRequest> read_request();
  std::optional<ServerRequest> read_head();
  /// The body that `request` announces; false when the client goes before its end.
  bool read_body(ServerRequest& request);
  /// Reads at most `limit` octets of what comes; 0 when the client has gone.
  std::size_t read_some(std::size_t limit);
  /// The octets themselves; empty when the client has gone.
  std::string read_piece(std::size_t limit);

  /// False when the client has gone.
  bool write(std::string_view octets);
  /// A response with its Content-Length.
  bool respond(int status, std::string_view body, std::string_view more_headers = {});
  void close();
  /// Closes with a TCP reset.
  void reset();
  bool has_ended(std::chrono::milliseconds limit);

 private:
  bool fill();
  std::optional<std::string> take_until(std::string_view mark);
  std::optional<std::string> take(std::size_t count);

  int descriptor_;
  int number_;
  std::string buffer_;
};

/// A small HTTP/1.1 server on 127.0.0.1, one thread a connection; `serve` is what each of them does
/// with its connection.
class HttpServer {
 public:
  explicit HttpServer(std::function<void(ServerConnection&)> serve);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  int port() const { return port_; }
  std::string url(std::string_view target = "/") const;
  /// Connections accepted so far.
  int accepted() const { return accepted_; }

 private:
  void accept_all();
  void serve_one(int descriptor, int number);

  std::function<void(ServerConnection&)> serve_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<int> accepted_ = 0;
  std::mutex mutex_;
  std::vector<int> open_;  // descriptors that are to be shut down at the end
  std::vector<std::thread> threads_;
  std::thread acceptor_;
};

}  // namespace botocxx::test
