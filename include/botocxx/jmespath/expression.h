#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/result.h>
#include <botocxx/value/value.h>

#include <memory>
#include <string>
#include <string_view>

namespace botocxx::inline v1 {

/// A compiled JMESPath expression (https://jmespath.org/specification.html), with the behaviour of
/// jmespath.py where the specification leaves room. Immutable: use one from any number of threads.
///
/// Errors are of kind kUsage; their codes are those of the JMESPath compliance tests: "syntax",
/// "invalid-type", "invalid-value", "unknown-function", "invalid-arity". A syntax error's message
/// names the column.
class BOTOCXX_EXPORT JmespathExpression {
 public:
  static Result<JmespathExpression> compile(std::string_view text);

  /// The result for `data`, independent of it; null where nothing is found.
  Result<Value> search(const Value& data) const;

  const std::string& text() const;

  struct Program;

 private:
  explicit JmespathExpression(std::shared_ptr<const Program> program)
      : program_(std::move(program)) {}
  std::shared_ptr<const Program> program_;
};

/// Compiles and searches at once.
BOTOCXX_EXPORT Result<Value> search_jmespath(std::string_view expression, const Value& data);

}  // namespace botocxx::inline v1
