#pragma once

#include "auth/post_form.h"
#include "auth/scheme_choice.h"
#include "auth/signature.h"
#include "client/client_state.h"

#include <chrono>
#include <optional>
#include <string>

namespace botocxx::client {

/// How a call is signed; attempts differ in time and credentials only.
struct SigningPlan {
  auth::SchemeChoice choice{};
  bool streaming_input = false;
  bool checksum_in_trailer = false;  ///< behind the body, in `aws-chunked` form
  std::string checksum_header{};     ///< empty: the body has none of ours in a header
  /// The body is event messages, which Version 4 signs one after the other.
  bool event_input = false;
  /// Whose session signs, where one has to.
  std::string session_bucket{};
  /// The query of a URL is as it is to be signed.
  bool query_is_final = false;
  /// How long a URL is valid; nothing: as long as the signature's version has it.
  std::optional<std::chrono::seconds> expires{};
  /// Path of the resource where the URL's is another (its bucket is in the host); only found out
  /// for signatures that need it.
  std::optional<std::string> resource_path{};
};

bool is_version_4(auth::SchemeFamily family);

/// Whether Version 4 for this name leaves the path as it is and always sends the body's hash.
bool is_store_signing_name(std::string_view name);

/// A client's signature version: from its settings, its service's habits, or its model.
Result<std::string> client_signature_version(const ClientParts& parts);

/// What a signature is for.
struct SigningUse {
  auth::SigningForm form = auth::SigningForm::kHeaders;
  /// Of URLs and forms: whether the endpoint may name the region, which else is the client's.
  bool keeps_endpoint_region = true;
};

/// Gathers what client, model and endpoint say, and chooses.
Result<SigningPlan> plan_signing(const Client::State& client, const Operation& operation,
                                 const Endpoint& endpoint, const SigningUse& use = {});

/// Signs a copy of `request`'s head, with `own_credentials` in place of the client's unless null;
/// what is to be added to it.
Result<auth::SignatureAdditions> sign_request(const Client::State& client, const SigningPlan& plan,
                                              const HttpRequest& request,
                                              const CallOptions& options,
                                              const Credentials* own_credentials = nullptr);

/// The fields of a signed form. Errors: "UnsupportedSignatureVersion" for what signs no forms.
Result<auth::PostForm> sign_form(const Client::State& client, const SigningPlan& plan,
                                 const auth::PostPolicy& policy, const CallOptions& options);

/// Where the service says what it signed: the error with a hint at what differs.
Error with_mismatch(Error error, const auth::SignatureAdditions& ours);

}  // namespace botocxx::client
