#pragma once

#include <botocxx/base/error.h>
#include <botocxx/base/export.h>
#include <botocxx/base/result.h>
#include <botocxx/message/http.h>
#include <botocxx/server/router.h>
#include <botocxx/value/value.h>

#include <string>
#include <string_view>

/// The inverse of a client's serializer and parser: requests to parameters, results to responses.
/// All of it is pure and may be called from any thread. The protocols known here: "query", "ec2",
/// "json", "rest-json", "rest-xml" and "smithy-rpc-v2-cbor"; any other gives the error
/// "UnsupportedProtocol".
namespace botocxx::inline v1 {

/// The parameters that a client passed to `route.operation`: labels, query, headers and body by the
/// input's shape. Forms ("query", "ec2") may stand in the URL as well. A streaming payload becomes
/// `request.body` itself; any other body must be in memory. Unknown query keys, headers, elements
/// and names are ignored. What a protocol cannot show is not there: an empty list of an "ec2" form
/// leaves no trace. An event stream is read whole, as a list of {"EventName": {…}}.
/// Errors (kind kParse, with the member's path in the message): "MissingParameter",
/// "MalformedParameter", "MalformedBody".
BOTOCXX_EXPORT Result<Value> decode_request(const Route& route, std::string_view protocol,
                                            const HttpRequest& request);

struct EncodeOptions {
  /// The XML document's root element; empty: the protocol's own ("rest-xml": the output shape's
  /// `locationName`, else its name; "query" and "ec2": the operation's name and "Response").
  std::string_view root_name{};
  /// Default namespace of the document where the model states none.
  std::string_view xml_namespace{};
  /// 0: the operation's own response code.
  int status = 0;
  /// Sent where the protocol keeps it; empty: none. (Errors have theirs in `ErrorIdentity`.)
  std::string_view request_id{};
};

/// A response from which a client's parser reads `output` again. A payload that streams is passed
/// on as the response's body. Members that `output` lacks are left out. An event stream is given as
/// a list of {"EventName": {…}}; an event of an exception's shape becomes an exception in the
/// stream. Error "UnencodableOutput" (kind kInternal): a value of the wrong kind, or text that the
/// document's syntax can't hold.
BOTOCXX_EXPORT Result<HttpResponse> encode_response(const Operation& operation,
                                                    std::string_view protocol, const Value& output,
                                                    const EncodeOptions& options = {});

struct ErrorIdentity {
  std::string resource{};  ///< what the request was about, e.g. "/bucket/key"
  std::string request_id{};
  std::string host_id{};
};

/// The error as a document: code, message, the error's context entries as members of their own,
/// and `identity`. `error.status()` is the response's status, 500 when there is none. The answer to
/// a HEAD request has no body.
BOTOCXX_EXPORT HttpResponse encode_error(const Error& error, std::string_view protocol,
                                         const ErrorIdentity& identity,
                                         const EncodeOptions& options = {});

/// The same for an error that the operation's model describes: `error.code()` is the exception's
/// code or the name of its shape, and `error.fields()` holds its members. Without a status the
/// model's is taken, else 400. A code that the model does not know is sent as it is; members that
/// cannot be encoded are left out.
BOTOCXX_EXPORT HttpResponse encode_error(const Operation& operation, std::string_view protocol,
                                         const Error& error, const ErrorIdentity& identity = {},
                                         const EncodeOptions& options = {});

}  // namespace botocxx::inline v1
