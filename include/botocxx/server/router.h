#pragma once

#include <botocxx/base/export.h>
#include <botocxx/base/result.h>
#include <botocxx/message/http.h>
#include <botocxx/model/service_model.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// A service's model from the server's side: which operation a request means.
namespace botocxx::inline v1 {

struct RouterOptions {
  /// Domains under which a host's first labels stand for the first path segment: with
  /// "store.test", a request for `/k` at `b.store.test` is routed as `/b/k`.
  std::vector<std::string> virtual_host_domains{};
  /// How requests name their operation; empty: the protocol that clients of the model choose.
  std::string protocol{};
};

/// An operation and what the path said. Valid while the router's model lives.
struct Route {
  Operation operation;
  /// Values of the URI's labels, percent-decoded, in the template's order.
  std::vector<std::pair<std::string, std::string>> labels;
};

/// Finds the operation of a request. Where the protocol is
///
/// - "rest-xml" or "rest-json": by method, path template, literal query keys, and required query
///   and header members; the most specific operation wins, then one that is not deprecated, then
///   the one that knows more of the request's query keys, then the model's order;
/// - "query" or "ec2": by `Action` (and `Version`, where it is given) in the URL or the form;
/// - "json": by the header `X-Amz-Target`;
/// - "smithy-rpc-v2-cbor": by the end of the path, `/service/NAME/operation/NAME`.
///
/// Immutable after construction: use it from any thread.
class BOTOCXX_EXPORT Router {
 public:
  explicit Router(std::shared_ptr<const ServiceModel> model, RouterOptions options = {});
  ~Router();
  Router(Router&&) noexcept;
  Router& operator=(Router&&) noexcept;

  /// Errors, each with a status: "MethodNotAllowed" (405) when only other methods fit the path,
  /// "UnknownRoute" (404) when no template fits; "MissingAction", "InvalidAction", "NoSuchVersion"
  /// (400) for forms; "UnknownOperationException" for the other two (400, 404);
  /// "UnsupportedProtocol". They name the operation that was most likely meant. Only the request's
  /// head is read, but for forms, which must be in memory.
  Result<Route> route(const HttpRequest& request) const;

  const std::string& protocol() const;

  const ServiceModel& model() const;
  const std::shared_ptr<const ServiceModel>& shared_model() const;

 private:
  struct State;
  std::unique_ptr<const State> state_;
};

/// The pairs of a raw query string, percent-decoded, in order; a key without "=" has an empty
/// value.
BOTOCXX_EXPORT std::vector<std::pair<std::string, std::string>> decode_query(
    std::string_view query);

}  // namespace botocxx::inline v1
