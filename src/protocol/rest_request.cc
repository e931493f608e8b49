#include "protocol/rest_request.h"

#include "codec/json.h"
#include "codec/python_text.h"
#include "codec/python_value.h"
#include "protocol/host_prefix.h"
#include "protocol/scalar_text.h"
#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace botocxx::protocol {
namespace {

// Python's json.dumps(value, separators=(",", ":")).
std::string compact_ascii_json(const Value& value) {
  std::string text = codec::write_json(value), out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) >= 0x7f)) ++end;
    if (end == at) {
      out += text[at++];
      continue;
    }
    std::string escaped;
    codec::append_json_string(escaped, std::string_view(text).substr(at, end - at),
                              codec::JsonStyle::kPython);
    out.append(escaped, 1, escaped.size() - 2);
    at = end;
  }
  return out;
}

// A text of a list in a header: quoted where a comma or a quote would be misread.
std::string quoted_for_list(std::string_view text) {
  if (text.find_first_of("\",") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (char c : text) {
    if (c == '"') out += '\\';
    out += c;
  }
  return out + '"';
}

Result<std::string> header_text(const Value& value, const Member& member,
                                TimestampPrecision precision);

Result<std::string> header_list_text(const Value& list, const Member& item_member,
                                     TimestampPrecision precision) {
  bool texts = item_member.shape().type() == ShapeType::kString;
  std::string out;
  bool first = true;
  for (const Value& item : list.items()) {
    if (item.is_null()) continue;
    if (!std::exchange(first, false)) out += ',';
    auto text = texts ? Result<std::string>(quoted_for_list(codec::python_str(item)))
                      : header_text(item, item_member, precision);
    if (!text) return text;
    out += *text;
  }
  return out;
}

Result<std::string> header_text(const Value& value, const Member& member,
                                TimestampPrecision precision) {
  switch (member.shape().type()) {
    case ShapeType::kTimestamp: {
      auto time = to_timestamp(value);
      if (!time) return std::move(time).error();
      return timestamp_text(Timestamp::from_unix(time->seconds()), member.timestamp_format(),
                            TimestampFormat::kRfc822, precision);
    }
    case ShapeType::kList:
      if (!value.is_list()) break;
      return header_list_text(value, member.shape().list_member(), precision);
    case ShapeType::kString:
      if (!member.json_value() || member.location() != Location::kHeader) break;
      return base64_encode(as_byte_span(compact_ascii_json(value)));
    case ShapeType::kBoolean:
      return to_lower(codec::python_str(value));
    case ShapeType::kFloat:
    case ShapeType::kDouble:
      return float_text(value);
    case ShapeType::kStructure:
    case ShapeType::kMap:
    case ShapeType::kInteger:
    case ShapeType::kLong:
    case ShapeType::kBlob:
    case ShapeType::kOther:
      break;
  }
  return codec::python_str(value);
}

// Collects what the parameters put outside of the body, each in the caller's order.
class RestParts {
 public:
  explicit RestParts(TimestampPrecision precision) : precision_(precision) {}

  Result<void> add(const Member& member, const Value& value) {
    switch (member.location()) {
      case Location::kUri:
        return add_label(member, value);
      case Location::kQueryString:
        return add_query(member, value);
      case Location::kHeader:
        return add_header(member, value);
      case Location::kHeaders:
        add_header_map(member, value);
        return {};
      case Location::kBody:
      case Location::kStatusCode:
        has_body_members_ = true;
        return {};
    }
    return {};
  }

  // Fills `{Name}` and `{Name+}` in.
  Result<std::string> render(std::string_view uri) const {
    std::string out;
    for (std::size_t at = 0; at < uri.size();) {
      std::size_t open = uri.find('{', at);
      std::size_t close = uri.find('}', open);
      if (open == std::string_view::npos || close == std::string_view::npos) {
        out += uri.substr(at);
        break;
      }
      out += uri.substr(at, open - at);
      std::string_view name = uri.substr(open + 1, close - open - 1);
      bool greedy = name.ends_with('+');
      if (greedy) name.remove_suffix(1);
      const std::string* value = label(name);
      if (value == nullptr) {
        return param_error(fmt::format(
            "Missing required parameter in input: \"{}\", which the request URI {} needs", name,
            uri));
      }
      percent_encode_to(out, *value, greedy ? "/" : "");
      at = close + 1;
    }
    return out;
  }

  // Appends `name=value` pairs to a query that the request URI may have already. As in botocore,
  // parameters that are all empty lists still leave the "?" or "&" they would have followed.
  void append_query(SerializedRequest& request) const {
    if (query_.empty()) return;
    std::string pairs;
    for (const auto& [name, values] : query_) {
      for (const std::string& value : values) {
        if (!pairs.empty()) pairs += '&';
        percent_encode_to(pairs, name);
        pairs += '=';
        percent_encode_to(pairs, value);
      }
    }
    if (request.has_query) request.query += '&';
    request.query += pairs;
    request.has_query = true;
  }

  bool has_body_members() const { return has_body_members_; }
  Headers take_headers() { return std::move(headers_); }

 private:
  Result<void> add_label(const Member& member, const Value& value) {
    auto text = uri_text(value, member, precision_);
    if (!text) return std::move(text).error();
    labels_.emplace_back(member.serialized_name(), *std::move(text));
    return {};
  }

  const std::string* label(std::string_view name) const {
    for (const auto& [known, value] : labels_) {
      if (known == name) return &value;
    }
    return nullptr;
  }

  // A name that comes again replaces the values and keeps the place of the first.
  std::vector<std::string>& query_values(std::string_view name) {
    for (auto& [known, values] : query_) {
      if (known != name) continue;
      values.clear();
      return values;
    }
    return query_.emplace_back(name, std::vector<std::string>()).second;
  }

  Result<void> add_query(const Member& member, const Value& value) {
    if (value.is_object()) {
      for (const Value::Member& entry : value.members()) add_raw_query(entry.key, entry.value);
      return {};
    }
    bool is_list = member.shape().type() == ShapeType::kList;
    if (!is_list && value.is_list()) {
      add_raw_query(member.serialized_name(), value);
      return {};
    }
    std::vector<std::string>& values = query_values(member.serialized_name());
    if (is_list && !value.is_list()) {
      return param_error(fmt::format("{} must be a list", member.name()));
    }
    if (!is_list) return add_query_value(values, value, member);
    for (const Value& item : value.items()) {
      auto added = add_query_value(values, item, member.shape().list_member());
      if (!added) return added;
    }
    return {};
  }

  Result<void> add_query_value(std::vector<std::string>& values, const Value& value,
                               const Member& member) {
    auto text = uri_text(value, member, precision_);
    if (!text) return std::move(text).error();
    values.push_back(*std::move(text));
    return {};
  }

  void add_raw_query(std::string_view name, const Value& value) {
    std::vector<std::string>& values = query_values(name);
    if (!value.is_list()) {
      values.push_back(codec::python_str(value));
      return;
    }
    for (const Value& item : value.items()) values.push_back(codec::python_str(item));
  }

  Result<void> add_header(const Member& member, const Value& value) {
    if (member.shape().type() == ShapeType::kList && !codec::python_truth(value)) return {};
    auto text = header_text(value, member, precision_);
    if (!text) return std::move(text).error();
    headers_.set(std::string(member.serialized_name()), *std::move(text));
    return {};
  }

  void add_header_map(const Member& member, const Value& value) {
    // A stated prefix may be empty; `serialized_name` cannot tell that from none.
    bool stated = member.trait("locationName") || member.shape().trait("locationName");
    std::string_view prefix = stated ? member.wire_name() : member.name();
    for (const Value::Member& entry : value.members()) {
      if (entry.value.is_null()) continue;
      headers_.set(std::string(prefix) + std::string(entry.key.view()),
                   codec::python_str(entry.value));
    }
  }

  std::vector<std::pair<std::string_view, std::string>> labels_;
  std::vector<std::pair<std::string, std::vector<std::string>>> query_;
  TimestampPrecision precision_;
  Headers headers_;
  bool has_body_members_ = false;
};

// Some models state the payload where an operation refers to its input.
std::optional<Member> payload_of(const Member& input) {
  if (auto payload = input.shape().payload()) return payload;
  std::string_view stated = input.trait("payload").value_or("");
  if (stated.size() < 2) return std::nullopt;
  return input.shape().find_member(stated.substr(1, stated.size() - 2));
}

bool is_raw_payload(const Member& payload) {
  ShapeType type = payload.shape().type();
  return type == ShapeType::kBlob || type == ShapeType::kString;
}

Result<Body> raw_body(const Value& value, const Member& payload) {
  if (value.is_null()) return Body();
  if (value.is_stream() || value.is_string() || value.is_bytes()) return value.as_body();
  return param_error(
      fmt::format("Invalid type for parameter {}, value: {}, type: {}, valid types: <class "
                  "'bytes'>, <class 'bytearray'>, file-like object",
                  payload.name(), codec::python_str(value), codec::python_type(value)));
}

Result<Body> make_body(const Value& params, const Member& input, const RestParts& parts,
                       const RestBodyRules& rules, TimestampPrecision precision) {
  Shape shape = input.shape();
  auto as_body = [](std::string text) { return Body(std::move(text)); };
  if (auto payload = payload_of(input)) {
    const Value& value = params[payload->name()];
    if (is_raw_payload(*payload)) return raw_body(value, *payload);
    if (value.is_null()) {
      // A union cannot be empty. (botocore sends the empty document all the same.)
      return payload->shape().is_union() ? Body() : Body(std::string(rules.empty_document));
    }
    return rules.write(value, *payload, BodyPart::kPayload, precision).transform(as_body);
  }
  if (parts.has_body_members()) {
    return rules.write(params, input, BodyPart::kBodyMembers, precision).transform(as_body);
  }
  if (rules.needs_document != nullptr && rules.needs_document(shape)) {
    return Body(std::string(rules.empty_document));
  }
  return Body();
}

void set_content_type(SerializedRequest& request, const Member& input, const RestBodyRules& rules) {
  if (rules.content_type.empty() || request.headers.contains("Content-Type")) return;
  auto payload = payload_of(input);
  if (payload && is_raw_payload(*payload)) return;
  if (request.body.bytes().empty()) return;
  request.headers.set("Content-Type", std::string(rules.content_type));
}

void split_uri(std::string uri, SerializedRequest& request) {
  std::size_t mark = uri.find('?');
  if (mark != std::string::npos) {
    request.query = uri.substr(mark + 1);
    request.has_query = true;
    uri.resize(mark);
  }
  request.path = std::move(uri);
}

}  // namespace

