#pragma once

#include "auth/signature.h"
#include "client/call.h"
#include "client/prepare.h"
#include <botocxx/events/payloads.h>

namespace botocxx::client {

/// What one attempt sends, and what of it the signature added.
struct Attempt {
  HttpRequest request{};
  auth::SignatureAdditions additions{};
};

/// Signs as the call's plan says, unless handlers of "choose-signer" and "before-sign" change it.
class CallSigner : public RequestSigner {
 public:
  CallSigner(Call& call, const SigningPlan& plan) : call_(call), plan_(plan) {}
  Result<void> sign(HttpRequest& request) override;
  Result<std::string> presign(HttpRequest request, std::string_view region) override;
  /// Of the last signature.
  auth::SignatureAdditions& additions() { return additions_; }

 private:
  Result<SigningPlan> choose(auth::SigningForm form);

  Call& call_;
  const SigningPlan& plan_;
  auth::SignatureAdditions additions_{};
};

/// A copy of the prepared request, changed by the handlers of "request-created", one of which
/// signs it.
Result<Attempt> create_attempt(Call& call, Prepared& prepared);

/// Registers that one.
void register_signer(Events& events, const std::string& service_id);

}  // namespace botocxx::client
