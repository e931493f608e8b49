#include "cli/output.h"

#include <botocxx/base/attempt_record.h>
#include <botocxx/codec/json.h>

#include <fmt/format.h>

#include <cstdio>
#include <string>

namespace botocxx::cli {
namespace {

void write_error(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stderr); }

// What a server or a file says must not steer the terminal, nor look like a line of ours.
std::string printable(std::string_view text, bool keep_newlines) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto octet = static_cast<unsigned char>(text[i]);
    bool c1 = octet == 0xc2 && i + 1 < text.size() && (text[i + 1] & 0xe0) == 0x80;
    bool control = octet < 0x20 || octet == 0x7f;
    if (c1) {
      out += fmt::format("\\u00{:02x}", static_cast<unsigned char>(text[++i]));
    } else if (control && octet != '\t' && !(octet == '\n' && keep_newlines)) {
      out += octet == '\n' ? "\\n" : octet == '\r' ? "\\r" : fmt::format("\\x{:02x}", octet);
    } else {
      out += text[i];
    }
  }
  return out;
}

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
  // botocore's message lists every service there is; the nearest name, a hint, is of more use here.
  if (error.code() == "UnknownService") {
    return error.message().substr(0, error.message().find(". Valid service names"));
  }
  if (error.kind() != ErrorKind::kService) return error.message();
  const auto& history = error.attempt_history();
  std::string retries;
  if (!history.empty() && history.back().attempts_exhausted) {
    retries = fmt::format(" (reached max retries: {})", history.size() - 1);
  }
  return fmt::format("An error occurred ({}) when calling the {} operation{}: {}",
                     error.code().empty() ? "Unknown" : error.code(), error.operation(), retries,
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

ExitStatus print_queried(const Value& result, const JmespathExpression& query) {
  auto found = query.search(with_times_as_text(result));
  if (!found) return report(found.error());
  if (found->is_object() && found->empty()) return ExitStatus::kOk;
  return print_data(to_json(*found, JsonLayout::kIndented) + '\n');
}

ExitStatus print_result_line(const Value& result) {
  return print_data(to_json(with_times_as_text(result)) + '\n');
}

ExitStatus report(const Error& error) {
  // Several problems of parameters are a line each; what comes from elsewhere stays on one.
  std::string text = "botocxx: error: ";
  text += printable(headline(error), error.kind() == ErrorKind::kValidation) + '\n';
  auto add_line = [&](std::string_view label, const std::string& content) {
    text += fmt::format("{}: {}\n", label, printable(content, false));
  };
  for (const std::string& hint : error.hints()) add_line("hint", hint);
  for (const auto& [name, fact] : error.context()) {
    if (name == "reason") add_line("reason", fact);
  }
  for (const Error* cause = error.cause(); cause != nullptr; cause = cause->cause()) {
    add_line("caused by", cause->message());
  }
  if (!error.request_id().empty()) add_line("request id", error.request_id());
  write_error(text);
  return exit_status_of(error);
}

ExitStatus report_usage(std::string_view message, std::string_view hint) {
  Error error(ErrorKind::kUsage, "Usage", std::string(message));
  return report(hint.empty() ? error : std::move(error).with_hint(std::string(hint)));
}

void warn(std::string_view message) {
  write_error(fmt::format("botocxx: warning: {}\n", printable(message, false)));
}

void warn_of_model(const ModelIssue& issue) {
  std::string text = issue.to_string();
  constexpr std::string_view kLabel = "warning: ";  // `warn` says so already
  if (std::size_t at = text.find(kLabel); at != std::string::npos) text.erase(at, kLabel.size());
  warn(text);
}
void log_line(std::string_view line) { write_error(fmt::format("{}\n", printable(line, false))); }

}  // namespace botocxx::cli
