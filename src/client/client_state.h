#pragma once

#include "auth/sigv4.h"
#include <botocxx/client/client.h>

#include <string>

namespace botocxx::inline v1 {

struct Client::State {
  ClientParts parts;
  std::string protocol;
  std::string signing_name;
  /// "v4", "s3v4" or "none".
  std::string signature_version;
  std::string user_agent;
  mutable auth::SigningKeyCache signing_keys;
};

}  // namespace botocxx::inline v1
