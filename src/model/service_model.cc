#include "codec/json.h"
#include "model/flat_format.h"
#include <botocxx/base/text_encoding.h>
#include <botocxx/model/service_model.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <type_traits>

namespace botocxx::inline v1 {

using model::Header;
using model::kNone;
using model::MemberRecord;
using model::OperationRecord;
using model::Range;
using model::Section;
using model::SectionId;
using model::ShapeRecord;
using model::TextRef;
using model::Trait;

// Bounds-checked access to the flat buffer. What lies outside reads as an empty record.
struct ServiceModel::Reader {
  const std::string& buffer;

  explicit Reader(const ServiceModel* model) : buffer(*model->buffer_) {}
  explicit Reader(const std::string& octets) : buffer(octets) {}

  const Header& header() const { return *reinterpret_cast<const Header*>(buffer.data()); }
  const Section& section(SectionId id) const {
    return header().sections[static_cast<std::size_t>(id)];
  }
  template <typename Record>
  const Record& record(SectionId id, std::uint32_t index) const {
    static const Record empty{};
    const Section& where = section(id);
    if (index >= where.count) return empty;
    return reinterpret_cast<const Record*>(buffer.data() + where.offset)[index];
  }
  const ShapeRecord& shape(std::uint32_t index) const {
    return record<ShapeRecord>(SectionId::kShapes, index);
  }
  const MemberRecord& member(std::uint32_t index) const {
    return record<MemberRecord>(SectionId::kMembers, index);
  }
  const OperationRecord& operation(std::uint32_t index) const {
    return record<OperationRecord>(SectionId::kOperations, index);
  }
  std::uint32_t index(std::uint32_t at) const {
    return record<std::uint32_t>(SectionId::kIndexes, at);
  }
  Range clamped(Range range, SectionId id) const {
    std::uint32_t count = section(id).count;
    if (range.first > count) return {0, 0};
    return {range.first, std::min(range.count, count - range.first)};
  }

  std::string_view text(TextRef ref) const {
    bool documentation = (ref & model::kDocumentationBit) != 0;
    const Section& where = section(documentation ? SectionId::kDocumentation : SectionId::kStrings);
    std::uint32_t at = ref & ~model::kDocumentationBit;
    std::uint32_t size = 0;
    if (at > where.count || where.count - at < sizeof size) return {};
    const char* data = buffer.data() + where.offset + at;
    std::memcpy(&size, data, sizeof size);
    if (size > where.count - at - sizeof size) return {};
    return {data + sizeof size, size};
  }

  std::vector<TraitView> traits(Range wanted) const {
    Range range = clamped(wanted, SectionId::kTraits);
    std::vector<TraitView> out;
    for (std::uint32_t i = 0; i < range.count; ++i) {
      const Trait& trait = record<Trait>(SectionId::kTraits, range.first + i);
      out.push_back({text(trait.name), text(trait.json)});
    }
    return out;
  }
  std::optional<std::string_view> trait(Range wanted, std::string_view name) const {
    Range range = clamped(wanted, SectionId::kTraits);
    for (std::uint32_t i = 0; i < range.count; ++i) {
      const Trait& entry = record<Trait>(SectionId::kTraits, range.first + i);
      if (text(entry.name) == name) return text(entry.json);
    }
    return std::nullopt;
  }
  std::string documentation(Range traits) const {
    auto json = trait(traits, "documentation");
    if (!json) return {};
    auto value = codec::parse_json(*json);
    return value ? std::string(value->get_if_string().value_or("")) : std::string();
  }

