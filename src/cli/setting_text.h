#pragma once

#include <botocxx/config/settings.h>

#include <string>
#include <string_view>

namespace botocxx::cli {

/// A value as it may be shown: the last four characters of keys and tokens, URLs without passwords,
/// of commands the program only.
std::string shown_value(const SettingSpec& spec, std::string_view value);

/// Sixteen asterisks and the last four characters, as the AWS command line masks keys.
std::string masked(std::string_view value);

}  // namespace botocxx::cli
