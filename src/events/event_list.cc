#include "events/event_list.h"

#include <botocxx/events/payloads.h>

#include <fmt/format.h>

#include <array>
#include <type_traits>

namespace botocxx::inline v1 {
namespace {

struct NameAndRule {
  std::string_view name;
  events::AnswerRule rule;
};

using enum events::AnswerRule;

// In the order of `EventKind`; apart from the descriptions, so that emitting builds none of them.
constexpr std::array<NameAndRule, kEventKindCount> kNames{{
    {"choose-service-name", kFirstCounts},
    {"service-data-loaded", kNone},
    {"creating-client-class", kNone},
    {"creating-serializer", kNone},
    {"getattr", kFirstEnds},
    {"provide-client-params", kFirstCounts},
    {"before-parameter-build", kNone},
    {"before-endpoint-resolution", kNone},
    {"before-call", kFirstEnds},
    {"request-created", kNone},
    {"choose-signer", kFirstEnds},
    {"before-sign", kNone},
    {"before-send", kFirstCounts},
    {"before-parse", kNone},
    {"response-received", kNone},
    {"needs-retry", kFirstCounts},
    {"after-call", kNone},
    {"after-call-error", kNone},
}};

const NameAndRule& entry(EventKind kind) { return kNames.at(static_cast<std::size_t>(kind)); }

}  // namespace

std::string_view to_string(EventKind kind) { return entry(kind).name; }

}  // namespace botocxx::inline v1

