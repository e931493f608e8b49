#pragma once

#include <botocxx/base/result.h>
#include <botocxx/message/http.h>
#include <botocxx/model/service_model.h>
#include <botocxx/value/value.h>

#include <optional>
#include <string>
#include <string_view>

namespace botocxx::protocol {

/// A request before it has an endpoint: what botocore's serializers return.
struct SerializedRequest {
  std::string method;
  std::string path;        ///< percent-encoded, labels filled in, no query
  std::string query;       ///< percent-encoded, without "?"
  bool has_query = false;  ///< whether there is a "?", also before an empty query
  Headers headers;
  Body body;
  std::string host_prefix;  ///< labels filled in; empty when the operation has none
};

struct SerializeOptions {
  /// Used in place of the operation's own request URI, which it is without. (An endpoint that
  /// consumed a label, as S3's virtual hosts consume {Bucket}, leaves a shorter template.)
  std::optional<std::string_view> request_uri{};
  /// The host prefix is left out, and its labels unchecked: the endpoint consumed it.
  bool omit_host_prefix = false;
  /// Timestamps but those of RFC 822 are sent to the millisecond, cut off. Only rest-json acts on
  /// it.
  bool millisecond_timestamps = false;
};

/// `params` by the rules of `protocol` ("rest-xml", …). `params` should have passed validation, but
/// unvalidated ones give an error or a request, never undefined behaviour.
Result<SerializedRequest> serialize(const Operation& operation, std::string_view protocol,
                                    const Value& params, const SerializeOptions& options = {});

}  // namespace botocxx::protocol
