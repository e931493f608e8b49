#include "jmespath/lexer.h"

#include "codec/json.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>

namespace botocxx::jmespath {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

struct Simple {
  std::string_view text;
  TokenKind kind;
};
// Longer ones first.
constexpr Simple kSimple[] = {{"[?", TokenKind::kFilter},     {"[]", TokenKind::kFlatten},
                              {"||", TokenKind::kOr},         {"&&", TokenKind::kAnd},
                              {"==", TokenKind::kEqual},      {"!=", TokenKind::kNotEqual},
                              {"<=", TokenKind::kLessEqual},  {">=", TokenKind::kGreaterEqual},
                              {".", TokenKind::kDot},         {"*", TokenKind::kStar},
                              {"[", TokenKind::kLeftBracket}, {"]", TokenKind::kRightBracket},
                              {"{", TokenKind::kLeftBrace},   {"}", TokenKind::kRightBrace},
                              {"(", TokenKind::kLeftParen},   {")", TokenKind::kRightParen},
                              {",", TokenKind::kComma},       {":", TokenKind::kColon},
                              {"@", TokenKind::kCurrent},     {"&", TokenKind::kAmpersand},
                              {"|", TokenKind::kPipe},        {"!", TokenKind::kNot},
                              {"<", TokenKind::kLess},        {">", TokenKind::kGreater}};

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  Result<std::vector<Token>> run() {
    std::vector<Token> tokens;
    while (true) {
      while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
      auto token = next();
      if (!token) return std::move(token).error();
      tokens.push_back(*std::move(token));
      if (tokens.back().kind == TokenKind::kEnd) return tokens;
    }
  }

 private:
  Result<Token> next() {
    Token token;
    token.position = at_;
    if (at_ == text_.size()) return token;
    char c = text_[at_];
    if (is_letter(c)) return identifier(std::move(token));
    if (is_digit(c) || c == '-') return number(std::move(token));
    if (c == '"') return quoted_identifier(std::move(token));
    if (c == '\'') return raw_string(std::move(token));
    if (c == '`') return json_literal(std::move(token));
    for (const Simple& simple : kSimple) {
      if (!text_.substr(at_).starts_with(simple.text)) continue;
      at_ += simple.text.size();
      token.kind = simple.kind;
      return token;
    }
    if (c == '=') return syntax_error(text_, at_, "unknown token \"=\", equality is \"==\"");
    return syntax_error(text_, at_, fmt::format("unknown token \"{}\"", c));
  }

  Result<Token> identifier(Token token) {
    std::size_t start = at_;
    while (at_ < text_.size() && (is_letter(text_[at_]) || is_digit(text_[at_]))) ++at_;
    token.kind = TokenKind::kIdentifier;
    token.text = text_.substr(start, at_ - start);
    return token;
  }

  Result<Token> number(Token token) {
    std::size_t start = at_++;
    while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
    std::string_view digits = text_.substr(start, at_ - start);
    auto [stop, status] =
        std::from_chars(digits.data(), digits.data() + digits.size(), token.number);
    if (status != std::errc() || stop != digits.data() + digits.size()) {
      return syntax_error(text_, start, fmt::format("\"{}\" is no number", digits));
    }
    token.kind = TokenKind::kNumber;
    return token;
  }

  // Index of the closing delimiter, over backslash escapes.
  std::optional<std::size_t> find_end(char delimiter) const {
    for (std::size_t i = at_ + 1; i < text_.size(); ++i) {
      if (text_[i] == '\\') {
        ++i;
      } else if (text_[i] == delimiter) {
        return i;
      }
    }
    return std::nullopt;
  }

  Result<Token> quoted_identifier(Token token) {
    auto end = find_end('"');
    if (!end) return syntax_error(text_, at_, "the quoted name is not closed");
    auto name = codec::parse_json(text_.substr(at_, *end - at_ + 1));
    if (!name) return syntax_error(text_, at_, "the quoted name is no JSON string");
    token.kind = TokenKind::kQuotedIdentifier;
    token.text = name->as_string();
    at_ = *end + 1;
    return token;
  }

  Result<Token> raw_string(Token token) {
    auto end = find_end('\'');
    if (!end) return syntax_error(text_, at_, "the raw string is not closed");
    std::string content;
    for (std::size_t i = at_ + 1; i < *end; ++i) {
      if (text_[i] == '\\') {
        if (text_[i + 1] != '\'') content += '\\';  // only a quote loses its backslash
        ++i;
      }
      content += text_[i];
    }
    token.kind = TokenKind::kLiteral;
    token.literal = Value(content);
    at_ = *end + 1;
    return token;
  }

  // JSON between backticks; as in jmespath.py, a text without quotes is taken as a string.
  Result<Token> json_literal(Token token) {
    auto end = find_end('`');
    if (!end) return syntax_error(text_, at_, "the literal is not closed");
    std::string content;
    for (std::size_t i = at_ + 1; i < *end; ++i) {
      if (text_[i] == '\\' && text_[i + 1] == '`') ++i;
      content += text_[i];
    }
    auto value = codec::parse_json(content);
    if (!value) {
      std::size_t first = content.find_first_not_of(" \t\r\n");
      std::string bare = first == std::string::npos ? "" : content.substr(first);
      value = codec::parse_json('"' + bare + '"');
    }
    if (!value) return syntax_error(text_, at_, "the literal is no JSON");
    token.kind = TokenKind::kLiteral;
    token.literal = *std::move(value);
    at_ = *end + 1;
    return token;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

Error syntax_error(std::string_view expression, std::size_t position, std::string_view reason) {
  return Error(ErrorKind::kUsage, "syntax",
               fmt::format("invalid JMESPath expression at column {}: {}\n{}\n{}^", position + 1,
                           reason, expression, std::string(position, ' ')))
      .with_context("position", std::to_string(position));
}

Result<std::vector<Token>> tokenize(std::string_view expression) { return Lexer(expression).run(); }

}  // namespace botocxx::jmespath
