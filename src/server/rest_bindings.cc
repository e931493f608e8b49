#include "server/rest_bindings.h"

#include "codec/json.h"
#include "server/param_error.h"
#include "server/scalar_text.h"
#include "server/uri_template.h"
#include <botocxx/base/text_encoding.h>

#include <algorithm>

namespace botocxx::server {
namespace {

using Query = std::vector<std::pair<std::string, std::string>>;

std::string_view trim(std::string_view text) {
  std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool has_line_break(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos;
}

/// "Fri, 02 Jan 2026 03:04:05 GMT,2026-01-02T03:04:05Z": a comma after a day's name is the date's.
std::vector<std::string> split_dates(std::string_view text) {
  std::vector<std::string> dates;
  for (std::string& part : split_header_list(text)) {
    bool after_day = !dates.empty() && dates.back().size() >= 3 && dates.back().size() <= 9 &&
                     dates.back().find_first_of("0123456789") == std::string::npos;
    if (after_day) {
      dates.back() += ", " + part;
    } else {
      dates.push_back(std::move(part));
    }
  }
  return dates;
}

Result<Value> parse_header(const Member& member, std::string_view text) {
  if (member.json_value()) {
    std::optional<std::string> json = base64_decode(text);
    Result<Value> value = codec::parse_json(json ? std::string_view(*json) : text);
    if (!value) return malformed_parameter(value.error().message());
    return value;
  }
  if (member.shape().type() != ShapeType::kList) {
    return parse_scalar(member.shape(), trim(text));
  }
  Value list = Value::list();
  bool dates = member.shape().list_member().shape().type() == ShapeType::kTimestamp;
  for (const std::string& item : dates ? split_dates(text) : split_header_list(text)) {
    Result<Value> value = parse_scalar(member.shape().list_member().shape(), item);
    if (!value) return std::move(value).error();
    list.push_back(std::move(*value));
  }
  return list;
}

Result<void> decode_label(const Member& member, const Route& route, Value& params) {
  for (const auto& [name, text] : route.labels) {
    if (name != member.serialized_name()) continue;
    Result<Value> value = parse_scalar(member.shape(), text);
    if (!value) return std::move(value).error();
    params.set(member.name(), std::move(*value));
  }
  return {};
}

/// A map among the query members takes every key that neither another member claims nor the
/// request's URI states.
void decode_query_map(const Member& member, const Shape& input, const Route& route,
                      const Query& query, Value& params) {
  UriTemplate uri = parse_uri_template(route.operation.request_uri());
  Value map;
  map.make_object();
  for (const auto& [key, text] : query) {
    bool claimed =
        std::ranges::any_of(uri.query, [&name = key](const auto& own) { return own.key == name; });
    for (Member other : input.members()) {
      claimed = claimed || (other.location() == Location::kQueryString &&
                            other.shape().type() != ShapeType::kMap &&
                            other.serialized_name() == std::string_view(key));
    }
    if (claimed) continue;
    if (member.shape().map_value().shape().type() == ShapeType::kList) {
      Value* present = map.find(key);
      (present ? *present : map.set(key, Value::list())).push_back(Value(text));
    } else {
      map.set(key, Value(text));
    }
  }
  if (!map.empty()) params.set(member.name(), std::move(map));
}

Result<void> decode_query_member(const Member& member, const Shape& input, const Route& route,
                                 const Query& query, Value& params) {
  if (member.shape().type() == ShapeType::kMap) {
    decode_query_map(member, input, route, query, params);
    return {};
  }
  bool list = member.shape().type() == ShapeType::kList;
  Shape item = list ? member.shape().list_member().shape() : member.shape();
  Value items;
  for (const auto& [key, text] : query) {
    if (key != member.serialized_name()) continue;
    Result<Value> value = parse_scalar(item, text);
    if (!value) return std::move(value).error();
    if (!list) {
      params.set(member.name(), std::move(*value));
      return {};
    }
    items.push_back(std::move(*value));
  }
  if (!items.is_null()) params.set(member.name(), std::move(items));
  return {};
}

void decode_prefixed(const Member& member, const Headers& headers, Value& params) {
  std::string_view prefix = member.wire_name();
  Value map;
  for (const Headers::Field& field : headers) {
    if (field.name.size() > prefix.size() &&
        equals_ignore_case(std::string_view(field.name).substr(0, prefix.size()), prefix)) {
      map.set(std::string_view(field.name).substr(prefix.size()), Value(trim(field.value)));
    }
  }
  if (!map.is_null()) params.set(member.name(), std::move(map));
}

Result<void> decode_header(const Member& member, const Headers& headers, Value& params) {
  std::optional<std::string> text = headers.joined(member.serialized_name());
  if (!text) return {};
  Result<Value> value = parse_header(member, *text);
  if (!value) return std::move(value).error();
  params.set(member.name(), std::move(*value));
  return {};
}

std::string quote_item(std::string text) {
  if (text.find_first_of("\",") == std::string::npos) return text;
  std::string quoted(1, '"');
  for (char c : text) {
    if (c == '"') quoted += '\\';
    quoted += c;
  }
  quoted += '"';
  return quoted;
}

Result<void> encode_header(const Member& member, const Value& value, Headers& headers) {
  std::string_view path = member.name();
  std::string text;
  if (member.json_value()) {
    text = base64_encode(as_byte_span(codec::write_json(value)));
  } else if (value.is_list()) {
    if (value.empty()) return {};  // an empty header would be a list of one empty text
    bool quotes = member.shape().list_member().shape().type() == ShapeType::kString;
    for (const Value& item : value) {
      Result<std::string> part =
          format_scalar(member.shape().list_member(), item, TimestampFormat::kRfc822, path);
      if (!part) return std::move(part).error();
      if (&item != value.begin()) text += ',';
      text += quotes ? quote_item(std::move(*part)) : *part;
    }
  } else {
    Result<std::string> scalar = format_scalar(member, value, TimestampFormat::kRfc822, path);
    if (!scalar) return std::move(scalar).error();
    text = std::move(*scalar);
  }
  if (has_line_break(text)) return unencodable(path, "a header can't hold line breaks");
  headers.add(std::string(member.serialized_name()), std::move(text));
  return {};
}

Result<void> encode_prefixed(const Member& member, const Value& map, Headers& headers) {
  for (const Value::Member& entry : map.members()) {
    if (!entry.value.is_string()) return unencodable(member.name(), "expected a map of texts");
    if (has_line_break(entry.key) || has_line_break(entry.value.as_string())) {
      return unencodable(member.name(), "a header can't hold line breaks");
    }
    headers.add(std::string(member.wire_name()) + std::string(entry.key.view()),
                std::string(entry.value.as_string()));
  }
  return {};
}

}  // namespace

std::vector<std::string> split_header_list(std::string_view text) {
  std::vector<std::string> items;
  std::string item;
  bool quoted = false, was_quoted = false;
  auto finish = [&] {
    items.emplace_back(was_quoted ? std::string_view(item) : trim(item));
    item.clear();
    was_quoted = false;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (quoted && text[i] == '\\' && i + 1 < text.size() && text[i + 1] == '"') {
      item += text[++i];
    } else if (text[i] == '"' && (quoted || (!was_quoted && trim(item).empty()))) {
      quoted = !quoted;
      was_quoted = true;
      if (quoted) item.clear();
    } else if (text[i] == ',' && !quoted) {
      finish();
    } else if (quoted || !was_quoted) {  // blanks after a quoted item mean nothing
      item += text[i];
    }
  }
  finish();
  return items;
}

Result<void> decode_bindings(const Shape& input, const Route& route, const HttpRequest& request,
                             Value& params) {
  Query query = decode_query(request.url.query);
  for (Member member : input.members()) {
    Result<void> done;
    switch (member.location()) {
      case Location::kUri:
        done = decode_label(member, route, params);
        break;
      case Location::kQueryString:
        done = decode_query_member(member, input, route, query, params);
        break;
      case Location::kHeader:
        done = decode_header(member, request.headers, params);
        break;
      case Location::kHeaders:
        decode_prefixed(member, request.headers, params);
        break;
      case Location::kBody:
      case Location::kStatusCode:
        break;
    }
    if (!done) return within(std::move(done).error(), member.name());
  }
  return {};
}

Result<void> encode_headers(const Shape& output, const Value& value, Headers& headers) {
  for (Member member : output.members()) {
    const Value* present = value.find(member.name());
    if (!present || present->is_null()) continue;
    Result<void> done;
    if (member.location() == Location::kHeader) done = encode_header(member, *present, headers);
    if (member.location() == Location::kHeaders) done = encode_prefixed(member, *present, headers);
    if (!done) return done;
  }
  return {};
}

}  // namespace botocxx::server
