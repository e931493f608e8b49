#include "jmespath/syntax.h"

#include "jmespath/lexer.h"

#include <fmt/format.h>

#include <algorithm>

namespace botocxx::jmespath {
namespace {

constexpr int kMaxDepth = 200;
// `a.b.c` does not nest in the text, but in the tree, which the evaluator walks by recursion.
constexpr std::size_t kMaxHeight = 1'000;
// Tokens that bind weaker than this end the right side of a projection.
constexpr int kProjectionStop = 10;
constexpr int kStarPower = 20;
constexpr int kFilterPower = 21;
constexpr int kDotPower = 40;
constexpr int kNotPower = 45;
constexpr int kFlattenPower = 9;

int binding_power(TokenKind kind) {
  switch (kind) {
    case TokenKind::kPipe:
      return 1;
    case TokenKind::kOr:
      return 2;
    case TokenKind::kAnd:
      return 3;
    case TokenKind::kEqual:
    case TokenKind::kNotEqual:
    case TokenKind::kLess:
    case TokenKind::kLessEqual:
    case TokenKind::kGreater:
    case TokenKind::kGreaterEqual:
      return 5;
    case TokenKind::kFlatten:
      return kFlattenPower;
    case TokenKind::kStar:
      return kStarPower;
    case TokenKind::kFilter:
      return kFilterPower;
    case TokenKind::kDot:
      return kDotPower;
    case TokenKind::kNot:
      return kNotPower;
    case TokenKind::kLeftBrace:
      return 50;
    case TokenKind::kLeftBracket:
      return 55;
    case TokenKind::kLeftParen:
      return 60;
    case TokenKind::kEnd:
    case TokenKind::kIdentifier:
    case TokenKind::kQuotedIdentifier:
    case TokenKind::kLiteral:
    case TokenKind::kNumber:
    case TokenKind::kRightBracket:
    case TokenKind::kRightBrace:
    case TokenKind::kRightParen:
    case TokenKind::kComma:
    case TokenKind::kColon:
    case TokenKind::kCurrent:
    case TokenKind::kAmpersand:
      return 0;
  }
  return 0;
}

Comparator comparator_of(TokenKind kind) {
  if (kind == TokenKind::kNotEqual) return Comparator::kNotEqual;
  if (kind == TokenKind::kLess) return Comparator::kLess;
  if (kind == TokenKind::kLessEqual) return Comparator::kLessEqual;
  if (kind == TokenKind::kGreater) return Comparator::kGreater;
  if (kind == TokenKind::kGreaterEqual) return Comparator::kGreaterEqual;
  return Comparator::kEqual;
}

class Parser {
 public:
  Parser(std::string_view expression, std::vector<Token> tokens)
      : expression_(expression), tokens_(std::move(tokens)) {}

  Result<SyntaxTree> run() {
    auto root = expression(0);
    if (!root) return std::move(root).error();
    if (current().kind != TokenKind::kEnd) return unexpected("expected the end");
    tree_.root = *root;
    return std::move(tree_);
  }

 private:
  using Parsed = Result<NodeIndex>;

  const Token& current() const { return tokens_[at_]; }
  const Token& ahead(std::size_t n) const { return tokens_[std::min(at_ + n, tokens_.size() - 1)]; }
  Token advance() { return tokens_[at_ + 1 < tokens_.size() ? at_++ : at_]; }
  Error unexpected(std::string_view reason) const {
    bool end = current().kind == TokenKind::kEnd;
    return syntax_error(expression_, current().position,
                        end ? fmt::format("it ends too early: {}", reason) : std::string(reason));
  }
  Result<void> expect(TokenKind kind, std::string_view what) {
    if (current().kind != kind) return unexpected(fmt::format("expected {}", what));
    advance();
    return {};
  }

  NodeIndex add(Node node) {
    tree_.nodes.push_back(std::move(node));
    return static_cast<NodeIndex>(tree_.nodes.size() - 1);
  }
  NodeIndex add(NodeKind kind, NodeIndex first = 0, NodeIndex second = 0, NodeIndex third = 0) {
    Node node;
    node.kind = kind;
    node.first = first;
    node.second = second;
    node.third = third;
    return add(std::move(node));
  }

  Parsed expression(int power) {
    if (++depth_ > kMaxDepth) return unexpected("it is nested too deeply");
    Parsed left = prefix();
    while (left && power < binding_power(current().kind)) left = infix(*left);
    --depth_;
    return left;
  }

