#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

/// Layout of a compiled service model; described in FORMAT.md. Little-endian, no pointers.
namespace botocxx::model {

inline constexpr std::array<char, 4> kMagic{'B', 'C', 'X', 'M'};
inline constexpr std::uint32_t kFormatVersion = 1;
inline constexpr std::uint32_t kNone = 0xffffffff;

/// Offset of a length-prefixed text in the string section; with the top bit set, in the
/// documentation section. 0 is the empty text.
using TextRef = std::uint32_t;
inline constexpr TextRef kDocumentationBit = 0x80000000;

enum class SectionId : std::uint32_t {
  kStrings,
  kShapes,
  kMembers,
  kOperations,
  kIndexes,
  kTraits,
  kHashSlots,
  kDocumentation,
  kCount
};

struct Section {
  std::uint32_t offset;  ///< from the beginning of the buffer
  std::uint32_t count;   ///< of records (octets for the two text sections)
};

/// `count` entries from `first` of some section.
struct Range {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

struct Header {
  std::array<char, 4> magic;
  std::uint32_t version;
  std::uint32_t size;  ///< of the whole buffer
  TextRef service_name;
  TextRef api_version;
  Range service_traits;   ///< top-level entries but operations and shapes
  Range metadata;         ///< entries of "metadata"
  Range shape_slots;      ///< hash slots
  Range operation_slots;  ///< hash slots
  std::array<Section, static_cast<std::size_t>(SectionId::kCount)> sections;
};

struct Trait {
  TextRef name;
  TextRef json;  ///< the value as compact JSON
};

/// Flags of shapes and (effective: the member's own trait, else its shape's) of members.
enum Flag : std::uint32_t {
  kFlattened = 1U << 0,
  kStreaming = 1U << 1,
  kJsonValue = 1U << 2,
  kEventStream = 1U << 3,
  kEvent = 1U << 4,
  kEventHeader = 1U << 5,
  kEventPayload = 1U << 6,
  kXmlAttribute = 1U << 7,
  kIdempotencyToken = 1U << 8,
  kHostLabel = 1U << 9,
  kRequired = 1U << 10,
  kSensitive = 1U << 11,
  kDocument = 1U << 12,
  kUnion = 1U << 13,
  kException = 1U << 14,
  kHasMin = 1U << 15,
  kDeprecated = 1U << 16,
};

struct ShapeRecord {
  TextRef name;
  std::uint8_t type;
  std::uint8_t timestamp_format;
  std::uint16_t error_status;
  std::uint32_t flags;
  Range members;          ///< of the member section; list: its member, map: key and value
  Range slots;            ///< hash slots over the members' names
  Range required;         ///< of the index section: member numbers in the order of "required"
  std::uint32_t payload;  ///< number of the payload member, or kNone
  TextRef location_name;
  TextRef xml_namespace;
  TextRef xml_prefix;
  TextRef error_code;
  Range traits;
  double min;
};

struct MemberRecord {
  TextRef name;
  std::uint32_t hash;
  std::uint32_t shape;
  std::uint32_t flags;
  std::uint8_t location;
  std::uint8_t timestamp_format;
  std::uint16_t reserved;
  TextRef wire_name;  ///< effective locationName, empty when none
  TextRef query_name;
  TextRef xml_namespace;
  TextRef xml_prefix;
  TextRef context_param;
  TextRef result_wrapper;
  Range traits;
};

struct OperationRecord {
  TextRef name;
  std::uint32_t hash;
  TextRef wire_name;
  TextRef http_method;
  TextRef request_uri;
  TextRef auth_type;
  TextRef host_prefix;
  std::uint32_t response_code;
  std::uint32_t input;   ///< number in the member section, or kNone
  std::uint32_t output;  ///< likewise
  Range errors;          ///< of the member section
  Range auth;            ///< of the index section: texts
  std::uint32_t flags;   ///< kDeprecated
  Range traits;
};

/// FNV-1a, the hash of the slot tables.
constexpr std::uint32_t hash_name(std::string_view name) {
  std::uint32_t hash = 2166136261U;
  for (char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return hash;
}

}  // namespace botocxx::model
