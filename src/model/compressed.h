#pragma once

#include <botocxx/base/result.h>

#include <string>
#include <string_view>

namespace botocxx::model {

/// The content of a gzip file (all its members); more than `limit` octets are refused.
Result<std::string> gunzip(std::string_view compressed, std::size_t limit = 512U << 20);

}  // namespace botocxx::model
