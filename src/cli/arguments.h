#pragma once

#include <botocxx/base/result.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::cli {

/// What follows an option's name on the command line.
enum class Arity {
  kNone,  ///< a flag
  kOne,   ///< one value
  kMany   ///< values up to the next option
};

struct OptionSpec {
  std::string name;  ///< without the leading "--"
  Arity arity = Arity::kOne;
  std::string help;
};

/// A command line taken apart by a list of options.
class Arguments {
 public:
  /// `--name value`, `--name=value`; everything else is a positional. Unknown options are errors
  /// ("Usage") that name the nearest. After "--" all is positional.
  static Result<Arguments> parse(const std::vector<std::string>& words,
                                 const std::vector<OptionSpec>& specs);

  const std::vector<std::string>& positionals() const { return positionals_; }
  bool has(std::string_view name) const { return options_.contains(std::string(name)); }
  /// Last value given.
  std::optional<std::string> get(std::string_view name) const;
  std::vector<std::string> all(std::string_view name) const;
  /// Names in the order given on the command line, each once.
  const std::vector<std::string>& order() const { return order_; }

 private:
  std::vector<std::string> positionals_;
  std::map<std::string, std::vector<std::string>> options_;
  std::vector<std::string> order_;
};

/// Options that every command takes.
const std::vector<OptionSpec>& global_options();

/// Splits `words` at the first `count` positionals (global options may stand between them): those,
/// and all other words in order.
struct CommandWords {
  std::vector<std::string> command;
  std::vector<std::string> rest;
};
CommandWords split_command(const std::vector<std::string>& words, std::size_t count);

/// The global options among `words`, with their values.
std::vector<std::string> only_global_options(const std::vector<std::string>& words);

}  // namespace botocxx::cli
