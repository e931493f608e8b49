#pragma once

#include "endpoint/rule_program.h"
#include <botocxx/base/error.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::endpoint {

/// A variable that rules may read where they stand.
struct RuleVariable {
  std::string_view name;
  RuleType type;
  std::uint32_t slot;
};

/// Where a compilation stands, what is visible there, and the first thing found wrong. After that
/// compilation goes on, but its product is thrown away.
class RuleScope {
 public:
  /// Adds a step to the JSON pointer for as long as it lives.
  class Step {
   public:
    Step(RuleScope& scope, std::string_view name);
    Step(RuleScope& scope, std::size_t index);
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;
    ~Step() { scope_.pointer_.resize(size_); }

   private:
    RuleScope& scope_;
    std::size_t size_;
  };

  void refuse(std::string reason, std::string hint = {});
  const std::string& pointer() const { return pointer_; }
  const std::optional<Error>& error() const { return error_; }

  const RuleVariable* find(std::string_view name) const;
  /// Refuses a name that is taken.
  std::uint32_t declare(std::string_view name, RuleType type);
  std::vector<std::string> names() const;
  std::size_t size() const { return variables_.size(); }
  /// Forgets what was declared since `size()` was `size`.
  void shrink(std::size_t size) { variables_.resize(size); }
  std::uint32_t most_slots() const { return most_slots_; }

 private:
  std::string pointer_;
  std::optional<Error> error_;
  std::vector<RuleVariable> variables_;
  std::uint32_t most_slots_ = 0;
};

}  // namespace botocxx::endpoint