  // Number of the entry that `matches`, found through a slot table.
  template <typename Matches>
  std::optional<std::uint32_t> probe(Range wanted, std::uint32_t hash, Matches matches) const {
    Range range = clamped(wanted, SectionId::kHashSlots);
    if (range.count == 0 || (range.count & (range.count - 1)) != 0) return std::nullopt;
    for (std::uint32_t step = 0; step < range.count; ++step) {
      std::uint32_t at = (hash + step) & (range.count - 1);
      std::uint32_t slot = record<std::uint32_t>(SectionId::kHashSlots, range.first + at);
      if (slot == 0) return std::nullopt;
      if (matches(slot - 1)) return slot - 1;
    }
    return std::nullopt;
  }
};

namespace {

Error damaged(std::string_view reason) {
  return Error(ErrorKind::kModel, "DamagedModel",
               fmt::format("the compiled model is damaged: {}", reason));
}

constexpr std::array<std::size_t, static_cast<std::size_t>(SectionId::kCount)> kRecordSizes{
    1, sizeof(ShapeRecord), sizeof(MemberRecord), sizeof(OperationRecord), 4, sizeof(Trait), 4, 1};

std::string as_plain_text(std::optional<std::string_view> json) {
  if (!json) return {};
  auto value = codec::parse_json(*json);
  return value ? std::string(value->get_if_string().value_or("")) : std::string();
}

std::vector<std::string> as_text_list(std::optional<std::string_view> json) {
  std::vector<std::string> out;
  if (!json) return out;
  auto value = codec::parse_json(*json);
  if (!value) return out;
  for (const Value& item : value->items()) {
    out.emplace_back(item.get_if_string().value_or(""));
  }
  return out;
}

}  // namespace

std::string_view to_string(ShapeType type) {
  switch (type) {
    case ShapeType::kStructure:
      return "structure";
    case ShapeType::kList:
      return "list";
    case ShapeType::kMap:
      return "map";
    case ShapeType::kString:
      return "string";
    case ShapeType::kBoolean:
      return "boolean";
    case ShapeType::kInteger:
      return "integer";
    case ShapeType::kLong:
      return "long";
    case ShapeType::kFloat:
      return "float";
    case ShapeType::kDouble:
      return "double";
    case ShapeType::kBlob:
      return "blob";
    case ShapeType::kTimestamp:
      return "timestamp";
    case ShapeType::kOther:
      return "other";
  }
  return "other";
}

std::string_view to_string(Location location) {
  switch (location) {
    case Location::kBody:
      return "body";
    case Location::kUri:
      return "uri";
    case Location::kQueryString:
      return "querystring";
    case Location::kHeader:
      return "header";
    case Location::kHeaders:
      return "headers";
    case Location::kStatusCode:
      return "statusCode";
  }
  return "body";
}

// --- Member ---------------------------------------------------------------------------------

std::string_view Member::name() const {
  ServiceModel::Reader r(model_);
  return r.text(r.member(index_).name);
}
Shape Member::shape() const {
  return Shape(model_, ServiceModel::Reader(model_).member(index_).shape);
}
std::uint32_t Member::number_in(const Shape& structure) const {
  return index_ - ServiceModel::Reader(model_).shape(structure.index_).members.first;
}
Location Member::location() const {
  auto location = ServiceModel::Reader(model_).member(index_).location;
  return location <= static_cast<std::uint8_t>(Location::kStatusCode)
             ? static_cast<Location>(location)
             : Location::kBody;
}
std::string_view Member::wire_name() const {
  ServiceModel::Reader r(model_);
  return r.text(r.member(index_).wire_name);
}
std::string_view Member::serialized_name() const {
  std::string_view wire = wire_name();
  return wire.empty() ? name() : wire;
}
std::string_view Member::query_name() const {
  ServiceModel::Reader r(model_);
  return r.text(r.member(index_).query_name);
}
std::string_view Member::xml_namespace() const {
  ServiceModel::Reader r(model_);
  return r.text(r.member(index_).xml_namespace);
}
std::string_view Member::xml_prefix() const {
  ServiceModel::Reader r(model_);
  return r.text(r.member(index_).xml_prefix);
}
std::string_view Member::result_wrapper() const {
  ServiceModel::Reader r(model_);
  return r.text(r.member(index_).result_wrapper);
}
std::string_view Member::context_param() const {
  ServiceModel::Reader r(model_);
  return r.text(r.member(index_).context_param);
}
TimestampFormat Member::timestamp_format() const {
  auto format = ServiceModel::Reader(model_).member(index_).timestamp_format;
  return format <= 3 ? static_cast<TimestampFormat>(format) : TimestampFormat::kDefault;
}

namespace {
bool has(std::uint32_t flags, model::Flag flag) { return (flags & flag) != 0; }
}  // namespace

bool Member::required() const {
  return has(ServiceModel::Reader(model_).member(index_).flags, model::kRequired);
}
bool Member::flattened() const {
  return has(ServiceModel::Reader(model_).member(index_).flags, model::kFlattened);
}
bool Member::streaming() const {
  return has(ServiceModel::Reader(model_).member(index_).flags, model::kStreaming);
}
bool Member::json_value() const {
  return has(ServiceModel::Reader(model_).member(index_).flags, model::kJsonValue);
}
bool Member::event_stream() const {
  return has(ServiceModel::Reader(model_).member(index_).flags, model::kEventStream);
}
bool Member::event_header() const {
  return has(ServiceModel::Reader(model_).member(index_).flags, model::kEventHeader);
}
bool Member::event_payload() const {
  return has(ServiceModel::Reader(model_).member(index_).flags, model::kEventPayload);
}
bool Member::xml_attribute() const {
  return has(ServiceModel::Reader(model_).member(index_).flags, model::kXmlAttribute);
}
bool Member::idempotency_token() const {
  return has(ServiceModel::Reader(model_).member(index_).flags, model::kIdempotencyToken);
}
bool Member::host_label() const {
  return has(ServiceModel::Reader(model_).member(index_).flags, model::kHostLabel);
}
bool Member::sensitive() const {
  return has(ServiceModel::Reader(model_).member(index_).flags, model::kSensitive);
}
bool Member::deprecated() const {
  return has(ServiceModel::Reader(model_).member(index_).flags, model::kDeprecated);
}
std::vector<TraitView> Member::traits() const {
  ServiceModel::Reader r(model_);
  return r.traits(r.member(index_).traits);
}
std::optional<std::string_view> Member::trait(std::string_view name) const {
  ServiceModel::Reader r(model_);
  return r.trait(r.member(index_).traits, name);
}
std::string Member::documentation() const {
  ServiceModel::Reader r(model_);
  return r.documentation(r.member(index_).traits);
}

// --- Shape ----------------------------------------------------------------------------------

std::string_view Shape::name() const {
  ServiceModel::Reader r(model_);
  return r.text(r.shape(index_).name);
}
ShapeType Shape::type() const {
  auto type = ServiceModel::Reader(model_).shape(index_).type;
  return type <= static_cast<std::uint8_t>(ShapeType::kOther) ? static_cast<ShapeType>(type)
                                                              : ShapeType::kOther;
}
ViewRange<Member> Shape::members() const {
  ServiceModel::Reader r(model_);
  if (type() != ShapeType::kStructure) return {model_, 0, 0};
  Range range = r.clamped(r.shape(index_).members, SectionId::kMembers);
  return {model_, range.first, range.count};
}
std::optional<Member> Shape::find_member(std::string_view name) const {
  ServiceModel::Reader r(model_);
  ViewRange<Member> all = members();
  std::uint32_t first = r.shape(index_).members.first;
  std::uint32_t hash = model::hash_name(name);
  auto matches = [&](std::uint32_t number) {
    const MemberRecord& record = r.member(first + number);
    return record.hash == hash && r.text(record.name) == name;
  };
  if (Range slots = r.shape(index_).slots; slots.count > 0) {
    auto number = r.probe(slots, hash, matches);
    if (!number || *number >= all.size()) return std::nullopt;
    return Member(model_, first + *number);
  }
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    if (matches(i)) return Member(model_, first + i);
  }
  return std::nullopt;
}
Member Shape::list_member() const {
  return Member(model_, ServiceModel::Reader(model_).shape(index_).members.first);
}
Member Shape::map_key() const {
  return Member(model_, ServiceModel::Reader(model_).shape(index_).members.first);
}
Member Shape::map_value() const {
  return Member(model_, ServiceModel::Reader(model_).shape(index_).members.first + 1);
}
std::vector<Member> Shape::required_members() const {
  ServiceModel::Reader r(model_);
  const ShapeRecord& shape = r.shape(index_);
  Range range = r.clamped(shape.required, SectionId::kIndexes);
  std::vector<Member> out;
  for (std::uint32_t i = 0; i < range.count; ++i) {
    out.emplace_back(model_, shape.members.first + r.index(range.first + i));
  }
  return out;
}
std::optional<Member> Shape::payload() const {
  const ShapeRecord& shape = ServiceModel::Reader(model_).shape(index_);
  if (shape.payload >= shape.members.count) return std::nullopt;
  return Member(model_, shape.members.first + shape.payload);
}
std::string_view Shape::location_name() const {
  ServiceModel::Reader r(model_);
  return r.text(r.shape(index_).location_name);
}
std::string_view Shape::xml_namespace() const {
  ServiceModel::Reader r(model_);
  return r.text(r.shape(index_).xml_namespace);
}
std::string_view Shape::xml_prefix() const {
  ServiceModel::Reader r(model_);
  return r.text(r.shape(index_).xml_prefix);
}
TimestampFormat Shape::timestamp_format() const {
  auto format = ServiceModel::Reader(model_).shape(index_).timestamp_format;
  return format <= 3 ? static_cast<TimestampFormat>(format) : TimestampFormat::kDefault;
}
std::optional<double> Shape::min() const {
  const ShapeRecord& shape = ServiceModel::Reader(model_).shape(index_);
  return has(shape.flags, model::kHasMin) ? std::optional(shape.min) : std::nullopt;
}
bool Shape::flattened() const {
  return has(ServiceModel::Reader(model_).shape(index_).flags, model::kFlattened);
}
bool Shape::streaming() const {
  return has(ServiceModel::Reader(model_).shape(index_).flags, model::kStreaming);
}
bool Shape::event_stream() const {
  return has(ServiceModel::Reader(model_).shape(index_).flags, model::kEventStream);
}
bool Shape::event() const {
  return has(ServiceModel::Reader(model_).shape(index_).flags, model::kEvent);
}
bool Shape::is_document() const {
  return has(ServiceModel::Reader(model_).shape(index_).flags, model::kDocument);
}
bool Shape::is_union() const {
  return has(ServiceModel::Reader(model_).shape(index_).flags, model::kUnion);
}
bool Shape::is_exception() const {
  return has(ServiceModel::Reader(model_).shape(index_).flags, model::kException);
}
bool Shape::sensitive() const {
  return has(ServiceModel::Reader(model_).shape(index_).flags, model::kSensitive);
}
std::string_view Shape::error_code() const {
  ServiceModel::Reader r(model_);
  return r.text(r.shape(index_).error_code);
}
int Shape::error_status() const { return ServiceModel::Reader(model_).shape(index_).error_status; }
std::vector<TraitView> Shape::traits() const {
  ServiceModel::Reader r(model_);
  return r.traits(r.shape(index_).traits);
}
std::optional<std::string_view> Shape::trait(std::string_view name) const {
  ServiceModel::Reader r(model_);
  return r.trait(r.shape(index_).traits, name);
}
std::string Shape::documentation() const {
  ServiceModel::Reader r(model_);
  return r.documentation(r.shape(index_).traits);
}

