#include "protocol/serializer.h"

#include "protocol/rest_xml_request.h"

#include <fmt/format.h>

namespace botocxx::protocol {

Result<SerializedRequest> serialize(const Operation& operation, std::string_view protocol,
                                    const Value& params, const SerializeOptions& options) {
  if (!params.is_object() && !params.is_null()) {
    return Error(ErrorKind::kUsage, "ParamValidation",
                 fmt::format("parameters of {} must be an object, found a value of kind {}",
                             operation.name(), to_string(params.kind())));
  }
  if (protocol == "rest-xml") {
    return serialize_rest(operation, params, options, kRestXmlBodyRules);
  }
  return Error(
      ErrorKind::kModel, "UnsupportedServiceProtocols",
      fmt::format("requests of protocol \"{}\" cannot be made (known: rest-xml)", protocol));
}

}  // namespace botocxx::protocol
