#include "protocol/serializer.h"

#include "protocol/wire_protocol.h"

#include <fmt/format.h>

namespace botocxx::protocol {

Result<SerializedRequest> serialize(const Operation& operation, std::string_view protocol,
                                    const Value& params, const SerializeOptions& options) {
  if (!params.is_object() && !params.is_null()) {
    return Error(ErrorKind::kUsage, "ParamValidation",
                 fmt::format("parameters of {} must be an object, found a value of kind {}",
                             operation.name(), to_string(params.kind())));
  }
  auto wire = find_wire_protocol(protocol);
  if (!wire) return std::move(wire).error();
  return (*wire)->serialize(operation, params, options);
}

}  // namespace botocxx::protocol
