#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/result.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// A service's model: immutable, compiled once, read without locks from any thread. `Operation`,
/// `Shape` and `Member` are views of two words: copy them freely while the model lives.
/// The terms are botocore's (`botocore.model`).
namespace botocxx::inline v1 {

class ServiceModel;
class Shape;

enum class ShapeType : std::uint8_t {
  kStructure,
  kList,
  kMap,
  kString,
  kBoolean,
  kInteger,
  kLong,
  kFloat,
  kDouble,
  kBlob,
  kTimestamp,
  kOther
};

/// Where a member travels in an HTTP message.
enum class Location : std::uint8_t { kBody, kUri, kQueryString, kHeader, kHeaders, kStatusCode };

enum class TimestampFormat : std::uint8_t { kDefault, kIso8601, kRfc822, kUnixTimestamp };

/// "structure", "list", … as models spell it.
BOTOCXX_EXPORT std::string_view to_string(ShapeType type);
BOTOCXX_EXPORT std::string_view to_string(Location location);

/// A forward range of views, made on the fly.
template <typename View>
class ViewRange {
 public:
  class Iterator {
   public:
    Iterator(const ServiceModel* model, std::uint32_t index) : model_(model), index_(index) {}
    View operator*() const { return View(model_, index_); }
    Iterator& operator++() {
      ++index_;
      return *this;
    }
    bool operator==(const Iterator& other) const { return index_ == other.index_; }

   private:
    const ServiceModel* model_;
    std::uint32_t index_;
  };

  ViewRange(const ServiceModel* model, std::uint32_t first, std::uint32_t count)
      : model_(model), first_(first), count_(count) {}
  Iterator begin() const { return {model_, first_}; }
  Iterator end() const { return {model_, first_ + count_}; }
  std::size_t size() const { return count_; }
  bool empty() const { return count_ == 0; }
  View operator[](std::size_t i) const {
    return View(model_, first_ + static_cast<std::uint32_t>(i));
  }

 private:
  const ServiceModel* model_;
  std::uint32_t first_, count_;
};

/// A trait as the model states it: its name and its value as compact JSON.
struct TraitView {
  std::string_view name;
  std::string_view json;
};

/// A reference to a shape with what the reference adds: a structure's member, a list's item, a
/// map's key or value, an operation's input, output or error. Serialisation traits are effective:
/// the reference's own, else its shape's, as botocore merges them.
class BOTOCXX_EXPORT Member {
 public:
  Member(const ServiceModel* model, std::uint32_t index) : model_(model), index_(index) {}

  /// Name in the structure; "member", "key", "value" in lists and maps; empty for inputs, outputs.
  std::string_view name() const;
  Shape shape() const;
  /// Number of this member within its structure.
  std::uint32_t number_in(const Shape& structure) const;
  bool required() const;
  Location location() const;
  /// `locationName`, empty when there is none.
  std::string_view wire_name() const;
  /// `wire_name()`, or else `name()`.
  std::string_view serialized_name() const;
  std::string_view query_name() const;
  std::string_view xml_namespace() const;
  std::string_view xml_prefix() const;
  std::string_view result_wrapper() const;
  /// Endpoint parameter that this member supplies, empty when none.
  std::string_view context_param() const;
  TimestampFormat timestamp_format() const;
  bool flattened() const;
  bool streaming() const;
  bool json_value() const;
  bool event_stream() const;
  bool event_header() const;
  bool event_payload() const;
  bool xml_attribute() const;
  bool idempotency_token() const;
  bool host_label() const;
  bool sensitive() const;
  bool deprecated() const;

  /// Traits of the reference itself, documentation included.
  std::vector<TraitView> traits() const;
  std::optional<std::string_view> trait(std::string_view name) const;
  std::string documentation() const;

 private:
  friend class Shape;
  const ServiceModel* model_;
  std::uint32_t index_;
};

class BOTOCXX_EXPORT Shape {
 public:
  Shape(const ServiceModel* model, std::uint32_t index) : model_(model), index_(index) {}

