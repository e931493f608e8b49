#pragma once

#include <botocxx/base/result.h>
#include <botocxx/model/service_model.h>
#include <botocxx/value/value.h>

#include <string>
#include <vector>

namespace botocxx::cli {

/// The value of a model member from the words that follow its option. Scalars are read by type;
/// lists take one word an item, or JSON; structures and maps take JSON or `Key=value,Key2=value2`
/// of scalars; `file://PATH` stands for the file's text and `fileb://PATH` for its octets.
Result<Value> read_member(const Member& member, const std::string& option,
                          const std::vector<std::string>& words);

}  // namespace botocxx::cli
