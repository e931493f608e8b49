#include "suites/round_trip/twins.h"

#include <botocxx/base/host.h>

#include <fmt/format.h>

#include <set>
#include <sstream>
#include <string>

namespace botocxx::suites {
namespace {

/// Lines of "service sent routed reason…".
std::set<std::string> read_twins() {
  std::set<std::string> twins;
  std::istringstream lines(
      system_host()
          .files->read_file(BOTOCXX_SOURCE_DIR "/tests/suites/round_trip/twins.txt")
          .value_or(""));
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream words(line);
    std::string service, sent, routed;
    words >> service >> sent >> routed;
    twins.insert(fmt::format("{} {} {}", service, sent, routed));
  }
  return twins;
}

}  // namespace

bool are_twins(std::string_view service, std::string_view sent, std::string_view routed) {
  static const std::set<std::string> kTwins = read_twins();
  return kTwins.contains(fmt::format("{} {} {}", service, sent, routed));
}

}  // namespace botocxx::suites
