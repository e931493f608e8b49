#pragma once

#include <botocxx/model/service_model.h>
#include <botocxx/value/value.h>

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace botocxx::testing {

struct RandomValueOptions {
  /// Which way the values travel: a header's list of an answer can't hold commas or quotes, since
  /// clients know no quoting there.
  enum class Direction { kRequest, kAnswer } direction = Direction::kRequest;
  /// Only characters that XML 1.0 can hold.
  bool xml_text = false;
  /// No instants before 1970, which CBOR clients can't send.
  bool epoch_times = false;
  /// About how many scalars a value has beyond the required ones.
  int budget = 40;
  /// Beyond this depth only what must be there is drawn.
  int max_depth = 6;
};

/// Draws values that pass validation against a shape: unions with one member, bounded recursion,
/// least lengths, empty lists and maps and texts, texts of many scripts, numbers and instants at
/// the edges, floats that are no numbers, free-form documents. The same seed gives the same value
/// on every machine. Event streams are never drawn, nor members that share their name on the wire
/// with another and are not required.
class RandomValue {
 public:
  explicit RandomValue(const ServiceModel& model, RandomValueOptions options = {});

  /// Values that follow depend on `seed` only.
  void reseed(std::uint64_t seed);
  /// Any structure: an input, an output, an exception.
  Value structure(const Shape& shape);
  /// As a member of a structure would be drawn.
  Value member(const Member& member);
  /// A JSON value.
  Value document(int depth = 0);
  /// A number below `limit`.
  std::uint64_t below(std::uint64_t limit);
  std::string text(std::size_t least = 0);

 private:
  std::uint64_t next();
  bool one_in(std::uint64_t n) { return below(n) == 0; }
  bool spent() const { return budget_ <= 0; }

  Value draw(const Member& member, int depth);
  Value draw_structure(const Shape& shape, int depth);
  Value draw_union(const Shape& shape, int depth);
  Value draw_list(const Member& member, int depth);
  Value draw_map(const Member& member, int depth);
  std::size_t draw_count(const Shape& shape, const Shape& item, int depth);
  Value draw_scalar(const Member& member);
  Value draw_integer(const Shape& shape);
  Value draw_number(const Shape& shape);
  Value draw_timestamp(const Member& member);
  std::string draw_text(const Member& member, std::size_t least);
  std::string header_text(std::size_t least);
  std::string name(std::size_t least);
  std::string octets(std::size_t least);
  /// How deep a value of `shape` is at least; 255: it has no end.
  std::uint8_t height(const Shape& shape) const { return heights_[shape.index()]; }
  void find_heights(const ServiceModel& model);
  /// Remembers members whose name on the wire is another member's as well.
  void find_shared_names(const Shape& shape);
  bool shares_name(const Shape& shape, const Member& member) const;
  std::uint8_t height_by_members(const Shape& shape) const;

  RandomValueOptions options_;
  std::vector<std::uint8_t> heights_;
  std::set<std::pair<std::uint32_t, std::string>> shared_names_;
  std::uint64_t state_ = 0;
  int budget_ = 0;
  bool in_header_list_ = false;
};

/// A number made of names, to derive seeds: the same on every machine.
std::uint64_t hash_text(std::string_view text);

}  // namespace botocxx::testing
