#include "query_expression.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace botocxx::objectscale {
namespace {

// Longest match first.
constexpr std::array<std::pair<std::string_view, Comparison>, 5> kOperators = {{
    {"==", Comparison::kEqual},
    {">=", Comparison::kGreaterEqual},
    {"<=", Comparison::kLessEqual},
    {">", Comparison::kGreater},
    {"<", Comparison::kLess},
}};

constexpr std::string_view kReserved = " \t'\"()=<>";

class Parser {
 public:
  Parser(std::string_view text, const QueryLimits& limits) : text_(text), limits_(limits) {}

  Result<Expression> parse() {
    skip_blanks();
    Result<Expression> expression = parse_or(0);
    if (!expression) return expression;
    skip_blanks();
    if (at_ != text_.size()) return expected("'and', 'or' or the end");
    return expression;
  }

 private:
  Error fail(std::string message) const {
    return Error(ErrorKind::kService, "InvalidArgument", std::move(message)).with_status(400);
  }
  Error expected(std::string_view what) const {
    constexpr std::size_t kShown = 20;
    std::string_view rest = text_.substr(at_, kShown);
    return fail(fmt::format("query: expected {} at character {}, not {}", what, at_ + 1,
                            rest.empty() ? "the end" : fmt::format("'{}'", rest)));
  }

  bool skip_blanks() {
    std::size_t before = at_;
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    return at_ != before;
  }

  /// A keyword with blanks (or parentheses) around it; leaves the position alone otherwise.
  bool take_word(std::string_view word) {
    std::size_t before = at_;
    bool separate = skip_blanks() || (at_ > 0 && text_[at_ - 1] == ')');
    if (separate && text_.substr(at_).starts_with(word)) {
      std::size_t after = at_ + word.size();
      if (after < text_.size() && (text_[after] == ' ' || text_[after] == '(')) {
        at_ = after;
        skip_blanks();
        return true;
      }
    }
    at_ = before;
    return false;
  }

  Result<Expression> parse_group(Expression::Kind kind, std::string_view word, std::size_t depth) {
    Expression group{kind, {}, {}};
    do {
      Result<Expression> part =
          kind == Expression::Kind::kOr ? parse_and(depth) : parse_primary(depth);
      if (!part) return part;
      group.parts.push_back(std::move(*part));
    } while (take_word(word));
    if (group.parts.size() > 1) return group;
    Expression only = std::move(group.parts.front());
    return only;
  }
  Result<Expression> parse_or(std::size_t depth) {
    return parse_group(Expression::Kind::kOr, "or", depth);
  }
  Result<Expression> parse_and(std::size_t depth) {
    return parse_group(Expression::Kind::kAnd, "and", depth);
  }

  Result<Expression> parse_primary(std::size_t depth) {
    if (at_ == text_.size() || text_[at_] != '(') return parse_condition();
    if (depth >= limits_.max_depth) {
      return fail(fmt::format("query: more than {} nested parentheses", limits_.max_depth));
    }
    ++at_;
    skip_blanks();
    Result<Expression> inner = parse_or(depth + 1);
    if (!inner) return inner;
    skip_blanks();
    if (at_ == text_.size() || text_[at_] != ')') return expected("')'");
    ++at_;
    return inner;
  }

  Result<Expression> parse_condition() {
    if (++conditions_ > limits_.max_conditions) {
      return fail(fmt::format("query: more than {} conditions", limits_.max_conditions));
    }
    Expression result;
    Condition& condition = result.condition;
    condition.selector = take_bare();
    if (condition.selector.empty()) return expected("a metadata key");
    skip_blanks();
    if (!take_operator(condition.comparison)) return expected("one of ==, >=, <=, >, <");
    skip_blanks();
    if (at_ < text_.size() && (text_[at_] == '\'' || text_[at_] == '"')) {
      condition.quoted = true;
      std::size_t end = text_.find(text_[at_], at_ + 1);
      if (end == std::string_view::npos) return expected("a text with a closing quote");
      condition.argument = std::string(text_.substr(at_ + 1, end - at_ - 1));
      at_ = end + 1;
      return result;
    }
    condition.argument = take_bare();
    if (condition.argument.empty()) return expected("a value");
    return result;
  }

  std::string take_bare() {
    std::size_t end = std::min(text_.find_first_of(kReserved, at_), text_.size());
    std::string_view taken = text_.substr(at_, end - at_);
    at_ = end;
    return std::string(taken);
  }

  bool take_operator(Comparison& comparison) {
    for (const auto& [sign, meaning] : kOperators) {
      if (!text_.substr(at_).starts_with(sign)) continue;
      at_ += sign.size();
      comparison = meaning;
      return true;
    }
    return false;
  }

  std::string_view text_;
  const QueryLimits& limits_;
  std::size_t at_ = 0;
  std::size_t conditions_ = 0;
};

void collect(const Expression& expression, std::vector<const Condition*>& out) {
  if (expression.kind == Expression::Kind::kCondition) out.push_back(&expression.condition);
  for (const Expression& part : expression.parts) collect(part, out);
}

}  // namespace

std::string_view to_string(Comparison comparison) {
  return kOperators[static_cast<std::size_t>(comparison)].first;
}

Result<Expression> parse_query(std::string_view text, const QueryLimits& limits) {
  return Parser(text, limits).parse();
}

std::vector<const Condition*> conditions_of(const Expression& expression) {
  std::vector<const Condition*> conditions;
  collect(expression, conditions);
  return conditions;
}

}  // namespace botocxx::objectscale
