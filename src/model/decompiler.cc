#include "codec/json.h"
#include "model/compiler.h"

namespace botocxx::model {
namespace {

void add_traits(Value& node, const std::vector<TraitView>& traits) {
  for (const TraitView& trait : traits) {
    auto value = codec::parse_json(trait.json);
    node.append_member(Key(trait.name, node.resource()), value ? *std::move(value) : Value());
  }
}

Value reference(const Member& member) {
  Value node = Value::object();
  node.set("shape", member.shape().name());
  add_traits(node, member.traits());
  return node;
}

Value shape_node(const Shape& shape) {
  Value node = Value::object();
  if (shape.type() != ShapeType::kOther) node.set("type", to_string(shape.type()));
  add_traits(node, shape.traits());
  switch (shape.type()) {
    case ShapeType::kStructure: {
      Value members = Value::object();
      for (Member member : shape.members()) {
        members.append_member(Key(member.name(), members.resource()), reference(member));
      }
      node.set("members", std::move(members));
      break;
    }
    case ShapeType::kList:
      node.set("member", reference(shape.list_member()));
      break;
    case ShapeType::kMap:
      node.set("key", reference(shape.map_key()));
      node.set("value", reference(shape.map_value()));
      break;
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
  return node;
}

Value operation_node(const Operation& operation) {
  Value node = Value::object();
  add_traits(node, operation.traits());
  if (auto input = operation.input()) node.set("input", reference(*input));
  if (auto output = operation.output()) node.set("output", reference(*output));
  Value errors = Value::list();
  for (Member error : operation.errors()) errors.push_back(reference(error));
  if (!errors.empty()) node.set("errors", std::move(errors));
  return node;
}

}  // namespace

Value decompile_model(const ServiceModel& model) {
  Value document = Value::object();
  add_traits(document, model.traits());
  Value metadata = Value::object();
  add_traits(metadata, model.metadata_entries());
  document.set("metadata", std::move(metadata));
  Value operations = Value::object();
  for (Operation operation : model.operations()) {
    operations.append_member(Key(operation.name(), operations.resource()),
                             operation_node(operation));
  }
  document.set("operations", std::move(operations));
  Value shapes = Value::object();
  for (Shape shape : model.shapes()) {
    shapes.append_member(Key(shape.name(), shapes.resource()), shape_node(shape));
  }
  document.set("shapes", std::move(shapes));
  return document;
}

}  // namespace botocxx::model
