// Reads shorthand: one JSON text a line in, one JSON value or error a line out. For
// tests/differential/test_shorthand.py.
#include "cli/shorthand_parser.h"
#include <botocxx/codec/json.h>

#include <iostream>

int main() {
  auto no_files = [](const std::string& text) -> botocxx::Result<botocxx::Value> {
    return botocxx::Value("file:" + text);
  };
  for (std::string line; std::getline(std::cin, line);) {
    auto text = botocxx::parse_json(line).value();
    auto value = botocxx::cli::parse_shorthand(text.as_string(), no_files);
    botocxx::Value out = botocxx::Value::object();
    if (value) {
      out.set("value", *std::move(value));
    } else {
      out.set("error", botocxx::Value(value.error().message()));
    }
    std::cout << botocxx::to_json(out) << std::endl;
  }
}
