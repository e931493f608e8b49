#pragma once

#include "endpoint/rule_value.h"

#include <memory_resource>
#include <string_view>

namespace botocxx::endpoint {

/// The parts of an http or https URL without a query; null for everything else.
const UrlParts* parse_url(std::string_view text, std::pmr::memory_resource* arena);

/// The parts of an ARN whose partition, service and resource are not empty; null for everything
/// else.
const ArnParts* parse_arn(std::string_view text, std::pmr::memory_resource* arena);

/// Pieces of `text` between `delimiters`, empty ones included; with `limit` above 0 at most so
/// many, the last one holding the rest.
std::span<const std::string_view> split_text(std::string_view text, std::string_view delimiter,
                                             std::size_t limit, std::pmr::memory_resource* arena);

}  // namespace botocxx::endpoint
