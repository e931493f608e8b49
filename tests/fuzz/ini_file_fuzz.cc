// A configuration file either is refused with its path and a line, or has sections whose options
// can all be found again.
#include <botocxx/config/ini_file.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  auto file = botocxx::IniFile::parse(text, "/f");
  if (!file) {
    bool named = file.error().message().starts_with("Unable to parse config file: /f:");
    if (!named) std::abort();
    return 0;
  }
  for (const auto& section : file->sections()) {
    if (file->find(section.name) != &section) std::abort();
    for (const auto& option : section.options) {
      if (section.find(option.name) != &option || option.line < 1) std::abort();
      for (const auto& nested : option.nested) {
        if (option.find(nested.name) != &nested || nested.line <= option.line) std::abort();
      }
    }
  }
  return 0;
}
