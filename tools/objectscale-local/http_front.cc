#include "http_front.h"

#include "exchange.h"
#include <botocxx/base/text_encoding.h>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <microhttpd.h>
#include <netdb.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstring>
#include <thread>

namespace botocxx::objectscale {
namespace {

constexpr std::size_t kConnectionMemory = 256 << 10;
constexpr std::size_t kBlock = 256 << 10;
constexpr unsigned kIdleSeconds = 120;
constexpr unsigned kConnections = 1024;

/// A request on its way through libmicrohttpd.
struct Passage {
  std::string target;
  std::unique_ptr<Exchange> exchange;
  std::string method;
  bool answered = false;
};

struct Daemon {
  Endpoint* endpoint = nullptr;
  HttpOptions options;
  MHD_Daemon* handle = nullptr;
  std::atomic<int> active{0};
};

MHD_Result add_field(void* cls, MHD_ValueKind, const char* name, const char* value) {
  static_cast<Headers*>(cls)->add(name, value ? value : "");
  return MHD_YES;
}

HttpRequest head_of(MHD_Connection* connection, const char* method, std::string_view target) {
  HttpRequest request;
  request.method = method;
  MHD_get_connection_values(connection, MHD_HEADER_KIND, add_field, &request.headers);
  // The absolute form: "GET http://host/path".
  if (target.starts_with("http://") || target.starts_with("https://")) {
    std::size_t path = target.find('/', target.find("://") + 3);
    target = path == std::string_view::npos ? "/" : target.substr(path);
  }
  std::size_t question = target.find('?');
  request.url.scheme = "http";
  request.url.host = request.headers.get("Host").value_or("");
  request.url.path = target.substr(0, question);
  request.url.has_query = question != std::string_view::npos;
  if (request.url.has_query) request.url.query = target.substr(question + 1);
  return request;
}

ssize_t read_body(void* cls, std::uint64_t, char* buffer, std::size_t room) {
  Body* body = static_cast<Body*>(cls);
  Result<std::size_t> count = body->stream()->read({reinterpret_cast<std::byte*>(buffer), room});
  if (!count) return MHD_CONTENT_READER_END_WITH_ERROR;
  return *count == 0 ? MHD_CONTENT_READER_END_OF_STREAM : static_cast<ssize_t>(*count);
}

ssize_t read_nothing(void*, std::uint64_t, char*, std::size_t) {
  return MHD_CONTENT_READER_END_OF_STREAM;
}

void free_body(void* cls) { delete static_cast<Body*>(cls); }

MHD_Response* make_response(const HttpResponse& response, std::string_view method) {
  auto length = response.headers.get("Content-Length");
  if (method == "HEAD" && length && !response.body.is_stream()) {
    std::uint64_t size = std::strtoull(std::string(*length).c_str(), nullptr, 10);
    return MHD_create_response_from_callback(size, kBlock, read_nothing, nullptr, nullptr);
  }
  if (response.body.is_stream()) {
    std::uint64_t size = response.body.size().value_or(MHD_SIZE_UNKNOWN);
    return MHD_create_response_from_callback(size, kBlock, read_body, new Body(response.body),
                                             free_body);
  }
  const std::string& bytes = response.body.bytes();
  // libmicrohttpd takes no const pointer, but only copies from it.
  return MHD_create_response_from_buffer(bytes.size(), const_cast<char*>(bytes.data()),
                                         MHD_RESPMEM_MUST_COPY);
}

void log_line(const Daemon& daemon, const Passage& passage, const HttpResponse& response) {
  if (!daemon.options.log) return;
  daemon.options.log(fmt::format("{} {} {} {} {} {}", passage.method, passage.target,
                                 passage.exchange->operation_name(), response.status,
                                 response.body.size().value_or(0), passage.exchange->request_id()));
}

MHD_Result send(const Daemon& daemon, MHD_Connection* connection, Passage& passage) {
  HttpResponse response = passage.exchange->finish();
  passage.answered = true;
  log_line(daemon, passage, response);
  bool bodiless = passage.method == "HEAD" || response.status == 204 || response.status == 304;
  if (bodiless) response.body = Body();
  MHD_Response* answer = make_response(response, passage.method);
  if (!answer) return MHD_NO;
  for (const Headers::Field& field : response.headers) {
    // Its own business: it knows the body's size.
    if (equals_ignore_case(field.name, "Content-Length")) continue;
    MHD_add_response_header(answer, field.name.c_str(), field.value.c_str());
  }
  MHD_Result queued =
      MHD_queue_response(connection, static_cast<unsigned>(response.status), answer);
  MHD_destroy_response(answer);
  return queued;
}

void* begin_passage(void* cls, const char* uri, MHD_Connection*) {
  auto* daemon = static_cast<Daemon*>(cls);
  daemon->active.fetch_add(1);
  auto* passage = new Passage();
  passage->target = uri;
  return passage;
}

void end_passage(void* cls, MHD_Connection*, void** context, MHD_RequestTerminationCode) {
  if (!*context) return;
  delete static_cast<Passage*>(*context);
  *context = nullptr;
  static_cast<Daemon*>(cls)->active.fetch_sub(1);
}

MHD_Result handle(void* cls, MHD_Connection* connection, const char*, const char* method,
                  const char*, const char* data, std::size_t* size, void** context) {
  auto* daemon = static_cast<Daemon*>(cls);
  auto* passage = static_cast<Passage*>(*context);
  if (!passage->exchange) {
    HttpRequest head = head_of(connection, method, passage->target);
    bool waits = head.headers.contains("Expect");
    passage->method = method;
    passage->exchange = std::make_unique<Exchange>(*daemon->endpoint, std::move(head));
    // A client that asked first is told before it sends; from others the content is read and
    // dropped, since they would not look at an answer before.
    if (!passage->exchange->begin() && waits) return send(*daemon, connection, *passage);
    return MHD_YES;
  }
  if (passage->answered) return MHD_YES;
  if (*size > 0) {
    passage->exchange->consume({reinterpret_cast<const std::byte*>(data), *size});
    *size = 0;
    return MHD_YES;
  }
  return send(*daemon, connection, *passage);
}

sockaddr_storage address_of(const HttpOptions& options) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  int code =
      ::getaddrinfo(options.host.c_str(), std::to_string(options.port).c_str(), &hints, &found);
  if (code != 0 || !found) {
    throw_error(Error(ErrorKind::kUsage, "Address",
                      options.host + ": " + (code != 0 ? ::gai_strerror(code) : "no address")));
  }
  sockaddr_storage address{};
  std::memcpy(&address, found->ai_addr, found->ai_addrlen);
  ::freeaddrinfo(found);
  return address;
}

MHD_Daemon* start(Daemon& daemon) {
  sockaddr_storage address = address_of(daemon.options);
  unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ERROR_LOG;
  if (address.ss_family == AF_INET6) flags |= MHD_USE_IPv6;
  MHD_Daemon* handle_of_daemon = MHD_start_daemon(
      flags, daemon.options.port, nullptr, nullptr, handle, &daemon, MHD_OPTION_SOCK_ADDR, &address,
      MHD_OPTION_THREAD_POOL_SIZE, daemon.options.threads, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
      kConnectionMemory, MHD_OPTION_CONNECTION_TIMEOUT, kIdleSeconds, MHD_OPTION_CONNECTION_LIMIT,
      kConnections, MHD_OPTION_URI_LOG_CALLBACK, begin_passage, &daemon,
      MHD_OPTION_NOTIFY_COMPLETED, end_passage, &daemon, MHD_OPTION_LISTENING_ADDRESS_REUSE, 1U,
      MHD_OPTION_END);
  if (!handle_of_daemon) {
    throw_error(Error(ErrorKind::kUsage, "Address",
                      fmt::format("can't listen on {} port {}: {}", daemon.options.host,
                                  daemon.options.port, std::strerror(errno))));
  }
  return handle_of_daemon;
}

}  // namespace

struct HttpFront::State {
  Daemon daemon;
};

HttpFront::HttpFront(Endpoint& endpoint, HttpOptions options) : state_(std::make_unique<State>()) {
  state_->daemon.endpoint = &endpoint;
  state_->daemon.options = std::move(options);
  state_->daemon.handle = start(state_->daemon);
}

HttpFront::~HttpFront() {
  constexpr std::chrono::milliseconds kPatience(5000), kPause(20);
  MHD_socket listener = MHD_quiesce_daemon(state_->daemon.handle);
  for (std::chrono::milliseconds waited(0); state_->daemon.active > 0 && waited < kPatience;
       waited += kPause) {
    std::this_thread::sleep_for(kPause);
  }
  MHD_stop_daemon(state_->daemon.handle);
  if (listener != MHD_INVALID_SOCKET) ::close(listener);
}

std::uint16_t HttpFront::port() const {
  const MHD_DaemonInfo* info =
      MHD_get_daemon_info(state_->daemon.handle, MHD_DAEMON_INFO_BIND_PORT);
  return info ? info->port : 0;
}

}  // namespace botocxx::objectscale