// --- Operation ------------------------------------------------------------------------------

std::string_view Operation::name() const {
  ServiceModel::Reader r(model_);
  return r.text(r.operation(index_).name);
}
std::string_view Operation::wire_name() const {
  ServiceModel::Reader r(model_);
  return r.text(r.operation(index_).wire_name);
}
std::string_view Operation::http_method() const {
  ServiceModel::Reader r(model_);
  return r.text(r.operation(index_).http_method);
}
std::string_view Operation::request_uri() const {
  ServiceModel::Reader r(model_);
  return r.text(r.operation(index_).request_uri);
}
int Operation::response_code() const {
  return static_cast<int>(ServiceModel::Reader(model_).operation(index_).response_code);
}
std::optional<Member> Operation::input() const {
  std::uint32_t input = ServiceModel::Reader(model_).operation(index_).input;
  return input == kNone ? std::nullopt : std::optional(Member(model_, input));
}
std::optional<Member> Operation::output() const {
  std::uint32_t output = ServiceModel::Reader(model_).operation(index_).output;
  return output == kNone ? std::nullopt : std::optional(Member(model_, output));
}
ViewRange<Member> Operation::errors() const {
  ServiceModel::Reader r(model_);
  Range range = r.clamped(r.operation(index_).errors, SectionId::kMembers);
  return {model_, range.first, range.count};
}
std::string_view Operation::auth_type() const {
  ServiceModel::Reader r(model_);
  return r.text(r.operation(index_).auth_type);
}
std::vector<std::string_view> Operation::auth() const {
  ServiceModel::Reader r(model_);
  Range range = r.clamped(r.operation(index_).auth, SectionId::kIndexes);
  std::vector<std::string_view> out;
  for (std::uint32_t i = 0; i < range.count; ++i) out.push_back(r.text(r.index(range.first + i)));
  return out;
}
std::string_view Operation::host_prefix() const {
  ServiceModel::Reader r(model_);
  return r.text(r.operation(index_).host_prefix);
}
bool Operation::deprecated() const {
  return has(ServiceModel::Reader(model_).operation(index_).flags, model::kDeprecated);
}

