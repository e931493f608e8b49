#include "handler.h"

namespace botocxx::objectscale {

Result<Reply> list_data_nodes(const Call& call) {
  Reply reply;
  reply.root = "ListDataNode";
  reply.output.set("DataNodes", Value::list({call.endpoint.options().node_address}));
  reply.output.set("VersionInfo", Value("3.8.0.0"));
  return reply;
}

Result<Reply> ping(const Call&) {
  Reply reply;
  reply.root = "PingList";
  Value items = Value::list();
  items.push_back(Value::object({{"Name", "LOAD_FACTOR"}, {"Value", "1"}}));
  items.push_back(Value::object(
      {{"Name", "MAINTENANCE_MODE"}, {"Status", "OFF"}, {"Text", "Data node is available"}}));
  reply.output.set("PingItems", std::move(items));
  return reply;
}

}  // namespace botocxx::objectscale
