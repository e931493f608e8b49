#include "protocol/rest_response.h"

#include "codec/json.h"
#include <botocxx/base/text_encoding.h>

#include <algorithm>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace botocxx::protocol {
namespace {

// Texts that hold a comma are quoted, with "\\" before quotes within.
std::vector<std::string> split_texts(std::string_view text) {
  std::vector<std::string> out;
  for (;;) {
    std::size_t end = text.find(',');
    std::string_view part = strip(text.substr(0, end));
    std::string item(part);
    if (part.starts_with('"')) {
      std::size_t at = text.find('"') + 1;
      item.clear();
      for (; at < text.size() && text[at] != '"'; ++at) {
        if (text[at] == '\\' && at + 1 < text.size()) ++at;
        item += text[at];
      }
      end = text.find(',', std::min(at, text.size()));
    }
    out.push_back(std::move(item));
    if (end == std::string_view::npos) return out;
    text.remove_prefix(end + 1);
  }
}

// RFC 822 dates hold a comma themselves: items are then cut at every other one.
std::vector<std::string_view> split_list(std::string_view text, const Member& item) {
  bool dates = item.shape().type() == ShapeType::kTimestamp &&
               (item.timestamp_format() == TimestampFormat::kDefault ||
                item.timestamp_format() == TimestampFormat::kRfc822) &&
               !text.empty() && ((text.front() | 0x20) >= 'a' && (text.front() | 0x20) <= 'z');
  std::vector<std::string_view> out;
  for (;;) {
    std::size_t comma = text.find(',');
    if (dates && comma != std::string_view::npos) comma = text.find(',', comma + 1);
    out.push_back(strip(text.substr(0, comma)));
    if (comma == std::string_view::npos) return out;
    text.remove_prefix(comma + 1);
  }
}

Result<Value> parse_json_header(std::string_view text, std::pmr::memory_resource* resource) {
  auto json = base64_decode(text);
  if (!json) return parse_failure("expected base64 of JSON");
  codec::JsonReadOptions options;
  options.resource = resource;
  auto value = codec::parse_json(*json, options);
  if (!value) return parse_failure(value.error().message());
  return value;
}

Result<Value> parse_header(const Member& member, std::string_view text,
                           const RestDocumentRules& rules, std::pmr::memory_resource* resource) {
  Shape shape = member.shape();
  if (shape.type() == ShapeType::kBoolean && rules.booleans_in_any_case) {
    return Value(equals_ignore_case(text, "true"));
  }
  if (shape.type() == ShapeType::kString && member.json_value()) {
    return parse_json_header(text, resource);
  }
  if (shape.type() != ShapeType::kList) {
    return parse_scalar(shape, text, TextOwner::kTemporary, resource);
  }
  Value list(resource);
  list.make_list();
  Member item = shape.list_member();
  if (item.shape().type() == ShapeType::kString) {
    for (const std::string& part : split_texts(text)) {
      list.push_back(Value::make_string(part, resource));
    }
    return list;
  }
  for (std::string_view part : split_list(text, item)) {
    auto value = parse_scalar(item.shape(), part, TextOwner::kTemporary, resource);
    if (!value) return at_index(std::move(value).error(), list.size());
    list.push_back(*std::move(value));
  }
  return list;
}

// The names keep the casing in which they came.
Value parse_header_map(std::string_view prefix, const Headers& headers,
                       std::pmr::memory_resource* resource) {
  Value map(resource);
  map.make_object();
  for (const Headers::Field& field : headers) {
    std::string_view name = field.name;
    if (name.size() < prefix.size()) continue;
    if (!equals_ignore_case(name.substr(0, prefix.size()), prefix)) continue;
    bool first = &*headers.get(name)->data() == field.value.data();
    if (!first) continue;  // a repeated name: its values were joined
    map.append_member(Key(name.substr(prefix.size()), resource),
                      Value::make_string(*headers.joined(name), resource));
  }
  return map;
}

Result<void> parse_outside_body(const Member& member, const HttpResponse& head,
                                const RestDocumentRules& rules, Value& out,
                                std::pmr::memory_resource* resource) {
  switch (member.location()) {
    case Location::kStatusCode:
      out.append_member(Key::borrow(member.name()), Value(head.status));
      return {};
    case Location::kHeaders:
      out.append_member(Key::borrow(member.name()),
                        parse_header_map(member.wire_name(), head.headers, resource));
      return {};
    case Location::kHeader: {
      auto text = head.headers.joined(member.serialized_name());
      if (!text) return {};
      auto value = parse_header(member, *text, rules, resource);
      if (!value) return at_member(std::move(value).error(), member.name());
      out.append_member(Key::borrow(member.name()), *std::move(value));
      return {};
    }
    case Location::kBody:
    case Location::kUri:
    case Location::kQueryString:
      return {};
  }
  return {};
}

// The body as it is: a stream where the model says so, text elsewhere.
Result<Value> raw_payload(const Shape& shape, const Member& payload, const HttpResponse& head,
                          std::string_view body, std::pmr::memory_resource* resource) {
  bool text = payload.shape().type() == ShapeType::kString || shape.is_exception();
  if (!text) return body.empty() ? Value(head.body) : Value(Body(std::string(body)));
  if (!is_utf8(body)) {
    return at_member(parse_failure("expected text, found octets that are not UTF-8"),
                     payload.name());
  }
  return Value::borrow_string(body, resource);
}

Result<void> parse_payload(const Shape& shape, const Member& payload, const HttpResponse& head,
                           std::string_view body, const RestDocumentRules& rules, Value& out,
                           std::pmr::memory_resource* resource) {
  Key name = Key::borrow(payload.name());
  ShapeType type = payload.shape().type();
  if (payload.event_stream()) return {};  // read as it arrives
  if (type == ShapeType::kBlob || type == ShapeType::kString) {
    auto raw = raw_payload(shape, payload, head, body, resource);
    if (!raw) return std::move(raw).error();
    out.append_member(std::move(name), *std::move(raw));
    return {};
  }
  // botocore fails for want of a member; an answer without content has no payload.
  if (body.empty() && payload.shape().is_union()) return {};
  auto value = rules.read_payload(payload, body, resource);
  if (!value) return std::move(value).error();
  out.append_member(std::move(name), *std::move(value));
  return {};
}

// Members stand in the model's order, in whichever part of the response they travelled: two
// objects that are in that order become one. What stands in both comes from the body, as in
// botocore.
void merge_in_model_order(const Shape& shape, Value& outside, Value& inside, Value& out) {
  std::span<Value::Member> headers = outside.members(), body = inside.members();
  auto take = [&](std::span<Value::Member>& from) {
    out.append_member(std::move(from.front().key), std::move(from.front().value));
    from = from.subspan(1);
  };
  for (Member member : shape.members()) {
    bool in_body = !body.empty() && body.front().key.view() == member.name();
    if (!headers.empty() && headers.front().key.view() == member.name()) {
      if (in_body) {
        headers = headers.subspan(1);
      } else {
        take(headers);
      }
    }
    if (in_body) take(body);
  }
  while (!body.empty())
    take(body);  // what the model does not name, such as an unknown union member
}

}  // namespace

Result<void> parse_rest(const Shape& shape, const HttpResponse& head, std::string_view body,
                        const RestDocumentRules& rules, Value& out,
                        std::pmr::memory_resource* resource) {
  Value outside(resource), inside(resource);
  outside.make_object();
  for (Member member : shape.members()) {
    auto parsed = parse_outside_body(member, head, rules, outside, resource);
    if (!parsed) return parsed;
  }
  inside.make_object();
  auto payload = shape.payload();
  auto parsed = payload ? parse_payload(shape, *payload, head, body, rules, inside, resource)
                        : rules.read_members(shape, body, inside, resource);
  if (parsed) merge_in_model_order(shape, outside, inside, out);
  return parsed;
}

}  // namespace botocxx::protocol
