#include "client/retries_option.h"

#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

#include <array>
#include <climits>

namespace botocxx::client {
namespace {

constexpr std::array<std::string_view, 5> kNames{"max_attempts", "total_max_attempts", "mode",
                                                 "retry_after", "clock_skew_correction"};

Error unknown_option(std::string_view name) {
  Error error(ErrorKind::kUsage, "InvalidRetryConfiguration",
              fmt::format("config option \"retries\": there is no \"{}\" in it, but max_attempts, "
                          "total_max_attempts, mode, retry_after and clock_skew_correction",
                          name));
  std::vector<std::string> candidates(kNames.begin(), kNames.end());
  if (auto near = nearest_name(name, candidates)) {
    return std::move(error).with_hint(fmt::format("did you mean \"{}\"?", *near));
  }
  return error;
}

Result<int> read_count(std::string_view name, const Value& value, int least) {
  auto count = value.get_if_int();
  if (count && *count >= least && *count < INT_MAX) return static_cast<int>(*count);
  return Error(
      ErrorKind::kUsage, "InvalidMaxRetryAttempts",
      fmt::format("config option \"retries.{}\": expected an integer from {} on", name, least));
}

Result<void> read_switch(std::string_view name, const Value& value, bool& target) {
  if (auto on = value.get_if_bool()) {
    target = *on;
    return {};
  }
  return Error(ErrorKind::kUsage, "InvalidRetryConfiguration",
               fmt::format("config option \"retries.{}\": expected true or false", name));
}

Result<void> read_one(std::string_view name, const Value& value, Config::Retries& retries) {
  if (name == "retry_after") return read_switch(name, value, retries.retry_after);
  if (name == "clock_skew_correction") {
    return read_switch(name, value, retries.clock_skew_correction);
  }
  if (name == "mode") {
    auto mode = value.get_if_string().value_or("");
    if (mode != "legacy" && mode != "standard" && mode != "adaptive") {
      return Error(ErrorKind::kUsage, "InvalidRetryMode",
                   "config option \"retries.mode\": expected legacy, standard or adaptive");
    }
    retries.mode = mode;
    return {};
  }
  bool total = name == "total_max_attempts";
  if (!total && name != "max_attempts") return unknown_option(name);
  auto count = read_count(name, value, total ? 1 : 0);
  if (!count) return std::move(count).error();
  // "max_attempts" counts the attempts after the first.
  retries.total_max_attempts = total ? *count : *count + 1;
  return {};
}

}  // namespace

Result<void> read_retries(const Value& options, Config::Retries& retries) {
  if (!options.is_object()) {
    return Error(ErrorKind::kUsage, "InvalidRetryConfiguration",
                 "config option \"retries\": expected an object");
  }
  for (const Value::Member& option : options.members()) {
    if (option.value.is_null()) continue;
    if (auto read = read_one(option.key, option.value, retries); !read) return read;
  }
  // Whatever the order, the total is the stronger one.
  const Value& total = options["total_max_attempts"];
  if (total.is_null()) return {};
  return read_one("total_max_attempts", total, retries);
}

}  // namespace botocxx::client
