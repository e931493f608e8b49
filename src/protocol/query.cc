#include "protocol/query_request.h"
#include "protocol/query_response.h"
#include "protocol/wire_protocol.h"

namespace botocxx::protocol {

const WireProtocol kQuery{
    "query",
    [](const Operation& operation, const Value& params, const SerializeOptions&) {
      return serialize_query(operation, params, kQueryRules);
    },
    nullptr,
    [](const Operation&, const HttpResponse& head, std::string_view body) {
      return parse_query_error(head, body, kQueryDocumentRules);
    },
    [](const Shape& shape, const HttpResponse&, std::string_view body, Value& out) {
      return parse_query_error_members(shape, body, kQueryDocumentRules, out);
    },
    nullptr,
    [](const Operation& operation, std::string_view body, Answer& out,
       std::pmr::memory_resource* resource) {
      return parse_query(operation, body, kQueryDocumentRules, out, resource);
    },
};

const WireProtocol kEc2{
    "ec2",
    [](const Operation& operation, const Value& params, const SerializeOptions&) {
      return serialize_query(operation, params, kEc2Rules);
    },
    nullptr,
    [](const Operation&, const HttpResponse& head, std::string_view body) {
      return parse_query_error(head, body, kEc2DocumentRules);
    },
    [](const Shape& shape, const HttpResponse&, std::string_view body, Value& out) {
      return parse_query_error_members(shape, body, kEc2DocumentRules, out);
    },
    nullptr,
    [](const Operation& operation, std::string_view body, Answer& out,
       std::pmr::memory_resource* resource) {
      return parse_query(operation, body, kEc2DocumentRules, out, resource);
    },
};

}  // namespace botocxx::protocol
