#include "cli/wire_lines.h"

#include "cli/output.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace botocxx::cli {
namespace {

// How far the reader may be ahead of the printer: lines for each job, and octets altogether.
constexpr std::size_t kLinesPerJob = 64;
constexpr std::size_t kOctetsAhead = 64 * 1024 * 1024;

// Lines between the one that is being read and the one whose answer is printed next. Whoever
// finishes the oldest line prints it and those ready behind it.
class LineQueue {
 public:
  LineQueue(const LineFilter& filter, std::size_t jobs)
      : filter_(filter), most_lines_(jobs * kLinesPerJob) {}

  /// Waits for room; false when nothing more can be printed.
  bool push(std::string line) {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return has_room() || status_ != ExitStatus::kOk; });
    if (status_ != ExitStatus::kOk) return false;
    octets_ += line.size();
    slots_.push_back({std::move(line), std::nullopt});
    lock.unlock();
    work_.notify_one();
    return true;
  }

  void close() {
    {
      std::lock_guard lock(mutex_);
      closed_ = true;
    }
    work_.notify_all();
  }

  /// Serves lines until there are no more: the life of one thread.
  void work() {
    std::unique_lock lock(mutex_);
    while (true) {
      work_.wait(lock, [&] { return taken_ < slots_.size() || closed_; });
      if (taken_ == slots_.size()) return;
      Slot& slot = slots_[taken_++];  // a deque moves no elements when its ends change
      lock.unlock();
      std::string answer = filter_(slot.line);
      lock.lock();
      slot.answer = std::move(answer) + '\n';
      print_ready(lock);
    }
  }

  ExitStatus status() const { return status_; }

 private:
  struct Slot {
    std::string line;
    std::optional<std::string> answer;
  };

  bool has_room() const {
    return slots_.empty() || (slots_.size() < most_lines_ && octets_ < kOctetsAhead);
  }

  // One thread prints at a time; the others leave their answers to it.
  void print_ready(std::unique_lock<std::mutex>& lock) {
    if (printing_) return;
    printing_ = true;
    while (!slots_.empty() && slots_.front().answer) {
      std::string text;
      while (!slots_.empty() && slots_.front().answer) {
        text += *slots_.front().answer;
        octets_ -= slots_.front().line.size();
        slots_.pop_front();
        --taken_;
      }
      bool silent = status_ != ExitStatus::kOk;
      lock.unlock();
      room_.notify_one();
      ExitStatus printed = silent ? ExitStatus::kOk : print_data(text);
      lock.lock();
      if (printed != ExitStatus::kOk) {
        status_ = printed;
        room_.notify_one();
      }
    }
    printing_ = false;
  }

  const LineFilter& filter_;
  const std::size_t most_lines_;
  std::mutex mutex_;
  std::condition_variable work_;  // there is a line to serve, or no more will come
  std::condition_variable room_;  // a line may be added, or none needs to be
  std::deque<Slot> slots_;        // oldest first; the first `taken_` are being served or done
  std::size_t taken_ = 0;
  std::size_t octets_ = 0;
  bool printing_ = false;
  bool closed_ = false;
  ExitStatus status_ = ExitStatus::kOk;
};

ExitStatus serve_in_turn(std::istream& input, const LineFilter& filter) {
  std::string line;
  while (std::getline(input, line)) {
    if (ExitStatus printed = print_data(filter(line) + '\n'); printed != ExitStatus::kOk) {
      return printed;
    }
  }
  return ExitStatus::kOk;
}

ExitStatus serve_with_threads(std::istream& input, const LineFilter& filter, std::size_t jobs) {
  LineQueue queue(filter, jobs);
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < jobs; ++i) threads.emplace_back([&queue] { queue.work(); });
    std::string line;
    while (std::getline(input, line)) {
      if (!queue.push(std::move(line))) break;
      line.clear();
    }
    queue.close();
  }
  return queue.status();
}

}  // namespace

ExitStatus serve_lines(std::istream& input, const LineFilter& filter, std::size_t jobs) {
  ExitStatus status =
      jobs == 1 ? serve_in_turn(input, filter) : serve_with_threads(input, filter, jobs);
  if (status != ExitStatus::kOk) return status;
  return input.bad() ? report_usage("cannot read the input") : ExitStatus::kOk;
}

}  // namespace botocxx::cli
