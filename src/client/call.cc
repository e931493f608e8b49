#include "client/call.h"

namespace botocxx::client {

Call::Call(const Client::State& of, const Operation& called, const CallOptions& with)
    : client(of),
      operation(called),
      options(with),
      context{of.parts.config},
      events(of.events, of.service_id, called.name(), called.index()) {
  context.client_region = of.parts.region;
  context.has_streaming_input = called.has_streaming_input();
}

Error with_call(Error error, const Call& call) {
  return std::move(error).with_call(std::string(call.client.parts.model->service_name()),
                                    std::string(call.operation.name()));
}

}  // namespace botocxx::client