  Parsed prefix() {
    Token token = advance();
    switch (token.kind) {
      case TokenKind::kLiteral: {
        Node node;
        node.kind = NodeKind::kLiteral;
        node.literal = std::move(token.literal);
        return add(std::move(node));
      }
      case TokenKind::kIdentifier:
        return field(std::move(token.text));
      case TokenKind::kQuotedIdentifier:
        if (current().kind == TokenKind::kLeftParen) {
          return unexpected("a quoted name cannot be a function");
        }
        return field(std::move(token.text));
      case TokenKind::kStar:
        return projection(NodeKind::kValueProjection, add(NodeKind::kIdentity), kStarPower);
      case TokenKind::kFilter:
        return filter(add(NodeKind::kIdentity));
      case TokenKind::kLeftBrace:
        return multi_select_hash();
      case TokenKind::kLeftParen: {
        Parsed inner = expression(0);
        if (!inner) return inner;
        if (auto closed = expect(TokenKind::kRightParen, "\")\""); !closed) {
          return std::move(closed).error();
        }
        return inner;
      }
      case TokenKind::kFlatten:
        return projection(NodeKind::kProjection, add(NodeKind::kFlatten, add(NodeKind::kIdentity)),
                          kFlattenPower);
      case TokenKind::kNot: {
        Parsed inner = expression(kNotPower);
        return inner ? Parsed(add(NodeKind::kNot, *inner)) : inner;
      }
      case TokenKind::kLeftBracket:
        return bracket_prefix();
      case TokenKind::kCurrent:
        return add(NodeKind::kCurrent);
      case TokenKind::kAmpersand: {
        Parsed inner = expression(0);
        return inner ? Parsed(add(NodeKind::kExpressionType, *inner)) : inner;
      }
      case TokenKind::kEnd:
      case TokenKind::kNumber:
      case TokenKind::kDot:
      case TokenKind::kRightBracket:
      case TokenKind::kRightBrace:
      case TokenKind::kRightParen:
      case TokenKind::kComma:
      case TokenKind::kColon:
      case TokenKind::kPipe:
      case TokenKind::kOr:
      case TokenKind::kAnd:
      case TokenKind::kEqual:
      case TokenKind::kNotEqual:
      case TokenKind::kLess:
      case TokenKind::kLessEqual:
      case TokenKind::kGreater:
      case TokenKind::kGreaterEqual:
        break;
    }
    bool end = token.kind == TokenKind::kEnd;
    return syntax_error(expression_, token.position,
                        end ? "an expression is missing at the end" : "an expression is expected");
  }

  NodeIndex field(std::string name) {
    Node node;
    node.kind = NodeKind::kField;
    node.text = std::move(name);
    return add(std::move(node));
  }

  // After "[" at the beginning of an expression: an index, a slice, [*] or a list of expressions.
  Parsed bracket_prefix() {
    if (current().kind == TokenKind::kNumber || current().kind == TokenKind::kColon) {
      auto right = index_or_slice();
      if (!right) return right;
      return project_if_slice(add(NodeKind::kIdentity), *right);
    }
    bool star = current().kind == TokenKind::kStar && ahead(1).kind == TokenKind::kRightBracket;
    if (!star) return multi_select_list();
    advance();
    advance();
    return projection(NodeKind::kProjection, add(NodeKind::kIdentity), kStarPower);
  }

