#include "server/action_routes.h"
#include "server/rest_routes.h"
#include <botocxx/base/text_encoding.h>
#include <botocxx/server/router.h>

#include <fmt/format.h>

#include <optional>

namespace botocxx::inline v1 {
namespace {

Result<Route> no_such_protocol(const ServiceModel& model, const HttpRequest&) {
  return Error(ErrorKind::kUsage, "UnsupportedProtocol",
               fmt::format("requests of {} can't be routed: its protocol is unknown here",
                           model.service_name()))
      .with_status(501);
}

using RouteByName = Result<Route> (*)(const ServiceModel& model, const HttpRequest& request);

RouteByName router_of(std::string_view protocol) {
  if (protocol == "query" || protocol == "ec2") return server::route_by_action;
  if (protocol == "json") return server::route_by_target;
  if (protocol == "smithy-rpc-v2-cbor") return server::route_by_rpc_path;
  return no_such_protocol;
}

}  // namespace

struct Router::State {
  std::shared_ptr<const ServiceModel> model;
  std::string protocol;
  RouteByName by_name = nullptr;
  std::optional<server::RestRoutes> rest;
};

Router::Router(std::shared_ptr<const ServiceModel> model, RouterOptions options) {
  auto state = std::make_unique<State>();
  state->model = std::move(model);
  state->protocol = std::move(options.protocol);
  if (state->protocol.empty()) state->protocol = state->model->resolved_protocol().value_or("");
  if (state->protocol.starts_with("rest-")) {
    state->rest.emplace(*state->model, std::move(options.virtual_host_domains));
  } else {
    state->by_name = router_of(state->protocol);
  }
  state_ = std::move(state);
}

Router::~Router() = default;
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;

Result<Route> Router::route(const HttpRequest& request) const {
  if (state_->rest) return state_->rest->find(request);
  return state_->by_name(*state_->model, request);
}

const ServiceModel& Router::model() const { return *state_->model; }

const std::shared_ptr<const ServiceModel>& Router::shared_model() const { return state_->model; }

const std::string& Router::protocol() const { return state_->protocol; }

std::vector<std::pair<std::string, std::string>> decode_query(std::string_view query) {
  std::vector<std::pair<std::string, std::string>> pairs;
  while (!query.empty()) {
    std::size_t end = query.find('&');
    std::string_view pair = query.substr(0, end);
    query.remove_prefix(end == std::string_view::npos ? query.size() : end + 1);
    if (pair.empty()) continue;
    std::size_t equals = pair.find('=');
    std::string_view value =
        equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1);
    pairs.emplace_back(percent_decode(pair.substr(0, equals)), percent_decode(value));
  }
  return pairs;
}

}  // namespace botocxx::inline v1
