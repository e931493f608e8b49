#include <botocxx/base/attempt_record.h>
#include <botocxx/base/error.h>

#include <array>

namespace botocxx::inline v1 {

struct Error::Record {
  ErrorKind kind;
  std::string code;
  std::string other_code;  ///< or empty
  std::string message;
  int status = 0;
  std::string request_id;
  std::string host_id;
  std::string service;
  std::string operation;
  int attempts = 0;
  std::vector<AttemptRecord> history;
  std::shared_ptr<const Value> fields;
  std::vector<std::string> hints;
  std::vector<std::pair<std::string, std::string>> context;
  std::shared_ptr<const Error> cause;
};

namespace {

// Names that users may ask for where an answer without a body leaves only its status as code.
struct CodeAlias {
  std::string_view code;
  std::string_view name;
};
constexpr std::array<CodeAlias, 12> kCodeAliases{{
    {"301", "PermanentRedirect"},
    {"304", "NotModified"},
    {"400", "BadRequest"},
    {"401", "Unauthorized"},
    {"403", "Forbidden"},
    {"403", "AccessDenied"},
    {"404", "NotFound"},
    {"405", "MethodNotAllowed"},
    {"409", "Conflict"},
    {"412", "PreconditionFailed"},
    {"416", "InvalidRange"},
    {"500", "InternalError"},
}};

}  // namespace

std::string_view to_string(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kUsage:
      return "usage";
    case ErrorKind::kModel:
      return "model";
    case ErrorKind::kValidation:
      return "validation";
    case ErrorKind::kEndpoint:
      return "endpoint";
    case ErrorKind::kCredentials:
      return "credentials";
    case ErrorKind::kTransport:
      return "transport";
    case ErrorKind::kService:
      return "service";
    case ErrorKind::kParse:
      return "parse";
    case ErrorKind::kCancelled:
      return "cancelled";
    case ErrorKind::kTimeout:
      return "timeout";
    case ErrorKind::kInternal:
      return "internal";
  }
  return "unknown";
}

Error::Error(ErrorKind kind, std::string code, std::string message)
    : record_(std::make_shared<Record>()) {
  record_->kind = kind;
  record_->code = std::move(code);
  record_->message = std::move(message);
}

ErrorKind Error::kind() const { return record_->kind; }
const std::string& Error::code() const { return record_->code; }
const std::string& Error::message() const { return record_->message; }
int Error::status() const { return record_->status; }
const std::string& Error::request_id() const { return record_->request_id; }
const std::string& Error::host_id() const { return record_->host_id; }
const std::string& Error::service() const { return record_->service; }
const std::string& Error::operation() const { return record_->operation; }
int Error::attempts() const { return record_->attempts; }
const std::vector<AttemptRecord>& Error::attempt_history() const { return record_->history; }
const Value* Error::fields() const { return record_->fields.get(); }
const std::vector<std::string>& Error::hints() const { return record_->hints; }
const std::vector<std::pair<std::string, std::string>>& Error::context() const {
  return record_->context;
}
const Error* Error::cause() const { return record_->cause.get(); }

bool Error::is(std::string_view code) const {
  if (record_->code == code) return true;
  if (!record_->other_code.empty() && record_->other_code == code) return true;
  for (const CodeAlias& alias : kCodeAliases) {
    if (alias.code == record_->code && alias.name == code) return true;
  }
  return false;
}

std::string Error::describe() const {
  std::string text = record_->message;
  for (const auto& [key, value] : record_->context) text += "\n  " + key + ": " + value;
  for (const std::string& hint : record_->hints) text += "\n  hint: " + hint;
  if (record_->cause) text += "\n  caused by: " + record_->cause->describe();
  return text;
}

Error::Record& Error::own() {
  if (record_.use_count() > 1) record_ = std::make_shared<Record>(*record_);
  return *record_;
}

Error Error::with_status(int status) && {
  own().status = status;
  return std::move(*this);
}

Error Error::with_request_ids(std::string request_id, std::string host_id) && {
  own().request_id = std::move(request_id);
  own().host_id = std::move(host_id);
  return std::move(*this);
}

Error Error::with_call(std::string service, std::string operation) && {
  own().service = std::move(service);
  own().operation = std::move(operation);
  return std::move(*this);
}

Error Error::with_attempts(int attempts) && {
  own().attempts = attempts;
  return std::move(*this);
}

Error Error::with_attempt_history(std::vector<AttemptRecord> history) && {
  own().history = std::move(history);
  return std::move(*this);
}

Error Error::with_fields(std::shared_ptr<const Value> fields) && {
  own().fields = std::move(fields);
  return std::move(*this);
}

Error Error::with_hint(std::string hint) && {
  own().hints.push_back(std::move(hint));
  return std::move(*this);
}

Error Error::with_context(std::string key, std::string value) && {
  own().context.emplace_back(std::move(key), std::move(value));
  return std::move(*this);
}

Error Error::with_other_code(std::string code) && {
  own().other_code = std::move(code);
  return std::move(*this);
}
Error Error::with_cause(Error cause) && {
  own().cause = std::make_shared<const Error>(std::move(cause));
  return std::move(*this);
}

Exception::Exception(Error error) : error_(std::move(error)) {}
const char* Exception::what() const noexcept { return error_.message().c_str(); }

void throw_error(const Error& error) {
  switch (error.kind()) {
    case ErrorKind::kService:
      throw ServiceException(error);
    case ErrorKind::kValidation:
      throw ValidationException(error);
    case ErrorKind::kCredentials:
      throw CredentialsException(error);
    case ErrorKind::kTransport:
    case ErrorKind::kTimeout:
    case ErrorKind::kCancelled:
      throw TransportException(error);
    case ErrorKind::kUsage:
      throw UsageException(error);
    case ErrorKind::kModel:
    case ErrorKind::kEndpoint:
    case ErrorKind::kParse:
    case ErrorKind::kInternal:
      break;
  }
  throw Exception(error);
}

}  // namespace botocxx::inline v1