namespace {
bool has_blob_payload(const std::optional<Member>& reference) {
  if (!reference) return false;
  auto payload = reference->shape().payload();
  return payload && payload->shape().type() == ShapeType::kBlob;
}
std::optional<Member> find_event_stream(const std::optional<Member>& reference) {
  if (!reference) return std::nullopt;
  for (Member member : reference->shape().members()) {
    if (member.event_stream()) return member;
  }
  return std::nullopt;
}
}  // namespace

bool Operation::has_streaming_input() const { return has_blob_payload(input()); }
bool Operation::has_streaming_output() const { return has_blob_payload(output()); }
std::optional<Member> Operation::event_stream_input() const { return find_event_stream(input()); }
std::optional<Member> Operation::event_stream_output() const { return find_event_stream(output()); }
std::vector<TraitView> Operation::traits() const {
  ServiceModel::Reader r(model_);
  return r.traits(r.operation(index_).traits);
}
std::optional<std::string_view> Operation::trait(std::string_view name) const {
  ServiceModel::Reader r(model_);
  return r.trait(r.operation(index_).traits, name);
}
std::string Operation::documentation() const {
  ServiceModel::Reader r(model_);
  return r.documentation(r.operation(index_).traits);
}

// --- ServiceModel ---------------------------------------------------------------------------

