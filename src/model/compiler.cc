#include "model/compiler.h"

#include "codec/json.h"
#include "model/flat_format.h"

#include <fmt/format.h>

#include <array>
#include <bit>
#include <cstring>
#include <deque>
#include <functional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace botocxx::model {
namespace {

using codec::json_pointer_token;

struct TypeName {
  std::string_view name;
  ShapeType type;
};
// "character" and the unusual numbers that a few old models hold are kept as what they behave like.
constexpr std::array<TypeName, 11> kTypeNames{{{"structure", ShapeType::kStructure},
                                               {"list", ShapeType::kList},
                                               {"map", ShapeType::kMap},
                                               {"string", ShapeType::kString},
                                               {"boolean", ShapeType::kBoolean},
                                               {"integer", ShapeType::kInteger},
                                               {"long", ShapeType::kLong},
                                               {"float", ShapeType::kFloat},
                                               {"double", ShapeType::kDouble},
                                               {"blob", ShapeType::kBlob},
                                               {"timestamp", ShapeType::kTimestamp}}};

struct FlagName {
  std::string_view name;
  Flag flag;
};
constexpr std::array<FlagName, 13> kFlagNames{{{"flattened", kFlattened},
                                               {"streaming", kStreaming},
                                               {"jsonvalue", kJsonValue},
                                               {"eventstream", kEventStream},
                                               {"event", kEvent},
                                               {"eventheader", kEventHeader},
                                               {"eventpayload", kEventPayload},
                                               {"xmlAttribute", kXmlAttribute},
                                               {"idempotencyToken", kIdempotencyToken},
                                               {"hostLabel", kHostLabel},
                                               {"sensitive", kSensitive},
                                               {"document", kDocument},
                                               {"deprecated", kDeprecated}}};
// Traits of a member that hold for the reference only, never inherited by or from its shape.
constexpr std::uint32_t kInheritedFlags = kFlattened | kStreaming | kJsonValue | kEventStream |
                                          kEvent | kEventHeader | kEventPayload | kXmlAttribute |
                                          kIdempotencyToken | kHostLabel | kSensitive;

ShapeType shape_type(std::string_view name) {
  for (const TypeName& entry : kTypeNames) {
    if (entry.name == name) return entry.type;
  }
  return ShapeType::kOther;
}

Location location_of(std::string_view name) {
  if (name == "uri") return Location::kUri;
  if (name == "querystring") return Location::kQueryString;
  if (name == "header") return Location::kHeader;
  if (name == "headers") return Location::kHeaders;
  if (name == "statusCode") return Location::kStatusCode;
  return Location::kBody;
}

TimestampFormat timestamp_format(std::string_view name) {
  if (name == "iso8601") return TimestampFormat::kIso8601;
  if (name == "rfc822") return TimestampFormat::kRfc822;
  if (name == "unixTimestamp" || name == "unixtimestamp") return TimestampFormat::kUnixTimestamp;
  return TimestampFormat::kDefault;
}

std::uint32_t flags_of(const Value& node) {
  std::uint32_t flags = 0;
  for (const FlagName& entry : kFlagNames) {
    if (node[entry.name].get_if_bool().value_or(false)) flags |= entry.flag;
  }
  return flags;
}

Error model_error(std::string pointer, std::string reason) {
  return Error(ErrorKind::kModel, "InvalidModel", fmt::format("{}: {}", pointer, reason))
      .with_context("pointer", std::move(pointer));
}

// Lets a text be looked up without making a string of it.
struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>()(text);
  }
};

class Compiler {
 public:
  Compiler(const Value& document, std::string_view service_name, std::string_view api_version)
      : document_(document), service_name_(service_name), api_version_(api_version) {
    strings_.resize(sizeof(std::uint32_t), '\0');
  }

  Result<std::string> run();

 private:
  TextRef text(std::string_view value);
  TextRef documentation(std::string_view json);
  Range add_traits(const Value& node, std::initializer_list<std::string_view> structural);
  Range add_slots(const std::vector<std::uint32_t>& hashes);
  void set_xml_namespace(const Value& node, TextRef& uri, TextRef& prefix);

