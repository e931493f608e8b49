#pragma once

#include "auth/scheme_choice.h"
#include "auth/signature.h"
#include "client/client_state.h"

#include <optional>
#include <string>

namespace botocxx::client {

/// How a call is signed; attempts differ in time and credentials only.
struct SigningPlan {
  auth::SchemeChoice choice{};
  bool streaming_input = false;
  bool checksum_in_trailer = false;  ///< behind the body, in `aws-chunked` form
  std::string checksum_header{};     ///< empty: the body has none of ours in a header
  /// Path of the resource where the URL's is another (its bucket is in the host); only found out
  /// for signatures that need it.
  std::optional<std::string> resource_path{};
};

/// A client's signature version: from its settings, its service's habits, or its model.
Result<std::string> client_signature_version(const ClientParts& parts);

/// Gathers what client, model and endpoint say, and chooses.
Result<SigningPlan> plan_signing(const Client::State& client, const Operation& operation,
                                 const Endpoint& endpoint, auth::SigningForm form = {});

/// Signs a copy of `request`'s head, with `own_credentials` in place of the client's unless null;
/// what is to be added to it.
Result<auth::SignatureAdditions> sign_request(const Client::State& client, const SigningPlan& plan,
                                              const HttpRequest& request,
                                              const CallOptions& options,
                                              const Credentials* own_credentials = nullptr);

/// Where the service says what it signed: the error with a hint at what differs.
Error with_mismatch(Error error, const auth::SignatureAdditions& ours);

}  // namespace botocxx::client
