#pragma once

#include "object_table.h"
#include "search_keys.h"
#include <botocxx/value/value.h>

#include <string_view>
#include <vector>

namespace botocxx::objectscale {

/// Which metadata a match carries besides the indexed keys.
struct RequestedAttributes {
  bool all_system = false, all_user = false;
  std::vector<SystemKey> system;
};

/// Reads a comma list of attribute names, "ALL", "ALL_SMD", "ALL_UMD"; unknown names are ignored.
RequestedAttributes parse_attributes(std::string_view list);

enum class ValueForm { kPlain, kUrlEncoded };

/// The `queryMds` blocks of a match: at most one SYSMD and one USERMD, none of them empty.
Value match_metadata(const ObjectVersion& object, const std::vector<SearchKey>& keys,
                     const RequestedAttributes& requested, ValueForm form);

}  // namespace botocxx::objectscale