  Result<void> check_sections() const;
  Result<void> number_shapes();
  Result<std::uint32_t> shape_number(const Value& reference, const std::string& pointer) const;
  Result<void> add_shape(std::string_view name, const Value& node);
  Result<Range> add_shape_members(const Value& node, ShapeType type, const std::string& pointer);
  Result<void> set_required(const Value& node, ShapeRecord& shape, const std::string& pointer);
  Result<void> set_payload(const Value& node, ShapeRecord& shape, const std::string& pointer);
  Result<MemberRecord> make_member(std::string_view name, const Value& node,
                                   const std::string& pointer);
  Result<void> add_operation(std::string_view name, const Value& node);
  Result<std::uint32_t> add_reference(const Value& node, const std::string& pointer);
  Result<Range> add_errors(const Value& node, const std::string& pointer);
  std::string assemble();

  template <typename Record>
  void put_section(std::string& out, Header& header, SectionId id, const Record* records,
                   std::size_t count);

  const Value& document_;
  std::string_view service_name_, api_version_;
  std::string strings_;
  std::string documentation_;
  std::unordered_map<std::string, TextRef, TextHash, std::equal_to<>> interned_;
  std::unordered_map<std::string_view, std::uint32_t> shape_numbers_;
  std::vector<ShapeRecord> shapes_;
  std::vector<MemberRecord> members_;
  std::vector<OperationRecord> operations_;
  std::vector<std::uint32_t> indexes_;
  std::vector<Trait> traits_;
  std::vector<std::uint32_t> slots_;
  Header header_{};
};

void append_text(std::string& section, std::string_view value) {
  section.resize((section.size() + 3) & ~std::size_t{3}, '\0');
  auto size = static_cast<std::uint32_t>(value.size());
  section.append(reinterpret_cast<const char*>(&size), sizeof size);
  section.append(value);
}

TextRef Compiler::text(std::string_view value) {
  if (value.empty()) return 0;
  if (auto found = interned_.find(value); found != interned_.end()) return found->second;
  append_text(strings_, value);
  auto at = static_cast<TextRef>(strings_.size() - value.size() - sizeof(std::uint32_t));
  interned_.emplace(value, at);
  return at;
}

TextRef Compiler::documentation(std::string_view json) {
  append_text(documentation_, json);
  return static_cast<TextRef>(documentation_.size() - json.size() - sizeof(std::uint32_t)) |
         kDocumentationBit;
}

Range Compiler::add_traits(const Value& node, std::initializer_list<std::string_view> structural) {
  Range range{static_cast<std::uint32_t>(traits_.size()), 0};
  for (const Value::Member& entry : node.members()) {
    bool skip = false;
    for (std::string_view name : structural) skip = skip || name == entry.key.view();
    if (skip) continue;
    std::string json = codec::write_json(entry.value);
    bool is_documentation = entry.key.view() == "documentation";
    traits_.push_back({text(entry.key), is_documentation ? documentation(json) : text(json)});
    ++range.count;
  }
  return range;
}

// Open addressing, at most half full; a slot holds the entry's number plus one.
Range Compiler::add_slots(const std::vector<std::uint32_t>& hashes) {
  Range range{static_cast<std::uint32_t>(slots_.size()),
              static_cast<std::uint32_t>(std::bit_ceil(hashes.size() * 2 + 1))};
  slots_.resize(slots_.size() + range.count, 0);
  for (std::uint32_t i = 0; i < hashes.size(); ++i) {
    std::uint32_t at = hashes[i] & (range.count - 1);
    while (slots_[range.first + at] != 0) at = (at + 1) & (range.count - 1);
    slots_[range.first + at] = i + 1;
  }
  return range;
}

void Compiler::set_xml_namespace(const Value& node, TextRef& uri, TextRef& prefix) {
  const Value& ns = node["xmlNamespace"];
  if (ns.is_string()) uri = text(ns.as_string());
  if (!ns.is_object()) return;
  uri = text(ns["uri"].get_if_string().value_or(""));
  prefix = text(ns["prefix"].get_if_string().value_or(""));
}

Result<void> Compiler::check_sections() const {
  if (!document_.is_object()) return model_error("", "a service model must be a JSON object");
  for (std::string_view name : {"metadata", "operations", "shapes"}) {
    const Value* section = document_.find(name);
    if (section == nullptr && name != "metadata") continue;
    if (section == nullptr || !section->is_object()) {
      return model_error(fmt::format("/{}", name),
                         section == nullptr ? "missing" : "must be a JSON object");
    }
  }
  return {};
}

