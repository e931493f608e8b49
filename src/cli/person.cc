#include "cli/person.h"

#include <botocxx/base/host.h>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace botocxx::cli {
namespace {

class Terminal {
 public:
  Terminal() : descriptor_(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)) {
    if (descriptor_ < 0 || ::tcgetattr(descriptor_, &before_) != 0) return;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    is_quiet_ = ::tcsetattr(descriptor_, TCSAFLUSH, &quiet) == 0;
  }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;
  ~Terminal() {
    if (is_quiet_) ::tcsetattr(descriptor_, TCSAFLUSH, &before_);
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  bool is_there() const { return descriptor_ >= 0; }
  void say(std::string_view text) const {
    while (!text.empty()) {
      ssize_t put = ::write(descriptor_, text.data(), text.size());
      if (put <= 0) return;
      text.remove_prefix(static_cast<std::size_t>(put));
    }
  }
  std::string read_line() const {
    std::string line;
    char c = 0;
    while (::read(descriptor_, &c, 1) == 1 && c != '\n') {
      if (c != '\r') line += c;
    }
    return line;
  }

 private:
  int descriptor_;
  bool is_quiet_ = false;
  termios before_{};
};

}  // namespace

Result<std::string> ask_in_secret(std::string_view prompt) {
  Terminal terminal;
  if (!terminal.is_there()) {
    return Error(ErrorKind::kCredentials, "NoTerminal",
                 "there is no terminal to ask on: " + std::string(prompt));
  }
  terminal.say(prompt);
  std::string answer = terminal.read_line();
  terminal.say("\n");
  return answer;
}

void open_browser(const std::string& url) {
  std::string program = system_host().environment->get("BROWSER").value_or(std::string("xdg-open"));
  if (program.empty()) program = "xdg-open";
  std::string argument = url;
  std::array<char*, 3> words{program.data(), argument.data(), nullptr};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t id = 0;
  // Left to itself: this program ends soon, and the person sees whether a page comes up.
  static_cast<void>(::posix_spawnp(&id, words[0], &actions, nullptr, words.data(), environ));
  posix_spawn_file_actions_destroy(&actions);
}

}  // namespace botocxx::cli
