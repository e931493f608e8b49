#pragma once

#include <botocxx/base/result.h>
#include <botocxx/value/value.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::jmespath {

enum class TokenKind : std::uint8_t {
  kEnd,
  kIdentifier,
  kQuotedIdentifier,
  kLiteral,
  kNumber,
  kDot,
  kStar,
  kLeftBracket,
  kRightBracket,
  kLeftBrace,
  kRightBrace,
  kLeftParen,
  kRightParen,
  kComma,
  kColon,
  kCurrent,
  kAmpersand,
  kPipe,
  kOr,
  kAnd,
  kNot,
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kFilter,
  kFlatten
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::size_t position = 0;  ///< octet offset
  std::string text;          ///< of identifiers
  std::int64_t number = 0;
  Value literal;
};

/// Code "syntax"; the message names the column (from 1) and shows the expression.
Error syntax_error(std::string_view expression, std::size_t position, std::string_view reason);

/// All tokens, kEnd last.
Result<std::vector<Token>> tokenize(std::string_view expression);

}  // namespace botocxx::jmespath
