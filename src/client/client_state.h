#pragma once

#include "auth/sigv4.h"
#include <botocxx/client/client.h>

#include <string>

namespace botocxx::inline v1 {

struct Client::State {
  ClientParts parts;
  std::string protocol;
  std::string signing_name;
  std::string signature_version;  ///< what `auth::choose_client_scheme` gave
  std::string user_agent;
  mutable auth::SigningKeyCache signing_keys;
};

}  // namespace botocxx::inline v1
