#include "loopback/http_server.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

namespace botocxx::test {

bool ServerConnection::fill() {
  char piece[65536];
  ssize_t got = ::recv(descriptor_, piece, sizeof piece, 0);
  if (got <= 0) return false;
  buffer_.append(piece, static_cast<std::size_t>(got));
  return true;
}

std::optional<std::string> ServerConnection::take_until(std::string_view mark) {
  std::size_t at = 0;
  while ((at = buffer_.find(mark)) == std::string::npos) {
    if (!fill()) return std::nullopt;
  }
  std::string taken = buffer_.substr(0, at);
  buffer_.erase(0, at + mark.size());
  return taken;
}

std::optional<std::string> ServerConnection::take(std::size_t count) {
  while (buffer_.size() < count) {
    if (!fill()) return std::nullopt;
  }
  std::string taken = buffer_.substr(0, count);
  buffer_.erase(0, count);
  return taken;
}

std::optional<ServerRequest> ServerConnection::read_head() {
  auto head = take_until("\r\n\r\n");
  if (!head) return std::nullopt;
  ServerRequest request;
  request.head = *head;
  std::string_view rest = request.head;
  for (bool first = true; !rest.empty(); first = false) {
    std::size_t end = std::min(rest.find("\r\n"), rest.size());
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 2, rest.size()));
    if (first) {
      std::size_t blank = line.find(' ');
      request.method = line.substr(0, blank);
      request.target = line.substr(blank + 1, line.rfind(' ') - blank - 1);
      continue;
    }
    std::size_t colon = line.find(':');
    std::size_t value = std::min(line.find_first_not_of(' ', colon + 1), line.size());
    request.headers.add(std::string(line.substr(0, colon)), std::string(line.substr(value)));
  }
  return request;
}

bool ServerConnection::read_body(ServerRequest& request) {
  if (auto length = request.headers.get("Content-Length")) {
    auto body = take(std::stoul(std::string(*length)));
    if (body) request.body = std::move(*body);
    return body.has_value();
  }
  if (request.headers.get("Transfer-Encoding") != "chunked") return true;
  while (true) {
    auto size = take_until("\r\n");
    if (!size) return false;
    std::size_t count = std::stoul(*size, nullptr, 16);
    auto chunk = take(count + 2);
    if (!chunk) return false;
    if (count == 0) return true;
    request.body.append(*chunk, 0, count);
  }
}

std::optional<ServerRequest> ServerConnection::read_request() {
  auto request = read_head();
  if (!request || !read_body(*request)) return std::nullopt;
  return request;
}

std::size_t ServerConnection::read_some(std::size_t limit) { return read_piece(limit).size(); }

std::string ServerConnection::read_piece(std::size_t limit) {
  if (buffer_.empty() && !fill()) return {};
  std::string piece = buffer_.substr(0, limit);
  buffer_.erase(0, piece.size());
  return piece;
}

bool ServerConnection::write(std::string_view octets) {
  while (!octets.empty()) {
    ssize_t put = ::send(descriptor_, octets.data(), octets.size(), MSG_NOSIGNAL);
    if (put <= 0) return false;
    octets.remove_prefix(static_cast<std::size_t>(put));
  }
  return true;
}

bool ServerConnection::respond(int status, std::string_view body, std::string_view more_headers) {
  return write(fmt::format("HTTP/1.1 {} Reason {}\r\nContent-Length: {}\r\n{}\r\n{}", status,
                           status, body.size(), more_headers, body));
}

void ServerConnection::close() { ::shutdown(descriptor_, SHUT_RDWR); }

void ServerConnection::reset() {
  linger now{1, 0};
  ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  // The server closes the descriptor when `serve` returns; with that linger it is a reset.
}

bool ServerConnection::has_ended(std::chrono::milliseconds limit) {
  auto end = std::chrono::steady_clock::now() + limit;
  while (true) {
    auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        end - std::chrono::steady_clock::now());
    if (left.count() <= 0) return false;
    pollfd one{descriptor_, POLLIN, 0};
    if (::poll(&one, 1, static_cast<int>(left.count())) > 0 && !fill()) return true;
  }
}

HttpServer::HttpServer(std::function<void(ServerConnection&)> serve) : serve_(std::move(serve)) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in place{};
  place.sin_family = AF_INET;
  place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ::bind(listener_, reinterpret_cast<sockaddr*>(&place), sizeof place);
  ::listen(listener_, 64);
  socklen_t size = sizeof place;
  ::getsockname(listener_, reinterpret_cast<sockaddr*>(&place), &size);
  port_ = ntohs(place.sin_port);
  acceptor_ = std::thread([this] { accept_all(); });
}

HttpServer::~HttpServer() {
  ::shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  ::close(listener_);
  {
    std::lock_guard lock(mutex_);
    for (int descriptor : open_) ::shutdown(descriptor, SHUT_RDWR);
  }
  for (std::thread& thread : threads_) thread.join();
}

std::string HttpServer::url(std::string_view target) const {
  return fmt::format("http://127.0.0.1:{}{}", port_, target);
}

void HttpServer::accept_all() {
  while (true) {
    int descriptor = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (descriptor < 0) return;
    int one = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    std::lock_guard lock(mutex_);
    open_.push_back(descriptor);
    int number = accepted_++;
    threads_.emplace_back([this, descriptor, number] { serve_one(descriptor, number); });
  }
}

void HttpServer::serve_one(int descriptor, int number) {
  ServerConnection connection(descriptor, number);
  serve_(connection);
  std::lock_guard lock(mutex_);
  std::erase(open_, descriptor);
  ::close(descriptor);
}

}  // namespace botocxx::test
