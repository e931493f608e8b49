#include "protocol/rest_xml_request.h"

#include "codec/python_text.h"
#include "codec/python_value.h"
#include "codec/xml.h"
#include "protocol/scalar_text.h"
#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

namespace botocxx::protocol {
namespace {

using codec::XmlWriter;

class DocumentWriter {
 public:
  explicit DocumentWriter(XmlWriter& out) : out_(out) {}

  // `name` is the element's: the caller knows it, a member does not (items of a flattened list).
  Result<void> write(const Value& value, const Member& member, std::string_view name) {
    Shape shape = member.shape();
    switch (shape.type()) {
      case ShapeType::kStructure:
        return write_structure(value, member, shape, name, BodyPart::kPayload);
      case ShapeType::kList:
        return write_list(value, member, shape, name);
      case ShapeType::kMap:
        return write_map(value, member, shape, name);
      case ShapeType::kBoolean:
        write_text(member, name, codec::python_truth(value) ? "true" : "false");
        return {};
      case ShapeType::kBlob:
        return write_blob(value, member, name);
      case ShapeType::kTimestamp: {
        auto text = timestamp_text(value, member.timestamp_format(), TimestampFormat::kIso8601);
        if (!text) return std::move(text).error();
        write_text(member, name, *text);
        return {};
      }
      case ShapeType::kFloat:
      case ShapeType::kDouble: {
        auto text = float_text(value);
        if (!text) return std::move(text).error();
        write_text(member, name, *text);
        return {};
      }
      case ShapeType::kString:
      case ShapeType::kInteger:
      case ShapeType::kLong:
      case ShapeType::kOther:
        if (value.is_string()) {
          write_text(member, name, value.as_string());
        } else {
          write_text(member, name, codec::python_str(value));
        }
        return {};
    }
    return {};
  }

  Result<void> write_structure(const Value& value, const Member& member, const Shape& shape,
                               std::string_view name, BodyPart part) {
    if (!value.is_object()) return wrong_kind(value, name, "a structure");
    out_.open(name);
    add_namespace(member);
    auto written = write_members(value, shape, part);
    out_.close();
    return written;
  }

 private:
  Result<void> write_members(const Value& value, const Shape& shape, BodyPart part) {
    for (const Value::Member& entry : value.members()) {
      bool of_input = part == BodyPart::kBodyMembers;
      if (of_input && entry.value.is_null()) continue;
      auto member = shape.find_member(entry.key);
      if (!member) {
        return param_error(
            fmt::format("Unknown parameter in {}: \"{}\"", shape.name(), entry.key.view()));
      }
      if (of_input && is_bound_outside_body(*member)) continue;
      // As in botocore: the first null member ends the structure.
      if (entry.value.is_null()) return {};
      if (member->xml_attribute()) {
        out_.set_attribute(member->serialized_name(), attribute_text(entry.value));
        continue;
      }
      auto written = write(entry.value, *member, member->serialized_name());
      if (!written) return written;
    }
    return {};
  }

  Result<void> write_list(const Value& value, const Member& member, const Shape& shape,
                          std::string_view name) {
    if (!value.is_list()) return wrong_kind(value, name, "a list");
    bool wrapped = !member.flattened();
    Member item_member = shape.list_member();
    std::string_view item_name = name;
    if (wrapped) {
      item_name = item_member.serialized_name();  // its own name is "member"
      out_.open(name);
    }
    add_namespace(member);  // of a flattened list: on the element that holds it, as in botocore
    Result<void> written;
    for (const Value& item : value.items()) {
      written = write(item, item_member, item_name);
      if (!written) break;
    }
    if (wrapped) out_.close();
    return written;
  }

  Result<void> write_map(const Value& value, const Member& member, const Shape& shape,
                         std::string_view name) {
    if (!value.is_object()) return wrong_kind(value, name, "a map");
    bool wrapped = !member.flattened();
    if (wrapped) {
      out_.open(name);
      add_namespace(member);
    }
    Member key_member = shape.map_key(), value_member = shape.map_value();
    Result<void> written;
    for (const Value::Member& entry : value.members()) {
      out_.open(wrapped ? "entry" : name);
      write_text(key_member, key_member.serialized_name(), entry.key);
      written = write(entry.value, value_member, value_member.serialized_name());
      out_.close();
      if (!written) break;
    }
    if (wrapped) out_.close();
    return written;
  }

  Result<void> write_blob(const Value& value, const Member& member, std::string_view name) {
    auto octets = octets_of(value);
    if (!octets) return std::move(octets).error();
    write_text(member, name, base64_encode(as_byte_span(*octets)));
    return {};
  }

  void write_text(const Member& member, std::string_view name, std::string_view text) {
    if (member.xml_namespace().empty()) return out_.element(name, text);
    out_.open(name);
    add_namespace(member);
    out_.text(text);
    out_.close();
  }

  void add_namespace(const Member& member) {
    std::string_view uri = member.xml_namespace(), prefix = member.xml_prefix();
    if (uri.empty()) return;
    if (prefix.empty()) return out_.set_attribute("xmlns", uri);
    out_.set_attribute(fmt::format("xmlns:{}", prefix), uri);
  }

  static std::string attribute_text(const Value& value) {
    return value.is_bool() ? (value.as_bool() ? "true" : "false") : codec::python_str(value);
  }

  static Error wrong_kind(const Value& value, std::string_view name, std::string_view expected) {
    return param_error(fmt::format("{} must be {}, found {}", name, expected,
                                   codec::python_str(value).substr(0, 80)));
  }

  XmlWriter& out_;
};

Result<std::string> write_document(const Value& value, const Member& reference, BodyPart part,
                                   TimestampPrecision) {
  XmlWriter out;
  DocumentWriter writer(out);
  Shape shape = reference.shape();
  // botocore knows no other name than the model's "locationName"; Smithy's rule is a fallback.
  std::string_view name = reference.wire_name().empty() ? shape.name() : reference.wire_name();
  auto written = shape.type() == ShapeType::kStructure
                     ? writer.write_structure(value, reference, shape, name, part)
                     : writer.write(value, reference, name);
  if (!written) return std::move(written).error();
  return out.take();
}

}  // namespace

const RestBodyRules kRestXmlBodyRules{write_document, "", nullptr, ""};

}  // namespace botocxx::protocol
