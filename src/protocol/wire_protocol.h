#pragma once

#include "protocol/error_document.h"
#include "protocol/parser.h"
#include "protocol/serializer.h"
#include <botocxx/base/result.h>
#include <botocxx/message/http.h>
#include <botocxx/model/service_model.h>
#include <botocxx/value/value.h>

#include <memory_resource>
#include <string_view>

namespace botocxx::protocol {

/// A protocol as its pure functions; `serialize`, `parse_output` and `parse_error` choose among
/// these by name. A new protocol is one more of them, listed in wire_protocol.cc.
struct WireProtocol {
  std::string_view name;
  Result<SerializedRequest> (*serialize)(const Operation& operation, const Value& params,
                                         const SerializeOptions& options);
  /// Adds the members of `output` to `out`, an object. Values may refer to the model and to `body`.
  Result<void> (*parse_output)(const Operation& operation, const Member& output,
                               const HttpResponse& head, std::string_view body, Value& out,
                               std::pmr::memory_resource* resource);
  /// Code, message and what else every error has. What cannot be understood gives code and message
  /// from the status, or says why it is unreadable where botocore's parser fails at it.
  ErrorDocument (*parse_error)(const Operation& operation, const HttpResponse& head,
                               std::string_view body);
  /// Adds the members of an exception's `shape` to `out`; called when the code names one.
  Result<void> (*parse_error_members)(const Shape& shape, const HttpResponse& head,
                                      std::string_view body, Value& out);
  /// Adds the members of `shape` that a document without headers holds to `out`: an event's
  /// payload. Null where the protocol has no event streams.
  Result<void> (*parse_document)(const Shape& shape, std::string_view document, Value& out,
                                 std::pmr::memory_resource* resource);
  /// In place of `parse_output` where a document holds ids of the request beside the result: adds
  /// both to `out`, whose values are objects. Called also for operations without output.
  Result<void> (*parse_answer)(const Operation& operation, std::string_view body, Answer& out,
                               std::pmr::memory_resource* resource) = nullptr;
  /// The inverse: the document of `value`, a structure that `reference` describes. Null where the
  /// protocol has no event streams.
  Result<std::string> (*write_document)(const Member& reference, const Value& value) = nullptr;
  /// Media type of such documents.
  std::string_view document_type{};
  /// Whether the body of an answer with status 200 is an error all the same. Null where it cannot
  /// be one.
  bool (*hides_error)(const Member& output, std::string_view body) = nullptr;
};

/// The error "UnsupportedServiceProtocols" lists the names that there are.
Result<const WireProtocol*> find_wire_protocol(std::string_view name);

extern const WireProtocol kEc2;
extern const WireProtocol kJson;
extern const WireProtocol kQuery;
extern const WireProtocol kRestJson;
extern const WireProtocol kRestXml;
extern const WireProtocol kRpcV2Cbor;

}  // namespace botocxx::protocol
