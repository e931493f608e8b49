#include "config/python_blanks.h"
#include "config/shell_words.h"
#include <botocxx/base/text_encoding.h>
#include <botocxx/config/config_file_writer.h>
#include <botocxx/config/ini_file.h>

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <vector>

namespace botocxx::inline v1 {
namespace {

constexpr std::string_view kNestedIndent = "    ";

Error unwritable(std::string_view what) {
  return Error(ErrorKind::kUsage, "InvalidConfig",
               fmt::format("{} cannot be written into a configuration file", what));
}

Result<void> check(std::string_view section, std::span<const ConfigFileOption> options) {
  auto breaks = [](std::string_view text) { return text.find_first_of("\r\n") != text.npos; };
  if (breaks(section)) return unwritable("a section's name with a line end");
  for (const ConfigFileOption& option : options) {
    for (std::string_view name : {std::string_view(option.name), std::string_view(option.nested)}) {
      bool good = !breaks(name) && name.find_first_of("=:#;[") == name.npos &&
                  config::without_blanks(name) == name;
      if (!good) return unwritable(fmt::format("the name \"{}\"", name));
    }
    if (option.name.empty()) return unwritable("an empty name");
    // What the value is must not be said: it may be a secret.
    if (breaks(option.value)) {
      return unwritable(fmt::format("a value of {} with a line end", option.name));
    }
  }
  return {};
}

// Line ends belong to their lines.
std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    std::size_t end = text.find_first_of("\r\n");
    std::size_t length = end == text.npos ? text.size() : end + 1;
    if (end != text.npos && text.substr(end, 2) == "\r\n") ++length;
    lines.emplace_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return lines;
}

bool is_content(std::string_view line) {
  line = config::without_blanks(line);
  return !line.empty() && !line.starts_with('#') && !line.starts_with(';');
}

bool same_heading(const std::string& heading, std::string_view wanted) {
  if (heading == wanted) return true;
  auto words = config::split_shell_words(heading);
  auto wanted_words = config::split_shell_words(wanted);
  return words && wanted_words && words->size() == 2 && *words == *wanted_words;
}

// One section of a text, whose lines are edited in place; line numbers begin with 1.
class SectionEditor {
 public:
  SectionEditor(std::vector<std::string>& lines, const IniFile& file,
                const IniFile::Section& section)
      : lines_(lines), section_(section), end_(lines.size() + 1) {
    for (const IniFile::Section& other : file.sections()) {
      if (other.line > section.line) end_ = std::min(end_, std::size_t(other.line));
    }
    // `[DEFAULT]` is a heading, too, that the file's sections do not show.
    for (std::size_t i = std::size_t(section.line) + 1; i < end_; ++i) {
      if (lines_[i - 1].starts_with("[DEFAULT]")) end_ = i;
    }
  }

  void set(const ConfigFileOption& option) {
    const IniFile::Option* found = section_.find(to_lower(option.name));
    bool is_own = found != nullptr && std::size_t(found->line) > std::size_t(section_.line) &&
                  std::size_t(found->line) < end_;
    if (!is_own)
      return insert_after(last_content(std::size_t(section_.line), end_), text_of(option));
    const auto start = std::size_t(found->line);
    const std::size_t stop = end_of(*found);
    if (option.nested.empty() || !found->is_block()) {
      return replace(start, stop, text_of(option));
    }
    if (const IniFile::Nested* nested = found->find(option.nested)) {
      const auto line = std::size_t(nested->line);
      return replace(line, line + 1, indent_at(line) + nested_text(option));
    }
    const std::size_t last = last_content(start, stop);
    std::string indent = last == start ? std::string(kNestedIndent) : indent_at(last);
    insert_after(last, indent + nested_text(option));
  }

 private:
  static std::string nested_text(const ConfigFileOption& option) {
    return fmt::format("{} = {}\n", option.nested, option.value);
  }
  static std::string text_of(const ConfigFileOption& option) {
    if (option.nested.empty()) return fmt::format("{} = {}\n", option.name, option.value);
    return fmt::format("{} =\n{}{}", option.name, kNestedIndent, nested_text(option));
  }

