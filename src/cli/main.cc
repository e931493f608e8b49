#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/output.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <exception>

namespace botocxx::cli {
namespace {

constexpr std::string_view kVersion = "botocxx/0.1.0\n";

// `--help` at the end is the word `help`; the commands that are no service have one help for all.
std::vector<std::string> with_help_word(std::vector<std::string> words) {
  if (words.size() < 2 || words.back() != "--help") return words;
  const std::string& command = words.front();
  constexpr std::array kOwn{"call", "configure", "explain", "models", "request", "sign", "wire"};
  if (std::ranges::find(kOwn, command) != kOwn.end()) return {"help"};
  words.back() = "help";
  return words;
}

ExitStatus run(const std::vector<std::string>& given) {
  std::vector<std::string> words = with_help_word(given);
  CommandWords split = split_command(words, 1);
  if (split.command.empty()) {
    for (const std::string& word : split.rest) {
      if (word == "--version") return print_data(kVersion);
      if (word == "--help") return run_help();
    }
    if (!split.rest.empty()) return report_usage("a command is missing", "botocxx help");
    return run_help();
  }
  const std::string& command = split.command[0];
  if (command == "help") return run_help();
  if (command == "call") return run_call(split.rest);
  if (command == "configure") return run_configure(split.rest);
  if (command == "explain") return run_explain(split.rest);
  if (command == "models") return run_models(split.rest);
  if (command == "sso" && is_sso_verb(split.rest)) return run_sso(split.rest);
  if (command == "request") return run_request(split.rest);
  if (command == "sign") return run_sign(split.rest);
  if (command == "wire") return run_wire(split.rest);
  std::vector<std::string> service_words{command};
  service_words.insert(service_words.end(), split.rest.begin(), split.rest.end());
  return run_service(service_words);
}

}  // namespace

// A file or connection that is opened later must not get the number of a standard stream that the
// caller closed: results would be written into it.
void hold_standard_streams() {
  for (int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(stream, F_GETFD) >= 0) continue;
    // The lowest free number is this one. Reading only: writing to standard output still fails.
    ::open("/dev/null", stream == STDERR_FILENO ? O_WRONLY : O_RDONLY);
  }
}

ExitStatus run_help() {
  std::string text =
      "botocxx: every modelled operation, from the models themselves\n\n"
      "  botocxx SERVICE OPERATION [--member value …] [OUTFILE]\n"
      "  botocxx SERVICE wait WAITER [--member value …]\n"
      "  botocxx SERVICE help | SERVICE OPERATION help | SERVICE wait help\n"
      "  botocxx call SERVICE OPERATION --params JSON|file://PATH [--body FILE] [OUTFILE]\n"
      "  botocxx models list|versions|operations|describe|where|validate|compile …\n"
      "  botocxx explain endpoint SERVICE [OPERATION] [--params JSON] [--param NAME=VALUE …]\n"
      "  botocxx explain config [SERVICE]\n"
      "  botocxx configure [get|set|list|list-profiles|import|export-credentials|add-model …]\n"
      "  botocxx sso login [--sso-session NAME] [--no-browser] [--use-device-code] | sso logout\n"
      "  botocxx request METHOD URL [--service NAME] [--header 'NAME: VALUE' …] [--data "
      "TEXT|@FILE]\n"
      "  botocxx sign METHOD URL --service NAME [--expires-in SECONDS] [--stages]\n"
      "  botocxx wire request|response|endpoint|jmespath [--input FILE] [--jobs N]\n"
      "  botocxx --version\n\n"
      "s3api is another name of s3. Options of every command:\n";
  for (const OptionSpec& spec : global_options()) {
    text += fmt::format("  --{:<22} {}\n", spec.name, spec.help);
  }
  return print_data(text);
}

}  // namespace botocxx::cli

int main(int argc, char** argv) {
  try {
    botocxx::cli::hold_standard_streams();
    std::vector<std::string> words(argv + 1, argv + argc);
    return static_cast<int>(botocxx::cli::run(words));
  } catch (const std::exception& error) {
    return static_cast<int>(botocxx::cli::report(
        botocxx::Error(botocxx::ErrorKind::kInternal, "Internal", error.what())));
  }
}