namespace botocxx::events {
namespace {

constexpr std::string_view kService = "<service>";
constexpr std::string_view kOperation = "<service>.<operation>";

// A member's type says whether handlers may change it, so that this list cannot be wrong about it.
template <typename Member>
EventField field(std::string_view name) {
  using Target = std::remove_pointer_t<std::remove_reference_t<Member>>;
  return {name, !std::is_const_v<Target> && !std::is_const_v<std::remove_reference_t<Member>>};
}
// A pointer itself is const; what counts is what it points to.
template <typename Member>
EventField pointee(std::string_view name) {
  return {name, !std::is_const_v<std::remove_pointer_t<Member>>};
}

template <typename Payload>
EventDescription describe_as(std::string_view payload, std::string_view scope,
                             std::vector<EventField> fields, std::string_view answer = "") {
  constexpr EventKind kKind = Payload::kKind;
  return {kKind, to_string(kKind), scope, payload, answer_rule(kKind), answer, std::move(fields)};
}

template <typename Payload>
EventDescription describe_call(std::string_view payload, std::vector<EventField> more,
                               std::string_view answer = "") {
  std::vector<EventField> fields{field<decltype(Payload::operation)>("operation"),
                                 field<decltype(Payload::context)>("context")};
  fields.insert(fields.end(), more.begin(), more.end());
  return describe_as<Payload>(payload, kOperation, std::move(fields), answer);
}

void add_client_events(std::vector<EventDescription>& list) {
  using A = ChooseServiceName;
  list.push_back(describe_as<A>("ChooseServiceName", "",
                                {field<decltype(A::service_name)>("service_name")},
                                "another service's name"));
  using B = ServiceDataLoaded;
  list.push_back(describe_as<B>(
      "ServiceDataLoaded", kService,
      {field<decltype(B::service_name)>("service_name"), field<decltype(B::model)>("model")}));
  using C = CreatingClientClass;
  list.push_back(
      describe_as<C>("CreatingClientClass", kService,
                     {field<decltype(C::model)>("model"), field<decltype(C::methods)>("methods")}));
  using D = CreatingSerializer;
  list.push_back(describe_as<D>(
      "CreatingSerializer", kService,
      {field<decltype(D::model)>("model"), field<decltype(D::protocol_name)>("protocol_name"),
       field<decltype(D::millisecond_timestamps)>("millisecond_timestamps")}));
  using E = GetAttribute;
  list.push_back(describe_as<E>(
      "GetAttribute", "<service>.<attribute>",
      {field<decltype(E::client)>("client"), field<decltype(E::attribute)>("attribute")},
      "the operation or method to call"));
}

void add_request_events(std::vector<EventDescription>& list) {
  using A = ProvideClientParams;
  list.push_back(describe_call<A>("ProvideClientParams", {field<decltype(A::params)>("params")},
                                  "other parameters"));
  using B = BeforeParameterBuild;
  list.push_back(describe_call<B>("BeforeParameterBuild", {field<decltype(B::params)>("params")}));
  using C = BeforeEndpointResolution;
  list.push_back(describe_call<C>(
      "BeforeEndpointResolution",
      {field<decltype(C::params)>("params"), field<decltype(C::builtins)>("builtins")}));
  list.back().scope = kService;
  using D = BeforeCall;
  list.push_back(describe_call<D>(
      "BeforeCall",
      {field<decltype(D::params)>("params"), field<decltype(D::request)>("request"),
       field<decltype(D::signer)>("signer")},
      "the answer, in place of the network"));
  using E = RequestCreated;
  list.push_back(describe_call<E>(
      "RequestCreated", {field<decltype(E::request)>("request"),
                         field<decltype(E::signer)>("signer"), field<decltype(E::call)>("call")}));
  using F = ChooseSigner;
  list.push_back(describe_call<F>("ChooseSigner",
                                  {field<decltype(F::signing_name)>("signing_name"),
                                   field<decltype(F::region_name)>("region_name"),
                                   field<decltype(F::signature_version)>("signature_version")},
                                  "a signature version"));
  using G = BeforeSign;
  list.push_back(describe_call<G>(
      "BeforeSign",
      {field<decltype(G::request)>("request"), field<decltype(G::signing_name)>("signing_name"),
       field<decltype(G::region_name)>("region_name"),
       field<decltype(G::signature_version)>("signature_version")}));
  using H = BeforeSend;
  list.push_back(describe_call<H>("BeforeSend", {field<decltype(H::request)>("request")},
                                  "the response, in place of the network"));
}

void add_answer_events(std::vector<EventDescription>& list) {
  using A = BeforeParse;
  list.push_back(describe_call<A>("BeforeParse",
                                  {field<decltype(A::response)>("response"),
                                   field<decltype(A::customized_response)>("customized_response"),
                                   field<decltype(A::status_if_damaged)>("status_if_damaged")}));
  using B = ResponseReceived;
  list.push_back(describe_call<B>("ResponseReceived", {pointee<decltype(B::response)>("response"),
                                                       pointee<decltype(B::parsed)>("parsed"),
                                                       pointee<decltype(B::error)>("error")}));
  using C = NeedsRetry;
  list.push_back(describe_call<C>(
      "NeedsRetry",
      {field<decltype(C::attempts)>("attempts"), field<decltype(C::request)>("request"),
       pointee<decltype(C::response)>("response"), field<decltype(C::body)>("body"),
       pointee<decltype(C::parsed)>("parsed"), pointee<decltype(C::error)>("error"),
       field<decltype(C::call)>("call"), field<decltype(C::reason)>("reason")},
      "`retry_after` or `stop`"));
  using D = AfterCall;
  list.push_back(describe_call<D>("AfterCall", {field<decltype(D::response)>("response"),
                                                field<decltype(D::parsed)>("parsed")}));
  using E = AfterCallError;
  list.push_back(describe_call<E>("AfterCallError", {field<decltype(E::error)>("error")}));
}

std::vector<EventDescription> make_list() {
  std::vector<EventDescription> list;
  add_client_events(list);
  add_request_events(list);
  add_answer_events(list);
  return list;
}

std::string answer_text(const EventDescription& event) {
  switch (event.rule) {
    case kNone:
      return "";
    case kFirstCounts:
      return fmt::format("{}; all handlers are called, the first answer counts", event.answer);
    case kFirstEnds:
      return fmt::format("{}; the first answer ends the event", event.answer);
  }
  return "";
}

}  // namespace

std::span<const EventDescription> event_list() {
  static const std::vector<EventDescription> list = make_list();
  return list;
}

const EventDescription& describe(EventKind kind) {
  return event_list()[static_cast<std::size_t>(kind)];
}

std::string_view first_part(std::string_view event) { return event.substr(0, event.find('.')); }

std::optional<EventKind> kind_of(std::string_view event) {
  std::string_view first = first_part(event);
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames.at(i).name == first) return static_cast<EventKind>(i);
  }
  return std::nullopt;
}

AnswerRule answer_rule(EventKind kind) { return entry(kind).rule; }

std::string event_table() {
  std::string table =
      "| event | payload | what it holds (**bold**: may be changed) | answer |\n"
      "| --- | --- | --- | --- |\n";
  for (const EventDescription& event : event_list()) {
    std::string fields;
    for (const EventField& one : event.fields) {
      std::string_view mark = one.changeable ? "**" : "";
      fields += fmt::format("{}{}`{}`{}", fields.empty() ? "" : ", ", mark, one.name, mark);
    }
    table +=
        fmt::format("| `{}{}{}` | `{}` | {} | {} |\n", event.name, event.scope.empty() ? "" : ".",
                    event.scope, event.payload, fields, answer_text(event));
  }
  return table;
}

}  // namespace botocxx::events
