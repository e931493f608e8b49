#pragma once

#include <botocxx/base/export.h>
#include <botocxx/transport/http_client.h>

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace botocxx::inline v1 {

/// An `HttpClient` for tests: answers from a queue and remembers what was asked. Thread-safe.
class BOTOCXX_EXPORT RecordedHttpClient : public HttpClient {
 public:
  RecordedHttpClient();
  ~RecordedHttpClient() override;

  /// Appends an answer; requests take them in order.
  void add_response(HttpResponse response);
  void add_response(int status, Headers headers = {}, std::string body = {});
  /// Appends a failure, as if no response had come.
  void add_error(Error error);

  /// Answers with the queue's next entry. Reads the request's body to its end, as a connection
  /// would; a body read whole is delivered in memory, otherwise as a stream. An empty queue is an
  /// error of kind kUsage that names the request.
  Result<HttpResponse> send(const HttpRequest& request, const SendOptions& options) override;

  /// What was asked so far, in order; every body is in memory.
  std::vector<HttpRequest> requests() const;
  /// Answers that nobody asked for yet.
  std::size_t remaining() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace botocxx::inline v1
