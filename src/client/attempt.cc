#include "client/attempt.h"

#include "auth/sign.h"
#include "client/call_control.h"
#include "client/content_length.h"

#include <fmt/format.h>

namespace botocxx::client {
Result<SigningPlan> CallSigner::choose(auth::SigningForm form) {
  SigningPlan plan = plan_;
  if (plan.choice.scheme.family != auth::SchemeFamily::kNone) plan.choice.scheme.form = form;
  plan.choice.region = call_.context.signing.region;
  plan.choice.signing_name = call_.context.signing.signing_name;
  if (!call_.events.heard(EventKind::kChooseSigner)) return plan;
  std::string version = auth::to_string(plan.choice.scheme);
  ChooseSigner event(call_.operation, call_.context, plan.choice.signing_name, plan.choice.region,
                     version);
  if (auto handled = call_.events.emit(event); !handled) return std::move(handled).error();
  if (!event.response) return plan;
  auto scheme = auth::parse_scheme(*event.response);
  // A name for requests stands for its form of URLs and posts, too.
  if (scheme && scheme->family != auth::SchemeFamily::kNone) {
    scheme->form = plan.choice.scheme.form;
  }
  if (!scheme || !auth::is_supported(*scheme)) {
    return Error(ErrorKind::kUsage, "UnknownSignatureVersion",
                 fmt::format("Unknown Signature Version: {}.", *event.response));
  }
  plan.choice.scheme = *scheme;
  return plan;
}

Result<void> CallSigner::sign(HttpRequest& request) {
  auto plan = choose(plan_.choice.scheme.form);
  if (!plan) return std::move(plan).error();
  if (call_.events.heard(EventKind::kBeforeSign)) {
    std::string version = auth::to_string(plan->choice.scheme);
    BeforeSign event(call_.operation, call_.context, request, plan->choice.signing_name,
                     plan->choice.region, version);
    if (auto handled = call_.events.emit(event); !handled) return handled;
    // Handlers may have found out where the request goes and who signs it.
    plan->choice.region = call_.context.signing.region;
    plan->choice.signing_name = call_.context.signing.signing_name;
  }
  auto additions = sign_request(call_.client, *plan, request, call_.options,
                                call_.context.signing.credentials.get());
  if (!additions) return std::move(additions).error();
  auth::apply(*additions, request);
  additions_ = *std::move(additions);
  return {};
}

Result<std::string> CallSigner::presign(HttpRequest request, std::string_view region) {
  auto plan = choose(auth::SigningForm::kQuery);
  if (!plan) return std::move(plan).error();
  if (plan->choice.scheme.family == auth::SchemeFamily::kNone) {
    request.url.has_query = false;
    request.url.query.clear();
    return request.url.to_string();
  }
  if (!auth::is_supported(plan->choice.scheme)) {
    return Error(ErrorKind::kUsage, "UnsupportedSignatureVersion",
                 fmt::format("Signature version is not supported: {}",
                             auth::to_string(plan->choice.scheme)));
  }
  plan->choice.region = region;
  auto additions = sign_request(call_.client, *plan, request, call_.options,
                                call_.context.signing.credentials.get());
  if (!additions) return std::move(additions).error();
  auth::apply(*additions, request);
  return request.url.to_string();
}

Result<Attempt> create_attempt(Call& call, Prepared& prepared) {
  Attempt attempt;
  attempt.request = prepared.request;
  CallSigner signer(call, prepared.signing);
  CallControl control(call, prepared);
  RequestCreated event(call.operation, call.context, attempt.request, signer, control);
  if (auto handled = call.events.emit(event); !handled) return std::move(handled).error();
  attempt.additions = std::move(signer.additions());
  add_content_length(attempt.request);
  return attempt;
}

void register_signer(Events& events, const std::string& service_id) {
  auto sign = [](RequestCreated& event) { return event.signer.sign(event.request); };
  // The name and the payload are certain, so that this cannot fail.
  (void)events.register_handler("request-created." + service_id, sign);
}

}  // namespace botocxx::client
