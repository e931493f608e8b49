#pragma once

#include <botocxx/server/router.h>

#include <string_view>

/// Routes of the protocols whose requests say the operation's name.
namespace botocxx::server {

/// By `Action` and `Version` in the URL or the form.
Result<Route> route_by_action(const ServiceModel& model, const HttpRequest& request);

/// By the header `X-Amz-Target: PREFIX.NAME`.
Result<Route> route_by_target(const ServiceModel& model, const HttpRequest& request);

/// By the end of the path: `/service/PREFIX/operation/NAME`.
Result<Route> route_by_rpc_path(const ServiceModel& model, const HttpRequest& request);

}  // namespace botocxx::server
