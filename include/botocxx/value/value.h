#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/result.h>
#include <botocxx/base/timestamp.h>
#include <botocxx/message/body.h>

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace botocxx::inline v1 {

class Value;

/// Octets, to be told apart from text: `{"Body", Bytes{data}}`.
struct Bytes {
  std::string_view data;
};

/// The name of an object's member: a small text, owned or borrowed from a model.
class BOTOCXX_EXPORT Key {
 public:
  Key() = default;
  Key(std::string_view text, std::pmr::memory_resource* resource);
  /// Refers to `text` instead of copying it.
  static Key borrow(std::string_view text);
  Key(const Key&) = delete;
  Key& operator=(const Key&) = delete;
  Key(Key&& other) noexcept;
  Key& operator=(Key&&) = delete;

  std::string_view view() const { return {storage_ == Storage::kInline ? small_ : data_, size_}; }
  operator std::string_view() const { return view(); }

 private:
  friend class Value;
  enum class Storage : std::uint8_t { kInline, kOwned, kBorrowed };
  void release(std::pmr::memory_resource* resource);

  union {
    char small_[18] = {};
    const char* data_;
  };
  std::uint32_t size_ = 0;
  Storage storage_ = Storage::kInline;
};

/// The one dynamic data type: parameters of calls, results, models.
///
/// Kinds: null, bool, integer (64 bits), double, string (UTF-8), bytes, timestamp, list, object
/// (order of insertion is kept) and stream. A regular value: copies are deep (streams are shared)
/// and use the default memory resource. Concurrent reads are safe.
///
/// Braces build lists and objects; braces of pairs that begin with a string are an object:
/// `Value v{{"Bucket", "photos"}, {"MaxKeys", 10}}`, unless a name occurs twice. Where that guess
/// is wrong, say `Value::list({...})` or `Value::object({...})`:
///
///     {"Keys", {"a", "b"}}                             a list of two texts
///     {"Tags", {{"colour", "teal"}}}                   an object of one member
///     {"Objects", {{{"Key", "a"}}, {{"Key", "b"}}}}    a list of two objects
///     {"Objects", {{{"Key", "a"}}}}                    a list of one object
///     {"Rows", Value::list({{"a", "b"}})}              a list of lists that begin with a text
///     {"Metadata", Value::object()}                    empty; `{}` is null
///
/// With one Value inside, compilers disagree about `{v}`: say `Value::list({v})` or `Value w = v`.
///
/// Lookups never fail: `v["missing"]` is null, so chains stay short. `as_*()` on another kind
/// throws `TypeError`; `get_if_*()` returns nothing instead.
class BOTOCXX_EXPORT Value {
 public:
  enum class Kind : std::uint8_t {
    kNull,
    kBool,
    kInt,
    kDouble,
    kString,
    kBytes,
    kTimestamp,
    kList,
    kObject,
    kStream
  };
  struct Member;

  Value() noexcept : Value(std::pmr::get_default_resource()) {}
  explicit Value(std::pmr::memory_resource* resource) noexcept;
  Value(std::nullptr_t) noexcept : Value() {}
  template <std::same_as<bool> T>  // nothing else turns into a bool, pointers least of all
  Value(T value) noexcept : Value() {
    kind_ = Kind::kBool;
    payload_.boolean = value;
  }
  template <std::integral T>
  requires(!std::same_as<T, bool> && !std::same_as<T, char>) Value(T value)
  noexcept : Value() {
    // What has no place in 64 bits with a sign becomes a double, as when read from JSON.
    bool fits = std::signed_integral<T> || (value >> (sizeof(T) * 8 - 1)) == 0 || sizeof(T) < 8;
    if (fits) {
      set_int(static_cast<std::int64_t>(value));
    } else {
      *this = Value(static_cast<double>(value));
    }
  }
  Value(double value) noexcept;
  Value(char) = delete;  // a number or a text? say which
  /// A null pointer is the null value.
  Value(const char* text);
  Value(std::string_view text);
  Value(const std::string& text);
  Value(Bytes bytes);
  Value(Timestamp time) noexcept;
  Value(Body body);
  Value(std::initializer_list<Value> items);

  static Value list(std::initializer_list<Value> items = {});
  static Value object(std::initializer_list<Value> pairs = {});

  Value(const Value& other);
  Value(const Value& other, std::pmr::memory_resource* resource);
  Value(Value&& other) noexcept;
  Value& operator=(const Value& other);
  Value& operator=(Value&& other) noexcept;
  ~Value();

  Kind kind() const { return kind_; }
  bool is_null() const { return kind_ == Kind::kNull; }
  bool is_bool() const { return kind_ == Kind::kBool; }
  bool is_int() const { return kind_ == Kind::kInt; }
  bool is_double() const { return kind_ == Kind::kDouble; }
  bool is_number() const { return is_int() || is_double(); }
  bool is_string() const { return kind_ == Kind::kString; }
  bool is_bytes() const { return kind_ == Kind::kBytes; }
  bool is_timestamp() const { return kind_ == Kind::kTimestamp; }
  bool is_list() const { return kind_ == Kind::kList; }
  bool is_object() const { return kind_ == Kind::kObject; }
  bool is_stream() const { return kind_ == Kind::kStream; }

  bool as_bool() const;
  std::int64_t as_int() const;
  /// Integers convert.
  double as_double() const;
  std::string_view as_string() const;
  /// Octets of bytes or of a string.
  std::string_view as_bytes() const;
  Timestamp as_timestamp() const;
  /// The stream; bytes and strings convert to an in-memory body.
  Body as_body() const;

  std::optional<bool> get_if_bool() const;
  std::optional<std::int64_t> get_if_int() const;
  std::optional<double> get_if_double() const;
  std::optional<std::string_view> get_if_string() const;
  std::optional<Timestamp> get_if_timestamp() const;

  /// Count of items, members or octets; 0 for other kinds.
  std::size_t size() const;
  bool empty() const { return size() == 0; }

  /// Items of a list; empty for other kinds. `for (const Value& v : list)` reads the same.
  std::span<const Value> items() const;
  std::span<Value> items();
  const Value* begin() const { return items().data(); }
  const Value* end() const;
  /// Members of an object in order; empty for other kinds.
  std::span<const Member> members() const;
  std::span<Member> members();

  /// Member of an object, null value when there is none.
  const Value& operator[](std::string_view name) const;
  const Value& operator[](const char* name) const { return (*this)[std::string_view(name)]; }
  /// Item of a list, null value when out of range.
  const Value& operator[](std::size_t index) const;
  const Value& operator[](int index) const;
  const Value* find(std::string_view name) const;
  Value* find(std::string_view name);
  bool contains(std::string_view name) const { return find(name) != nullptr; }
  /// Value at a path such as `Contents[0].Owner.ID`; throws `TypeError` naming the part that is
  /// missing.
  const Value& at(std::string_view path) const;

  /// Adds or replaces a member; a null value becomes an object first. Returns the stored value.
  Value& set(std::string_view name, Value value);
  /// Appends a member without looking for one of that name.
  Value& append_member(Key key, Value value);
  bool erase(std::string_view name);
  /// Appends an item; a null value becomes a list first. Returns the stored item.
  Value& push_back(Value value);
  void reserve(std::size_t count);
  void make_list();
  void make_object();

  /// Text that is referred to, not copied: it must outlive the value (copies own their text).
  static Value borrow_string(std::string_view text, std::pmr::memory_resource* resource);
  static Value make_string(std::string_view text, std::pmr::memory_resource* resource);
  static Value make_bytes(std::string_view octets, std::pmr::memory_resource* resource);
  std::pmr::memory_resource* resource() const { return resource_; }

  /// Same kind and content; an integer and a double compare by number; order of members is
  /// ignored, streams compare by identity.
  friend BOTOCXX_EXPORT bool operator==(const Value& a, const Value& b);

 private:
  enum class Storage : std::uint8_t { kInline, kOwned, kBorrowed };
  void set_int(std::int64_t value) noexcept;
  void set_text(Kind kind, std::string_view text);
  void copy_from(const Value& other);
  void destroy() noexcept;
  void steal(Value& other) noexcept;
  void grow(std::size_t least);
  std::string_view text() const;
  [[noreturn]] void wrong_kind(Kind expected) const;

  union Payload {
    bool boolean;
    std::int64_t integer;
    double real;
    struct {
      std::int64_t seconds;
      std::int32_t nanoseconds;
    } time;
    struct {
      const char* data;
      std::size_t size;
    } text;
    char inlined[22];
    struct {
      Value* items;
      std::uint32_t size;
      std::uint32_t capacity;
    } list;
    struct {
      Member* items;
      std::uint32_t size;
      std::uint32_t capacity;
    } object;
    Body* stream;
  };
  Payload payload_;
  Storage storage_ = Storage::kInline;
  std::uint8_t small_size_ = 0;
  Kind kind_ = Kind::kNull;
  std::pmr::memory_resource* resource_;
};

struct Value::Member {
  Key key;
  Value value;
};

/// "string", "list", ...
BOTOCXX_EXPORT std::string_view to_string(Value::Kind kind);

}  // namespace botocxx::inline v1
