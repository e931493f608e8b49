#pragma once

#include "client/call.h"
#include "client/prepare.h"
#include <botocxx/events/payloads.h>

namespace botocxx::client {

/// What handlers of a call may do with it. Lives no longer than an event.
class CallControl : public OngoingCall {
 public:
  CallControl(Call& call, Prepared& prepared) : call_(call), prepared_(prepared) {}

  const Value& params() const override { return prepared_.params; }
  Events& events() override { return call_.client.events; }
  Result<CallAnswer> call_other(std::string_view operation, const Value& params) override;
  Result<void> resolve_endpoint() override;

 private:
  Call& call_;
  Prepared& prepared_;
};

}  // namespace botocxx::client
