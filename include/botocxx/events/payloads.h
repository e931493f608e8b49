#pragma once

#include <botocxx/base/result.h>
#include <botocxx/events/call_context.h>
#include <botocxx/events/event.h>
#include <botocxx/message/http.h>
#include <botocxx/model/service_model.h>
#include <botocxx/value/value.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

/// What handlers get. References to const may be read; the others may be changed, and the change
/// takes effect. Where a handler may answer, `respond` keeps the first answer.
namespace botocxx::inline v1 {

class Client;
class ClientMethods;

/// A client of another service may be made than the one that was asked for.
struct ChooseServiceName : EventOf<EventKind::kChooseServiceName> {
  explicit ChooseServiceName(std::string_view asked) : service_name(asked) {}
  const std::string_view service_name;
  std::optional<std::string> response{};
  void respond(std::string other_name) {
    if (!std::exchange(answered, true)) response = std::move(other_name);
  }
};

/// A model has been found for a new client.
struct ServiceDataLoaded : EventOf<EventKind::kServiceDataLoaded> {
  ServiceDataLoaded(std::string_view service, std::shared_ptr<const ServiceModel>& loaded)
      : service_name(service), model(loaded) {}
  const std::string_view service_name;
  std::shared_ptr<const ServiceModel>& model;  ///< may be replaced
};

/// A client is being made: callable operations may be added by name, or removed.
struct CreatingClientClass : EventOf<EventKind::kCreatingClientClass> {
  CreatingClientClass(const ServiceModel& of, ClientMethods& to) : model(of), methods(to) {}
  const ServiceModel& model;
  ClientMethods& methods;
};

/// How a client writes its requests.
struct CreatingSerializer : EventOf<EventKind::kCreatingSerializer> {
  CreatingSerializer(const ServiceModel& of, std::string_view named, bool& precise)
      : model(of), protocol_name(named), millisecond_timestamps(precise) {}
  const ServiceModel& model;
  const std::string_view protocol_name;
  bool& millisecond_timestamps;  ///< whether timestamps are sent to the millisecond
};

/// A client was asked for an operation that it has not: another one may serve.
struct GetAttribute : EventOf<EventKind::kGetAttribute> {
  GetAttribute(const Client& of, std::string_view asked) : client(of), attribute(asked) {}
  const Client& client;
  const std::string_view attribute;
  std::optional<std::string> response{};
  /// The name of an operation or method to call instead.
  void respond(std::string other_name) {
    if (!std::exchange(answered, true)) response = std::move(other_name);
  }
};

/// The parameters of a call may be replaced as a whole.
struct ProvideClientParams : EventOf<EventKind::kProvideClientParams> {
  ProvideClientParams(const Operation& called, CallContext& of, Value& given)
      : operation(called), context(of), params(given) {}
  const Operation& operation;
  CallContext& context;
  Value& params;
  std::optional<Value> response{};
  void respond(Value instead) {
    if (!std::exchange(answered, true)) response = std::move(instead);
  }
};

/// The parameters of a call may be changed, before they are validated.
struct BeforeParameterBuild : EventOf<EventKind::kBeforeParameterBuild> {
  BeforeParameterBuild(const Operation& called, CallContext& of, Value& given)
      : operation(called), context(of), params(given) {}
  const Operation& operation;
  CallContext& context;
  Value& params;
};

/// An endpoint is about to be chosen; services without endpoint rules do not ask.
struct BeforeEndpointResolution : EventOf<EventKind::kBeforeEndpointResolution> {
  BeforeEndpointResolution(const Operation& called, CallContext& of, const Value& given,
                           Value& values)
      : operation(called), context(of), params(given), builtins(values) {}
  const Operation& operation;
  CallContext& context;
  const Value& params;
  Value& builtins;  ///< built-in parameters of the rules by name ("AWS::Region"); null: none
};

/// The answer that a handler gives in place of the network.
struct CallAnswer {
  HttpResponse response{};
  Value parsed{};  ///< the output; behind a status from 300 on {"Error": {"Code", "Message"}, …}
};

/// Signs requests of one call.
class RequestSigner {
 public:
  virtual ~RequestSigner() = default;
  /// Adds the signature to `request`.
  virtual Result<void> sign(HttpRequest& request) = 0;
  /// The URL of `request`, signed for `region`; valid for an hour. Without a signature where the
  /// call has none.
  virtual Result<std::string> presign(HttpRequest request, std::string_view region) = 0;
};

/// The request is complete but for checksum and signature; it may be changed, or answered.
struct BeforeCall : EventOf<EventKind::kBeforeCall> {
  BeforeCall(const Operation& called, CallContext& of, const Value& given, HttpRequest& made,
             RequestSigner& by)
      : operation(called), context(of), params(given), request(made), signer(by) {}
  const Operation& operation;
  CallContext& context;
  const Value& params;
  HttpRequest& request;
  RequestSigner& signer;
  std::optional<CallAnswer> response{};
  void respond(CallAnswer answer) {
    if (!std::exchange(answered, true)) response = std::move(answer);
  }
};

class Events;

/// The call that a handler is called in, as far as handlers may steer it.
class OngoingCall {
 public:
  virtual ~OngoingCall() = default;
  /// The parameters as they are sent.
  virtual const Value& params() const = 0;
  /// The handlers of the client.
  virtual Events& events() = 0;
  /// Makes another call of the same client, to its end. "NeedsConnection" where the request is
  /// only shown, and nothing is to be sent.
  virtual Result<CallAnswer> call_other(std::string_view operation, const Value& params) = 0;
  /// Chooses the endpoint once more, and what signs for it: the next attempt goes there.
  virtual Result<void> resolve_endpoint() = 0;
};

/// An attempt's own copy of the request. The client signs it in a handler of
/// "request-created.<service>" of its own: what is to be signed is changed by handlers of an
/// operation's name or of `register_first`; headers that handlers of "request-created" alone add
/// are not signed.
struct RequestCreated : EventOf<EventKind::kRequestCreated> {
  RequestCreated(const Operation& called, CallContext& of, HttpRequest& made, RequestSigner& by,
                 OngoingCall& in)
      : operation(called), context(of), request(made), signer(by), call(in) {}
  const Operation& operation;
  CallContext& context;
  HttpRequest& request;
  RequestSigner& signer;
  OngoingCall& call;
};

/// What signs may be chosen.
struct ChooseSigner : EventOf<EventKind::kChooseSigner> {
  ChooseSigner(const Operation& called, CallContext& of, std::string_view scope,
               std::string_view region, std::string_view version)
      : operation(called),
        context(of),
        signing_name(scope),
        region_name(region),
        signature_version(version) {}
  const Operation& operation;
  CallContext& context;
  const std::string_view signing_name;
  const std::string_view region_name;
  const std::string_view signature_version;  ///< botocore's name ("v4", "s3v4-query", "none")
  std::optional<std::string> response{};
  /// Another version; "none": nothing signs.
  void respond(std::string version) {
    if (!std::exchange(answered, true)) response = std::move(version);
  }
};

/// The last change that is signed.
struct BeforeSign : EventOf<EventKind::kBeforeSign> {
  BeforeSign(const Operation& called, CallContext& of, HttpRequest& made, std::string_view scope,
             std::string_view region, std::string_view version)
      : operation(called),
        context(of),
        request(made),
        signing_name(scope),
        region_name(region),
        signature_version(version) {}
  const Operation& operation;
  CallContext& context;
  HttpRequest& request;
  const std::string_view signing_name;
  const std::string_view region_name;
  const std::string_view signature_version;
};

/// The request as it goes out; it may be answered in place of the network. A failure counts as the
/// attempt's, and may be tried again.
struct BeforeSend : EventOf<EventKind::kBeforeSend> {
  BeforeSend(const Operation& called, CallContext& of, HttpRequest& made)
      : operation(called), context(of), request(made) {}
  const Operation& operation;
  CallContext& context;
  HttpRequest& request;
  std::optional<HttpResponse> response{};
  void respond(HttpResponse answer) {
    if (!std::exchange(answered, true)) response = std::move(answer);
  }
};

/// An answer that is not read yet.
struct BeforeParse : EventOf<EventKind::kBeforeParse> {
  BeforeParse(const Operation& called, CallContext& of, HttpResponse& came, Value& added)
      : operation(called), context(of), response(came), customized_response(added) {}
  const Operation& operation;
  CallContext& context;
  HttpResponse& response;      ///< its body is in memory, unless it is streamed
  Value& customized_response;  ///< members that the output gets besides
  /// What the response's status becomes when its body cannot be understood; nothing: that is an
  /// error of its own.
  std::optional<int> status_if_damaged{};
};

/// An attempt has ended, with whatever result; what is not there is null.
struct ResponseReceived : EventOf<EventKind::kResponseReceived> {
  ResponseReceived(const Operation& called, CallContext& of, const HttpResponse* came,
                   const Value* read, const Error* failed)
      : operation(called), context(of), response(came), parsed(read), error(failed) {}
  const Operation& operation;
  CallContext& context;
  const HttpResponse* const response;  ///< its body is gone; null when none came
  const Value* const parsed;  ///< the output, or the document of an error; null when there is none
  const Error* const error;   ///< what the attempt failed with; null: it did not
};

/// What is done after an attempt.
struct RetryDecision {
  bool retry = false;
  std::chrono::nanoseconds delay{0};
};

/// Whether there is another attempt. All handlers are asked; the first who knows decides, and
/// without a word there is none.
struct NeedsRetry : EventOf<EventKind::kNeedsRetry> {
  NeedsRetry(const Operation& called, CallContext& of, int made, HttpRequest& next,
             HttpResponse* came, std::string_view raw, const Value* read, const Error* failed,
             OngoingCall& in)
      : operation(called),
        context(of),
        attempts(made),
        request(next),
        response(came),
        body(raw),
        parsed(read),
        error(failed),
        call(in) {}
  const Operation& operation;
  CallContext& context;
  const int attempts;            ///< that were made, this one included
  HttpRequest& request;          ///< unsigned: what the next attempt starts from
  HttpResponse* const response;  ///< as of `ResponseReceived`
  const std::string_view body;   ///< of the response as it came; empty where it is streamed
  const Value* const parsed;
  const Error* const error;
  OngoingCall& call;
  std::optional<RetryDecision> decision{};
  std::string reason{};  ///< for the history of attempts; of the handler that decides

