#pragma once

#include "server/form_fields.h"
#include <botocxx/base/result.h>
#include <botocxx/model/service_model.h>
#include <botocxx/value/value.h>

#include <string>

namespace botocxx::server {

/// How the two protocols of forms name what they send.
struct FormNames {
  std::string (*member)(const Member& member);
  /// Lists are "Name.1" whatever the model says of wrapping.
  bool plain_lists;
};

extern const FormNames kQueryNames;
extern const FormNames kEc2Names;

/// Adds the members of `input` that the form holds to `params`; other names are ignored. Error
/// "MalformedParameter" with the member's path.
Result<void> decode_form_params(const Shape& input, const FormNode& form, const FormNames& names,
                                Value& params);

}  // namespace botocxx::server
