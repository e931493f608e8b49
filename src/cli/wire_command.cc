#include "cli/commands.h"
#include "cli/connection.h"
#include "cli/output.h"
#include "cli/wire_line.h"
#include "cli/wire_lines.h"

#include <fmt/format.h>

#include <charconv>
#include <fstream>
#include <iostream>
#include <map>

namespace botocxx::cli {
namespace {

constexpr std::string_view kUsage =
    "botocxx wire request|response|endpoint|jmespath [--input FILE] [--jobs N]";
// How much of the input is looked at together.
constexpr std::size_t kReadAhead = 256 * 1024;

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
                                                   {"endpoint", &WireFilter::endpoint},
                                                   {"jmespath", &WireFilter::jmespath}};
  if (verbs.size() != 1 || !kVerbs.contains(verbs[0])) {
    return report_usage("wire needs \"request\", \"response\", \"endpoint\" or \"jmespath\"",
                        kUsage);
  }
  std::size_t jobs = 1;
  if (auto text = arguments->get("jobs")) {
    auto [stop, status] = std::from_chars(text->data(), text->data() + text->size(), jobs);
    bool number = status == std::errc() && stop == text->data() + text->size();
    if (!number || jobs < 1 || jobs > 256) return report_usage("--jobs expects 1 to 256", kUsage);
  }
  if (auto exist = check_data_path(*arguments); !exist) return report(exist.error());
  WireFilter filter(arguments->all("data-path"));
  auto serve_line = [&](std::string_view line) { return (filter.*kVerbs.at(verbs[0]))(line); };
  auto path = arguments->get("input");
  if (!path) {
    std::ios::sync_with_stdio(false);
    std::vector<char> buffer(kReadAhead);
    std::cin.rdbuf()->pubsetbuf(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    ExitStatus status = serve_lines(std::cin, serve_line, jobs);
    std::cin.rdbuf()->pubsetbuf(nullptr, 0);  // the buffer ends here
    return status;
  }
  std::ifstream file(*path, std::ios::binary);
  if (!file) return report_usage(fmt::format("cannot open {}", *path));
  return serve_lines(file, serve_line, jobs);
}

}  // namespace botocxx::cli
