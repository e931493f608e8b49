#pragma once

#include "codec/json_tokens.h"
#include <botocxx/base/result.h>
#include <botocxx/model/service_model.h>
#include <botocxx/value/value.h>

#include <memory_resource>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace botocxx::protocol {

/// What becomes of numbers and booleans that are sent as something else.
enum class JsonScalars {
  kAsSent,    ///< json: they stay what they are
  kConverted  ///< rest-json: as Python's int(), float() and botocore's ensure_boolean() have them
};

/// Reads one JSON text into values in one pass, guided by shapes.
class JsonShapeReader {
 public:
  /// Values are made in `resource`; names refer to the model and long texts to `text`.
  JsonShapeReader(std::string_view text, JsonScalars scalars, std::pmr::memory_resource* resource)
      : text_(text), tokens_(text), scalars_(scalars), resource_(resource) {}

  /// The whole text as a value of `shape`; null stays null.
  Result<Value> read(const Shape& shape);
  /// True when the text is no JSON, which is why `read` failed.
  bool is_malformed() const { return tokens_.failed(); }

 private:
  using Kind = codec::JsonTokens::Kind;
  // A member of a structure: what is looked up once a text.
  struct Wanted {
    std::string_view name;  ///< in the text
    std::string_view member_name;
    Shape shape;
    ShapeType type;
    std::size_t next;  ///< the member that followed it the last time: likely to follow it again
  };
  struct Plan {
    bool is_union = false;
    bool is_document = false;
    std::vector<Wanted> wanted;
    std::size_t first = 0;
  };
  // A member that has been read.
  struct Slot {
    std::size_t number;
    Value value;
  };
  // What a union was found to hold.
  struct Tags {
    std::size_t count = 0;
    std::string unknown;
  };

  Plan& plan_of(const Shape& shape);
  static std::size_t find(const Plan& plan, std::string_view name, std::size_t guess);
  // The readers fill `out`, which is null. At a mistake in the text they stop without an error:
  // `read` reports it.
  Result<void> read_into(const Shape& shape, ShapeType type, Value& out);
  Result<void> read_structure(const Shape& shape, Value& out);
  Result<void> read_fields(Plan& plan, std::size_t base, Tags& tags);
  Result<void> read_list(const Shape& shape, Value& out);
  Result<void> read_map(const Shape& shape, Value& out);
  Result<void> read_scalar(const Shape& shape, ShapeType type, Value& out);
  Result<void> read_converted(const Shape& shape, ShapeType type, Value& out);
  Result<void> read_timestamp(const Shape& shape, Value& out);
  Result<void> read_text_as(const Shape& shape, Value& out);
  bool keeps_null(ShapeType type) const;
  void put_slot(std::size_t base, std::size_t number, Value value);
  void take_slots(const Plan& plan, std::size_t base, Value& out);

  std::string_view text_;
  codec::JsonTokens tokens_;
  JsonScalars scalars_;
  std::pmr::memory_resource* resource_;
  std::unordered_map<std::uint32_t, Plan> plans_;
  std::vector<Slot> slots_;  // of all open structures, the innermost last
};

}  // namespace botocxx::protocol
