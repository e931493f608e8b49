#pragma once

#include <botocxx/session/session.h>
#include <botocxx/value/value.h>

#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace botocxx::cli {

/// Serves the lines of `wire`; lines that ask for the same client share it, models are cached
/// by the process. Thread-safe.
class WireFilter {
 public:
  explicit WireFilter(std::vector<std::string> data_path) : data_path_(std::move(data_path)) {}

  /// The answer, one line of JSON without its end, to one line of input.
  std::string request(std::string_view line) const;
  std::string response(std::string_view line) const;
  std::string jmespath(std::string_view line) const;
  std::string endpoint(std::string_view line) const;

 private:
  Result<Client> client_of(const Value& line) const;
  Result<Session> open_session(const Value& line) const;
  Result<Client> open_client(const Value& line) const;
  Result<Value> make_request(const Value& line) const;
  Result<Value> read_response(const Value& line) const;
  Result<Value> resolve_endpoint(const Value& line) const;

  std::vector<std::string> data_path_;
  mutable std::shared_mutex mutex_;
  mutable std::unordered_map<std::string, Client> clients_;  ///< by all that they are made of
};

}  // namespace botocxx::cli
