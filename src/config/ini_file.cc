#include "config/python_blanks.h"
#include <botocxx/base/text_encoding.h>
#include <botocxx/config/ini_file.h>

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace botocxx::inline v1 {
namespace {

using config::without_blanks;

class Parser {
 public:
  Parser(std::string_view text, std::string_view path) : rest_(text), path_(path) {}

  Result<std::vector<IniFile::Section>> run() {
    if (rest_.starts_with("\xef\xbb\xbf")) return error(1, "it begins with a byte order mark");
    while (!rest_.empty()) {
      std::string_view line = take_line();
      if (!is_utf8(line)) return error(line_, "it is not UTF-8");
      if (auto good = add_line(line); !good) return std::move(good).error();
    }
    for (const ValueLines& place : lines_of_) {
      if (place.in_defaults && !is_inherited(defaults_[place.option].name)) continue;
      if (auto good = finish(option_at(place), place.lines); !good) return std::move(good).error();
    }
    inherit();
    return std::move(sections_);
  }

 private:
  // The lines that an option's value was read from.
  struct ValueLines {
    bool in_defaults;
    std::size_t section;
    std::size_t option;
    std::vector<int> lines;
  };

  Error error(int line, std::string_view reason) const {
    return Error(ErrorKind::kCredentials, "ConfigParse",
                 fmt::format("Unable to parse config file: {}:{}: {}", path_, line, reason));
  }

  // Lines end with "\n", "\r\n" or "\r".
  std::string_view take_line() {
    ++line_;
    std::size_t end = std::min(rest_.find_first_of("\r\n"), rest_.size());
    std::string_view line = rest_.substr(0, end);
    bool is_pair = rest_.substr(end, 2) == "\r\n";
    rest_.remove_prefix(std::min(end + (is_pair ? 2 : 1), rest_.size()));
    return line;
  }

  Result<void> add_line(std::string_view line) {
    std::string_view text = without_blanks(line);
    if (text.starts_with('#') || text.starts_with(';')) return {};
    if (text.empty()) {
      if (option_ != kNone) append({});
      return {};
    }
    std::size_t indent = config::indent_of(line);
    if (option_ != kNone && indent > indent_) {
      append(text);
      return {};
    }
    indent_ = indent;
    std::size_t bracket = text.rfind(']');
    if (text.front() == '[' && bracket != std::string_view::npos && bracket > 1) {
      return open_section(text.substr(1, bracket - 1));
    }
    return add_option(text);
  }

  Result<void> open_section(std::string_view name) {
    option_ = kNone;
    is_default_ = name == "DEFAULT";
    section_ = sections_.size();
    if (is_default_) return {};
    for (const IniFile::Section& section : sections_) {
      if (section.name != name) continue;
      return error(line_,
                   fmt::format("section [{}] is there already, in line {}", name, section.line));
    }
    sections_.push_back({std::string(name), {}, line_});
    return {};
  }

  Result<void> add_option(std::string_view text) {
    if (!is_default_ && sections_.empty()) {
      return error(line_, "an option before the first [section]");
    }
    std::size_t delimiter = text.find_first_of("=:");
    if (delimiter == std::string_view::npos) {
      return error(line_, "expected [section], name = value, or an indented line that goes on");
    }
    std::string name = to_lower(without_blanks(text.substr(0, delimiter)));
    if (name.empty()) return error(line_, "the option's name is missing");
    auto& options = open_options();
    for (const IniFile::Option& option : options) {
      if (option.name != name) continue;
      return error(line_, fmt::format("option {} is there already, in line {}", name, option.line));
    }
    option_ = options.size();
    options.push_back({name, std::string(without_blanks(text.substr(delimiter + 1))), line_});
    lines_of_.push_back({&options == &defaults_, section_, option_, {line_}});
    return {};
  }

  void append(std::string_view text) {
    open_options()[option_].value.append("\n").append(text);
    lines_of_.back().lines.push_back(line_);
  }

  std::vector<IniFile::Option>& open_options() {
    return is_default_ ? defaults_ : sections_[section_].options;
  }
  IniFile::Option& option_at(const ValueLines& place) {
    return (place.in_defaults ? defaults_ : sections_[place.section].options)[place.option];
  }

  bool is_inherited(std::string_view name) const {
    return std::any_of(sections_.begin(), sections_.end(),
                       [&](const IniFile::Section& section) { return !section.find(name); });
  }

  void inherit() {
    for (IniFile::Section& section : sections_) {
      for (const IniFile::Option& option : defaults_) {
        if (!section.find(option.name)) section.options.push_back(option);
      }
    }
  }

  // Trailing empty lines are no part of a value; a value that begins with a line end is a list of
  // options of its own.
  Result<void> finish(IniFile::Option& option, const std::vector<int>& lines) const {
    option.value.resize(config::without_blanks_at_end(option.value).size());
    if (!option.is_block()) return {};
    std::size_t count = 0;
    for (std::string_view rest = option.value; !rest.empty(); ++count) {
      std::size_t end = std::min(rest.find('\n'), rest.size());
      for (std::string_view line : config::split_lines(rest.substr(0, end))) {
        if (auto good = add_nested(option, without_blanks(line), lines[count]); !good) return good;
      }
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return {};
  }

  // A later line replaces an earlier one of the same name.
  Result<void> add_nested(IniFile::Option& option, std::string_view text, int line) const {
    if (text.empty()) return {};
    std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) {
      return error(line, fmt::format("a line under {} is not name = value", option.name));
    }
    IniFile::Nested made{std::string(without_blanks(text.substr(0, equals))),
                         std::string(without_blanks(text.substr(equals + 1))), line};
    for (IniFile::Nested& nested : option.nested) {
      if (nested.name != made.name) continue;
      nested = std::move(made);
      return {};
    }
    option.nested.push_back(std::move(made));
    return {};
  }

  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  std::string_view rest_;
  std::string_view path_;
  std::vector<IniFile::Section> sections_;
  std::vector<IniFile::Option> defaults_;
  std::vector<ValueLines> lines_of_;
  std::size_t section_ = kNone, option_ = kNone, indent_ = 0;
  bool is_default_ = false;
  int line_ = 0;
};

}  // namespace

const IniFile::Nested* IniFile::Option::find(std::string_view wanted) const {
  auto found = std::find_if(nested.begin(), nested.end(),
                            [&](const Nested& one) { return one.name == wanted; });
  return found == nested.end() ? nullptr : &*found;
}

const IniFile::Option* IniFile::Section::find(std::string_view wanted) const {
  auto found = std::find_if(options.begin(), options.end(),
                            [&](const Option& option) { return option.name == wanted; });
  return found == options.end() ? nullptr : &*found;
}

const IniFile::Section* IniFile::find(std::string_view name) const {
  auto found = std::find_if(sections_.begin(), sections_.end(),
                            [&](const Section& section) { return section.name == name; });
  return found == sections_.end() ? nullptr : &*found;
}

Result<IniFile> IniFile::parse(std::string_view text, std::string_view path) {
  auto sections = Parser(text, path).run();
  if (!sections) return std::move(sections).error();
  IniFile file;
  file.sections_ = *std::move(sections);
  return file;
}

}  // namespace botocxx::inline v1
