#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/configure.h"
#include "cli/output.h"
#include "cli/setting_text.h"
#include <botocxx/config/config_file_writer.h>

#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <iostream>

namespace botocxx::cli {
namespace {

constexpr std::string_view kUsage =
    "botocxx configure [get NAME | set NAME VALUE | list | list-profiles | import --csv FILE | "
    "export-credentials [--format FORMAT] | add-model --service-model FILE [--service-name NAME]] "
    "[--profile NAME]";

struct Question {
  std::string_view option;
  std::string_view text;
  bool is_secret = false;
};
constexpr std::array<Question, 4> kQuestions{
    {{"aws_access_key_id", "AWS Access Key ID", true},
     {"aws_secret_access_key", "AWS Secret Access Key", true},
     {"region", "Default region name"},
     {"output", "Default output format"}}};

// What is typed must not be seen where it is a secret key.
class Silence {
 public:
  explicit Silence(bool wanted) : active_(wanted && ::tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!active_) return;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
  }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;
  ~Silence() {
    if (!active_) return;
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    std::cerr << '\n';
  }

 private:
  termios before_{};
  bool active_;
};

// An empty answer, or none, leaves the value as it is.
std::string ask(const Question& question, const std::optional<std::string>& current) {
  std::string shown = current ? (question.is_secret ? masked(*current) : *current) : "None";
  std::cerr << fmt::format("{} [{}]: ", question.text, shown) << std::flush;
  Silence silence(question.option == "aws_secret_access_key");
  std::string answer;
  std::getline(std::cin, answer);
  if (answer.ends_with('\r')) answer.pop_back();
  return answer;
}

ExitStatus ask_all(const SharedConfig& shared) {
  std::vector<ConfigFileOption> keys, others;
  for (const Question& question : kQuestions) {
    auto current = shared.get(question.option);
    auto value = current ? std::optional(current->value) : std::nullopt;
    std::string answer = ask(question, value);
    if (answer.empty() || answer == value) continue;
    (is_kept_with_keys(question.option) ? keys : others)
        .push_back({std::string(question.option), answer});
  }
  return write_options(shared, shared.profile(), keys, others);
}

}  // namespace

bool is_kept_with_keys(std::string_view option) {
  return option == "aws_access_key_id" || option == "aws_secret_access_key" ||
         option == "aws_session_token" || option == "aws_security_token";
}

ExitStatus write_options(const SharedConfig& shared, const std::string& profile,
                         const std::vector<ConfigFileOption>& keys,
                         const std::vector<ConfigFileOption>& others) {
  const FileSystem& files = *system_host().files;
  if (!keys.empty()) {
    auto written = update_config_file(files, shared.credentials_path(), profile, keys);
    if (!written) return report(written.error());
  }
  if (!others.empty()) {
    auto written =
        update_config_file(files, shared.config_path(), config_section_of(profile), others);
    if (!written) return report(written.error());
  }
  return ExitStatus::kOk;
}

ExitStatus run_configure(const std::vector<std::string>& words) {
  std::vector<OptionSpec> specs = global_options();
  specs.push_back({"csv", Arity::kOne, "file with keys, as the console gives it out"});
  specs.push_back({"skip-invalid", Arity::kNone, "leave out lines that cannot be read"});
  specs.push_back({"profile-prefix", Arity::kOne, "goes before names of imported profiles"});
  specs.push_back({"format", Arity::kOne,
                   "process, env, env-no-export, powershell, windows-cmd "
                   "or fish"});
  specs.push_back({"service-model", Arity::kOne, "JSON of a model, or file://PATH"});
  specs.push_back({"service-name", Arity::kOne, "name that the model's service gets"});
  auto arguments = Arguments::parse(words, specs);
  if (!arguments) return report(arguments.error());
  const auto& names = arguments->positionals();
  const std::string verb = names.empty() ? "" : names[0];
  if (verb == "list" && names.size() == 1) return configure_list(*arguments);
  if (verb == "export-credentials" && names.size() == 1) return export_credentials(*arguments);
  if (verb == "add-model" && names.size() == 1) return add_model(*arguments);
  auto shared = SharedConfig::load(system_host(), arguments->get("profile").value_or(""),
                                   verb == "get" ? SharedConfig::MissingProfile::kIsAnError
                                                 : SharedConfig::MissingProfile::kIsEmpty);
  if (!shared) return report(shared.error());
  if (names.empty()) return ask_all(**shared);
  if (verb == "get" && names.size() == 2) return configure_get(**shared, names[1]);
  if (verb == "set" && names.size() == 3) return configure_set(**shared, names[1], names[2]);
  if (verb == "import" && names.size() == 1) return import_keys(**shared, *arguments);
  if (verb == "list-profiles" && names.size() == 1) {
    std::string text;
    for (const std::string& name : (*shared)->profile_names()) text += name + '\n';
    return print_data(text);
  }
  return report_usage(
      fmt::format("configure does not know \"{}\" with {} words", verb, names.size() - 1), kUsage);
}

}  // namespace botocxx::cli
