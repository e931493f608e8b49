#pragma once

#include "wait/acceptor.h"
#include <botocxx/base/result.h>
#include <botocxx/value/value.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::waiting {

/// One waiter, compiled.
struct WaitRules {
  std::string name;
  std::string operation;
  std::chrono::milliseconds delay{};
  int max_attempts = 0;
  std::vector<Acceptor> acceptors;
};

/// The waiter of that name out of a waiters-2 document. Errors: "WaiterConfig" where the document
/// is of another version or the entry malformed, "Value" where there is none.
Result<std::shared_ptr<const WaitRules>> compile_wait_rules(const Value& document,
                                                            std::string_view name);

}  // namespace botocxx::waiting