bool is_bound_outside_body(const Member& member) {
  Location location = member.location();
  return location != Location::kBody && location != Location::kStatusCode;
}

Result<SerializedRequest> serialize_rest(const Operation& operation, const Value& params,
                                         const SerializeOptions& options,
                                         const RestBodyRules& rules) {
  SerializedRequest request;
  request.method = operation.http_method();
  if (!options.omit_host_prefix) {
    auto prefix = expand_host_prefix(operation, params);
    if (!prefix) return std::move(prefix).error();
    request.host_prefix = *std::move(prefix);
  }
  std::string_view uri = options.request_uri.value_or(operation.request_uri());
  auto input = operation.input();
  if (!input) {
    split_uri(std::string(uri), request);
    return request;
  }
  Shape shape = input->shape();
  TimestampPrecision precision = options.millisecond_timestamps ? TimestampPrecision::kMilliseconds
                                                                : TimestampPrecision::kDefault;
  RestParts parts(precision);
  for (const Value::Member& entry : params.members()) {
    if (entry.value.is_null()) continue;
    auto member = shape.find_member(entry.key);
    if (!member) {
      return param_error(fmt::format("Unknown parameter in input: \"{}\"", entry.key.view()));
    }
    if (auto added = parts.add(*member, entry.value); !added) return std::move(added).error();
  }
  auto rendered = parts.render(uri);
  if (!rendered) return std::move(rendered).error();
  split_uri(*std::move(rendered), request);
  parts.append_query(request);
  request.headers = parts.take_headers();
  auto body = make_body(params, *input, parts, rules, precision);
  if (!body) return std::move(body).error();
  request.body = *std::move(body);
  set_content_type(request, *input, rules);
  return request;
}

}  // namespace botocxx::protocol
