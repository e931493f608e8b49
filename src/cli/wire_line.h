#pragma once

#include <botocxx/base/host.h>
#include <botocxx/session/session.h>
#include <botocxx/value/value.h>

#include <string>
#include <string_view>

namespace botocxx::cli {

/// Serves the lines of `wire`; models are cached by the process. Thread-safe.
class WireFilter {
 public:
  explicit WireFilter(std::vector<std::string> data_path) : data_path_(std::move(data_path)) {}

  /// The answer, one line of JSON without its end, to one line of input.
  std::string request(std::string_view line) const;
  std::string response(std::string_view line) const;
  std::string jmespath(std::string_view line) const;

 private:
  Result<Client> open_client(const Value& line, const Host& host) const;
  Result<Value> make_request(const Value& line) const;
  Result<Value> read_response(const Value& line) const;

  std::vector<std::string> data_path_;
};

}  // namespace botocxx::cli
