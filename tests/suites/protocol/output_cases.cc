// Whether results and errors are what a case says, by the rules of botocore's own runner.
#include "codec/json.h"
#include "protocol/event_documents.h"
#include "protocol/event_parser.h"
#include "protocol/event_source.h"
#include "protocol/parser.h"
#include "suites/protocol/cases.h"
#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

#include <cmath>

namespace botocxx::suites {
namespace {

std::string difference(const Value& expected, const Value& actual) {
  if (expected == actual) return {};
  return fmt::format("\n  expected {}\n  found    {}", codec::write_json(expected),
                     codec::write_json(actual));
}

HttpResponse response_of(const ProtocolCase& test_case) {
  const Value& given = test_case.test["response"];
  HttpResponse head;
  head.status = static_cast<int>(given["status_code"].as_int());
  for (const Value::Member& header : given["headers"].members()) {
    head.headers.add(std::string(header.key.view()), std::string(header.value.as_string()));
  }
  return head;
}

// Of `Error` only code and message count, the message only where the case states one.
std::string check_error(const ProtocolCase& test_case, const Error& error) {
  std::string_view code = test_case.test["errorCode"].get_if_string().value_or("");
  if (error.code() != code)
    return fmt::format("code\n  expected {}\n  found    {}", code, error.code());
  auto message = test_case.test["errorMessage"].get_if_string();
  if (message && error.message() != *message) {
    return fmt::format("message\n  expected {}\n  found    {}", *message, error.message());
  }
  Value members = in_case_form(*error.fields());
  members.erase("Error");
  return difference(test_case.test["error"], members);
}

// The body is base64 of messages; the result has a list of events in place of the stream.
std::string check_events(const ProtocolCase& test_case, const Member& stream,
                         const HttpResponse& head) {
  CaseModel model(test_case);
  auto octets = base64_decode(test_case.test["response"]["body"].as_string());
  if (!octets) return "the case's body is no base64";
  protocol::EventSource source{Body(*octets)};
  auto documents = protocol::event_documents(test_case.protocol);
  if (!documents) return documents.error().describe();
  std::string initial;
  if (protocol::has_initial_messages(test_case.protocol)) {
    auto frame = source.next().value();
    protocol::check_initial_response(stream.shape(), frame, *documents).value();
    initial = frame->payload;
  }
  auto result = protocol::parse_output(model.operation(), test_case.protocol, head, initial,
                                       std::pmr::get_default_resource());
  if (!result) return "no result: " + result.error().describe();
  Value events = Value::list();
  while (auto frame = source.next().value()) {
    auto event = protocol::parse_event(stream.shape(), *frame, *documents);
    if (!event) return "no event: " + event.error().describe();
    if (*event) events.push_back(**std::move(event));
  }
  result->set(stream.name(), std::move(events));
  return difference(test_case.test["result"], in_case_form(*result));
}

}  // namespace

Value in_case_form(const Value& value) {
  if (value.is_bytes()) return Value(value.as_bytes());
  if (value.is_stream()) return Value(value.as_body().read_all().value());
  if (value.is_timestamp()) return Value(value.as_timestamp().to_unix_double());
  if (value.is_double() && std::isnan(value.as_double())) return "NaN";
  if (value.is_double() && std::isinf(value.as_double())) {
    return value.as_double() < 0 ? "-Infinity" : "Infinity";
  }
  if (value.is_list()) {
    Value out = Value::list();
    for (const Value& item : value.items()) out.push_back(in_case_form(item));
    return out;
  }
  if (value.is_object()) {
    Value out = Value::object();
    for (const Value::Member& member : value.members()) {
      out.set(member.key, in_case_form(member.value));
    }
    return out;
  }
  return value;
}

std::string run_output_case(const ProtocolCase& test_case) {
  CaseModel model(test_case);
  Operation operation = model.operation();
  HttpResponse head = response_of(test_case);
  std::string body(test_case.test["response"]["body"].get_if_string().value_or(""));
  if (test_case.protocol == "smithy-rpc-v2-cbor") body = base64_decode(body).value();
  if (test_case.test.contains("error")) {
    return check_error(test_case, protocol::parse_error(operation, test_case.protocol, head, body));
  }
  if (auto stream = operation.event_stream_output()) return check_events(test_case, *stream, head);
  auto result = protocol::parse_output(operation, test_case.protocol, head, body,
                                       std::pmr::get_default_resource());
  if (!result) return "no result: " + result.error().describe();
  return difference(test_case.test["result"], in_case_form(*result));
}

}  // namespace botocxx::suites
