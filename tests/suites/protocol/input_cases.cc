// Whether requests are what a case says, by the rules of botocore's own runner.
#include "codec/cbor_value.h"
#include "codec/json.h"
#include "integrity/request_checksum.h"
#include "integrity/request_compression.h"
#include "protocol/serializer.h"
#include "suites/protocol/cases.h"
#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

#include <cmath>

namespace botocxx::suites {
namespace {

// JSON has no such numbers; botocore's runner converts the members of the input only.
Value with_special_floats(const Value& params) {
  Value out(params);
  for (Value::Member& member : out.members()) {
    auto text = member.value.get_if_string();
    if (text == "Infinity") member.value = Value(HUGE_VAL);
    if (text == "-Infinity") member.value = Value(-HUGE_VAL);
    if (text == "NaN") member.value = Value(std::nan(""));
  }
  return out;
}

// Clients fill tokens in before they serialise; the cases expect this one.
void fill_idempotency_tokens(const Operation& operation, Value& params) {
  if (!operation.input()) return;
  for (Member member : operation.input()->shape().members()) {
    if (!member.idempotency_token() || params.contains(member.name())) continue;
    params.set(member.name(), "00000000-0000-4000-8000-000000000000");
  }
}

std::string without_list_blanks(std::string text) {
  for (std::size_t at; (at = text.find(", ")) != std::string::npos;) text.erase(at + 1, 1);
  return text;
}

// The type of the items of the list that header `name` carries.
std::optional<ShapeType> list_header_item(const Operation& operation, std::string_view name) {
  if (!operation.input()) return std::nullopt;
  for (Member member : operation.input()->shape().members()) {
    bool same = member.location() == Location::kHeader &&
                equals_ignore_case(member.serialized_name(), name);
    bool list = member.shape().type() == ShapeType::kList;
    if (same && list) return member.shape().list_member().shape().type();
  }
  return std::nullopt;
}

bool is_form(const ProtocolCase& test_case) {
  return test_case.protocol == "query" || test_case.protocol == "ec2";
}

// Documents are compared by what they hold; the cases' are in base64.
std::string check_cbor(std::string_view expected, const std::string& actual) {
  std::string right = base64_decode(expected).value();
  if (right.empty() || actual.empty())
    return right == actual ? "" : "body is there on one side only";
  Value right_value = in_case_form(codec::read_cbor(right).value());
  Value our_value = in_case_form(codec::read_cbor(actual).value());
  if (right_value == our_value) return "";
  return fmt::format("body\n  expected {}\n  found    {}", codec::write_json(right_value),
                     codec::write_json(our_value));
}

std::string check_body(const ProtocolCase& test_case, const std::string& actual) {
  const Value* expected = test_case.test["serialized"].find("body");
  if (expected == nullptr) return {};
  if (test_case.protocol == "smithy-rpc-v2-cbor") return check_cbor(expected->as_string(), actual);
  std::string right(expected->as_string()), ours = actual;
  if (test_case.protocol == "rest-xml") {
    right = normalized_xml(right);
    ours = normalized_xml(ours);
  }
  // The cases write a blank of a form as "%20"; on the wire it is "+".
  for (std::size_t at; is_form(test_case) && (at = ours.find('+')) != std::string::npos;) {
    ours.replace(at, 1, "%20");
  }
  if (test_case.protocol == "json" || test_case.protocol == "rest-json") {
    auto right_json = codec::parse_json(right), our_json = codec::parse_json(ours);
    if (right_json && our_json && *right_json == *our_json) return "";
  }
  return right == ours ? "" : fmt::format("body\n  expected {}\n  found    {}", right, actual);
}

// Headers that a protocol's serializer leaves to others, or sets in its own way.
bool is_ignored_header(const ProtocolCase& test_case, std::string_view name,
                       std::string_view expected) {
  if (!equals_ignore_case(name, "Content-Type")) return false;
  // botocore leaves the type of a raw payload to the caller.
  bool raw = test_case.protocol == "rest-json" && expected != "application/json";
  return raw || test_case.protocol == "rest-xml";
}

std::string check_headers(const ProtocolCase& test_case, const Operation& operation,
                          const Headers& actual) {
  const Value& serialized = test_case.test["serialized"];
  for (const Value::Member& header : serialized["headers"].members()) {
    std::string right(header.value.as_string());
    if (is_ignored_header(test_case, header.key, right)) continue;
    if (is_form(test_case) && right == "application/x-www-form-urlencoded") {
      right += "; charset=utf-8";  // botocore states it, these cases do not
    }
    auto field = actual.get(header.key);
    if (!field) return fmt::format("header {} is missing", header.key.view());
    std::string ours(*field);
    if (header.key.view() == "Content-Encoding") right = without_list_blanks(right);
    if (auto item = list_header_item(operation, header.key)) {
      right = without_list_blanks(right);
      if (item == ShapeType::kTimestamp) ours = without_list_blanks(ours);
    }
    if (ours != right) {
      return fmt::format("header {}\n  expected {}\n  found    {}", header.key.view(), right, ours);
    }
  }
  for (const Value& name : serialized["forbidHeaders"].items()) {
    if (actual.contains(name.as_string()))
      return fmt::format("header {} is sent", name.as_string());
  }
  return {};
}

std::string check_host(const ProtocolCase& test_case, const std::string& prefix) {
  const Value* expected = test_case.test["serialized"].find("host");
  if (expected == nullptr) return {};
  auto endpoint = Url::parse(test_case.suite["clientEndpoint"].as_string());
  std::string host = endpoint ? prefix + endpoint->host_header() : "no endpoint";
  return host == expected->as_string()
             ? ""
             : fmt::format("host\n  expected {}\n  found    {}", expected->as_string(), host);
}

}  // namespace

namespace {

// What a client adds to what was serialised; the one case with a checksum wants it as Content-MD5.
Result<void> complete_body(const Operation& operation, const Value& params, HttpRequest& request) {
  auto compressed = integrity::compress_request(operation, {}, request);
  if (!compressed) return std::move(compressed).error();
  integrity::RequestFacts facts;
  facts.content_md5 = true;
  auto checksum = integrity::choose_request_checksum(
      operation, integrity::checksum_traits(operation), params, request.headers, facts);
  if (!checksum) return std::move(checksum).error();
  if (!*checksum) return {};
  auto applied = integrity::apply_request_checksum(**checksum, request);
  return applied ? Result<void>() : std::move(applied).error();
}

}  // namespace

std::string run_input_case(const ProtocolCase& test_case) {
  CaseModel model(test_case);
  Operation operation = model.operation();
  Value params = with_special_floats(test_case.test["params"]);
  fill_idempotency_tokens(operation, params);
  auto request = protocol::serialize(operation, test_case.protocol, params);
  if (!request) return "no request: " + request.error().describe();
  HttpRequest sent;
  sent.headers = std::move(request->headers);
  sent.body = std::move(request->body);
  if (auto done = complete_body(operation, params, sent); !done) return done.error().describe();
  const Value& serialized = test_case.test["serialized"];
  std::string uri = request->path + (request->query.empty() ? "" : "?" + request->query);
  std::string_view right = serialized["uri"].get_if_string().value_or("");
  if (uri != right) return fmt::format("URI\n  expected {}\n  found    {}", right, uri);
  auto method = serialized["method"].get_if_string();
  if (method && *method != request->method) return "method is " + request->method;
  for (const std::string& problem : {check_body(test_case, sent.body.read_all().value()),
                                     check_headers(test_case, operation, sent.headers),
                                     check_host(test_case, request->host_prefix)}) {
    if (!problem.empty()) return problem;
  }
  return {};
}

}  // namespace botocxx::suites
