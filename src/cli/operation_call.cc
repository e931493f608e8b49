#include "cli/operation_call.h"

#include "cli/output.h"
#include <botocxx/model/typed_json.h>

#include <fmt/format.h>

#include <csignal>
#include <cstdlib>

namespace botocxx::cli {
namespace {

// Ctrl-C ends the program at once, with the status that shells expect. A file that is being written
// is left incomplete only under its temporary name.
extern "C" void on_interrupt(int) { std::_Exit(static_cast<int>(ExitStatus::kInterrupted)); }

Result<void> attach_body(const Operation& operation, const std::string& file, Value& params) {
  if (file.empty()) return {};
  auto input = operation.input();
  auto payload = input ? input->shape().payload() : std::nullopt;
  if (!payload) {
    return Error(ErrorKind::kUsage, "Usage",
                 fmt::format("{} has no payload that --body could be", operation.name()));
  }
  auto body = Body::from_file(file);
  if (!body) return std::move(body).error();
  params.set(payload->name(), Value(*std::move(body)));
  return {};
}

Result<void> check_output_file(const Operation& operation, const std::string& file) {
  if (operation.has_streaming_output() == !file.empty()) return {};
  std::string message =
      file.empty() ? fmt::format("{} answers with a stream: name a file for it as the last word",
                                 operation.name())
                   : fmt::format("unexpected word \"{}\": {} does not answer with a stream", file,
                                 operation.name());
  return Error(ErrorKind::kUsage, "Usage", std::move(message));
}

// The payload goes to the file; what is left is printed.
Result<Value> take_payload(const Operation& operation, const Response& response,
                           const std::string& file) {
  Value result = response.output();
  if (!operation.has_streaming_output()) return result;
  std::string name(operation.output()->shape().payload()->name());
  if (const Value* payload = response.output().find(name)) {
    auto saved = payload->as_body().save(file);
    if (!saved) return std::move(saved).error();
    result.erase(name);
  }
  return result;
}

// One line for what came before the events, empty or not, so that every other line is an event.
ExitStatus print_events(Response& response) {
  ExitStatus printed = print_result_line(response.output());
  for (Result<Value>& event : response.events()) {
    if (printed != ExitStatus::kOk) return printed;
    if (!event) return report(event.error());
    printed = print_result_line(*event);
  }
  return printed;
}

ExitStatus print_output(const Value& result, const OperationCall& call) {
  return call.query ? print_queried(result, *call.query) : print_result(result);
}

ExitStatus run_pages(const Client& client, const Operation& operation, const OperationCall& call) {
  auto result = paginate(client, operation.name(), call.params, *call.paging).build_full_result();
  if (!result) return report(result.error());
  return print_output(*result, call);
}

// Names, types and the payload's file.
Result<void> complete(const Operation& operation, OperationCall& call) {
  if (auto fits = check_output_file(operation, call.output_file); !fits) return fits;
  if (auto input = operation.input()) {
    auto typed = from_typed_json(call.params, input->shape());
    if (!typed) return std::move(typed).error();
    call.params = *std::move(typed);
  }
  return attach_body(operation, call.body_file, call.params);
}

}  // namespace

void end_on_interrupt() { std::signal(SIGINT, on_interrupt); }

Result<std::optional<JmespathExpression>> read_query(const std::optional<std::string>& text) {
  if (!text) return std::optional<JmespathExpression>();
  auto compiled = JmespathExpression::compile(*text);
  if (compiled) return std::optional<JmespathExpression>(*std::move(compiled));
  return Error(ErrorKind::kUsage, "Usage",
               fmt::format("Bad value for --query {}: {}", *text, compiled.error().message()));
}

ExitStatus run_operation(const Client& client, OperationCall call) {
  end_on_interrupt();
  auto operation = client.model().operation(call.operation);
  if (!operation) return report(operation.error());
  if (auto done = complete(*operation, call); !done) return report(done.error());
  if (call.paging) return run_pages(client, *operation, call);
  auto response = client.call(operation->name(), call.params);
  if (!response) return report(response.error());
  if (operation->event_stream_output()) return print_events(*response);
  auto result = take_payload(*operation, *response, call.output_file);
  if (!result) return report(result.error());
  return print_output(*result, call);
}

}  // namespace botocxx::cli
