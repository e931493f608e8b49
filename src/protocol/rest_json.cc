#include "protocol/json_body.h"
#include "protocol/json_shape_writer.h"
#include "protocol/rest_request.h"
#include "protocol/rest_response.h"
#include "protocol/wire_protocol.h"

namespace botocxx::protocol {
namespace {

constexpr JsonScalars kScalars = JsonScalars::kConverted;

Result<std::string> write_document(const Value& value, const Member& reference, BodyPart part,
                                   TimestampPrecision precision) {
  if (part == BodyPart::kPayload) return write_json_document(reference, value, precision);
  std::string out;
  auto in_body = [](const Member& member, const Value& given) {
    return !given.is_null() && !is_bound_outside_body(member);
  };
  auto written = write_json_members(out, value, reference.shape(), in_body, precision);
  if (!written) return std::move(written).error();
  return out;
}

bool needs_document(const Shape& input) {
  for (Member member : input.members()) {
    if (member.location() == Location::kBody) return true;
  }
  return false;
}

Result<void> read_members(const Shape& shape, std::string_view body, Value& out,
                          std::pmr::memory_resource* resource) {
  return read_json_members(kScalars, shape, body, out, resource);
}

Result<Value> read_payload(const Member& payload, std::string_view body,
                           std::pmr::memory_resource* resource) {
  return read_json_payload(kScalars, payload, body, resource);
}

constexpr RestBodyRules kBodyRules{write_document, "{}", needs_document, "application/json"};
constexpr RestDocumentRules kDocumentRules{read_members, read_payload, true};

ErrorDocument parse_rest_json_error(const Operation&, const HttpResponse& head,
                                    std::string_view body) {
  auto fields = read_json_error(body);
  if (!fields) return error_from_status(head);
  ErrorDocument document = make_json_error(head, *fields);
  Value code = rest_json_error_code(head, *fields);
  if (!code.is_null()) document.fields.find("Error")->set("Code", std::move(code));
  return document;
}

}  // namespace

const WireProtocol kRestJson{
    "rest-json",
    [](const Operation& operation, const Value& params, const SerializeOptions& options) {
      return serialize_rest(operation, params, options, kBodyRules);
    },
    [](const Operation&, const Member& output, const HttpResponse& head, std::string_view body,
       Value& out, std::pmr::memory_resource* resource) {
      return parse_rest(output.shape(), head, body, kDocumentRules, out, resource);
    },
    parse_rest_json_error,
    [](const Shape& shape, const HttpResponse& head, std::string_view body, Value& out) {
      return parse_rest(shape, head, body, kDocumentRules, out, out.resource());
    },
    [](const Shape& shape, std::string_view document, Value& out,
       std::pmr::memory_resource* resource) {
      return read_members(shape, document, out, resource);
    },
    nullptr,
    write_json_document,
    "application/json",
};

}  // namespace botocxx::protocol
