#pragma once

#include <botocxx/base/result.h>
#include <botocxx/model/service_model.h>
#include <botocxx/value/value.h>

#include <memory>
#include <string>
#include <string_view>

namespace botocxx::model {

/// Turns a service-2 document (extras merged) into the flat form of FORMAT.md.
///
/// Refuses what no interpreter could use: a section of the wrong type, a reference to a shape that
/// does not exist, an unknown shape type. The error's "pointer" context is the JSON pointer.
Result<std::string> compile_model(const Value& document, std::string_view service_name,
                                  std::string_view api_version);

/// The same, opened.
Result<std::shared_ptr<const ServiceModel>> compile_and_open(const Value& document,
                                                             std::string_view service_name,
                                                             std::string_view api_version);

/// The document that a compiled model was made from (order of keys within a shape aside): proves
/// that nothing was lost.
Value decompile_model(const ServiceModel& model);

}  // namespace botocxx::model
