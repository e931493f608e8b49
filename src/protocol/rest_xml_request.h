#pragma once

#include "protocol/rest_request.h"

namespace botocxx::protocol {

/// Documents of rest-xml.
extern const RestBodyRules kRestXmlBodyRules;

}  // namespace botocxx::protocol
