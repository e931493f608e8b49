#pragma once

#include "support/round_trip_rules.h"
#include <botocxx/model/service_model.h>
#include <botocxx/value/value.h>

#include <optional>
#include <string_view>

namespace botocxx::suites {

/// Foretells what comes out at the other end: the value that went in, changed by the protocol's
/// rules, each of which is noted.
class Expectation {
 public:
  Expectation(std::string_view protocol, RuleLog& log);

  /// What a server decodes of `params`.
  Value of_params(const Shape& input, const Value& params);
  /// What a client parses of `output`, an answer with `status`.
  Value of_output(const Shape& output, const Value& value, int status);

 private:
  enum class Direction { kRequest, kAnswer };

  std::optional<Value> in_document(const Member& member, const Value& value);
  std::optional<Value> structure(const Shape& shape, const Value& value);
  std::optional<Value> list(const Member& member, const Value& value);
  std::optional<Value> map(const Member& member, const Value& value);
  Value timestamp(TimestampFormat format, const Value& value);
  Value xml_text(const Value& value);

  std::optional<Value> outside_document(const Member& member, const Value& value);
  std::optional<Value> in_query_string(const Member& member, const Value& value);
  std::optional<Value> in_header(const Member& member, const Value& value);
  std::optional<Value> in_header_list(const Member& item, const Value& value);
  Value header_text(const Value& value);
  void add_what_is_always_there(const Shape& output, int status, Value& expected);

  RuleLog& log_;
  Direction direction_ = Direction::kRequest;
  bool rest_, xml_, form_, ec2_, cbor_, rest_json_;
};

/// Equal, where not-a-number equals itself and streams and octets are compared by content.
bool same_value(const Value& a, const Value& b);

}  // namespace botocxx::suites
