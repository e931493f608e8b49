#include "protocol/cbor_response.h"

#include "codec/cbor_value.h"
#include "codec/repeated_keys.h"
#include "protocol/query_compatible.h"
#include "protocol/scalar_parse.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace botocxx::protocol {
namespace {

using codec::CborItem;
using codec::CborKind;
using codec::CborReader;

// Reserved at once: a count is announced before it is true.
constexpr std::uint64_t kReservedEntries = 64;

Error expected(std::string_view what, const CborItem& found) {
  return parse_failure(fmt::format("expected {}, found {}", what, to_string(found.kind)));
}

// Whether a union's document holds one member, known or not: nulls and "__type" are none.
class UnionCount {
 public:
  void add(const CborItem& key) {
    bool text = key.kind == CborKind::kText;
    if (text && (key.octets == "__type" || (count_ > 0 && key.octets == first_))) return;
    if (count_++ == 0 && text) first_ = key.octets;
  }
  bool is_one() const { return count_ == 1; }

 private:
  std::string_view first_;  // in the document, or in the reader
  std::size_t count_ = 0;
};

class ShapeReader {
 public:
  ShapeReader(std::string_view document, std::pmr::memory_resource* resource)
      : reader_(document), resource_(resource) {}

  // The document's one item, a structure.
  Result<void> read_document(const Shape& shape, Value& out) {
    auto item = reader_.next();
    if (!item) return std::move(item).error();
    return read_structure(shape, *item, out);
  }

 private:
  // The readers put what they read into `out`, a null value in its final place.
  Result<void> read(const Shape& shape, const CborItem& item, Value& out) {
    switch (shape.type()) {
      case ShapeType::kStructure:
        return read_structure(shape, item, out);
      case ShapeType::kList:
        return read_list(shape, item, out);
      case ShapeType::kMap:
        return read_map(shape, item, out);
      case ShapeType::kString:
      case ShapeType::kBoolean:
      case ShapeType::kInteger:
      case ShapeType::kLong:
      case ShapeType::kFloat:
      case ShapeType::kDouble:
      case ShapeType::kBlob:
      case ShapeType::kTimestamp:
      case ShapeType::kOther:
        break;
    }
    return read_as_it_is(item, out);
  }

  // CBOR says of which type a scalar is; the model is not asked, as in botocore.
  Result<void> read_as_it_is(const CborItem& item, Value& out) {
    auto value = read_cbor_value(reader_, item,
                                 {resource_, codec::CborNulls::kDrop, codec::CborTexts::kBorrow});
    if (!value) return std::move(value).error();
    out = *std::move(value);
    return {};
  }

  Result<void> read_structure(const Shape& shape, CborItem map, Value& out) {
    if (map.kind != CborKind::kMap) return expected("a map", map);
    out.make_object();
    UnionCount members_given;
    std::size_t next_number = 0;
    bool ordered = true;
    while (reader_.has_entry(map)) {
      auto key = reader_.next();
      if (!key) return std::move(key).error();
      auto number = member_number(shape, *key, next_number);
      if (!number) {
        if (auto passed = pass_unknown(*key, members_given); !passed) return passed;
        continue;
      }
      auto item = reader_.next();
      if (!item) return at_member(std::move(item).error(), shape.members()[*number].name());
      if (item->is_null()) continue;
      members_given.add(*key);
      ordered = ordered && *number >= next_number;
      if (auto read = read_member(shape, *number, *item, ordered, out); !read) return read;
      next_number = std::max(next_number, *number + 1);
    }
    if (shape.is_union() && !members_given.is_one()) {
      return parse_failure(fmt::format(
          "Invalid service response: {} must have one and only one member set.", shape.name()));
    }
    if (!ordered) put_in_model_order(shape, out);
    return {};
  }

  // Keys mostly come in the model's order: `hint` is looked at first.
  std::optional<std::size_t> member_number(const Shape& shape, const CborItem& key,
                                           std::size_t hint) const {
    if (key.kind != CborKind::kText) return std::nullopt;
    auto members = shape.members();
    if (hint < members.size() && members[hint].name() == key.octets) return hint;
    auto member = shape.find_member(key.octets);
    if (!member) return std::nullopt;
    return member->number_in(shape);
  }

  // What the model does not know. A key may be of any kind, and is read to its end.
  Result<void> pass_unknown(const CborItem& key, UnionCount& members_given) {
    if (auto passed = reader_.skip_rest(key); !passed) return passed;
    auto item = reader_.next();
    if (!item) return std::move(item).error();
    if (!item->is_null()) members_given.add(key);
    return reader_.skip_rest(*item);
  }

