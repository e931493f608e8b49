#include "cli/output.h"

#include <botocxx/codec/json.h>

#include <fmt/format.h>

#include <cstdio>
#include <string>

namespace botocxx::cli {
namespace {

void write_error(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stderr); }

// The AWS command line prints times in Python's isoformat.
std::string isoformat(Timestamp time) {
  std::string text = time.to_iso8601();
  text.pop_back();
  return text + "+00:00";
}

Value with_times_as_text(const Value& value) {
  if (value.is_timestamp()) return Value(isoformat(value.as_timestamp()));
  if (value.is_list()) {
    Value out = Value::list();
    for (const Value& item : value.items()) out.push_back(with_times_as_text(item));
    return out;
  }
  if (!value.is_object()) return value;
  Value out = Value::object();
  for (const Value::Member& member : value.members()) {
    out.append_member(Key(member.key, out.resource()), with_times_as_text(member.value));
  }
  return out;
}

// "An error occurred (Code) when calling the Op operation: message", as botocore words it.
std::string headline(const Error& error) {
  if (error.kind() != ErrorKind::kService) return error.message();
  return fmt::format("An error occurred ({}) when calling the {} operation: {}",
                     error.code().empty() ? "Unknown" : error.code(), error.operation(),
                     error.message().empty() ? "Unknown" : error.message());
}

}  // namespace

ExitStatus print_data(std::string_view text) {
  bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (written && std::fflush(stdout) == 0) return ExitStatus::kOk;
  write_error("botocxx: error: cannot write to standard output\n");
  return ExitStatus::kOther;
}

ExitStatus print_result(const Value& result) {
  if (result.is_null() || (result.is_object() && result.empty())) return ExitStatus::kOk;
  return print_data(to_json(with_times_as_text(result), JsonLayout::kIndented) + '\n');
}

ExitStatus report(const Error& error) {
  std::string text = "botocxx: error: " + headline(error) + '\n';
  for (const std::string& hint : error.hints()) text += "hint: " + hint + '\n';
  for (const Error* cause = error.cause(); cause != nullptr; cause = cause->cause()) {
    text += "caused by: " + cause->message() + '\n';
  }
  if (!error.request_id().empty()) text += "request id: " + error.request_id() + '\n';
  write_error(text);
  return exit_status_of(error);
}

ExitStatus report_usage(std::string_view message, std::string_view hint) {
  Error error(ErrorKind::kUsage, "Usage", std::string(message));
  return report(hint.empty() ? error : std::move(error).with_hint(std::string(hint)));
}

void warn(std::string_view message) { write_error(fmt::format("botocxx: warning: {}\n", message)); }
void log_line(std::string_view line) { write_error(fmt::format("{}\n", line)); }

}  // namespace botocxx::cli
