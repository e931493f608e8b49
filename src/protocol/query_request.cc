#include "protocol/query_request.h"

#include "codec/form.h"
#include "codec/python_text.h"
#include "codec/python_value.h"
#include "protocol/host_prefix.h"
#include "protocol/scalar_text.h"
#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

#include <cstddef>
#include <utility>

namespace botocxx::protocol {
namespace {

// The name of a field grows and shrinks with the way to the value.
class FieldWriter {
 public:
  FieldWriter(const QueryRules& rules, codec::FormFields& out) : rules_(rules), out_(out) {}

  Result<void> write_structure(const Value& value, const Shape& shape) {
    if (!value.is_object()) return wrong_kind(value, "a structure");
    for (const Value::Member& entry : value.members()) {
      if (entry.value.is_null()) continue;
      auto member = shape.find_member(entry.key);
      if (!member) {
        return param_error(
            fmt::format("Unknown parameter in {}: \"{}\"", shape.name(), entry.key.view()));
      }
      std::size_t size = enter(rules_.member_name(*member));
      auto written = write(entry.value, *member);
      name_.resize(size);
      if (!written) return written;
    }
    return {};
  }

 private:
  Result<void> write(const Value& value, const Member& member) {
    if (value.is_null()) return param_error(fmt::format("{} must not be null", name_));
    Shape shape = member.shape();
    switch (shape.type()) {
      case ShapeType::kStructure:
        return write_structure(value, shape);
      case ShapeType::kList:
        return write_list(value, member, shape);
      case ShapeType::kMap:
        return write_map(value, member, shape);
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
    auto text = scalar_text(value, member, shape.type());
    if (!text) return std::move(text).error();
    out_.set(name_, *std::move(text));
    return {};
  }

  static Result<std::string> scalar_text(const Value& value, const Member& member, ShapeType type) {
    switch (type) {
      case ShapeType::kBoolean:
        return std::string(codec::python_truth(value) ? "true" : "false");
      case ShapeType::kBlob: {
        auto octets = octets_of(value);
        if (!octets) return std::move(octets).error();
        return base64_encode(as_byte_span(*octets));
      }
      case ShapeType::kTimestamp:
        return timestamp_text(value, member.timestamp_format(), TimestampFormat::kIso8601);
      case ShapeType::kFloat:
      case ShapeType::kDouble:
        return float_text(value);
      case ShapeType::kString:
      case ShapeType::kInteger:
      case ShapeType::kLong:
      case ShapeType::kOther:
      case ShapeType::kStructure:
      case ShapeType::kList:
      case ShapeType::kMap:
        break;
    }
    return codec::python_str(value);
  }

  Result<void> write_list(const Value& value, const Member& member, const Shape& shape) {
    if (!value.is_list()) return wrong_kind(value, "a list");
    if (value.empty()) {
      if (rules_.named_lists) out_.set(name_, "");
      return {};
    }
    Member item_member = shape.list_member();
    std::string own_name = name_;
    if (rules_.named_lists) name_list(member, item_member.wire_name());
    Result<void> written;
    std::size_t number = 0;
    for (const Value& item : value.items()) {
      std::size_t size = enter(std::to_string(++number));
      written = write(item, item_member);
      name_.resize(size);
      if (!written) break;
    }
    name_ = std::move(own_name);
    return written;
  }

  // The items of a flattened list take the place of the last step of the way, where they have a
  // name and the list itself has none but the member's. (In botocore they do so in any case; no
  // service names both.)
  void name_list(const Member& member, std::string_view item_name) {
    if (!member.flattened()) {
      enter(item_name.empty() ? "member" : item_name);
    } else if (!item_name.empty() && member.wire_name().empty()) {
      std::size_t dot = name_.rfind('.');
      name_.resize(dot == std::string::npos ? 0 : dot);
      enter(item_name);
    }
  }

  Result<void> write_map(const Value& value, const Member& member, const Shape& shape) {
    if (!value.is_object()) return wrong_kind(value, "a map");
    std::size_t own_size = member.flattened() ? name_.size() : enter("entry");
    Member key_member = shape.map_key(), value_member = shape.map_value();
    Result<void> written;
    std::size_t number = 0;
    for (const Value::Member& entry : value.members()) {
      std::size_t entry_size = enter(std::to_string(++number));
      // Named as members are; their own names are "key" and "value".
      std::size_t size = enter(rules_.member_name(key_member));
      out_.set(name_, std::string(entry.key.view()));
      name_.resize(size);
      enter(rules_.member_name(value_member));
      written = write(entry.value, value_member);
      name_.resize(entry_size);
      if (!written) break;
    }
    name_.resize(own_size);
    return written;
  }

  // Adds a step; returns the size to go back to.
  std::size_t enter(std::string_view step) {
    std::size_t size = name_.size();
    if (size > 0) name_ += '.';
    name_ += step;
    return size;
  }

  Error wrong_kind(const Value& value, std::string_view expected) const {
    return param_error(fmt::format("{} must be {}, found {}", name_.empty() ? "input" : name_,
                                   expected, codec::python_str(value).substr(0, 80)));
  }

  const QueryRules& rules_;
  codec::FormFields& out_;
  std::string name_;
};

std::string query_member_name(const Member& member) {
  return std::string(member.serialized_name());
}

// "queryName", or else any other with a capital. (botocore leaves the member's own name as it is;
// no input of the service has one in small letters.)
std::string ec2_member_name(const Member& member) {
  if (!member.query_name().empty()) return std::string(member.query_name());
  std::string name(member.serialized_name());
  if (!name.empty() && name[0] >= 'a' && name[0] <= 'z')
    name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return name;
}

}  // namespace

const QueryRules kQueryRules{query_member_name, true};
const QueryRules kEc2Rules{ec2_member_name, false};

Result<SerializedRequest> serialize_query(const Operation& operation, const Value& params,
                                          const QueryRules& rules) {
  SerializedRequest request;
  request.method = operation.http_method();
  request.path = std::string(1, '/');  // a literal makes GCC 12 warn wrongly
  auto prefix = expand_host_prefix(operation, params);
  if (!prefix) return std::move(prefix).error();
  request.host_prefix = *std::move(prefix);
  codec::FormFields fields;
  fields.set("Action", std::string(operation.name()));
  fields.set("Version", std::string(operation.model().metadata("apiVersion")));
  if (auto input = operation.input()) {
    FieldWriter writer(rules, fields);
    auto written = writer.write_structure(params, input->shape());
    if (!written) return std::move(written).error();
  }
  request.headers.set("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
  request.body = Body(fields.encode());
  return request;
}

}  // namespace botocxx::protocol
