#pragma once

#include <botocxx/base/timestamp.h>
#include <botocxx/model/service_model.h>
#include <botocxx/value/value.h>

#include <optional>
#include <random>
#include <string>

namespace botocxx::testing {

/// Draws values that fit a shape and that survive a round trip: no empty lists or maps (nothing of
/// them goes over the wire), header texts without blanks at their ends, times in whole seconds.
class RandomValue {
 public:
  explicit RandomValue(unsigned seed) : random_(seed) {}

  Value structure(const Shape& shape, int depth = 0) {
    Value value = Value::object();
    for (Member member : shape.members()) {
      if (!is_drawn(shape, member, depth)) continue;
      value.set(member.name(), draw(member, depth + 1));
    }
    return value;
  }

  Value draw(const Member& member, int depth) {
    if (member.host_label()) return Value(name());
    bool header = member.location() == Location::kHeader || member.location() == Location::kHeaders;
    return draw(member.shape(), header, depth);
  }

 private:
  /// Parsers answer with an empty map or structure where prefixed headers or a payload are absent.
  bool is_drawn(const Shape& shape, const Member& member, int depth) {
    if (member.required() || member.location() == Location::kHeaders) return true;
    std::optional<Member> payload = shape.payload();
    if (payload && payload->name() == member.name()) return true;
    // Some share their element's name with what replaced them.
    return !member.deprecated() && depth <= 4 && below(2) != 0;
  }

  unsigned below(unsigned limit) {
    return std::uniform_int_distribution<unsigned>(0, limit - 1)(random_);
  }

  std::string text(bool header) {
    static const std::string kPieces[] = {"a", "Z", "0", "-", "_", ".", "~", "/", "+",  "%",
                                          " ", "&", "<", ">", "'", "=", "?", "#", "é",  "日",
                                          "😀", ":", "@", ";", "!", "*", "(", ")", "%2F"};
    std::string out(1, static_cast<char>('a' + below(26)));
    for (unsigned i = below(12); i > 0; --i) {
      const std::string& piece = kPieces[below(std::size(kPieces))];
      if (!header || static_cast<unsigned char>(piece[0]) < 0x80) out += piece;
    }
    return out + static_cast<char>('0' + below(10));
  }

  std::string name() {
    std::string out = "n";
    for (unsigned i = 1 + below(6); i > 0; --i) out += static_cast<char>('a' + below(26));
    return out;
  }

  Value list(const Shape& shape, bool header, int depth) {
    Value value = Value::list();
    for (unsigned i = 1 + below(3); i > 0; --i) {
      value.push_back(draw(shape.list_member().shape(), header, depth + 1));
    }
    return value;
  }

  Value map(const Shape& shape, bool header, int depth) {
    Value value = Value::object();
    for (unsigned i = 1 + below(3); i > 0; --i) {
      value.set(name(), draw(shape.map_value().shape(), header, depth + 1));
    }
    return value;
  }

  Value draw(const Shape& shape, bool header, int depth) {
    switch (shape.type()) {
      case ShapeType::kStructure:
        return structure(shape, depth);
      case ShapeType::kList:
        return list(shape, header, depth);
      case ShapeType::kMap:
        return map(shape, header, depth);
      case ShapeType::kBoolean:
        return Value(below(2) == 0);
      case ShapeType::kInteger:
        return Value(static_cast<std::int64_t>(below(2000)) - 1000);
      case ShapeType::kLong:
        return Value(static_cast<std::int64_t>(below(1U << 31)) * 4096);
      case ShapeType::kFloat:
      case ShapeType::kDouble:
        return Value(below(1000) / 8.0);
      case ShapeType::kTimestamp:
        return Value(Timestamp::from_unix(below(2'000'000'000)));
      case ShapeType::kBlob:
        return Value(Bytes{text(false)});
      case ShapeType::kString:
      case ShapeType::kOther:
        break;
    }
    return Value(text(header));
  }

  std::mt19937 random_;
};

}  // namespace botocxx::testing
