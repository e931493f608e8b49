#include <botocxx/value/value.h>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <new>

namespace botocxx::inline v1 {
namespace {

const Value& null_value() {
  static const Value value;
  return value;
}

const char* copy_text(std::string_view text, std::pmr::memory_resource* resource) {
  auto* data = static_cast<char*>(resource->allocate(std::max<std::size_t>(text.size(), 1), 1));
  if (!text.empty()) std::memcpy(data, text.data(), text.size());
  return data;
}

void free_text(const char* data, std::size_t size, std::pmr::memory_resource* resource) {
  resource->deallocate(const_cast<char*>(data), std::max<std::size_t>(size, 1), 1);
}

bool is_pair(const Value& item) {
  return item.is_list() && item.size() == 2 && item[0].is_string();
}

bool same_members(const Value& a, const Value& b) {
  for (const Value::Member& member : a.members()) {
    const Value* other = b.find(member.key);
    if (other == nullptr || !(*other == member.value)) return false;
  }
  return true;
}

Error path_error(std::string_view path, std::size_t at, std::string_view why) {
  return Error(ErrorKind::kUsage, "TypeError",
               fmt::format("no value at \"{}\": {} at \"{}\"", path, why, path.substr(0, at)));
}

}  // namespace

Key::Key(std::string_view text, std::pmr::memory_resource* resource)
    : size_(static_cast<std::uint32_t>(text.size())) {
  if (text.size() <= sizeof small_) {
    if (!text.empty()) std::memcpy(small_, text.data(), text.size());
    return;
  }
  data_ = copy_text(text, resource);
  storage_ = Storage::kOwned;
}

Key Key::borrow(std::string_view text) {
  Key key;
  key.data_ = text.data();
  key.size_ = static_cast<std::uint32_t>(text.size());
  key.storage_ = Storage::kBorrowed;
  return key;
}

Key::Key(Key&& other) noexcept : size_(other.size_), storage_(other.storage_) {
  std::memcpy(small_, other.small_, sizeof small_);
  other.size_ = 0;
  other.storage_ = Storage::kInline;
}

void Key::release(std::pmr::memory_resource* resource) {
  if (storage_ == Storage::kOwned) free_text(data_, size_, resource);
}

Value::Value(std::pmr::memory_resource* resource) noexcept : payload_{}, resource_(resource) {}
Value::Value(double value) noexcept : Value() {
  kind_ = Kind::kDouble;
  payload_.real = value;
}
Value::Value(const char* text) : Value() {
  if (text != nullptr) set_text(Kind::kString, text);
}
Value::Value(std::string_view text) : Value() { set_text(Kind::kString, text); }
Value::Value(const std::string& text) : Value(std::string_view(text)) {}
Value::Value(Bytes bytes) : Value() { set_text(Kind::kBytes, bytes.data); }
Value::Value(Timestamp time) noexcept : Value() {
  kind_ = Kind::kTimestamp;
  payload_.time = {time.seconds(), time.nanoseconds()};
}
Value::Value(Body body) : Value() {
  payload_.stream = new Body(std::move(body));
  kind_ = Kind::kStream;
}

Value::Value(std::initializer_list<Value> items) : Value() {
  bool pairs = items.size() > 0 && std::all_of(items.begin(), items.end(), is_pair);
  if (pairs) *this = object(items);
  // A name that occurs twice would lose a value: these are lists that begin with a text.
  if (size() != items.size() || !pairs) *this = list(items);
}

Value Value::list(std::initializer_list<Value> items) {
  Value out;
  out.make_list();
  out.reserve(items.size());
  for (const Value& item : items) out.push_back(item);
  return out;
}

Value Value::object(std::initializer_list<Value> pairs) {
  Value out;
  out.make_object();
  out.reserve(pairs.size());
  for (const Value& pair : pairs) {
    if (!is_pair(pair)) {
      throw TypeError(
          Error(ErrorKind::kUsage, "TypeError", "an object is built of {\"name\", value} pairs"));
    }
    out.set(pair[0].as_string(), pair[1]);
  }
  return out;
}

Value::Value(const Value& other) : Value() { copy_from(other); }
Value::Value(const Value& other, std::pmr::memory_resource* resource) : Value(resource) {
  copy_from(other);
}
Value::Value(Value&& other) noexcept : Value(other.resource_) { steal(other); }

Value& Value::operator=(const Value& other) {
  if (this == &other) return *this;
  Value copy(other, resource_);
  destroy();
  steal(copy);
  return *this;
}

Value& Value::operator=(Value&& other) noexcept {
  if (this == &other) return *this;
  Value keep(std::move(other));  // `other` may be a part of this value
  destroy();
  resource_ = keep.resource_;
  steal(keep);
  return *this;
}

Value::~Value() { destroy(); }

void Value::steal(Value& other) noexcept {
  payload_ = other.payload_;
  storage_ = other.storage_;
  small_size_ = other.small_size_;
  kind_ = other.kind_;
  other.kind_ = Kind::kNull;
}

void Value::set_int(std::int64_t value) noexcept {
  kind_ = Kind::kInt;
  payload_.integer = value;
}

void Value::set_text(Kind kind, std::string_view text) {
  if (text.size() <= sizeof payload_.inlined) {
    if (!text.empty()) std::memcpy(payload_.inlined, text.data(), text.size());
    small_size_ = static_cast<std::uint8_t>(text.size());
    storage_ = Storage::kInline;
  } else {
    payload_.text = {copy_text(text, resource_), text.size()};
    storage_ = Storage::kOwned;
  }
  kind_ = kind;
}

void Value::copy_from(const Value& other) {
  switch (other.kind_) {
    case Kind::kNull:
    case Kind::kBool:
    case Kind::kInt:
    case Kind::kDouble:
    case Kind::kTimestamp:
      payload_ = other.payload_;
      kind_ = other.kind_;
      return;
    case Kind::kString:
    case Kind::kBytes:
      return set_text(other.kind_, other.text());
    case Kind::kList:
      make_list();
      reserve(other.size());
      for (const Value& item : other.items()) push_back(Value(item, resource_));
      return;
    case Kind::kObject:
      make_object();
      reserve(other.size());
      for (const Member& member : other.members()) {
        append_member(Key(member.key, resource_), Value(member.value, resource_));
      }
      return;
    case Kind::kStream:
      payload_.stream = new Body(*other.payload_.stream);
      kind_ = Kind::kStream;
      return;
  }
}

void Value::destroy() noexcept {
  switch (kind_) {
    case Kind::kString:
    case Kind::kBytes:
      if (storage_ == Storage::kOwned) free_text(payload_.text.data, payload_.text.size, resource_);
      break;
    case Kind::kList:
      std::destroy_n(payload_.list.items, payload_.list.size);
      if (payload_.list.capacity > 0) {
        resource_->deallocate(payload_.list.items, payload_.list.capacity * sizeof(Value),
                              alignof(Value));
      }
      break;
    case Kind::kObject:
      for (Member& member : members()) member.key.release(resource_);
      std::destroy_n(payload_.object.items, payload_.object.size);
      if (payload_.object.capacity > 0) {
        resource_->deallocate(payload_.object.items, payload_.object.capacity * sizeof(Member),
                              alignof(Member));
      }
      break;
    case Kind::kStream:
      delete payload_.stream;
      break;
    case Kind::kNull:
    case Kind::kBool:
    case Kind::kInt:
    case Kind::kDouble:
    case Kind::kTimestamp:
      break;
  }
  kind_ = Kind::kNull;
}

std::string_view Value::text() const {
  if (storage_ == Storage::kInline) return {payload_.inlined, small_size_};
  return {payload_.text.data, payload_.text.size};
}

void Value::wrong_kind(Kind expected) const {
  throw TypeError(Error(
      ErrorKind::kUsage, "TypeError",
      fmt::format("expected a value of kind {}, found {}", to_string(expected), to_string(kind_))));
}

bool Value::as_bool() const {
  if (kind_ != Kind::kBool) wrong_kind(Kind::kBool);
  return payload_.boolean;
}
std::int64_t Value::as_int() const {
  if (kind_ != Kind::kInt) wrong_kind(Kind::kInt);
  return payload_.integer;
}
double Value::as_double() const {
  if (kind_ == Kind::kInt) return static_cast<double>(payload_.integer);
  if (kind_ != Kind::kDouble) wrong_kind(Kind::kDouble);
  return payload_.real;
}
std::string_view Value::as_string() const {
  if (kind_ != Kind::kString) wrong_kind(Kind::kString);
  return text();
}
std::string_view Value::as_bytes() const {
  if (kind_ != Kind::kBytes && kind_ != Kind::kString) wrong_kind(Kind::kBytes);
  return text();
}
Timestamp Value::as_timestamp() const {
  if (kind_ != Kind::kTimestamp) wrong_kind(Kind::kTimestamp);
  return Timestamp::from_unix(payload_.time.seconds, payload_.time.nanoseconds);
}
Body Value::as_body() const {
  if (kind_ == Kind::kStream) return *payload_.stream;
  if (kind_ != Kind::kBytes && kind_ != Kind::kString) wrong_kind(Kind::kStream);
  return Body(std::string(text()));
}

std::optional<bool> Value::get_if_bool() const {
  return is_bool() ? std::optional(payload_.boolean) : std::nullopt;
}
std::optional<std::int64_t> Value::get_if_int() const {
  return is_int() ? std::optional(payload_.integer) : std::nullopt;
}
std::optional<double> Value::get_if_double() const {
  return is_number() ? std::optional(as_double()) : std::nullopt;
}
std::optional<std::string_view> Value::get_if_string() const {
  return is_string() ? std::optional(text()) : std::nullopt;
}
std::optional<Timestamp> Value::get_if_timestamp() const {
  return is_timestamp() ? std::optional(as_timestamp()) : std::nullopt;
}

std::size_t Value::size() const {
  switch (kind_) {
    case Kind::kString:
    case Kind::kBytes:
      return text().size();
    case Kind::kList:
      return payload_.list.size;
    case Kind::kObject:
      return payload_.object.size;
    case Kind::kNull:
    case Kind::kBool:
    case Kind::kInt:
    case Kind::kDouble:
    case Kind::kTimestamp:
    case Kind::kStream:
      return 0;
  }
  return 0;
}

std::span<const Value> Value::items() const {
  if (kind_ != Kind::kList) return {};
  return {payload_.list.items, payload_.list.size};
}
std::span<Value> Value::items() {
  if (kind_ != Kind::kList) return {};
  return {payload_.list.items, payload_.list.size};
}
const Value* Value::end() const {
  auto all = items();
  return all.data() + all.size();
}
std::span<const Value::Member> Value::members() const {
  if (kind_ != Kind::kObject) return {};
  return {payload_.object.items, payload_.object.size};
}
std::span<Value::Member> Value::members() {
  if (kind_ != Kind::kObject) return {};
  return {payload_.object.items, payload_.object.size};
}

const Value* Value::find(std::string_view name) const {
  for (const Member& member : members()) {
    if (member.key.view() == name) return &member.value;
  }
  return nullptr;
}
Value* Value::find(std::string_view name) {
  return const_cast<Value*>(static_cast<const Value*>(this)->find(name));
}
const Value& Value::operator[](std::string_view name) const {
  const Value* found = find(name);
  return found != nullptr ? *found : null_value();
}
const Value& Value::operator[](std::size_t index) const {
  auto all = items();
  return index < all.size() ? all[index] : null_value();
}
const Value& Value::operator[](int index) const {
  return index < 0 ? null_value() : (*this)[static_cast<std::size_t>(index)];
}

const Value& Value::at(std::string_view path) const {
  const Value* here = this;
  std::size_t at = 0;
  while (at < path.size()) {
    if (path[at] == '[') {
      std::size_t close = path.find(']', at);
      std::size_t index = 0;
      const char* last = path.data() + (close == std::string_view::npos ? path.size() : close);
      auto [stop, status] = std::from_chars(path.data() + at + 1, last, index);
      if (close == std::string_view::npos || status != std::errc() || stop != last) {
        throw TypeError(path_error(path, at, "malformed index"));
      }
      if (index >= here->items().size())
        throw TypeError(path_error(path, at, "index out of range"));
      here = &here->items()[index];
      at = close + 1;
      if (at < path.size() && path[at] == '.') ++at;
      continue;
    }
    std::size_t end = std::min(path.find_first_of(".[", at), path.size());
    const Value* next = here->find(path.substr(at, end - at));
    if (next == nullptr) throw TypeError(path_error(path, end, "no such member"));
    here = next;
    at = end < path.size() && path[end] == '.' ? end + 1 : end;
  }
  return *here;
}

void Value::make_list() {
  destroy();
  payload_.list = {nullptr, 0, 0};
  kind_ = Kind::kList;
}

void Value::make_object() {
  destroy();
  payload_.object = {nullptr, 0, 0};
  kind_ = Kind::kObject;
}

void Value::reserve(std::size_t count) {
  if (kind_ == Kind::kList && count > payload_.list.capacity) grow(count);
  if (kind_ == Kind::kObject && count > payload_.object.capacity) grow(count);
}

void Value::grow(std::size_t least) {
  auto relocate = [&](auto& array) {
    using Item = std::remove_pointer_t<decltype(array.items)>;
    std::size_t capacity = std::max<std::size_t>(least, array.capacity * 2ULL);
    auto* items = static_cast<Item*>(resource_->allocate(capacity * sizeof(Item), alignof(Item)));
    std::uninitialized_move_n(array.items, array.size, items);
    std::destroy_n(array.items, array.size);
    if (array.capacity > 0) {
      resource_->deallocate(array.items, array.capacity * sizeof(Item), alignof(Item));
    }
    array.items = items;
    array.capacity = static_cast<std::uint32_t>(capacity);
  };
  if (kind_ == Kind::kList) return relocate(payload_.list);
  relocate(payload_.object);
}

Value& Value::set(std::string_view name, Value value) {
  if (kind_ == Kind::kNull) make_object();
  if (kind_ != Kind::kObject) wrong_kind(Kind::kObject);
  if (Value* found = find(name)) return *found = std::move(value);
  return append_member(Key(name, resource_), std::move(value));
}

Value& Value::append_member(Key key, Value value) {
  if (kind_ == Kind::kNull) make_object();
  if (kind_ != Kind::kObject) wrong_kind(Kind::kObject);
  auto& object = payload_.object;
  if (object.size == object.capacity) grow(object.size + 1ULL);
  Member* slot = new (object.items + object.size) Member{std::move(key), std::move(value)};
  ++object.size;
  return slot->value;
}

bool Value::erase(std::string_view name) {
  auto all = members();
  auto found = std::find_if(all.begin(), all.end(),
                            [&](const Member& member) { return member.key.view() == name; });
  if (found == all.end()) return false;
  found->key.release(resource_);
  for (auto next = found + 1; next != all.end(); ++found, ++next) {
    std::destroy_at(&*found);
    new (&*found) Member{std::move(next->key), std::move(next->value)};
  }
  std::destroy_at(&*found);
  --payload_.object.size;
  return true;
}

Value& Value::push_back(Value value) {
  if (kind_ == Kind::kNull) make_list();
  if (kind_ != Kind::kList) wrong_kind(Kind::kList);
  auto& list = payload_.list;
  if (list.size == list.capacity) grow(list.size + 1ULL);
  Value* slot = new (list.items + list.size) Value(std::move(value));
  ++list.size;
  return *slot;
}

Value Value::borrow_string(std::string_view text, std::pmr::memory_resource* resource) {
  Value out(resource);
  out.payload_.text = {text.data(), text.size()};
  out.storage_ = Storage::kBorrowed;
  out.kind_ = Kind::kString;
  return out;
}

Value Value::make_string(std::string_view text, std::pmr::memory_resource* resource) {
  Value out(resource);
  out.set_text(Kind::kString, text);
  return out;
}

Value Value::make_bytes(std::string_view octets, std::pmr::memory_resource* resource) {
  Value out(resource);
  out.set_text(Kind::kBytes, octets);
  return out;
}

bool operator==(const Value& a, const Value& b) {
  using Kind = Value::Kind;
  if (a.is_number() && b.is_number() && a.kind_ != b.kind_) return a.as_double() == b.as_double();
  if (a.kind_ != b.kind_) return false;
  switch (a.kind_) {
    case Kind::kNull:
      return true;
    case Kind::kBool:
      return a.payload_.boolean == b.payload_.boolean;
    case Kind::kInt:
      return a.payload_.integer == b.payload_.integer;
    case Kind::kDouble:
      return a.payload_.real == b.payload_.real;
    case Kind::kString:
    case Kind::kBytes:
      return a.text() == b.text();
    case Kind::kTimestamp:
      return a.as_timestamp() == b.as_timestamp();
    case Kind::kList:
      return std::ranges::equal(a.items(), b.items());
    case Kind::kObject:
      return a.size() == b.size() && same_members(a, b);
    case Kind::kStream:
      return a.payload_.stream->stream() == b.payload_.stream->stream() &&
             a.payload_.stream->bytes() == b.payload_.stream->bytes();
  }
  return false;
}

std::string_view to_string(Value::Kind kind) {
  switch (kind) {
    case Value::Kind::kNull:
      return "null";
    case Value::Kind::kBool:
      return "bool";
    case Value::Kind::kInt:
      return "integer";
    case Value::Kind::kDouble:
      return "double";
    case Value::Kind::kString:
      return "string";
    case Value::Kind::kBytes:
      return "bytes";
    case Value::Kind::kTimestamp:
      return "timestamp";
    case Value::Kind::kList:
      return "list";
    case Value::Kind::kObject:
      return "object";
    case Value::Kind::kStream:
      return "stream";
  }
  return "unknown";
}

}  // namespace botocxx::inline v1
