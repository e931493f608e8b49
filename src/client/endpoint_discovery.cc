#include "client/endpoint_discovery.h"

#include "client/discovered_endpoints.h"
#include "codec/json.h"
#include "retry/failure_kind.h"
#include <botocxx/events/payloads.h>

#include <memory>
#include <optional>

namespace botocxx::client {
namespace {

constexpr std::string_view kNote = "discovery_identifiers";
constexpr int kMisdirected = 421;

bool is_identifier(const Member& member) {
  return member.trait("endpointdiscoveryid") == "true" ||
         member.shape().trait("endpointdiscoveryid") == "true";
}

std::optional<Operation> discovery_operation(const ServiceModel& model) {
  for (Operation operation : model.operations()) {
    if (operation.trait("endpointoperation") == "true") return operation;
  }
  return std::nullopt;
}

bool is_required(const Operation& operation) {
  auto trait = operation.trait("endpointdiscovery");
  if (!trait) return false;
  auto value = codec::parse_json(*trait);
  return value && (*value)["required"].get_if_bool() == true;
}

bool requires_any(const ServiceModel& model) {
  for (Operation operation : model.operations()) {
    if (is_required(operation)) return true;
  }
  return false;
}

// The members that tell the service which of its endpoints a call is for.
void gather(const Shape& shape, const Value& params, Value& identifiers) {
  for (Member member : shape.members()) {
    const Value* given = params.find(member.name());
    if (given == nullptr) continue;
    if (is_identifier(member)) {
      identifiers.set(member.name(), *given);
    } else if (member.shape().type() == ShapeType::kStructure) {
      gather(member.shape(), *given, identifiers);
    }
  }
}

class Discovery {
 public:
  Discovery(const Operation& asked, bool always, const Clock& clock)
      : name_(asked.name()), always_(always), clock_(&clock) {
    if (!asked.input()) return;
    for (Member member : asked.input()->shape().members()) {
      takes_operation_ |= member.name() == "Operation";
      takes_identifiers_ |= member.name() == "Identifiers";
    }
  }

  Result<void> redirect(RequestCreated& event) {
    const Value* identifiers = event.context.notes.find(kNote);
    bool required = is_required(event.operation);
    if (identifiers == nullptr || (!always_ && !required)) return {};
    Value params = params_for(event.operation, *identifiers);
    auto address = find(event.call, params, required);
    if (!address) return std::move(address).error();
    if (!*address) return {};
    auto url = Url::parse((*address)->starts_with("http") ? **address : "https://" + **address);
    if (!url) return std::move(url).error();
    Url& target = event.request.url;
    target.scheme = url->scheme;
    target.host = url->host;
    target.port = url->port;
    if (url->path.size() > 1) target.path = url->path;
    return {};
  }

  void disown(NeedsRetry& event) {
    const Value* identifiers = event.context.notes.find(kNote);
    if (event.response == nullptr || identifiers == nullptr) return;
    bool named = event.error != nullptr && event.error->code() == "InvalidEndpointException";
    if (event.response->status != kMisdirected && !named) return;
    endpoints_.forget(kind_of(params_for(event.operation, *identifiers)));
    if (event.reason.empty()) event.reason = "another endpoint is to be discovered";
    event.retry_after({});
  }

 private:
  Value params_for(const Operation& operation, const Value& identifiers) const {
    Value params = Value::object();
    if (identifiers.empty()) return params;
    if (takes_operation_) params.set("Operation", operation.name());
    if (takes_identifiers_) params.set("Identifiers", identifiers);
    return params;
  }

  static std::string kind_of(const Value& params) { return codec::write_json(params); }

  using Found = std::optional<std::string>;

  Result<Found> find(OngoingCall& call, const Value& params, bool required) {
    std::string kind = kind_of(params);
    Timestamp now = clock_->now();
    if (Found good = endpoints_.current(kind, now)) return good;
    bool recently_failed = endpoints_.recently_failed(kind, now);
    if (!recently_failed) {
      auto asked = ask(call, params, kind);
      if (!asked || *asked) return asked;
    }
    if (Found old = endpoints_.last_known(kind)) return old;
    if (!required) return Found();
    if (recently_failed) {
      auto asked = ask(call, params, kind);
      if (!asked || *asked) return asked;
    }
    return Error(ErrorKind::kEndpoint, "EndpointDiscoveryRefreshFailed",
                 "Endpoint Discovery failed to refresh the required endpoints.");
  }

  // Nothing when the service could not be reached; its refusal is an error of the call.
  Result<Found> ask(OngoingCall& call, const Value& params, const std::string& kind) {
    auto answer = call.call_other(name_, params);
    Timestamp now = clock_->now();
    if (!answer && retry::failure_kind(answer.error()) != retry::FailureKind::kNone) {
      endpoints_.failed(kind, now);
      return Found();
    }
    if (!answer) return std::move(answer).error();
    std::vector<DiscoveredEndpoints::Address> addresses;
    for (const Value& endpoint : answer->parsed["Endpoints"].items()) {
      auto minutes = endpoint["CachePeriodInMinutes"].get_if_int().value_or(0);
      addresses.push_back({std::string(endpoint["Address"].get_if_string().value_or("")),
                           Timestamp::from_unix(now.seconds() + minutes * 60, now.nanoseconds())});
    }
    Found first = addresses.empty() ? Found() : addresses.front().host;
    endpoints_.set(kind, std::move(addresses));
    return first;
  }

  std::string name_;
  bool always_;
  bool takes_operation_ = false;
  bool takes_identifiers_ = false;
  const Clock* clock_;
  DiscoveredEndpoints endpoints_;
};

Result<void> refuse_required(BeforeParameterBuild& event) {
  if (!is_required(event.operation)) return {};
  return Error(ErrorKind::kUsage, "EndpointDiscoveryRequired",
               "Endpoint Discovery is not enabled but this operation requires it.");
}

void gather_identifiers(BeforeParameterBuild& event) {
  if (!event.operation.trait("endpointdiscovery")) return;
  Value identifiers = Value::object();
  if (auto input = event.operation.input()) gather(input->shape(), event.params, identifiers);
  event.context.notes.set(kNote, std::move(identifiers));
}

}  // namespace

// Names and payloads of events are certain here, so that registering cannot fail.
void register_endpoint_discovery(Events& events, const std::string& service_id,
                                 const ClientParts& parts) {
  auto asked = discovery_operation(*parts.model);
  if (!asked) return;
  auto add_version = [version = std::string(parts.model->api_version())](BeforeCall& event) {
    event.request.headers.set("x-amz-api-version", version);
  };
  (void)events.register_handler("before-call." + service_id + "." + std::string(asked->name()),
                                add_version);
  if (!parts.endpoint_url.empty()) return;
  const std::string& enabled = parts.config.endpoint_discovery_enabled;
  bool always = enabled == "true";
  bool automatic = enabled.empty() || enabled == "auto";
  if (!always && !(automatic && requires_any(*parts.model))) {
    (void)events.register_handler("before-parameter-build." + service_id, refuse_required);
    return;
  }
  auto discovery = std::make_shared<Discovery>(*asked, always, *parts.host.clock);
  (void)events.register_handler("before-parameter-build." + service_id, gather_identifiers);
  (void)events.register_first("request-created." + service_id, [discovery](RequestCreated& event) {
    return discovery->redirect(event);
  });
  (void)events.register_handler("needs-retry." + service_id,
                                [discovery](NeedsRetry& event) { discovery->disown(event); });
}

}  // namespace botocxx::client
