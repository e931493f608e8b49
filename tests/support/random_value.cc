#include "support/random_value.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>

namespace botocxx::testing {
namespace {

constexpr std::uint8_t kEndless = 255;

constexpr std::string_view kPieces[] = {
    "a",  "Z",  "0",  "-",  "_",      "~",      ".",      "/",      "+",  "%", " ", "&",
    "<",  ">",  "'",  "\"", "=",      "?",      "#",      "é",      "日", "😀", ":", "@",
    ";",  "!",  "*",  "(",  ")",      "%2F",    ",",      "\\",     "{",  "}", "$", "|",
    "\t", "\n", "\r", "]",  "\u00a0", "\u2028", "\u0301", "\ufffd", "ß",  "Ω", "^", "`"};
// What XML can't hold, and what some readers of JSON take for the end.
constexpr std::string_view kControls[] = {"\x01", "\x1f", "\b", "\f", "\x7f", "\ufeff"};

std::size_t least_length(const Shape& shape) {
  double least = (shape.min)().value_or(0);
  return least > 0 ? static_cast<std::size_t>(least) : 0;
}

}  // namespace

std::uint64_t hash_text(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return hash;
}

RandomValue::RandomValue(const ServiceModel& model, RandomValueOptions options)
    : options_(options) {
  find_heights(model);
  for (Shape shape : model.shapes()) {
    if (shape.type() == ShapeType::kStructure) find_shared_names(shape);
  }
}

void RandomValue::find_shared_names(const Shape& shape) {
  std::set<std::string_view> seen;
  for (Member member : shape.members()) {
    if (member.location() != Location::kBody) continue;
    if (!seen.insert(member.serialized_name()).second) {
      shared_names_.emplace(shape.index(), member.serialized_name());
    }
  }
}

bool RandomValue::shares_name(const Shape& shape, const Member& member) const {
  return !shared_names_.empty() && member.location() == Location::kBody &&
         shared_names_.contains({shape.index(), std::string(member.serialized_name())});
}

void RandomValue::reseed(std::uint64_t seed) { state_ = seed; }

// splitmix64
std::uint64_t RandomValue::next() {
  state_ += 0x9e3779b97f4a7c15U;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31U);
}

std::uint64_t RandomValue::below(std::uint64_t limit) { return next() % limit; }

void RandomValue::find_heights(const ServiceModel& model) {
  heights_.assign(model.shapes().size(), kEndless);
  for (bool changed = true; changed;) {
    changed = false;
    for (Shape shape : model.shapes()) {
      std::uint8_t found = height_by_members(shape);
      if (found < heights_[shape.index()]) {
        heights_[shape.index()] = found;
        changed = true;
      }
    }
  }
}

std::uint8_t RandomValue::height_by_members(const Shape& shape) const {
  auto above = [](std::uint8_t height) {
    return static_cast<std::uint8_t>(std::min(height + 1, int{kEndless}));
  };
  std::uint8_t found = 0;
  switch (shape.type()) {
    case ShapeType::kStructure:
      if (shape.is_union()) {
        found = shape.members().empty() ? std::uint8_t{0} : kEndless;
        for (Member member : shape.members())
          found = std::min(found, above(height(member.shape())));
        return found;
      }
      for (const Member& member : shape.required_members()) {
        found = std::max(found, above(height(member.shape())));
      }
      return found;
    case ShapeType::kList:
      return least_length(shape) == 0 ? std::uint8_t{0}
                                      : above(height(shape.list_member().shape()));
    default:
      return 0;
  }
}

Value RandomValue::structure(const Shape& shape) {
  budget_ = options_.budget;
  return draw_structure(shape, 0);
}

Value RandomValue::member(const Member& member) {
  budget_ = options_.budget;
  return draw(member, 1);
}

Value RandomValue::draw_structure(const Shape& shape, int depth) {
  if (shape.is_document()) return document();
  if (shape.is_union()) return draw_union(shape, depth);
  Value value = Value::object();
  // Sometimes everything, mostly a part: a large structure's members then all get their turn.
  std::uint64_t share = shape.members().size() > 24 ? 4 : 2;
  bool everything = depth == 0 && one_in(4);
  for (Member member : shape.members()) {
    if (member.event_stream()) continue;
    bool must = member.required();
    bool may = !spent() && depth < options_.max_depth && height(member.shape()) != kEndless;
    if (!must && !(may && (everything || one_in(share)))) continue;
    if (!must && shares_name(shape, member)) continue;
    value.append_member(Key(member.name(), value.resource()), draw(member, depth + 1));
  }
  return value;
}