  std::string indent_at(std::size_t line) const {
    const std::string& text = lines_[line - 1];
    return text.substr(0, text.find_first_not_of(" \t"));
  }

  // The line behind an option's value.
  std::size_t end_of(const IniFile::Option& option) const {
    std::size_t next = end_;
    for (const IniFile::Option& other : section_.options) {
      if (other.line > option.line) next = std::min(next, std::size_t(other.line));
    }
    return last_content(std::size_t(option.line), next) + 1;
  }

  std::size_t last_content(std::size_t from, std::size_t to) const {
    std::size_t last = from;
    for (std::size_t line = from; line < to; ++line) {
      if (is_content(lines_[line - 1])) last = line;
    }
    return last;
  }

  void insert_after(std::size_t line, std::string text) {
    std::string& before = lines_[line - 1];
    if (!before.ends_with('\n') && !before.ends_with('\r')) before += '\n';
    lines_.insert(lines_.begin() + std::ptrdiff_t(line), std::move(text));
  }

  void replace(std::size_t from, std::size_t to, std::string text) {
    lines_[from - 1] = std::move(text);
    // Comments between the lines of a value stay.
    for (std::size_t line = to - 1; line > from; --line) {
      if (is_content(lines_[line - 1])) lines_.erase(lines_.begin() + std::ptrdiff_t(line) - 1);
    }
  }

  std::vector<std::string>& lines_;
  const IniFile::Section& section_;
  std::size_t end_;
};

Result<std::string> with_option(std::string_view text, std::string_view section,
                                const ConfigFileOption& option, std::string_view path) {
  auto file = IniFile::parse(text, path);
  if (!file) return std::move(file).error();
  const IniFile::Section* found = nullptr;
  for (const IniFile::Section& one : file->sections()) {
    if (same_heading(one.name, section)) found = &one;
  }
  std::vector<std::string> lines = lines_of(text);
  if (found == nullptr) {
    bool open_end = !text.empty() && !text.ends_with('\n') && !text.ends_with('\r');
    std::string grown = fmt::format("{}{}[{}]\n", text, open_end ? "\n" : "", section);
    return with_option(grown, section, option, path);
  }
  SectionEditor(lines, *file, *found).set(option);
  std::string made;
  for (const std::string& line : lines) made += line;
  return made;
}

}  // namespace

std::string config_section_of(std::string_view profile) {
  if (profile == "default") return "default";
  bool plain = !profile.empty() && profile.find_first_of(" \t") == profile.npos;
  if (plain) return fmt::format("profile {}", profile);
  std::string quoted;
  for (char c : profile) quoted += c == '\'' ? std::string("'\"'\"'") : std::string(1, c);
  return fmt::format("profile '{}'", quoted);
}

Result<std::string> with_options(std::string_view text, std::string_view section,
                                 std::span<const ConfigFileOption> options, std::string_view path) {
  if (auto good = check(section, options); !good) return std::move(good).error();
  std::string made(text);
  for (const ConfigFileOption& option : options) {
    auto next = with_option(made, section, option, path);
    if (!next) return next;
    made = *std::move(next);
  }
  return made;
}

Result<void> update_config_file(const FileSystem& files, const std::string& path,
                                std::string_view section,
                                std::span<const ConfigFileOption> options) {
  std::string text;
  std::string target = path;
  if (files.status(path).type != FileSystem::Type::kMissing) {
    auto content = files.read_file(path);
    if (!content) return std::move(content).error();
    text = *std::move(content);
    std::error_code failure;
    auto real = std::filesystem::canonical(path, failure);
    if (!failure) target = real.string();
  }
  auto made = with_options(text, section, options, path);
  if (!made) return std::move(made).error();
  return files.replace_file(target, *made);
}

}  // namespace botocxx::inline v1
