#include "credentials/child_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>
#include <utility>

namespace botocxx::credentials {
namespace {

using Time = std::chrono::steady_clock::time_point;

constexpr std::size_t kMostOutput = std::size_t{16} * 1024 * 1024;

Error child_error(const std::string& program, int code) {
  return Error(ErrorKind::kCredentials, "ChildProcess",
               fmt::format("cannot run {}: {}", program, std::generic_category().message(code)));
}

class Pipe {
 public:
  Pipe() = default;
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    close_end(0);
    close_end(1);
  }

  bool open() { return ::pipe2(ends_.data(), O_CLOEXEC) == 0; }
  int reader() const { return ends_[0]; }
  int writer() const { return ends_[1]; }
  void close_end(std::size_t end) {
    if (ends_[end] >= 0) ::close(ends_[end]);
    ends_[end] = -1;
  }

 private:
  std::array<int, 2> ends_{-1, -1};
};

class Child {
 public:
  explicit Child(pid_t id) : id_(id) {}
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (id_ <= 0) return;
    ::kill(id_, SIGKILL);
    wait();
  }

  int wait() {
    int status = 0;
    while (::waitpid(id_, &status, 0) < 0 && errno == EINTR) {
    }
    id_ = 0;
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
  }
  /// The status if it has ended.
  std::optional<int> poll() {
    int status = 0;
    pid_t ended = ::waitpid(id_, &status, WNOHANG);
    if (ended == 0 || (ended < 0 && errno == EINTR)) return std::nullopt;
    id_ = 0;
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
  }

 private:
  pid_t id_;
};

Result<pid_t> spawn(const std::vector<std::string>& words, const Pipe& output, const Pipe& errors) {
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, output.writer(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, errors.writer(), STDERR_FILENO);
  pid_t id = 0;
  int failure = posix_spawnp(&id, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failure != 0) return child_error(words[0], failure);
  return id;
}

// Time left in milliseconds for poll(): -1 without an end.
int time_left(const std::optional<Time>& deadline) {
  if (!deadline) return -1;
  auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
      *deadline - std::chrono::steady_clock::now());
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, INT32_MAX));
}

// False at the pipe's end.
bool read_some(int descriptor, std::string& text) {
  std::array<char, 8192> buffer{};
  ssize_t got = ::read(descriptor, buffer.data(), buffer.size());
  if (got < 0) return errno == EINTR || errno == EAGAIN;
  if (text.size() < kMostOutput) text.append(buffer.data(), static_cast<std::size_t>(got));
  return got > 0;
}

Error too_slow(const std::string& program) {
  return Error(ErrorKind::kTimeout, "ChildProcess",
               fmt::format("{} did not end before the call's deadline", program));
}

// False when the deadline passed.
bool read_both(Pipe& output, Pipe& errors, const std::optional<Time>& deadline,
               ChildResult& result) {
  std::array<pollfd, 2> waiting{pollfd{output.reader(), POLLIN, 0},
                                pollfd{errors.reader(), POLLIN, 0}};
  std::array<std::string*, 2> texts{&result.output, &result.errors};
  while (waiting[0].fd >= 0 || waiting[1].fd >= 0) {
    int ready = ::poll(waiting.data(), waiting.size(), time_left(deadline));
    if (ready == 0) return false;
    if (ready < 0 && errno != EINTR) return true;
    for (std::size_t i = 0; ready > 0 && i < waiting.size(); ++i) {
      if (waiting[i].revents != 0 && !read_some(waiting[i].fd, *texts[i])) waiting[i].fd = -1;
      waiting[i].revents = 0;
    }
  }
  return true;
}

// It may close what it prints to and go on: its end is awaited, too.
std::optional<int> wait_until(Child& child, const std::optional<Time>& deadline) {
  if (!deadline) return child.wait();
  while (true) {
    if (auto status = child.poll()) return status;
    const int left = time_left(deadline);
    if (left == 0) return std::nullopt;
    ::poll(nullptr, 0, std::min(left, 10));
  }
}

}  // namespace

Result<ChildResult> run_child(const std::vector<std::string>& words, std::optional<Time> deadline) {
  Pipe output, errors;
  if (!output.open() || !errors.open()) return child_error(words[0], errno);
  auto id = spawn(words, output, errors);
  if (!id) return std::move(id).error();
  Child child(*id);
  output.close_end(1);
  errors.close_end(1);
  ChildResult result;
  if (!read_both(output, errors, deadline, result)) return too_slow(words[0]);
  auto status = wait_until(child, deadline);
  if (!status) return too_slow(words[0]);
  result.status = *status;
  return result;
}

}  // namespace botocxx::credentials