Value RandomValue::draw_union(const Shape& shape, int depth) {
  Value value = Value::object();
  std::vector<Member> choices;
  std::uint8_t lowest = kEndless;
  for (Member member : shape.members()) lowest = std::min(lowest, height(member.shape()));
  bool shallow = depth >= options_.max_depth || spent();
  for (Member member : shape.members()) {
    std::uint8_t own = height(member.shape());
    if (shallow ? own == lowest : own != kEndless) choices.push_back(member);
  }
  if (choices.empty()) return value;
  const Member& chosen = choices[below(choices.size())];
  value.set(chosen.name(), draw(chosen, depth + 1));
  return value;
}

std::size_t RandomValue::draw_count(const Shape& shape, const Shape& item, int depth) {
  std::size_t least = least_length(shape);
  if (spent() || depth >= options_.max_depth || height(item) == kEndless) return least;
  return std::max<std::size_t>(least, below(4));
}

Value RandomValue::draw_list(const Member& member, int depth) {
  Shape shape = member.shape();
  Member item = shape.list_member();
  in_header_list_ = member.location() == Location::kHeader;
  Value list = Value::list();
  for (std::size_t i = draw_count(shape, item.shape(), depth); i > 0; --i) {
    list.push_back(draw(item, depth + 1));
  }
  in_header_list_ = false;
  return list;
}

Value RandomValue::draw_map(const Member& member, int depth) {
  Shape shape = member.shape();
  Value map = Value::object();
  bool names = member.location() != Location::kBody;  // keys of headers and of the query string
  std::size_t least = least_length(shape.map_key().shape());
  for (std::size_t i = draw_count(shape, shape.map_value().shape(), depth); i > 0; --i) {
    std::string key = names ? name(least) : draw_text(shape.map_key(), least);
    Value value;
    if (member.location() == Location::kHeaders) {
      value = Value(header_text(least_length(shape.map_value().shape())));
    } else {
      value = draw(shape.map_value(), depth + 1);
    }
    map.set(key, std::move(value));
  }
  return map;
}

Value RandomValue::draw(const Member& member, int depth) {
  --budget_;
  if (member.json_value() && member.location() == Location::kHeader) return document();
  Shape shape = member.shape();
  switch (shape.type()) {
    case ShapeType::kStructure:
      return draw_structure(shape, depth);
    case ShapeType::kList:
      return draw_list(member, depth);
    case ShapeType::kMap:
      return draw_map(member, depth);
    default:
      return draw_scalar(member);
  }
}

Value RandomValue::draw_scalar(const Member& member) {
  Shape shape = member.shape();
  switch (shape.type()) {
    case ShapeType::kBoolean:
      return Value(one_in(2));
    case ShapeType::kInteger:
    case ShapeType::kLong:
      if (member.location() == Location::kStatusCode) return Value(200 + below(99));
      return draw_integer(shape);
    case ShapeType::kFloat:
    case ShapeType::kDouble:
      return draw_number(shape);
    case ShapeType::kTimestamp:
      return draw_timestamp(member);
    case ShapeType::kBlob:
      return Value(Bytes{octets(least_length(shape))});
    default:
      return Value(draw_text(member, least_length(shape)));
  }
}

Value RandomValue::draw_integer(const Shape& shape) {
  constexpr std::int64_t k32 = std::numeric_limits<std::int32_t>::max();
  constexpr std::int64_t k64 = std::numeric_limits<std::int64_t>::max();
  const std::int64_t edges[] = {0, 1, -1, 23, 24, 255, 256, 65535, 65536, k32, -k32 - 1};
  const std::int64_t long_edges[] = {k32 + 1, 4294967295, 4294967296, k64, -k64 - 1, 1LL << 53};
  std::int64_t number = static_cast<std::int64_t>(below(200000)) - 100000;
  if (one_in(2)) number = edges[below(std::size(edges))];
  if (shape.type() == ShapeType::kLong && one_in(3))
    number = long_edges[below(std::size(long_edges))];
  double least = (shape.min)().value_or(-1e19);
  return Value(static_cast<double>(number) < least ? static_cast<std::int64_t>(std::ceil(least))
                                                   : number);
}

