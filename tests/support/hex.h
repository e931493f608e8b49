#pragma once

#include <string>
#include <string_view>

namespace botocxx::testing_support {

/// "0aff" → two octets; blanks are skipped.
inline std::string octets(std::string_view hex) {
  std::string digits, out;
  for (char c : hex) {
    if (c != ' ') digits += c;
  }
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
    out += static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16));
  }
  return out;
}

}  // namespace botocxx::testing_support
