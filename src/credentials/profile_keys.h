#pragma once

#include <botocxx/auth/credentials.h>
#include <botocxx/base/result.h>
#include <botocxx/config/ini_file.h>

#include <memory>
#include <string>
#include <string_view>

namespace botocxx::credentials {

/// Where a profile's keys are looked for.
struct KeyPlace {
  std::string_view method;
  const std::string& path;
  const std::string& problem;  ///< why the file could not be read
  const std::string& profile;
  const IniFile::Section* section;  ///< null when the file has no such profile
};

/// The static keys of a profile's section.
Result<std::shared_ptr<const Credentials>> profile_keys(const KeyPlace& place);

}  // namespace botocxx::credentials