Result<void> Compiler::number_shapes() {
  for (const Value::Member& entry : document_["shapes"].members()) {
    if (!entry.value.is_object() || !entry.value["type"].is_string()) {
      return model_error("/shapes/" + json_pointer_token(entry.key),
                         "a shape must be an object with a \"type\"");
    }
    shape_numbers_.emplace(entry.key.view(), static_cast<std::uint32_t>(shape_numbers_.size()));
  }
  return {};
}

Result<std::uint32_t> Compiler::shape_number(const Value& reference,
                                             const std::string& pointer) const {
  auto name = reference["shape"].get_if_string();
  if (!name) return model_error(pointer, "expected an object with the name of a \"shape\"");
  auto found = shape_numbers_.find(*name);
  if (found != shape_numbers_.end()) return found->second;
  return model_error(pointer + "/shape", fmt::format("there is no shape named \"{}\"", *name));
}

Result<MemberRecord> Compiler::make_member(std::string_view name, const Value& node,
                                           const std::string& pointer) {
  auto number = shape_number(node, pointer);
  if (!number) return std::move(number).error();
  const Value& shape = document_["shapes"].members()[*number].value;
  MemberRecord member{};
  member.name = text(name);
  member.hash = hash_name(name);
  member.shape = *number;
  auto effective = [&](std::string_view trait) -> const Value& {
    const Value* own = node.find(trait);
    return own != nullptr ? *own : shape[trait];
  };
  member.flags = flags_of(node);
  for (const FlagName& entry : kFlagNames) {
    bool inherits = (entry.flag & kInheritedFlags) != 0 && !node.contains(entry.name);
    if (inherits && shape[entry.name].get_if_bool().value_or(false)) member.flags |= entry.flag;
  }
  member.location =
      static_cast<std::uint8_t>(location_of(effective("location").get_if_string().value_or("")));
  member.timestamp_format = static_cast<std::uint8_t>(
      timestamp_format(effective("timestampFormat").get_if_string().value_or("")));
  member.wire_name = text(effective("locationName").get_if_string().value_or(""));
  member.query_name = text(effective("queryName").get_if_string().value_or(""));
  set_xml_namespace(node.contains("xmlNamespace") ? node : shape, member.xml_namespace,
                    member.xml_prefix);
  member.context_param = text(effective("contextParam")["name"].get_if_string().value_or(""));
  member.result_wrapper = text(effective("resultWrapper").get_if_string().value_or(""));
  member.traits = add_traits(node, {"shape"});
  return member;
}

Result<Range> Compiler::add_shape_members(const Value& node, ShapeType type,
                                          const std::string& pointer) {
  Range range{static_cast<std::uint32_t>(members_.size()), 0};
  auto add = [&](std::string_view name, const Value& value,
                 const std::string& where) -> Result<void> {
    auto member = make_member(name, value, where);
    if (!member) return std::move(member).error();
    members_.push_back(*member);
    ++range.count;
    return {};
  };
  if (type == ShapeType::kStructure) {
    const Value& members = node["members"];
    if (!members.is_null() && !members.is_object()) {
      return model_error(pointer + "/members", "must be a JSON object");
    }
    for (const Value::Member& entry : members.members()) {
      std::string where = pointer + "/members/" + json_pointer_token(entry.key);
      if (auto added = add(entry.key, entry.value, where); !added) return std::move(added).error();
    }
    return range;
  }
  std::vector<std::string_view> parts;
  if (type == ShapeType::kList) parts = {"member"};
  if (type == ShapeType::kMap) parts = {"key", "value"};
  for (std::string_view part : parts) {
    std::string where = fmt::format("{}/{}", pointer, part);
    if (auto added = add(part, node[part], where); !added) return std::move(added).error();
  }
  return range;
}

Result<void> Compiler::set_required(const Value& node, ShapeRecord& shape,
                                    const std::string& pointer) {
  const Value& required = node["required"];
  shape.required.first = static_cast<std::uint32_t>(indexes_.size());
  if (required.is_bool() || required.is_null()) return {};
  std::size_t position = 0;
  for (const Value& name : required.items()) {
    std::string where = fmt::format("{}/required/{}", pointer, position++);
    if (!name.is_string()) return model_error(where, "must be the name of a member");
    std::uint32_t number = 0;
    bool found = false;
    for (const Value::Member& member : node["members"].members()) {
      found = member.key.view() == name.as_string();
      if (found) break;
      ++number;
    }
    if (!found) {
      return model_error(where, fmt::format("there is no member \"{}\"", name.as_string()));
    }
    members_[shape.members.first + number].flags |= kRequired;
    indexes_.push_back(number);
    ++shape.required.count;
  }
  return {};
}