Value RandomValue::draw_number(const Shape& shape) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  const double edges[] = {0.0, -0.0,          1.0,       -1.5,       1e16,        1e-7,
                          0.1, 123456789.125, kInfinity, -kInfinity, std::nan("")};
  const double large[] = {1.7976931348623157e308, 5e-324, 1e300, -2.2250738585072014e-308};
  double number = static_cast<double>(below(1000000)) / 64.0 - 4000;
  if (one_in(2)) number = edges[below(std::size(edges))];
  if (shape.type() == ShapeType::kDouble && one_in(4)) number = large[below(std::size(large))];
  // Four octets are all that some protocols give to a float.
  if (shape.type() == ShapeType::kFloat) number = static_cast<double>(static_cast<float>(number));
  std::optional<double> least = (shape.min)();
  return Value(least && !(number >= *least) ? std::ceil(*least) : number);
}

Value RandomValue::draw_timestamp(const Member&) {
  // Dates of the years before 100 are read as of this century, as email dates are.
  constexpr std::int64_t kYear100 = -59011459200, kYear10000 = 253402300800;
  const std::int64_t edges[] = {0, 1, 86399, 951782400, 2147483647, 4294967296, kYear10000 - 1};
  std::int64_t seconds = static_cast<std::int64_t>(below(4000000000));
  if (one_in(4)) seconds = edges[below(std::size(edges))];
  if (!options_.epoch_times && one_in(8))
    seconds = one_in(2) ? -1 : kYear100 + static_cast<std::int64_t>(below(-kYear100));
  // Microseconds where a double holds them: some protocols send instants as one.
  bool fine = seconds >= 0 && seconds < 4000000000 && one_in(2);
  std::int32_t nanoseconds = fine ? static_cast<std::int32_t>(below(1000000)) * 1000 : 0;
  return Value(Timestamp::from_unix(seconds, nanoseconds));
}

std::string RandomValue::octets(std::size_t least) {
  std::size_t size = std::max<std::size_t>(least, below(20));
  std::string out;
  for (; size > 0; --size) out += static_cast<char>(below(256));
  return out;
}

std::string RandomValue::name(std::size_t least) {
  std::string out = "n";
  for (std::size_t i = std::max<std::size_t>(least, 1 + below(6)); i > 0; --i) {
    out += static_cast<char>('a' + below(26));
  }
  return out;
}

std::string RandomValue::text(std::size_t least) {
  std::string out;
  std::size_t size = one_in(8) ? 0 : below(10);
  for (std::size_t i = std::max(least, size); i > 0; --i) {
    std::size_t choice = below(std::size(kPieces) + std::size(kControls));
    if (choice < std::size(kPieces)) {
      out += kPieces[choice];
    } else {
      out += options_.xml_text ? "x" : kControls[choice - std::size(kPieces)];
    }
  }
  return out;
}

std::string RandomValue::header_text(std::size_t least) {
  constexpr std::string_view kPlain = "abcXYZ0189 -_.~/+%&<>'=?#:@;!*()[]{}|^`$\t";
  constexpr std::string_view kQuoted = ",\"";
  std::string out;
  for (std::size_t i = std::max<std::size_t>(least, below(10)); i > 0; --i) {
    bool quoted = one_in(10) && !(in_header_list_ &&
                                  options_.direction == RandomValueOptions::Direction::kAnswer);
    out += quoted ? kQuoted[below(kQuoted.size())] : kPlain[below(kPlain.size())];
  }
  return out;
}

std::string RandomValue::draw_text(const Member& member, std::size_t least) {
  if (member.host_label()) return name(least);
  switch (member.location()) {
    case Location::kUri:
      return text(std::max<std::size_t>(least, 1));
    case Location::kHeader:
    case Location::kHeaders:
      return header_text(least);
    case Location::kQueryString:
    case Location::kBody:
    case Location::kStatusCode:
      break;
  }
  return in_header_list_ ? header_text(least) : text(least);
}

Value RandomValue::document(int depth) {
  --budget_;
  std::uint64_t kinds = depth > 3 || spent() ? 5 : 7;
  switch (below(kinds)) {
    case 0:
      return Value(one_in(2));
    case 1:
      return Value(static_cast<std::int64_t>(below(2000000)) - 1000000);
    case 2:
      return Value(static_cast<double>(below(100000)) / 8 + 0.5);
    case 3:
    case 4:
      return Value(text());
    case 5: {
      Value list = Value::list();
      for (std::uint64_t i = below(4); i > 0; --i) {
        list.push_back(one_in(6) ? Value() : document(depth + 1));
      }
      return list;
    }
    default:
      break;
  }
  Value object = Value::object();
  for (std::uint64_t i = below(4); i > 0; --i) {
    object.set(text(), one_in(6) ? Value() : document(depth + 1));
  }
  return object;
}

}  // namespace botocxx::testing
