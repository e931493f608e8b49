#pragma once

#include <botocxx/client/event_stream.h>
#include <botocxx/client/response.h>
#include <botocxx/model/service_model.h>

#include <memory>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::inline v1 {

// The output's names refer to the model and its texts may refer to the body, so both are kept. The
// output is destroyed before its arena (members are destroyed in reverse order).
struct Response::State {
  std::shared_ptr<const ServiceModel> model;
  HttpResponse head;
  std::string body;
  std::pmr::monotonic_buffer_resource arena{8 * 1024};
  Value output = Value(&arena);
  Value metadata;               ///< what of ResponseMetadata the body held
  Value retry_metadata;         ///< what the retry handler adds to it
  std::string_view checked_by;  ///< the checksum that the body is compared with; empty: none
  int attempts = 1;
  std::vector<AttemptRecord> history;
  std::string_view operation;
  std::optional<EventStream> events;  ///< nothing where there is none, until it is asked for
};

}  // namespace botocxx::inline v1