  std::string_view name() const;
  ShapeType type() const;
  /// Members in model order (structures only).
  ViewRange<Member> members() const;
  std::optional<Member> find_member(std::string_view name) const;
  /// Of a list.
  Member list_member() const;
  /// Of a map.
  Member map_key() const;
  Member map_value() const;
  /// In the order of the model's "required".
  std::vector<Member> required_members() const;
  /// The member that is the whole body.
  std::optional<Member> payload() const;
  std::string_view location_name() const;
  std::string_view xml_namespace() const;
  std::string_view xml_prefix() const;
  TimestampFormat timestamp_format() const;
  /// Least value of a number, least length of a string, list or blob.
  std::optional<double>(min)() const;  // parenthesised: some platforms define a macro of that name
  bool flattened() const;
  bool streaming() const;
  bool event_stream() const;
  bool event() const;
  bool is_document() const;
  bool is_union() const;
  bool is_exception() const;
  bool sensitive() const;
  /// Code under which a service reports this exception: `error.code`, else the shape's name.
  std::string_view error_code() const;
  /// `error.httpStatusCode`, 0 when not stated.
  int error_status() const;

  std::vector<TraitView> traits() const;
  std::optional<std::string_view> trait(std::string_view name) const;
  std::string documentation() const;

  std::uint32_t index() const { return index_; }
  friend bool operator==(const Shape&, const Shape&) = default;

 private:
  friend class Member;
  const ServiceModel* model_;
  std::uint32_t index_;
};

class BOTOCXX_EXPORT Operation {
 public:
  Operation(const ServiceModel* model, std::uint32_t index) : model_(model), index_(index) {}

  const ServiceModel& model() const { return *model_; }
  /// Key under "operations".
  std::string_view name() const;
  /// The definition's own `name`.
  std::string_view wire_name() const;
  std::string_view http_method() const;
  std::string_view request_uri() const;
  int response_code() const;
  std::optional<Member> input() const;
  std::optional<Member> output() const;
  ViewRange<Member> errors() const;
  std::string_view auth_type() const;
  std::vector<std::string_view> auth() const;
  /// `endpoint.hostPrefix`.
  std::string_view host_prefix() const;
  bool deprecated() const;
  /// The input's payload is a blob (sent as it is).
  bool has_streaming_input() const;
  bool has_streaming_output() const;
  std::optional<Member> event_stream_input() const;
  std::optional<Member> event_stream_output() const;

  std::vector<TraitView> traits() const;
  std::optional<std::string_view> trait(std::string_view name) const;
  std::string documentation() const;

  std::uint32_t index() const { return index_; }

 private:
  const ServiceModel* model_;
  std::uint32_t index_;
};

class BOTOCXX_EXPORT ServiceModel {
 public:
  /// Reads a compiled buffer; checks its header and section table, and every access after that, so
  /// that damaged input gives an error or empty answers, never undefined behaviour.
  static Result<std::shared_ptr<const ServiceModel>> open(
      std::shared_ptr<const std::string> buffer);

  /// Directory name, e.g. "s3"; API version, e.g. "2006-03-01".
  std::string_view service_name() const;
  std::string_view api_version() const;

  ViewRange<Operation> operations() const;
  ViewRange<Shape> shapes() const;
  std::optional<Operation> find_operation(std::string_view name) const;
  /// As `find_operation`, also for snake_case ("list_objects_v2") and kebab-case names; the error
  /// ("UnknownOperation") names the nearest.
  Result<Operation> operation(std::string_view name) const;
  std::optional<Shape> find_shape(std::string_view name) const;
  /// The exception shape that a service reports as `code`.
  std::optional<Shape> find_error(std::string_view code) const;

  /// A text entry of "metadata" ("endpointPrefix", "signatureVersion", …), empty when absent.
  std::string metadata(std::string_view name) const;
  /// Any entry of "metadata" as JSON.
  std::optional<std::string_view> metadata_json(std::string_view name) const;
  std::vector<TraitView> metadata_entries() const;
  /// Top-level entries but metadata, operations and shapes, as JSON.
  std::vector<TraitView> traits() const;

  std::string service_id() const;
  /// `serviceId` in lower case with "-" for blanks: the stem of event names.
  std::string hyphenized_service_id() const;
  std::string endpoint_prefix() const;
  /// `signingName`, else the endpoint prefix.
  std::string signing_name() const;
  std::string signature_version() const;
  /// The protocol that botocore would choose among `protocols` and `protocol`.
  Result<std::string> resolved_protocol() const;
  std::vector<std::string> auth() const;

  const std::string& buffer() const { return *buffer_; }

 private:
  friend class Operation;
  friend class Shape;
  friend class Member;
  struct Reader;

  explicit ServiceModel(std::shared_ptr<const std::string> buffer) : buffer_(std::move(buffer)) {}

  std::shared_ptr<const std::string> buffer_;
};

/// botocore's `xform_name`: "ListObjectsV2" → "list_objects_v2" (or with another separator).
BOTOCXX_EXPORT std::string xform_name(std::string_view name, char separator = '_');

}  // namespace botocxx::inline v1
