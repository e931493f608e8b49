#pragma once

#include "endpoint.h"
#include "http_front.h"
#include <botocxx/base/result.h>

#include <string>
#include <string_view>
#include <vector>

namespace botocxx::objectscale {

struct CommandLine {
  bool help = false;
  EndpointOptions endpoint;
  HttpOptions http;
  std::string port_file;
  std::string log;  ///< a file, "-" for standard error, empty for none
  std::vector<std::string> model_folders;
};

inline constexpr std::string_view kDefaultAccessKey = "objectscale";
inline constexpr std::string_view kDefaultSecretKey = "objectscale-secret";

Result<CommandLine> parse_command_line(const std::vector<std::string>& arguments);
std::string_view help_text();

}  // namespace botocxx::objectscale