  Result<void> read_member(const Shape& shape, std::size_t number, const CborItem& item,
                           bool ordered, Value& out) {
    Member member = shape.members()[number];
    Value* slot = ordered ? nullptr : out.find(member.name());
    if (slot != nullptr) {
      *slot = Value(resource_);  // given twice: the last one counts
    } else {
      slot = &out.append_member(Key::borrow(member.name()), Value(resource_));
    }
    auto parsed = read(member.shape(), item, *slot);
    if (!parsed) return at_member(std::move(parsed).error(), member.name());
    return {};
  }

  static void put_in_model_order(const Shape& shape, Value& object) {
    std::vector<std::pair<std::uint32_t, std::size_t>> order;
    order.reserve(object.size());
    for (const Value::Member& entry : object.members()) {
      order.emplace_back(shape.find_member(entry.key)->number_in(shape), order.size());
    }
    std::sort(order.begin(), order.end());
    Value sorted(object.resource());
    sorted.make_object();
    sorted.reserve(order.size());
    for (const auto& [number, index] : order) {
      Value::Member& entry = object.members()[index];
      sorted.append_member(std::move(entry.key), std::move(entry.value));
    }
    object = std::move(sorted);
  }

  Result<void> read_list(const Shape& shape, CborItem array, Value& out) {
    if (array.kind != CborKind::kArray) return expected("an array", array);
    out.make_list();
    out.reserve(std::min(array.number, kReservedEntries));
    Shape item_shape = shape.list_member().shape();
    while (reader_.has_entry(array)) {
      std::size_t index = out.size();
      auto item = reader_.next();
      if (!item) return at_index(std::move(item).error(), index);
      Value& slot = out.push_back(Value(resource_));
      if (item->is_null()) continue;
      auto parsed = read(item_shape, *item, slot);
      if (!parsed) return at_index(std::move(parsed).error(), index);
    }
    return {};
  }

  Result<void> read_map(const Shape& shape, CborItem map, Value& out) {
    if (map.kind != CborKind::kMap) return expected("a map", map);
    out.make_object();
    out.reserve(std::min(map.number, kReservedEntries));
    Shape value_shape = shape.map_value().shape();
    while (reader_.has_entry(map)) {
      auto key = reader_.next();
      if (!key) return std::move(key).error();
      if (key->kind != CborKind::kText) return expected("a text as key", *key);
      auto item = reader_.next();
      if (!item) return at_member(std::move(item).error(), key->octets);
      if (item->is_null()) continue;
      Key name = reader_.is_in_source(key->octets) ? Key::borrow(key->octets)
                                                   : Key(key->octets, resource_);
      Value& slot = out.append_member(std::move(name), Value(resource_));
      auto parsed = read(value_shape, *item, slot);
      if (!parsed) return at_member(std::move(parsed).error(), key->octets);
    }
    codec::drop_repeated_keys(out);
    return {};
  }

  CborReader reader_;
  std::pmr::memory_resource* resource_;
};

// What is wrong with the octets is a fault of the answer like any other.
Error as_parse_failure(const Error& error) {
  if (error.code() != "CborSyntax") return error;
  std::string_view path, reason = error.message();
  for (const auto& [name, value] : error.context()) {
    if (name == "path") path = value;
  }
  if (!path.empty()) reason.remove_prefix(path.size() + 2);
  Error failure =
      parse_failure(fmt::format("Unable to parse response, invalid CBOR received: {}", reason));
  return path.empty() ? failure : at_member(std::move(failure), path);
}

}  // namespace

Result<void> parse_cbor_document(const Shape& shape, std::string_view document, Value& out,
                                 std::pmr::memory_resource* resource) {
  if (document.empty()) return {};
  Value members(resource);
  auto parsed = ShapeReader(document, resource).read_document(shape, members);
  if (!parsed) return as_parse_failure(parsed.error());
  for (Value::Member& member : members.members()) {
    out.append_member(std::move(member.key), std::move(member.value));
  }
  return {};
}

ErrorDocument parse_rpc_v2_cbor_error(const HttpResponse& head, std::string_view body) {
  codec::CborValueOptions options;
  options.nulls = codec::CborNulls::kDrop;
  auto fields = codec::read_cbor(body, options);
  if (!fields || !fields->is_object()) return error_from_status(head);
  ErrorDocument document;
  const Value* message = fields->find("message");
  if (message == nullptr) message = fields->find("Message");
  Value error = Value::object();
  error.set("Message", message == nullptr ? Value("") : *message);
  error.set("Code", "");
  std::string status = std::to_string(head.status);
  std::string code = bare_code((*fields)["__type"].get_if_string().value_or(status));
  error.set("Code", translate_query_error(head, std::move(code), error));
  document.fields.set("Error", std::move(error));
  add_request_ids(head, document);
  return document;
}

}  // namespace botocxx::protocol
