#pragma once

#include <botocxx/base/result.h>

#include <string>
#include <string_view>

namespace botocxx::cli {

/// Asks on the terminal itself, so that data and pipes are left alone; nothing that is typed is
/// shown. An error of kind kCredentials where there is no terminal.
Result<std::string> ask_in_secret(std::string_view prompt);

/// Opens a URL with the program that BROWSER names, else with xdg-open. Whether that works is not
/// waited for.
void open_browser(const std::string& url);

}  // namespace botocxx::cli
