#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/result.h>

#include <string>
#include <string_view>
#include <vector>

namespace botocxx::inline v1 {

/// A file of sections and options as botocore reads it (Python's `RawConfigParser`): `#` and `;`
/// begin comments only as a line's first character, `=` or `:` ends an option's name, names are
/// lower-cased, indented lines go on with a value, a second section or option of the same name is
/// an error, and options of `[DEFAULT]` count for every section. A plain value.
class BOTOCXX_EXPORT IniFile {
 public:
  /// A `name = value` line under an option.
  struct Nested {
    std::string name;
    std::string value;
    int line = 0;
  };
  struct Option {
    std::string name;
    std::string value;  ///< lines joined by "\n"
    int line = 0;
    /// The lines under an option whose own line is empty (`s3 =`), in their order.
    std::vector<Nested> nested{};

    bool is_block() const { return value.starts_with('\n'); }
    /// Null when there is no such line.
    const Nested* find(std::string_view name) const;
  };
  struct Section {
    std::string name;
    std::vector<Option> options{};
    int line = 0;

    /// Null when there is no such option. `name` is in lower case.
    const Option* find(std::string_view name) const;
  };

  /// Errors (kind kCredentials, code "ConfigParse") name `path` and the line, never its content:
  /// that may be a secret.
  static Result<IniFile> parse(std::string_view text, std::string_view path);

  const std::vector<Section>& sections() const { return sections_; }
  const Section* find(std::string_view name) const;

 private:
  std::vector<Section> sections_;
};

}  // namespace botocxx::inline v1