Result<std::shared_ptr<const ServiceModel>> ServiceModel::open(
    std::shared_ptr<const std::string> buffer) {
  if (buffer->size() < sizeof(Header)) return damaged("shorter than its header");
  Header header;
  std::memcpy(&header, buffer->data(), sizeof header);
  if (header.magic != model::kMagic) return damaged("it does not begin as one");
  if (header.version != model::kFormatVersion) {
    return damaged(
        fmt::format("format version {}, expected {}", header.version, model::kFormatVersion));
  }
  if (header.size != buffer->size()) return damaged("its length is not what its header says");
  for (std::size_t i = 0; i < header.sections.size(); ++i) {
    const Section& section = header.sections[i];
    std::uint64_t end = section.offset + std::uint64_t{section.count} * kRecordSizes[i];
    if (section.offset % 8 != 0 || end > buffer->size()) {
      return damaged("a section lies outside of it");
    }
  }
  return std::shared_ptr<const ServiceModel>(new ServiceModel(std::move(buffer)));
}

std::string_view ServiceModel::service_name() const {
  Reader r(this);
  return r.text(r.header().service_name);
}
std::string_view ServiceModel::api_version() const {
  Reader r(this);
  return r.text(r.header().api_version);
}
ViewRange<Operation> ServiceModel::operations() const {
  return {this, 0, Reader(this).section(SectionId::kOperations).count};
}
ViewRange<Shape> ServiceModel::shapes() const {
  return {this, 0, Reader(this).section(SectionId::kShapes).count};
}

