#include "cli/setting_text.h"

#include <fmt/format.h>

namespace botocxx::cli {
namespace {

// "http://user:password@host" becomes "http://***@host".
std::string without_user_info(std::string_view text) {
  std::size_t start = text.find("://");
  std::size_t at = text.rfind('@');
  if (start == text.npos || at == text.npos || at < start) return std::string(text);
  return fmt::format("{}://***{}", text.substr(0, start), text.substr(at));
}

// What comes behind the program's name may be a password.
std::string program_of(std::string_view command) {
  std::size_t end = command.find_first_of(" \t");
  if (end == command.npos) return std::string(command);
  return fmt::format("{} ...", command.substr(0, end));
}

std::string on_one_line(std::string_view text) {
  std::string line;
  for (char c : text) {
    if (c == '\n') {
      line += line.empty() ? "" : "; ";
    } else {
      line += c;
    }
  }
  return line;
}

}  // namespace

std::string masked(std::string_view value) {
  // Of a short one four characters would be all.
  std::string_view end = value.size() > 4 ? value.substr(value.size() - 4) : std::string_view();
  return fmt::format("****************{}", end);
}

std::string shown_value(const SettingSpec& spec, std::string_view value) {
  bool is_key = spec.type == SettingType::kSecret || spec.name == "aws_access_key_id";
  if (is_key) return masked(value);
  if (spec.name == "credential_process") return program_of(value);
  return on_one_line(without_user_info(value));
}

}  // namespace botocxx::cli
