#pragma once

/// Everything that a program which calls services needs.
#include <botocxx/base/error.h>
#include <botocxx/base/result.h>
#include <botocxx/base/timestamp.h>
#include <botocxx/client/client.h>
#include <botocxx/client/event_stream.h>
#include <botocxx/client/stub.h>
#include <botocxx/codec/json.h>
#include <botocxx/events/payloads.h>
#include <botocxx/message/body.h>
#include <botocxx/model/service_model.h>
#include <botocxx/page/paginator.h>
#include <botocxx/presign/presign.h>
#include <botocxx/session/default_session.h>
#include <botocxx/session/session.h>
#include <botocxx/transport/event_loop.h>
#include <botocxx/value/value.h>
#include <botocxx/wait/waiter.h>
