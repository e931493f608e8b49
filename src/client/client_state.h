#pragma once

#include "auth/sigv4.h"
#include "client/clock_offsets.h"
#include "client/session_credentials_cache.h"
#include <botocxx/client/client.h>
#include <botocxx/client/client_methods.h>
#include <botocxx/events/events.h>

#include <memory>
#include <string>

namespace botocxx::inline v1 {

struct Client::State {
  ClientParts parts;
  std::string protocol;
  std::string signing_name;
  std::string signature_version;  ///< what `auth::choose_client_scheme` gave
  std::string user_agent;
  std::string service_id;  ///< hyphenated: the second part of its events' names
  ClientMethods methods;
  bool millisecond_timestamps = false;
  mutable Events events;
  mutable auth::SigningKeyCache signing_keys;
  std::shared_ptr<client::ClockOffsets> clock_offsets;
  mutable client::SessionCredentialsCache sessions;
};

}  // namespace botocxx::inline v1