Result<void> Compiler::set_payload(const Value& node, ShapeRecord& shape,
                                   const std::string& pointer) {
  shape.payload = kNone;
  auto payload = node["payload"].get_if_string();
  if (!payload || shape.type != static_cast<std::uint8_t>(ShapeType::kStructure)) return {};
  std::uint32_t number = 0;
  for (const Value::Member& member : node["members"].members()) {
    if (member.key.view() == *payload) {
      shape.payload = number;
      return {};
    }
    ++number;
  }
  return model_error(pointer + "/payload", fmt::format("there is no member \"{}\"", *payload));
}

Result<void> Compiler::add_shape(std::string_view name, const Value& node) {
  std::string pointer = "/shapes/" + json_pointer_token(name);
  ShapeRecord shape{};
  ShapeType type = shape_type(node["type"].as_string());
  shape.name = text(name);
  shape.type = static_cast<std::uint8_t>(type);
  shape.timestamp_format = static_cast<std::uint8_t>(
      timestamp_format(node["timestampFormat"].get_if_string().value_or("")));
  shape.flags = flags_of(node);
  if (node["union"].get_if_bool().value_or(false)) shape.flags |= kUnion;
  if (node["exception"].get_if_bool().value_or(false)) shape.flags |= kException;
  shape.location_name = text(node["locationName"].get_if_string().value_or(""));
  set_xml_namespace(node, shape.xml_namespace, shape.xml_prefix);
  if (auto min = node["min"].get_if_double()) {
    shape.flags |= kHasMin;
    shape.min = *min;
  }
  const Value& error = node["error"];
  shape.error_code = text(error["code"].get_if_string().value_or(name));
  shape.error_status = static_cast<std::uint16_t>(error["httpStatusCode"].get_if_int().value_or(0));
  auto members = add_shape_members(node, type, pointer);
  if (!members) return std::move(members).error();
  shape.members = *members;
  std::vector<std::uint32_t> hashes;
  for (std::uint32_t i = 0; i < members->count; ++i) {
    hashes.push_back(members_[members->first + i].hash);
  }
  if (hashes.size() > 4) shape.slots = add_slots(hashes);
  if (auto set = set_required(node, shape, pointer); !set) return set;
  if (auto set = set_payload(node, shape, pointer); !set) return set;
  shape.traits = type == ShapeType::kOther
                     ? add_traits(node, {"members"})
                     : add_traits(node, {"type", "members", "member", "key", "value"});
  shapes_.push_back(shape);
  return {};
}

Result<std::uint32_t> Compiler::add_reference(const Value& node, const std::string& pointer) {
  if (node.is_null()) return kNone;
  auto member = make_member("", node, pointer);
  if (!member) return std::move(member).error();
  members_.push_back(*member);
  return static_cast<std::uint32_t>(members_.size() - 1);
}

Result<Range> Compiler::add_errors(const Value& node, const std::string& pointer) {
  std::vector<MemberRecord> errors;
  for (std::size_t i = 0; i < node["errors"].size(); ++i) {
    auto error = make_member("", node["errors"][i], fmt::format("{}/errors/{}", pointer, i));
    if (!error) return std::move(error).error();
    errors.push_back(*error);
  }
  Range range{static_cast<std::uint32_t>(members_.size()),
              static_cast<std::uint32_t>(errors.size())};
  members_.insert(members_.end(), errors.begin(), errors.end());
  return range;
}

