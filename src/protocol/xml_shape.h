#pragma once

#include "codec/xml.h"
#include <botocxx/base/result.h>
#include <botocxx/model/service_model.h>
#include <botocxx/value/value.h>

#include <memory_resource>
#include <span>
#include <unordered_map>
#include <vector>

namespace botocxx::protocol {

/// The element that holds the members of an exception, given the root of the document.
using FindErrorElement = const codec::XmlNode& (*)(const codec::XmlNode& root);

/// `<ErrorResponse><Error>…` gives the inner element, anything else itself.
const codec::XmlNode& error_element(const codec::XmlNode& root);

/// The first `<Errors><Error>…` below `root`, or `root` itself.
const codec::XmlNode& listed_error_element(const codec::XmlNode& root);

/// Reads XML elements into values, guided by shapes: what the rest-xml, query and ec2 protocols
/// share. For one document.
class XmlShapeParser {
 public:
  /// Values are made in `resource`; names refer to the model and long texts to the document's
  /// source.
  XmlShapeParser(const codec::XmlDocument* document, std::pmr::memory_resource* resource,
                 FindErrorElement find_error = error_element)
      : document_(document), resource_(resource), find_error_(find_error) {}

  /// The element as the type of `reference`'s shape.
  Result<Value> parse(const Member& reference, const codec::XmlNode& node);
  /// The members of `shape` that are found in `node`, added to `out` (an object).
  Result<void> parse_members(const Shape& shape, const codec::XmlNode& node, Value& out);

 private:
  // How a member of a structure is looked for.
  struct Wanted {
    Member member;
    Shape shape;
    ShapeType type;
    std::string_view name;
    bool flattened;
    bool attribute;
    bool skipped;  ///< comes from a header
    std::string_view element;
    std::string_view other_element;  ///< tried where `element` is missing; may be empty
    std::size_t same_as;             ///< an earlier member with the same `element`, or this one
    const char* seen = nullptr;      ///< the document's own copy of `element`, once met
  };
  // What there is to know about a structure; looked up once a document.
  struct Plan {
    bool is_union;
    bool is_exception;
    std::vector<Wanted> wanted;
  };
  // The elements of one member: the first, and how many of that name.
  struct Found {
    const codec::XmlNode* first = nullptr;
    std::size_t count = 0;
  };

  Plan& plan_of(const Shape& shape);
  static void find_elements(std::vector<Wanted>& wanted, const codec::XmlNode& node,
                            std::span<Found> found);
  static bool is_element_of(Wanted& wanted, std::string_view name);
  // The readers put what they read into `out`, a null value in its final place.
  Result<void> read(const Shape& shape, ShapeType type, bool flattened, const Found& found,
                    Value& out);
  Result<void> read_member(const Wanted& wanted, const Found& found, const codec::XmlNode& node,
                           Value& out);
  Result<void> read_list(const Shape& shape, bool flattened, const Found& found, Value& out);
  Result<void> read_map(const Shape& shape, bool flattened, const Found& found, Value& out);
  Result<void> read_entry(const Shape& shape, const codec::XmlNode& entry, Value& out);
  Result<void> read_text(const Shape& shape, const codec::XmlNode& node, Value& out);
  bool is_lasting(std::string_view text) const;

  const codec::XmlDocument* document_;
  std::pmr::memory_resource* resource_;
  FindErrorElement find_error_;
  std::unordered_map<std::uint32_t, Plan> plans_;
};

}  // namespace botocxx::protocol
