#pragma once

#include <botocxx/base/result.h>
#include <botocxx/jmespath/expression.h>
#include <botocxx/value/value.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::page {

/// An expression of a paginator. Where it is a dotted path, as nearly all are, it is followed
/// without evaluating anything, and pages can be changed at its end.
class PagePath {
 public:
  static Result<PagePath> compile(std::string_view text);

  const std::string& text() const { return expression_.text(); }
  bool is_plain() const { return !steps_.empty(); }

  /// What the expression finds; null where nothing is found. A view into `root` or into `storage`.
  Result<const Value*> find(const Value& root, Value& storage) const;
  Result<Value> search(const Value& root) const;
  /// The value at the end of a dotted path; null where there is none, or the path is not dotted.
  Value* place(Value& root) const;

  /// botocore's `set_value_from_jmespath`: text between dots is a name, objects are made on the
  /// way. An expression with brackets or wildcards is an error ("InvalidExpression").
  Result<void> set(Value& root, Value value) const;

 private:
  explicit PagePath(JmespathExpression expression) : expression_(std::move(expression)) {}

  JmespathExpression expression_;
  std::vector<std::string> steps_{};  ///< of a dotted path, else empty
};

}  // namespace botocxx::page
