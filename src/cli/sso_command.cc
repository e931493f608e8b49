#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/connection.h"
#include "cli/output.h"
#include "cli/person.h"
#include <botocxx/credentials/sso_login.h>

#include <fmt/format.h>

#include <utility>

namespace botocxx::cli {
namespace {

constexpr std::string_view kUsage =
    "botocxx sso login [--sso-session NAME] [--no-browser] [--use-device-code] [--profile NAME], "
    "botocxx sso logout";

std::vector<OptionSpec> login_options() {
  std::vector<OptionSpec> specs = global_options();
  specs.push_back({"sso-session", Arity::kOne, "the session of the config file"});
  specs.push_back({"no-browser", Arity::kNone, "print the address only"});
  specs.push_back({"use-device-code", Arity::kNone, "enter a code instead of coming back here"});
  return specs;
}

void show_address(const SsoAuthorization& where) {
  std::string text = fmt::format("Open this address to grant the login:\n\n{}\n", where.url);
  if (!where.code.empty()) {
    text += fmt::format("\nand enter the code:\n\n{}\n", where.code);
    text +=
        fmt::format("\nor open this one, which has the code in it:\n\n{}\n", where.url_with_code);
  }
  static_cast<void>(print_data(text));
}

Result<void> log_in(const Arguments& arguments) {
  auto session = open_session(arguments);
  if (!session) return std::move(session).error();
  auto context = session->credentials_context();
  if (!context) return std::move(context).error();
  auto login = sso_login_options(*context->config, arguments.get("sso-session").value_or(""));
  if (!login) return std::move(login).error();
  if (arguments.has("use-device-code")) login->flow = SsoLoginOptions::Flow::kDeviceCode;
  const bool opens = !arguments.has("no-browser");
  login->show = [opens](const SsoAuthorization& where) {
    show_address(where);
    if (opens) open_browser(where.url_with_code);
  };
  auto end = sso_login(*context, *login);
  if (!end) return std::move(end).error();
  static_cast<void>(
      print_data(fmt::format("Successfully logged into Start URL: {}\n", login->start_url)));
  return {};
}

Result<void> log_out(const Arguments& arguments) {
  auto session = open_session(arguments);
  if (!session) return std::move(session).error();
  auto context = session->credentials_context();
  if (!context) return std::move(context).error();
  auto gone = sso_logout(*context);
  if (!gone) return std::move(gone).error();
  return {};
}

}  // namespace

bool is_sso_verb(const std::vector<std::string>& words) {
  CommandWords split = split_command(words, 1);
  return !split.command.empty() && (split.command[0] == "login" || split.command[0] == "logout");
}

ExitStatus run_sso(const std::vector<std::string>& words) {
  auto arguments = Arguments::parse(words, login_options());
  if (!arguments) return report(std::move(arguments).error().with_hint(std::string(kUsage)));
  const auto& verbs = arguments->positionals();
  if (verbs.size() != 1) return report_usage("one of login and logout is expected", kUsage);
  auto done = verbs[0] == "login" ? log_in(*arguments) : log_out(*arguments);
  return done ? ExitStatus::kOk : report(done.error());
}

}  // namespace botocxx::cli
