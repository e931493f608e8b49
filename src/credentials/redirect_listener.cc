#include "credentials/redirect_listener.h"

#include <botocxx/base/text_encoding.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

namespace botocxx::credentials {
namespace {

using Time = std::chrono::steady_clock::time_point;

constexpr std::string_view kPath = "/oauth/callback";
constexpr std::size_t kMostRequest = 16 * 1024;
constexpr std::string_view kPage =
    "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n"
    "Cache-Control: no-store\r\n\r\n"
    "<!doctype html><title>botocxx</title><p>The login came back to the program. You can close "
    "this page.";
constexpr std::string_view kNothing =
    "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

class Socket {
 public:
  explicit Socket(int descriptor) : descriptor_(descriptor) {}
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  ~Socket() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  int get() const { return descriptor_; }
  int release() { return std::exchange(descriptor_, -1); }

 private:
  int descriptor_;
};

Error no_port(int code) {
  return Error(
             ErrorKind::kCredentials, "AuthorizationCodeLoad",
             "no port of this machine can be listened on: " + std::generic_category().message(code))
      .with_hint("log in with --use-device-code");
}

// Whether something can be read before the deadline.
bool is_readable(int descriptor, Time deadline) {
  while (true) {
    auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        deadline - std::chrono::steady_clock::now());
    if (left.count() <= 0) return false;
    pollfd waiting{descriptor, POLLIN, 0};
    int ready =
        ::poll(&waiting, 1, static_cast<int>(std::min<std::int64_t>(left.count(), INT32_MAX)));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
  }
}

// The head of a request, as far as it comes within some seconds.
std::string read_head(int descriptor, Time deadline) {
  const Time end = std::min(deadline, std::chrono::steady_clock::now() + std::chrono::seconds(10));
  std::string head;
  std::array<char, 2048> buffer{};
  while (head.find("\r\n\r\n") == std::string::npos && head.size() < kMostRequest) {
    if (!is_readable(descriptor, end)) break;
    ssize_t got = ::recv(descriptor, buffer.data(), buffer.size(), 0);
    if (got <= 0) break;
    head.append(buffer.data(), static_cast<std::size_t>(got));
  }
  return head;
}

std::string decoded(std::string_view text) {
  std::string spaced(text);
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  return percent_decode(spaced);
}

// Nothing when it is another request of the browser, such as that of an icon.
std::optional<Redirect> redirect_in(std::string_view head) {
  std::string_view line = head.substr(0, head.find('\r'));
  if (!line.starts_with("GET ")) return std::nullopt;
  line.remove_prefix(4);
  std::string_view target = line.substr(0, line.find(' '));
  const std::size_t mark = target.find('?');
  if (mark == std::string_view::npos || target.substr(0, mark) != kPath) return std::nullopt;
  Redirect redirect;
  for (std::string_view query = target.substr(mark + 1); !query.empty();) {
    std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(pair.size() + 1, query.size()));
    std::string_view name = pair.substr(0, pair.find('='));
    std::string value = decoded(pair.substr(std::min(name.size() + 1, pair.size())));
    if (name == "code") redirect.code = value;
    if (name == "state") redirect.state = value;
    if (name == "error") redirect.error = value;
  }
  bool complete = !redirect.error.empty() || (!redirect.code.empty() && !redirect.state.empty());
  return complete ? std::optional(std::move(redirect)) : std::nullopt;
}

void answer(int descriptor, std::string_view text) {
  while (!text.empty()) {
    ssize_t sent = ::send(descriptor, text.data(), text.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(sent));
  }
}

}  // namespace

Result<RedirectListener> RedirectListener::open() {
  Socket listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  auto* general = reinterpret_cast<sockaddr*>(&address);
  if (listener.get() < 0 || ::bind(listener.get(), general, size) != 0 ||
      ::listen(listener.get(), 8) != 0 || ::getsockname(listener.get(), general, &size) != 0) {
    return no_port(errno);
  }
  return RedirectListener(listener.release(), ntohs(address.sin_port));
}

RedirectListener::RedirectListener(RedirectListener&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), port_(other.port_) {}

RedirectListener::~RedirectListener() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<Redirect> RedirectListener::wait(Time deadline) const {
  while (is_readable(descriptor_, deadline)) {
    Socket browser(::accept4(descriptor_, nullptr, nullptr, SOCK_CLOEXEC));
    if (browser.get() < 0) continue;
    auto redirect = redirect_in(read_head(browser.get(), deadline));
    answer(browser.get(), redirect ? kPage : kNothing);
    if (redirect) return *std::move(redirect);
  }
  return Error(ErrorKind::kCredentials, "PendingAuthorizationExpired",
               "nobody granted the login in time")
      .with_hint("begin again");
}

}  // namespace botocxx::credentials
