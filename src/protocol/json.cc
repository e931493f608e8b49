#include "protocol/host_prefix.h"
#include "protocol/json_body.h"
#include "protocol/json_shape_writer.h"
#include "protocol/query_compatible.h"
#include "protocol/scalar_text.h"
#include "protocol/wire_protocol.h"

#include <fmt/format.h>

namespace botocxx::protocol {
namespace {

constexpr JsonScalars kScalars = JsonScalars::kAsSent;

Result<SerializedRequest> serialize_json(const Operation& operation, const Value& params,
                                         const SerializeOptions&) {
  const ServiceModel& model = operation.model();
  SerializedRequest request;
  request.method = operation.http_method();
  request.path = std::string(1, '/');  // a literal makes GCC 12 warn wrongly
  request.headers.set("X-Amz-Target",
                      fmt::format("{}.{}", model.metadata("targetPrefix"), operation.name()));
  request.headers.set("Content-Type", "application/x-amz-json-" + model.metadata("jsonVersion"));
  add_query_mode(model, request.headers);
  std::string body = "{}";
  if (auto input = operation.input()) {
    body.clear();
    auto written = write_json_members(body, params, input->shape(), nullptr);
    if (!written) return std::move(written).error();
  }
  request.body = Body(std::move(body));
  auto prefix = expand_host_prefix(operation, params);
  if (!prefix) return std::move(prefix).error();
  request.host_prefix = *std::move(prefix);
  return request;
}

ErrorDocument parse_json_error(const Operation&, const HttpResponse& head, std::string_view body) {
  auto fields = read_json_error(body);
  return fields ? make_json_error(head, *fields) : error_from_status(head);
}

}  // namespace

const WireProtocol kJson{
    "json",
    serialize_json,
    [](const Operation&, const Member& output, const HttpResponse&, std::string_view body,
       Value& out, std::pmr::memory_resource* resource) {
      return read_json_members(kScalars, output.shape(), body, out, resource);
    },
    parse_json_error,
    [](const Shape& shape, const HttpResponse&, std::string_view body, Value& out) {
      return read_json_members(kScalars, shape, body, out, out.resource());
    },
    [](const Shape& shape, std::string_view document, Value& out,
       std::pmr::memory_resource* resource) {
      return read_json_members(kScalars, shape, document, out, resource);
    },
    nullptr,
    write_json_document,
    "application/json",
};

}  // namespace botocxx::protocol
