#pragma once

#include <botocxx/transport/http_client.h>

#include <deque>
#include <vector>

namespace botocxx {

/// Answers from a queue and keeps what it was sent.
class StubHttpClient : public HttpClient {
 public:
  Result<HttpResponse> send(const HttpRequest& request, const SendOptions& options) override {
    requests.push_back(request);
    streamed.push_back(options.stream_response);
    if (answers.empty()) return Error(ErrorKind::kTransport, "EndpointConnection", "no answer");
    HttpResponse answer = std::move(answers.front());
    answers.pop_front();
    return answer;
  }

  std::deque<HttpResponse> answers;
  std::vector<HttpRequest> requests;
  std::vector<bool> streamed;
};

}  // namespace botocxx
