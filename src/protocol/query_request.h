#pragma once

#include "protocol/serializer.h"

#include <string>

namespace botocxx::protocol {

/// How the query and ec2 protocols differ from each other in requests.
struct QueryRules {
  /// The name of a structure's member in the form.
  std::string (*member_name)(const Member& member);
  /// Lists as query has them: "Name.member.1" unless flattened, "Name=" when empty. Else
  /// "Name.1", and nothing when empty.
  bool named_lists;
};

extern const QueryRules kQueryRules;
extern const QueryRules kEc2Rules;

/// The request of a form protocol: everything is in the body.
Result<SerializedRequest> serialize_query(const Operation& operation, const Value& params,
                                          const QueryRules& rules);

}  // namespace botocxx::protocol
