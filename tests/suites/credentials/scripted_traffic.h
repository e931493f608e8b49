#pragma once

#include <botocxx/base/host.h>
#include <botocxx/transport/http_client.h>
#include <botocxx/value/value.h>

#include <mutex>
#include <string>
#include <vector>

namespace botocxx::suites {

/// A network on which the exchanges of a case happen, in their order. What does not fit is noted.
class ScriptedTraffic : public HttpClient {
 public:
  explicit ScriptedTraffic(const Value& exchanges) : exchanges_(exchanges) {}

  Result<HttpResponse> send(const HttpRequest& request, const SendOptions& options) override;
  std::vector<std::string> complaints() const;
  std::size_t left() const;

 private:
  void check(const Value& exchange, const HttpRequest& request);
  void check_body(const Value& wanted, const std::string& body);

  mutable std::mutex mutex_;
  const Value exchanges_;
  std::size_t next_ = 0;
  std::vector<std::string> complaints_;
};

}  // namespace botocxx::suites
