#pragma once

#include <botocxx/message/headers.h>

#include <string>
#include <string_view>

namespace botocxx::transport {

/// Collects a response's head from its raw lines: interim (1xx) heads are forgotten, folded lines
/// joined, trailers after the end ignored.
class ResponseHead {
 public:
  /// Takes one line with its line end.
  void add_line(std::string_view line);

  /// Whether the final head's empty line has come.
  bool is_complete() const { return is_complete_; }
  int status() const { return status_; }
  std::string& reason() { return reason_; }
  Headers& headers() { return headers_; }
  const Headers& headers() const { return headers_; }

 private:
  void start(std::string_view status_line);
  void finish_field();

  int status_ = 0;
  std::string reason_;
  Headers headers_;
  Headers::Field pending_;  // a folded line may still follow
  bool has_pending_ = false;
  bool is_complete_ = false;
};

}  // namespace botocxx::transport