  Parsed infix(NodeIndex left) {
    Token token = advance();
    switch (token.kind) {
      case TokenKind::kDot:
        return after_dot(left);
      case TokenKind::kPipe:
        return binary(NodeKind::kPipe, left, TokenKind::kPipe);
      case TokenKind::kOr:
        return binary(NodeKind::kOr, left, TokenKind::kOr);
      case TokenKind::kAnd:
        return binary(NodeKind::kAnd, left, TokenKind::kAnd);
      case TokenKind::kLeftParen:
        return function(left, token.position);
      case TokenKind::kFilter:
        return filter(left);
      case TokenKind::kFlatten:
        return projection(NodeKind::kProjection, add(NodeKind::kFlatten, left), kFlattenPower);
      case TokenKind::kLeftBracket:
        return bracket_infix(left);
      case TokenKind::kEqual:
      case TokenKind::kNotEqual:
      case TokenKind::kLess:
      case TokenKind::kLessEqual:
      case TokenKind::kGreater:
      case TokenKind::kGreaterEqual: {
        Parsed right = expression(binding_power(token.kind));
        if (!right) return right;
        NodeIndex index = add(NodeKind::kComparison, left, *right);
        tree_.nodes[index].comparator = comparator_of(token.kind);
        return index;
      }
      case TokenKind::kEnd:
      case TokenKind::kIdentifier:
      case TokenKind::kQuotedIdentifier:
      case TokenKind::kLiteral:
      case TokenKind::kNumber:
      case TokenKind::kStar:
      case TokenKind::kRightBracket:
      case TokenKind::kLeftBrace:
      case TokenKind::kRightBrace:
      case TokenKind::kRightParen:
      case TokenKind::kComma:
      case TokenKind::kColon:
      case TokenKind::kCurrent:
      case TokenKind::kAmpersand:
      case TokenKind::kNot:
        break;
    }
    return syntax_error(expression_, token.position, "an operator is expected");
  }

  Parsed binary(NodeKind kind, NodeIndex left, TokenKind token) {
    Parsed right = expression(binding_power(token));
    return right ? Parsed(add(kind, left, *right)) : right;
  }

  Parsed after_dot(NodeIndex left) {
    if (current().kind == TokenKind::kStar) {
      advance();
      return projection(NodeKind::kValueProjection, left, kDotPower);
    }
    Parsed right = dot_right_side(kDotPower);
    return right ? Parsed(add(NodeKind::kSubexpression, left, *right)) : right;
  }

  Parsed dot_right_side(int power) {
    switch (current().kind) {
      case TokenKind::kIdentifier:
      case TokenKind::kQuotedIdentifier:
      case TokenKind::kStar:
        return expression(power);
      case TokenKind::kLeftBracket:
        advance();
        return multi_select_list();
      case TokenKind::kLeftBrace:
        advance();
        return multi_select_hash();
      default:
        return unexpected("expected a name, \"*\", \"[\" or \"{\" after \".\"");
    }
  }

  // What follows a projection applies to each of its items.
  Parsed projection_right_side(int power) {
    TokenKind kind = current().kind;
    if (binding_power(kind) < kProjectionStop) return add(NodeKind::kIdentity);
    if (kind == TokenKind::kLeftBracket || kind == TokenKind::kFilter) return expression(power);
    if (kind == TokenKind::kDot) {
      advance();
      return dot_right_side(power);
    }
    return unexpected("this cannot follow a projection");
  }

  Parsed projection(NodeKind kind, NodeIndex left, int power) {
    Parsed right = projection_right_side(power);
    return right ? Parsed(add(kind, left, *right)) : right;
  }

  Parsed filter(NodeIndex left) {
    Parsed condition = expression(0);
    if (!condition) return condition;
    if (auto closed = expect(TokenKind::kRightBracket, "\"]\""); !closed) {
      return std::move(closed).error();
    }
    bool flatten_next = current().kind == TokenKind::kFlatten;
    Parsed right =
        flatten_next ? Parsed(add(NodeKind::kIdentity)) : projection_right_side(kFilterPower);
    return right ? Parsed(add(NodeKind::kFilterProjection, left, *right, *condition)) : right;
  }

  Parsed bracket_infix(NodeIndex left) {
    if (current().kind == TokenKind::kNumber || current().kind == TokenKind::kColon) {
      auto right = index_or_slice();
      return right ? project_if_slice(left, *right) : right;
    }
    bool star = current().kind == TokenKind::kStar && ahead(1).kind == TokenKind::kRightBracket;
    if (!star) return unexpected("expected an index, a slice or \"*\"");
    advance();
    advance();
    return projection(NodeKind::kProjection, left, kStarPower);
  }

  Parsed project_if_slice(NodeIndex left, NodeIndex right) {
    NodeIndex indexed = add(NodeKind::kSubexpression, left, right);
    if (tree_.nodes[right].kind != NodeKind::kSlice) return indexed;
    return projection(NodeKind::kProjection, indexed, kStarPower);
  }

