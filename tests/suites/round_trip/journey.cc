#include "suites/round_trip/journey.h"

#include "codec/json.h"
#include "protocol/parser.h"
#include "protocol/serializer.h"
#include "suites/round_trip/twins.h"
#include "support/http_request.h"
#include "support/round_trip_expectation.h"
#include "validate/validate.h"
#include <botocxx/base/text_encoding.h>
#include <botocxx/server/service_codec.h>

#include <fmt/format.h>

namespace botocxx::suites {
namespace {

using Options = testing::RandomValueOptions;

Options draw_options(std::string_view protocol, Options::Direction direction) {
  Options options;
  options.direction = direction;
  options.xml_text = protocol == "rest-xml" || (direction == Options::Direction::kAnswer &&
                                                (protocol == "query" || protocol == "ec2"));
  options.epoch_times = protocol == "smithy-rpc-v2-cbor";
  return options;
}

bool is_xml(std::string_view protocol) {
  return protocol == "rest-xml" || protocol == "query" || protocol == "ec2";
}

std::string one_line(std::string text) {
  for (char& c : text) {
    if (c == '\n') c = ' ';
  }
  return text;
}

std::string difference(const Value& expected, const Value& found) {
  if (same_value(expected, found)) return {};
  for (const Value::Member& member : expected.members()) {
    const Value* other = found.find(member.key);
    if (!other)
      return fmt::format("{} is missing: {}", member.key.view(), codec::write_json(member.value));
    if (same_value(member.value, *other)) continue;
    if (member.value.is_object() && other->is_object()) {
      return fmt::format("{}.{}", member.key.view(), difference(member.value, *other));
    }
    return fmt::format("{}: expected {}, found {}", member.key.view(),
                       codec::write_json(member.value), codec::write_json(*other));
  }
  for (const Value::Member& member : found.members()) {
    if (!expected.contains(member.key)) {
      return fmt::format("{} is not expected: {}", member.key.view(),
                         codec::write_json(member.value));
    }
  }
  return "different";
}

void erase_event_stream(const std::optional<Member>& stream, Value& value) {
  if (stream) value.erase(stream->name());
}

}  // namespace

std::string_view to_string(Journey journey) {
  switch (journey) {
    case Journey::kRequests:
      return "requests";
    case Journey::kAnswers:
      return "answers";
    case Journey::kErrors:
      break;
  }
  return "errors";
}

Traveller::Traveller(std::shared_ptr<const ServiceModel> model, std::string protocol, RuleLog& log)
    : protocol_(std::move(protocol)),
      router_(model, RouterOptions{.protocol = protocol_}),
      log_(log),
      params_(*model, draw_options(protocol_, Options::Direction::kRequest)),
      answers_(*model, draw_options(protocol_, Options::Direction::kAnswer)) {}

std::string Traveller::label() const {
  return fmt::format("{}/{}", model().service_name(), model().api_version());
}

std::string Traveller::travel(Journey journey, const Operation& operation, std::uint64_t number) {
  std::uint64_t seed = testing::hash_text(
      fmt::format("{}/{}/{}/{}", to_string(journey), label(), operation.name(), number));
  params_.reseed(seed);
  answers_.reseed(seed);
  switch (journey) {
    case Journey::kRequests:
      return one_line(send_request(operation));
    case Journey::kAnswers:
      return one_line(send_answer(operation));
    case Journey::kErrors:
      break;
  }
  return one_line(send_error(operation));
}

std::string Traveller::check_route(const Operation& operation, const HttpRequest& request,
                                   Route& route) {
  auto found = router_.route(request);
  if (!found) return "not routed: " + found.error().describe();
  route.labels = found->labels;
  if (found->operation.name() == operation.name()) return {};
  if (are_twins(model().service_name(), operation.name(), found->operation.name())) return {};
  return fmt::format("routed to {} ({} {})", found->operation.name(), request.method,
                     request.url.target());
}

std::string Traveller::send_request(const Operation& operation) {
  Value params = Value::object();
  if (operation.input()) params = params_.structure(operation.input()->shape());
  if (operation.input() && !operation.event_stream_input()) {
    auto problems = validate::find_problems(params, operation.input()->shape());
    if (!problems.empty()) return "drawn parameters are not valid: " + problems.front();
  }
  auto serialized = protocol::serialize(operation, protocol_, params);
  if (!serialized) return "not serialized: " + serialized.error().describe();
  HttpRequest request = testing::as_http_request(std::move(*serialized));
  Route route{operation, {}};
  if (std::string problem = check_route(operation, request, route); !problem.empty()) {
    return problem;
  }
  auto decoded = decode_request(route, protocol_, request);
  if (!decoded) return "not decoded: " + decoded.error().describe();
  Value expected = Value::object();
  if (operation.input()) {
    expected = Expectation(protocol_, log_).of_params(operation.input()->shape(), params);
  }
  erase_event_stream(operation.event_stream_input(), *decoded);
  std::string problem = difference(expected, *decoded);
  if (problem.empty()) return {};
  return fmt::format("{} in {} {}", problem, request.url.target(),
                     request.body.is_stream() ? "" : request.body.bytes());
}

std::string Traveller::send_answer(const Operation& operation) {
  Value output = Value::object();
  if (operation.output()) output = answers_.structure(operation.output()->shape());
  auto response = encode_response(operation, protocol_, output);
  if (!response) return "not encoded: " + response.error().describe();
  std::string body = response->body.read_all().value();
  bool streams = operation.has_streaming_output() || operation.event_stream_output();
  if (!streams) response->body = Body();
  auto parsed = protocol::parse_output(operation, protocol_, *response,
                                       streams ? std::string_view() : std::string_view(body),
                                       std::pmr::get_default_resource());
  if (!parsed) return "not parsed: " + parsed.error().describe() + " in " + body;
  Value expected = Value::object();
  if (operation.output()) {
    expected = Expectation(protocol_, log_)
                   .of_output(operation.output()->shape(), output, response->status);
  }
  erase_event_stream(operation.event_stream_output(), *parsed);
  std::string problem = difference(expected, *parsed);
  return problem.empty() ? problem : fmt::format("{} in {}", problem, body);
}

std::string Traveller::send_error(const Operation& operation) {
  std::string message = fmt::format("m{}.", answers_.text());
  Error error(ErrorKind::kService, "SomethingElse", message);
  Value members = Value::object();
  std::optional<Shape> shape;
  if (!operation.errors().empty()) {
    shape = operation.errors()[answers_.below(operation.errors().size())].shape();
    members = answers_.structure(*shape);
    for (Member member : shape->members()) {
      std::string_view name = member.serialized_name();
      if (name == "message" || name == "Message") members.set(member.name(), Value(message));
      // What says the error itself: an element, or a header.
      bool type_header =
          member.location() == Location::kHeader && equals_ignore_case(name, "x-amzn-errortype");
      if ((name == "Code" && is_xml(protocol_)) || type_header) {
        members.set(member.name(), Value(shape->error_code()));
      }
    }
    error = Error(ErrorKind::kService, std::string(shape->error_code()), message)
                .with_fields(std::make_shared<const Value>(members));
  }
  HttpResponse response = encode_error(operation, protocol_, error, {.request_id = "the-id"});
  std::string body = response.body.read_all().value();
  Error parsed = protocol::parse_error(operation, protocol_, response, body);
  if (parsed.code() != error.code()) {
    return fmt::format("code: expected {}, found {} in {}", error.code(), parsed.code(), body);
  }
  if (parsed.message() != message) {
    return fmt::format("message: expected '{}', found '{}' in {}", message, parsed.message(), body);
  }
  if (parsed.request_id() != "the-id") {
    return fmt::format("request id: found '{}' in {}", parsed.request_id(), body);
  }
  if (!shape) return {};
  Value expected = Expectation(protocol_, log_).of_output(*shape, members, response.status);
  Value found = Value::object();
  for (Member member : shape->members()) {
    const Value* value = parsed.fields()->find(member.name());
    if (value) found.set(member.name(), *value);
  }
  std::string problem = difference(expected, found);
  return problem.empty() ? problem : fmt::format("{} in {}", problem, body);
}

}  // namespace botocxx::suites
