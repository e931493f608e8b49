#pragma once

#include <botocxx/base/result.h>
#include <botocxx/model/service_model.h>
#include <botocxx/value/value.h>

#include <string>
#include <vector>

namespace botocxx::validate {

/// Every way in which `params` do not fit `input`, in botocore's order and wording
/// (`botocore.validate`), a line each; empty when they do.
std::vector<std::string> find_problems(const Value& params, const Shape& input);

/// The same as an error: kind kValidation, code "ParamValidation", botocore's report as message.
Result<void> check_params(const Value& params, const Shape& input);

}  // namespace botocxx::validate
