#pragma once

#include "protocol/scalar_parse.h"
#include <botocxx/base/result.h>
#include <botocxx/message/http.h>
#include <botocxx/model/service_model.h>
#include <botocxx/value/value.h>

#include <memory_resource>
#include <string_view>

namespace botocxx::protocol {

/// How the REST protocols differ from each other in responses: in their documents.
struct RestDocumentRules {
  /// Adds the members of `shape` that the document holds to `out`. An empty body is an empty
  /// document.
  Result<void> (*read_members)(const Shape& shape, std::string_view body, Value& out,
                               std::pmr::memory_resource* resource);
  /// The payload member, whole.
  Result<Value> (*read_payload)(const Member& payload, std::string_view body,
                                std::pmr::memory_resource* resource);
  /// Whether a header says true with "True", too.
  bool booleans_in_any_case;
};

/// The members of `shape` (an output or an error) from status, headers and body, added to `out`.
Result<void> parse_rest(const Shape& shape, const HttpResponse& head, std::string_view body,
                        const RestDocumentRules& rules, Value& out,
                        std::pmr::memory_resource* resource);

}  // namespace botocxx::protocol
