#include "server/param_error.h"

#include <fmt/format.h>

namespace botocxx::server {
namespace {

// The way so far is kept in the context, so that it is never guessed from the message.
constexpr std::string_view kPath = "path";

Error with_step(const Error& error, std::string_view step) {
  std::string path(step);
  std::string_view problem = error.message();
  for (const auto& [name, rest] : error.context()) {
    if (name != kPath) continue;
    problem.remove_prefix(std::min(problem.size(), rest.size() + 2));
    if (!rest.starts_with('[')) path += '.';
    path += rest;
  }
  return Error(error.kind(), error.code(), fmt::format("{}: {}", path, problem))
      .with_context(std::string(kPath), path);
}

}  // namespace

Error malformed_parameter(std::string_view problem) {
  return Error(ErrorKind::kParse, "MalformedParameter", std::string(problem));
}

Error malformed_body(std::string_view problem) {
  return Error(ErrorKind::kParse, "MalformedBody", std::string(problem));
}

Error within(Error error, std::string_view member) { return with_step(error, member); }

Error within(Error error, std::size_t index) {
  return with_step(error, fmt::format("[{}]", index));
}

}  // namespace botocxx::server
