#include "cli/commands.h"
#include "cli/connection.h"
#include "cli/output.h"
#include "cli/wire_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <thread>

namespace botocxx::cli {
namespace {

constexpr std::string_view kUsage =
    "botocxx wire request|response|jmespath [--input FILE] [--jobs N]";
// With several jobs, at most this many lines for each are served together, and never one that would
// have to be waited for: a program that asks and reads in turns gets its answer.
constexpr std::size_t kLinesPerJob = 64;
// How much of the input is looked at together.
constexpr std::size_t kReadAhead = 256 * 1024;

using LineFilter = std::function<std::string(std::string_view)>;

ExitStatus print_lines(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + '\n';
  return print_data(text);
}

std::vector<std::string> serve_batch(const std::vector<std::string>& lines,
                                     const LineFilter& filter, std::size_t jobs) {
  std::vector<std::string> answers(lines.size());
  if (jobs == 1) {
    std::transform(lines.begin(), lines.end(), answers.begin(), filter);
    return answers;
  }
  std::atomic<std::size_t> next{0};
  std::vector<std::jthread> threads;
  for (std::size_t i = 0; i < jobs; ++i) {
    threads.emplace_back([&] {
      for (std::size_t n = next++; n < lines.size(); n = next++) answers[n] = filter(lines[n]);
    });
  }
  threads.clear();
  return answers;
}

ExitStatus serve(std::istream& input, const LineFilter& filter, std::size_t jobs) {
  std::string line;
  std::vector<std::string> batch;
  std::size_t batch_size = jobs == 1 ? 1 : jobs * kLinesPerJob;
  while (true) {
    bool more = static_cast<bool>(std::getline(input, line));
    if (more) batch.push_back(line);
    bool at_hand = input.rdbuf()->in_avail() > 0;
    if (batch.size() < batch_size && more && at_hand) continue;
    ExitStatus printed = print_lines(serve_batch(batch, filter, jobs));
    if (printed != ExitStatus::kOk) return printed;
    batch.clear();
    if (!more) break;
  }
  return input.bad() ? report_usage("cannot read the input") : ExitStatus::kOk;
}

}  // namespace

ExitStatus run_wire(const std::vector<std::string>& words) {
  std::vector<OptionSpec> specs = global_options();
  specs.push_back({"input", Arity::kOne, "file with one JSON object a line"});
  specs.push_back({"jobs", Arity::kOne, "threads to spread the lines over"});
  auto arguments = Arguments::parse(words, specs);
  if (!arguments) return report(arguments.error());
  const auto& verbs = arguments->positionals();
  using Serve = std::string (WireFilter::*)(std::string_view) const;
  static const std::map<std::string, Serve> kVerbs{{"request", &WireFilter::request},
                                                   {"response", &WireFilter::response},
                                                   {"jmespath", &WireFilter::jmespath}};
  if (verbs.size() != 1 || !kVerbs.contains(verbs[0])) {
    return report_usage("wire needs \"request\", \"response\" or \"jmespath\"", kUsage);
  }
  std::size_t jobs = 1;
  if (auto text = arguments->get("jobs")) {
    auto [stop, status] = std::from_chars(text->data(), text->data() + text->size(), jobs);
    bool number = status == std::errc() && stop == text->data() + text->size();
    if (!number || jobs < 1 || jobs > 256) return report_usage("--jobs expects 1 to 256", kUsage);
  }
  if (auto exist = check_data_path(*arguments); !exist) return report(exist.error());
  WireFilter filter(arguments->all("data-path"));
  LineFilter serve_line = [&](std::string_view line) {
    return (filter.*kVerbs.at(verbs[0]))(line);
  };
  auto path = arguments->get("input");
  if (!path) {
    std::ios::sync_with_stdio(false);
    std::vector<char> buffer(kReadAhead);
    std::cin.rdbuf()->pubsetbuf(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    ExitStatus status = serve(std::cin, serve_line, jobs);
    std::cin.rdbuf()->pubsetbuf(nullptr, 0);  // the buffer ends here
    return status;
  }
  std::ifstream file(*path, std::ios::binary);
  if (!file) return report_usage(fmt::format("cannot open {}", *path));
  return serve(file, serve_line, jobs);
}

}  // namespace botocxx::cli