  Parsed index_or_slice() {
    bool slice = current().kind == TokenKind::kColon || ahead(1).kind == TokenKind::kColon;
    if (slice) return slice_bounds();
    Node node;
    node.kind = NodeKind::kIndex;
    node.number = advance().number;
    if (auto closed = expect(TokenKind::kRightBracket, "\"]\""); !closed) {
      return std::move(closed).error();
    }
    return add(std::move(node));
  }

  Parsed slice_bounds() {
    std::optional<std::int64_t> parts[3];
    std::size_t part = 0;
    while (current().kind != TokenKind::kRightBracket) {
      if (current().kind == TokenKind::kColon) {
        if (++part == 3) return unexpected("a slice has at most three parts");
        advance();
      } else if (current().kind == TokenKind::kNumber && !parts[part]) {
        parts[part] = advance().number;
      } else {
        return unexpected("expected a number, \":\" or \"]\"");
      }
    }
    advance();
    Node node;
    node.kind = NodeKind::kSlice;
    node.bounds = {parts[0], parts[1], parts[2]};
    return add(std::move(node));
  }

  // After an item of a list: past the comma, or past what closes the list.
  Result<bool> more_items(TokenKind close, std::string_view expected) {
    if (current().kind == close) {
      advance();
      return false;
    }
    if (auto comma = expect(TokenKind::kComma, expected); !comma) return std::move(comma).error();
    return true;
  }

  Parsed multi_select_list() {
    Node node;
    node.kind = NodeKind::kMultiSelectList;
    while (true) {
      Parsed item = expression(0);
      if (!item) return item;
      node.children.push_back(*item);
      auto more = more_items(TokenKind::kRightBracket, "\",\" or \"]\"");
      if (!more) return std::move(more).error();
      if (!*more) return add(std::move(node));
    }
  }

  Parsed multi_select_hash() {
    Node node;
    node.kind = NodeKind::kMultiSelectHash;
    while (true) {
      TokenKind kind = current().kind;
      if (kind != TokenKind::kIdentifier && kind != TokenKind::kQuotedIdentifier) {
        return unexpected("expected a name");
      }
      node.names.push_back(advance().text);
      if (auto colon = expect(TokenKind::kColon, "\":\""); !colon) return std::move(colon).error();
      Parsed item = expression(0);
      if (!item) return item;
      node.children.push_back(*item);
      auto more = more_items(TokenKind::kRightBrace, "\",\" or \"}\"");
      if (!more) return std::move(more).error();
      if (!*more) return add(std::move(node));
    }
  }

  Parsed function(NodeIndex left, std::size_t position) {
    if (tree_.nodes[left].kind != NodeKind::kField) {
      return syntax_error(expression_, position, "only a name can be called");
    }
    Node node;
    node.kind = NodeKind::kFunction;
    node.text = tree_.nodes[left].text;
    while (current().kind != TokenKind::kRightParen) {
      Parsed argument = expression(0);
      if (!argument) return argument;
      node.children.push_back(*argument);
      if (current().kind == TokenKind::kRightParen) break;
      if (auto comma = expect(TokenKind::kComma, "\",\" or \")\""); !comma) {
        return std::move(comma).error();
      }
      if (current().kind == TokenKind::kRightParen) return unexpected("an argument is missing");
    }
    advance();
    return add(std::move(node));
  }

  std::string_view expression_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  int depth_ = 0;
  SyntaxTree tree_;
};

// Children stand before their parents.
std::size_t height_of(const SyntaxTree& tree) {
  std::vector<std::size_t> heights;
  heights.reserve(tree.nodes.size());
  std::size_t highest = 0;
  for (const Node& node : tree.nodes) {
    std::size_t below = 0;
    auto look_at = [&](NodeIndex child) {
      if (child < heights.size()) below = std::max(below, heights[child]);
    };
    for (NodeIndex child : {node.first, node.second, node.third}) look_at(child);
    for (NodeIndex child : node.children) look_at(child);
    heights.push_back(below + 1);
    highest = std::max(highest, below + 1);
  }
  return highest;
}

}  // namespace

Result<SyntaxTree> parse(std::string_view expression) {
  auto tokens = tokenize(expression);
  if (!tokens) return std::move(tokens).error();
  auto tree = Parser(expression, *std::move(tokens)).run();
  if (tree && height_of(*tree) > kMaxHeight) {
    return syntax_error(expression.substr(0, kMaxHeight), 0, "it has too many steps in a row");
  }
  return tree;
}

}  // namespace botocxx::jmespath
