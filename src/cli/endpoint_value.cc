#include "cli/endpoint_value.h"

namespace botocxx::cli {

Value endpoint_value(const RuleSetEndpoint& endpoint) {
  Value headers = Value::object();
  for (const auto& [name, values] : endpoint.headers) {
    Value list = Value::list();
    for (const std::string& value : values) list.push_back(Value(value));
    headers.set(name, std::move(list));
  }
  Value out = Value::object();
  out.set("url", endpoint.url);
  out.set("properties", endpoint.properties);
  out.set("headers", std::move(headers));
  return out;
}

}  // namespace botocxx::cli
