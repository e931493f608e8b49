#pragma once

#include "client/client_state.h"
#include <botocxx/client/call_future.h>
#include <botocxx/transport/event_loop.h>

#include <memory>
#include <optional>

namespace botocxx::client {

/// The loop of this process for calls that name none: started when it is first asked for, on a
/// thread that lives as long as the process. A forked child gets its own.
std::shared_ptr<EventLoop> default_event_loop();

/// Begins a call whose requests and waits `loop` drives. Parameters are checked, the endpoint
/// chosen and the first attempt signed before it returns; what fails there is in the future, too.
CallFuture begin_call(std::shared_ptr<const Client::State> client, Operation operation,
                      const Value& params, CallOptions options, std::shared_ptr<EventLoop> loop);

}  // namespace botocxx::client