  /// Whether the body can be sent once more; without that, another attempt is an error.
  bool can_resend() const { return request.body.can_rewind(); }
  void retry_after(std::chrono::nanoseconds delay) {
    if (!std::exchange(answered, true)) decision = RetryDecision{true, delay};
  }
  /// The result is handed out after `pause`.
  void stop(std::chrono::nanoseconds pause = {}) {
    if (!std::exchange(answered, true)) decision = RetryDecision{false, pause};
  }
};

/// The result of a call, also of one that the service refused.
struct AfterCall : EventOf<EventKind::kAfterCall> {
  AfterCall(const Operation& called, CallContext& of, const HttpResponse& came, Value& read)
      : operation(called), context(of), response(came), parsed(read) {}
  const Operation& operation;
  CallContext& context;
  const HttpResponse& response;  ///< its body is gone
  Value& parsed;  ///< the output; behind a status from 300 on {"Error": {"Code", "Message"}, …}
};

/// A call ends without an answer. A handler that fails replaces the error.
struct AfterCallError : EventOf<EventKind::kAfterCallError> {
  AfterCallError(const Operation& called, CallContext& of, const Error& failed)
      : operation(called), context(of), error(failed) {}
  const Operation& operation;
  CallContext& context;
  const Error& error;
};

}  // namespace botocxx::inline v1
