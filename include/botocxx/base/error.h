#pragma once

#include <botocxx/base/export.h>

#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace botocxx::inline v1 {

class Value;
struct AttemptRecord;

/// Where in a call something went wrong. Branch on this or on `Error::code()`, never on messages.
enum class ErrorKind {
  kUsage,        ///< the program called the library wrongly (unknown operation, bad option)
  kModel,        ///< a model or extras file is missing, damaged or contradictory
  kValidation,   ///< parameters do not fit the operation's input shape
  kEndpoint,     ///< no endpoint can be resolved
  kCredentials,  ///< no usable credentials
  kTransport,    ///< no HTTP response was received
  kService,      ///< the service answered with an error
  kParse,        ///< a response could not be understood
  kCancelled,    ///< a stop token fired
  kTimeout,      ///< a deadline passed
  kInternal,     ///< a defect of the library or an exception out of a user's handler
};

/// Lower-case name of `kind`, e.g. "service"; for messages and logs.
BOTOCXX_EXPORT std::string_view to_string(ErrorKind kind);

/// What went wrong: one pointer to an immutable record, cheap to copy, safe to share between
/// threads.
///
/// `code()` is botocore's: the service's error code for service errors ("NoSuchKey"; "404" for an
/// answer without a body), otherwise the name of botocore's exception without a trailing "Error" or
/// "Exception" ("ParamValidation", "UnknownService").
class BOTOCXX_EXPORT Error {
 public:
  Error(ErrorKind kind, std::string code, std::string message);

  ErrorKind kind() const;
  const std::string& code() const;
  const std::string& message() const;

  /// HTTP status of the answer, 0 when there was none.
  int status() const;
  /// The service's ids for this request, empty when it sent none.
  const std::string& request_id() const;
  const std::string& host_id() const;
  const std::string& service() const;
  const std::string& operation() const;
  /// How many attempts were made, 0 when nothing was sent.
  int attempts() const;
  /// The attempts in order (see attempt_record.h); empty when nothing was sent.
  const std::vector<AttemptRecord>& attempt_history() const;
  /// The parsed error document with its modelled members (as botocore's `ClientError.response`
  /// without `ResponseMetadata`); null when the error is not a service's.
  const Value* fields() const;
  /// Short advice, a line each: what to check or set.
  const std::vector<std::string>& hints() const;
  /// Facts added on the way up, e.g. {"file", "/home/u/.aws/models/…"}.
  const std::vector<std::pair<std::string, std::string>>& context() const;
  /// The error that caused this one, or null.
  const Error* cause() const;

  /// True when `code` is this error's code, or another spelling of it: an answer without a body has
  /// botocore's code "404", and `is("NotFound")` holds for it too.
  bool is(std::string_view code) const;

  /// Message with context, hints and causes, over several lines. Never contains secrets.
  std::string describe() const;

  /// The following return a changed copy; they mutate in place when nobody else holds the record.
  Error with_status(int status) &&;
  Error with_request_ids(std::string request_id, std::string host_id) &&;
  Error with_call(std::string service, std::string operation) &&;
  Error with_attempts(int attempts) &&;
  Error with_attempt_history(std::vector<AttemptRecord> history) &&;
  Error with_fields(std::shared_ptr<const Value> fields) &&;
  Error with_hint(std::string hint) &&;
  Error with_context(std::string key, std::string value) &&;
  Error with_cause(Error cause) &&;
  /// Another code that `is` holds for; `code()` stays.
  Error with_other_code(std::string code) &&;

 private:
  struct Record;
  Record& own();

  std::shared_ptr<Record> record_;
};

/// Base of everything this library throws; carries the same `Error` that a `Result` would.
class BOTOCXX_EXPORT Exception : public std::exception {
 public:
  explicit Exception(Error error);
  const Error& error() const { return error_; }
  const char* what() const noexcept override;

 private:
  Error error_;
};

class BOTOCXX_EXPORT ServiceException : public Exception {
 public:
  using Exception::Exception;
};
class BOTOCXX_EXPORT ValidationException : public Exception {
 public:
  using Exception::Exception;
};
class BOTOCXX_EXPORT CredentialsException : public Exception {
 public:
  using Exception::Exception;
};
class BOTOCXX_EXPORT TransportException : public Exception {
 public:
  using Exception::Exception;
};
class BOTOCXX_EXPORT UsageException : public Exception {
 public:
  using Exception::Exception;
};
/// A `Value` was read as a type that it does not have.
class BOTOCXX_EXPORT TypeError : public Exception {
 public:
  using Exception::Exception;
};

/// Throws the exception type that fits `error.kind()`.
[[noreturn]] BOTOCXX_EXPORT void throw_error(const Error& error);

}  // namespace botocxx::inline v1
