#pragma once

#include <botocxx/model/service_model.h>

#include <cstddef>

namespace botocxx::fuzz {

inline std::size_t walk_member(const Member& member) {
  std::size_t sum = member.name().size() + member.wire_name().size() + member.query_name().size() +
                    member.serialized_name().size() + member.xml_namespace().size() +
                    member.xml_prefix().size() + member.result_wrapper().size() +
                    member.context_param().size() + member.documentation().size() +
                    member.traits().size() + member.shape().name().size();
  sum += static_cast<std::size_t>(member.location()) +
         static_cast<std::size_t>(member.timestamp_format()) + member.required() +
         member.flattened() + member.streaming() + member.event_stream();
  member.trait("documentation");
  return sum;
}

inline std::size_t walk_shape(const Shape& shape) {
  std::size_t sum = shape.name().size() + shape.location_name().size() +
                    shape.xml_namespace().size() + shape.error_code().size() +
                    shape.documentation().size() + shape.traits().size() +
                    static_cast<std::size_t>(shape.type()) + shape.min().has_value();
  for (Member member : shape.members()) {
    sum += walk_member(member) + member.number_in(shape);
    sum += shape.find_member(member.name()).has_value();
  }
  for (const Member& member : shape.required_members()) sum += member.name().size();
  if (auto payload = shape.payload()) sum += walk_member(*payload);
  if (shape.type() == ShapeType::kList) sum += walk_member(shape.list_member());
  if (shape.type() == ShapeType::kMap) {
    sum += walk_member(shape.map_key()) + walk_member(shape.map_value());
  }
  shape.find_member("Bucket");
  return sum + static_cast<std::size_t>(shape.error_status()) + shape.is_exception();
}

inline std::size_t walk_operation(const Operation& operation) {
  std::size_t sum = operation.name().size() + operation.wire_name().size() +
                    operation.http_method().size() + operation.request_uri().size() +
                    operation.auth_type().size() + operation.auth().size() +
                    operation.host_prefix().size() + operation.documentation().size() +
                    operation.traits().size() + operation.has_streaming_input() +
                    operation.has_streaming_output();
  for (const auto& part : {operation.input(), operation.output(), operation.event_stream_input(),
                           operation.event_stream_output()}) {
    if (part) sum += walk_member(*part);
  }
  for (Member error : operation.errors()) sum += walk_member(error);
  return sum + static_cast<std::size_t>(operation.response_code());
}

/// Reads everything that a model offers, each record once; the sum keeps it from being optimised
/// away.
inline std::size_t walk_model(const ServiceModel& model) {
  std::size_t sum = model.service_name().size() + model.api_version().size() +
                    model.metadata("protocol").size() + model.metadata_entries().size() +
                    model.traits().size() + model.service_id().size() +
                    model.hyphenized_service_id().size() + model.signing_name().size() +
                    model.auth().size() + model.resolved_protocol().has_value();
  for (Operation operation : model.operations()) {
    sum += walk_operation(operation) + model.find_operation(operation.name()).has_value();
  }
  for (Shape shape : model.shapes()) {
    sum += walk_shape(shape) + model.find_shape(shape.name()).has_value();
  }
  sum += model.operation("list_objects_v2").has_value() + model.find_error("NoSuchKey").has_value();
  return sum;
}

}  // namespace botocxx::fuzz
