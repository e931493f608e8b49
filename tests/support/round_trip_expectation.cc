#include "support/round_trip_expectation.h"

#include <algorithm>
#include <cmath>

namespace botocxx::suites {
namespace {

bool is_raw(const Member& payload) {
  ShapeType type = payload.shape().type();
  return type == ShapeType::kBlob || type == ShapeType::kString;
}

bool is_payload(const Shape& shape, const Member& member) {
  auto payload = shape.payload();
  return payload && payload->name() == member.name();
}

std::string_view without_blanks(std::string_view text) {
  std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

Expectation::Expectation(std::string_view protocol, RuleLog& log)
    : log_(log),
      rest_(protocol.starts_with("rest-")),
      xml_(protocol == "rest-xml"),
      form_(protocol == "query" || protocol == "ec2"),
      ec2_(protocol == "ec2"),
      cbor_(protocol == "smithy-rpc-v2-cbor"),
      rest_json_(protocol == "rest-json") {}

Value Expectation::of_params(const Shape& input, const Value& params) {
  direction_ = Direction::kRequest;
  Value expected = Value::object();
  for (const Value::Member& entry : params.members()) {
    Member member = input.find_member(entry.key).value();
    std::optional<Value> kept;
    if (rest_ && member.location() != Location::kBody) {
      kept = outside_document(member, entry.value);
    } else if (rest_ && is_payload(input, member) && is_raw(member)) {
      if (entry.value.empty()) {
        log_.note(Rule::kEmptyRawPayload);
      } else {
        kept = entry.value;
      }
    } else {
      kept = in_document(member, entry.value);
    }
    if (kept) expected.set(entry.key, *std::move(kept));
  }
  auto payload = input.payload();
  if (rest_json_ && payload && !is_raw(*payload) && !expected.contains(payload->name()) &&
      !payload->event_stream()) {
    log_.note(Rule::kAbsentPayloadIsEmpty);
    expected.set(payload->name(), Value::object());
  }
  return expected;
}

Value Expectation::of_output(const Shape& output, const Value& value, int status) {
  direction_ = Direction::kAnswer;
  Value expected = Value::object();
  for (const Value::Member& entry : value.members()) {
    Member member = output.find_member(entry.key).value();
    bool outside = rest_ && member.location() != Location::kBody;
    std::optional<Value> kept = outside ? outside_document(member, entry.value)
                                : rest_ && is_payload(output, member) && is_raw(member)
                                    ? entry.value
                                    : in_document(member, entry.value);
    if (kept) expected.set(entry.key, *std::move(kept));
  }
  if (rest_) add_what_is_always_there(output, status, expected);
  return expected;
}

void Expectation::add_what_is_always_there(const Shape& output, int status, Value& expected) {
  for (Member member : output.members()) {
    if (expected.contains(member.name())) continue;
    if (member.location() == Location::kHeaders) {
      log_.note(Rule::kHeaderMapAlwaysThere);
      expected.set(member.name(), Value::object());
    } else if (member.location() == Location::kStatusCode) {
      log_.note(Rule::kStatusAlwaysThere);
      expected.set(member.name(), Value(status));
    } else if (is_payload(output, member) && is_raw(member)) {
      log_.note(Rule::kRawPayloadAlwaysThere);
      expected.set(member.name(), Value(""));
    } else if (is_payload(output, member) && !member.shape().is_union() && !member.event_stream()) {
      log_.note(Rule::kAbsentPayloadIsEmpty);
      expected.set(member.name(), Value::object());
    }
  }
}

std::optional<Value> Expectation::in_document(const Member& member, const Value& value) {
  if (member.shape().is_document() || value.is_null()) return value;
  switch (member.shape().type()) {
    case ShapeType::kStructure:
      return structure(member.shape(), value);
    case ShapeType::kList:
      return list(member, value);
    case ShapeType::kMap:
      return map(member, value);
    case ShapeType::kTimestamp:
      return timestamp(member.timestamp_format(), value);
    case ShapeType::kString:
      return xml_text(value);
    default:
      return value;
  }
}

std::optional<Value> Expectation::structure(const Shape& shape, const Value& value) {
  Value expected = Value::object();
  for (const Value::Member& entry : value.members()) {
    auto kept = in_document(shape.find_member(entry.key).value(), entry.value);
    if (kept) expected.set(entry.key, *std::move(kept));
  }
  if (form_ && direction_ == Direction::kRequest && expected.empty()) {
    log_.note(Rule::kFormWithoutContent);
    return std::nullopt;
  }
  return expected;
}

std::optional<Value> Expectation::list(const Member& member, const Value& value) {
  bool request = direction_ == Direction::kRequest;
  if (value.empty() && ec2_ && request) {
    log_.note(Rule::kEc2EmptyList);
    return std::nullopt;
  }
  bool elements = xml_ || (form_ && !request);
  if (value.empty() && elements && member.flattened()) {
    log_.note(Rule::kFlattenedEmpty);
    return std::nullopt;
  }
  Value expected = Value::list();
  for (const Value& item : value) {
    auto kept = in_document(member.shape().list_member(), item);
    if (kept) expected.push_back(*std::move(kept));
  }
  if (expected.empty() && !value.empty()) return std::nullopt;
  return expected;
}

std::optional<Value> Expectation::map(const Member& member, const Value& value) {
  bool request = direction_ == Direction::kRequest;
  if (value.empty() && form_ && request) {
    log_.note(Rule::kFormWithoutContent);
    return std::nullopt;
  }
  bool elements = xml_ || (form_ && !request);
  if (value.empty() && elements && member.flattened()) {
    log_.note(Rule::kFlattenedEmpty);
    return std::nullopt;
  }
  Member item = member.shape().map_value();
  Value expected = Value::object();
  for (const Value::Member& entry : value.members()) {
    // An entry's key tells that there is a value, if it has no content either.
    Value nothing = item.shape().type() == ShapeType::kList ? Value::list() : Value::object();
    std::string key(entry.key.view());
    if (xml_ && request) key = std::string(xml_text(Value(key)).as_string());
    expected.set(key, in_document(item, entry.value).value_or(std::move(nothing)));
  }
  return expected;
}

Value Expectation::timestamp(TimestampFormat format, const Value& value) {
  bool request = direction_ == Direction::kRequest;
  bool epoch = format == TimestampFormat::kUnixTimestamp ||
               (format == TimestampFormat::kDefault && !xml_ && !form_);
  bool cut = format == TimestampFormat::kRfc822 || (epoch && (request || xml_ || form_)) ||
             (cbor_ && request);
  if (cbor_ && !request) cut = false;
  if (!cut || value.as_timestamp().nanoseconds() == 0) return value;
  log_.note(Rule::kWholeSeconds);
  return Value(Timestamp::from_unix(value.as_timestamp().seconds()));
}

Value Expectation::xml_text(const Value& value) {
  if (!xml_ || direction_ != Direction::kRequest || !value.is_string()) return value;
  std::string_view text = value.as_string();
  if (text.find('\r') == std::string_view::npos) return value;
  log_.note(Rule::kXmlLineEnds);
  std::string changed;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    changed += text[i] == '\r' ? '\n' : text[i];
  }
  return Value(changed);
}

std::optional<Value> Expectation::outside_document(const Member& member, const Value& value) {
  switch (member.location()) {
    case Location::kQueryString:
      return in_query_string(member, value);
    case Location::kHeader:
      return in_header(member, value);
    case Location::kHeaders: {
      Value expected = Value::object();
      for (const Value::Member& entry : value.members()) {
        expected.set(entry.key,
                     direction_ == Direction::kRequest ? header_text(entry.value) : entry.value);
      }
      if (expected.empty() && direction_ == Direction::kRequest) {
        log_.note(Rule::kEmptyHeaderMap);
        return std::nullopt;
      }
      return expected;
    }
    default:
      break;
  }
  if (!value.is_timestamp()) return value;
  bool epoch = member.timestamp_format() == TimestampFormat::kUnixTimestamp;
  return timestamp(epoch ? TimestampFormat::kUnixTimestamp : TimestampFormat::kIso8601, value);
}

std::optional<Value> Expectation::in_query_string(const Member& member, const Value& value) {
  if (value.is_timestamp()) {
    TimestampFormat format = member.timestamp_format();
    return timestamp(format == TimestampFormat::kDefault ? TimestampFormat::kIso8601 : format,
                     value);
  }
  Value expected = value;
  if (value.is_object()) {
    expected = Value::object();
    for (const Value::Member& entry : value.members()) {
      if (!entry.value.is_list() || !entry.value.empty()) expected.set(entry.key, entry.value);
    }
  }
  if ((value.is_object() || value.is_list()) && expected.empty()) {
    log_.note(Rule::kEmptyQueryString);
    return std::nullopt;
  }
  return expected;
}

Value Expectation::header_text(const Value& value) {
  std::string_view kept = without_blanks(value.as_string());
  if (kept.size() != value.size()) log_.note(Rule::kHeaderBlanks);
  return Value(kept);
}

std::optional<Value> Expectation::in_header(const Member& member, const Value& value) {
  if (member.json_value()) return value;
  if (value.is_list()) return in_header_list(member.shape().list_member(), value);
  if (value.is_string() && direction_ == Direction::kRequest) return header_text(value);
  if (!value.is_timestamp() || value.as_timestamp().nanoseconds() == 0) return value;
  bool fine =
      direction_ == Direction::kAnswer && member.timestamp_format() == TimestampFormat::kIso8601;
  return fine ? value : timestamp(TimestampFormat::kRfc822, value);
}

std::optional<Value> Expectation::in_header_list(const Member& item, const Value& value) {
  if (value.empty()) {
    log_.note(Rule::kEmptyHeaderList);
    return std::nullopt;
  }
  Value expected = Value::list();
  for (const Value& element : value) {
    bool quoted =
        element.is_string() && element.as_string().find_first_of("\",") != std::string_view::npos;
    if (element.is_string() && !quoted) {
      expected.push_back(header_text(element));
    } else if (element.is_timestamp() && item.timestamp_format() != TimestampFormat::kIso8601) {
      expected.push_back(timestamp(TimestampFormat::kRfc822, element));
    } else {
      expected.push_back(element);
    }
  }
  return expected;
}

bool same_value(const Value& a, const Value& b) {
  if (a.is_stream() || b.is_stream()) {
    auto octets = [](const Value& value) {
      return value.is_null() ? std::string() : value.as_body().read_all().value_or("");
    };
    return octets(a) == octets(b);
  }
  if (a.is_double() && b.is_double() && std::isnan(a.as_double())) return std::isnan(b.as_double());
  if (a.is_list() && b.is_list()) return std::ranges::equal(a.items(), b.items(), same_value);
  if (!a.is_object() || !b.is_object()) return a == b;
  return a.size() == b.size() && std::ranges::all_of(a.members(), [&](const Value::Member& member) {
           const Value* other = b.find(member.key);
           return other != nullptr && same_value(member.value, *other);
         });
}

}  // namespace botocxx::suites