std::optional<Operation> ServiceModel::find_operation(std::string_view name) const {
  Reader r(this);
  std::uint32_t hash = model::hash_name(name);
  auto number = r.probe(r.header().operation_slots, hash, [&](std::uint32_t i) {
    const OperationRecord& record = r.operation(i);
    return record.hash == hash && r.text(record.name) == name;
  });
  if (!number) return std::nullopt;
  return Operation(this, *number);
}

Result<Operation> ServiceModel::operation(std::string_view name) const {
  if (auto found = find_operation(name)) return *found;
  std::vector<std::string> names;
  for (Operation operation : operations()) {
    bool same = xform_name(operation.name()) == name || xform_name(operation.name(), '-') == name;
    if (same) return operation;
    names.emplace_back(operation.name());
  }
  Error error(ErrorKind::kUsage, "UnknownOperation",
              fmt::format("{} (API version {}) has no operation \"{}\"", service_name(),
                          api_version(), name));
  if (auto near = nearest_name(name, names)) {
    return std::move(error).with_hint(fmt::format("did you mean {}?", *near));
  }
  return std::move(error).with_hint(fmt::format(
      "`botocxx models operations {}` lists its {} operations", service_name(), names.size()));
}

std::optional<Shape> ServiceModel::find_shape(std::string_view name) const {
  Reader r(this);
  auto number = r.probe(r.header().shape_slots, model::hash_name(name),
                        [&](std::uint32_t i) { return r.text(r.shape(i).name) == name; });
  if (!number) return std::nullopt;
  return Shape(this, *number);
}

std::optional<Shape> ServiceModel::find_error(std::string_view code) const {
  for (Shape shape : shapes()) {
    if (shape.is_exception() && shape.error_code() == code) return shape;
  }
  return std::nullopt;
}

std::string ServiceModel::metadata(std::string_view name) const {
  return as_plain_text(metadata_json(name));
}
std::optional<std::string_view> ServiceModel::metadata_json(std::string_view name) const {
  Reader r(this);
  return r.trait(r.header().metadata, name);
}
std::vector<TraitView> ServiceModel::metadata_entries() const {
  Reader r(this);
  return r.traits(r.header().metadata);
}
std::vector<TraitView> ServiceModel::traits() const {
  Reader r(this);
  return r.traits(r.header().service_traits);
}
std::string ServiceModel::service_id() const { return metadata("serviceId"); }
std::string ServiceModel::hyphenized_service_id() const {
  std::string id = to_lower(service_id());
  std::replace(id.begin(), id.end(), ' ', '-');
  return id;
}
std::string ServiceModel::endpoint_prefix() const { return metadata("endpointPrefix"); }
std::string ServiceModel::signing_name() const {
  std::string name = metadata("signingName");
  return name.empty() ? endpoint_prefix() : name;
}
std::string ServiceModel::signature_version() const { return metadata("signatureVersion"); }
std::vector<std::string> ServiceModel::auth() const { return as_text_list(metadata_json("auth")); }

Result<std::string> ServiceModel::resolved_protocol() const {
  static constexpr std::array<std::string_view, 6> kPriority{
      "json", "rest-json", "rest-xml", "smithy-rpc-v2-cbor", "query", "ec2"};
  std::vector<std::string> protocols = as_text_list(metadata_json("protocols"));
  if (protocols.empty()) return metadata("protocol");
  for (std::string_view candidate : kPriority) {
    if (std::find(protocols.begin(), protocols.end(), candidate) != protocols.end()) {
      return std::string(candidate);
    }
  }
  return Error(ErrorKind::kModel, "UnsupportedServiceProtocols",
               fmt::format("{} offers only protocols that are unknown here: {}", service_name(),
                           fmt::join(protocols, ", ")));
}

}  // namespace botocxx::inline v1
