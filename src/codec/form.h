#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace botocxx::codec {

/// The fields of a form (application/x-www-form-urlencoded), in the order in which they came.
class FormFields {
 public:
  /// A name that comes again replaces the value and keeps the place of the first, as in a Python
  /// dictionary.
  void set(std::string name, std::string value) {
    fields_.emplace_back(std::move(name), std::move(value));
  }

  /// `name=value&…` as Python's `urlencode` writes it: UTF-8, a blank is "+", every octet that is
  /// neither a letter, a digit nor one of `-._~` is `%XX`.
  std::string encode() const;

 private:
  std::vector<std::pair<std::string, std::string>> fields_;  ///< repetitions included
};

}  // namespace botocxx::codec