Result<void> Compiler::add_operation(std::string_view name, const Value& node) {
  std::string pointer = "/operations/" + json_pointer_token(name);
  if (!node.is_object()) return model_error(pointer, "must be a JSON object");
  const Value& http = node["http"];
  if (!http.is_null() && !http.is_object())
    return model_error(pointer + "/http", "must be a JSON object");
  OperationRecord operation{};
  operation.name = text(name);
  operation.hash = hash_name(name);
  operation.wire_name = text(node["name"].get_if_string().value_or(name));
  operation.http_method = text(http["method"].get_if_string().value_or("POST"));
  operation.request_uri = text(http["requestUri"].get_if_string().value_or("/"));
  operation.response_code =
      static_cast<std::uint32_t>(http["responseCode"].get_if_int().value_or(200));
  operation.auth_type = text(node["authtype"].get_if_string().value_or(""));
  operation.host_prefix = text(node["endpoint"]["hostPrefix"].get_if_string().value_or(""));
  operation.flags = flags_of(node);
  operation.auth.first = static_cast<std::uint32_t>(indexes_.size());
  for (const Value& scheme : node["auth"].items()) {
    indexes_.push_back(text(scheme.get_if_string().value_or("")));
    ++operation.auth.count;
  }
  auto input = add_reference(node["input"], pointer + "/input");
  if (!input) return std::move(input).error();
  auto output = add_reference(node["output"], pointer + "/output");
  if (!output) return std::move(output).error();
  auto errors = add_errors(node, pointer);
  if (!errors) return std::move(errors).error();
  operation.input = *input;
  operation.output = *output;
  operation.errors = *errors;
  operation.traits = add_traits(node, {"input", "output", "errors"});
  operations_.push_back(operation);
  return {};
}

Result<std::string> Compiler::run() {
  if (auto checked = check_sections(); !checked) return std::move(checked).error();
  if (auto numbered = number_shapes(); !numbered) return std::move(numbered).error();
  std::vector<std::uint32_t> shape_hashes, operation_hashes;
  for (const Value::Member& entry : document_["shapes"].members()) {
    if (auto added = add_shape(entry.key, entry.value); !added) return std::move(added).error();
    shape_hashes.push_back(hash_name(entry.key));
  }
  for (const Value::Member& entry : document_["operations"].members()) {
    if (auto added = add_operation(entry.key, entry.value); !added) {
      return std::move(added).error();
    }
    operation_hashes.push_back(hash_name(entry.key));
  }
  header_.service_name = text(service_name_);
  header_.api_version = text(api_version_);
  header_.service_traits = add_traits(document_, {"metadata", "operations", "shapes"});
  header_.metadata = add_traits(document_["metadata"], {});
  header_.shape_slots = add_slots(shape_hashes);
  header_.operation_slots = add_slots(operation_hashes);
  return assemble();
}

template <typename Record>
void Compiler::put_section(std::string& out, Header& header, SectionId id, const Record* records,
                           std::size_t count) {
  out.resize((out.size() + 7) & ~std::size_t{7}, '\0');
  header.sections[static_cast<std::size_t>(id)] = {static_cast<std::uint32_t>(out.size()),
                                                   static_cast<std::uint32_t>(count)};
  out.append(reinterpret_cast<const char*>(records), count * sizeof(Record));
}

std::string Compiler::assemble() {
  std::string out(sizeof(Header), '\0');
  put_section(out, header_, SectionId::kShapes, shapes_.data(), shapes_.size());
  put_section(out, header_, SectionId::kMembers, members_.data(), members_.size());
  put_section(out, header_, SectionId::kOperations, operations_.data(), operations_.size());
  put_section(out, header_, SectionId::kIndexes, indexes_.data(), indexes_.size());
  put_section(out, header_, SectionId::kHashSlots, slots_.data(), slots_.size());
  put_section(out, header_, SectionId::kStrings, strings_.data(), strings_.size());
  put_section(out, header_, SectionId::kTraits, traits_.data(), traits_.size());
  put_section(out, header_, SectionId::kDocumentation, documentation_.data(),
              documentation_.size());
  header_.magic = kMagic;
  header_.version = kFormatVersion;
  header_.size = static_cast<std::uint32_t>(out.size());
  std::memcpy(out.data(), &header_, sizeof header_);
  return out;
}

}  // namespace

Result<std::string> compile_model(const Value& document, std::string_view service_name,
                                  std::string_view api_version) {
  return Compiler(document, service_name, api_version).run();
}

Result<std::shared_ptr<const ServiceModel>> compile_and_open(const Value& document,
                                                             std::string_view service_name,
                                                             std::string_view api_version) {
  auto buffer = compile_model(document, service_name, api_version);
  if (!buffer) return std::move(buffer).error();
  return ServiceModel::open(std::make_shared<const std::string>(*std::move(buffer)));
}

}  // namespace botocxx::model
