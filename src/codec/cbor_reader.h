#pragma once

#include <botocxx/base/result.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

/// CBOR (RFC 8949) as tokens. Written here and not taken from a library: readers by shape need
/// tokens that refer to the body, texts in chunks and errors with an octet's number, which is most
/// of what a library would do.
namespace botocxx::codec {

enum class CborKind : std::uint8_t {
  kUnsigned,
  kNegative,
  kBytes,
  kText,
  kArray,
  kMap,
  kTag,
  kBool,
  kNull,
  kUndefined,
  kFloat
};

/// "array", "text", … for messages.
std::string_view to_string(CborKind kind);

/// One token.
struct CborItem {
  CborKind kind = CborKind::kNull;
  bool boolean = false;
  /// Of an array or a map: the end is marked, not counted.
  bool indefinite = false;
  /// Of an array or a map: entries that are left. Of a tag: its number; the next item is what it
  /// tags. Of an integer: n, which stands for n or, negative, for -1 - n.
  std::uint64_t number = 0;
  double real = 0;
  /// Of bytes and text: whole, well-formed UTF-8 in text. In the source (`is_in_source`), or in the
  /// reader where it came in chunks.
  std::string_view octets;

  bool is_null() const { return kind == CborKind::kNull || kind == CborKind::kUndefined; }
};

/// Pulls items out of octets, which must outlive it. Lengths are checked against what is left
/// before they are believed: a count of entries is never more than the octets that follow.
///
///     CborItem map = *reader.next();            // of kind kMap
///     while (reader.has_entry(map)) { reader.next()…  reader.next()… }
///
/// Errors (code "CborSyntax") say the octet at which the data is wrong; after one, do not go on.
class CborReader {
 public:
  static constexpr std::size_t kMaxDepth = 512;

  explicit CborReader(std::string_view source, std::size_t max_depth = kMaxDepth)
      : source_(source), max_depth_(max_depth) {}

  /// The next item. An array or a map is opened: ask `has_entry` for its entries until there are no
  /// more. Arrays and maps may nest `max_depth` deep.
  Result<CborItem> next();
  /// Whether `container`, the innermost open array or map, has one more entry; closes it where not.
  bool has_entry(CborItem& container);
  /// Reads past the rest of `item`, which `next` has just returned.
  Result<void> skip_rest(CborItem item);
  /// Reads past the next item, whatever it holds.
  Result<void> skip();

  std::size_t offset() const { return offset_; }
  bool at_end() const { return offset_ == source_.size(); }
  /// True when `octets` lie in the source: they live as long as it does.
  bool is_in_source(std::string_view octets) const;
  /// An error about the item that begins at `offset`.
  static Error error_at(std::size_t offset, std::string_view problem);

 private:
  std::size_t left() const { return source_.size() - offset_; }
  Result<std::uint64_t> read_argument(unsigned info);
  Result<CborItem> read_octets(CborItem item, unsigned info);
  Result<CborItem> read_chunks(CborItem item);
  Result<CborItem> open(CborItem item, unsigned info);
  Result<CborItem> read_simple(CborItem item, unsigned info);

  std::string_view source_;
  std::size_t offset_ = 0;
  std::size_t begin_ = 0;  ///< of the item that is being read
  std::size_t depth_ = 0;
  std::size_t max_depth_;
  std::deque<std::string> joined_;
};

}  // namespace botocxx::codec
