#pragma once

#include <botocxx/base/result.h>
#include <botocxx/message/http.h>
#include <botocxx/model/service_model.h>
#include <botocxx/value/value.h>

#include <memory_resource>
#include <string_view>

namespace botocxx::protocol {

/// What a successful answer says.
struct Answer {
  Value output;    ///< the result, as botocore's parsers build it, without ResponseMetadata
  Value metadata;  ///< what of ResponseMetadata the body holds: {"RequestId", …}; may be empty
};

/// The answer to a successful call (status < 300). `head` is the response without its body; `body`
/// its octets. The members' names and long texts may refer to the model and to `body`: keep both.
/// For an operation with streaming output `body` is empty and `head.body` becomes the payload
/// member. An event stream is no member: `body` is then the payload of the initial response, if the
/// protocol has one. A body that cannot be understood: kind kParse, code "ResponseParser". An
/// `<Error>` in rest-xml behind status 200 gives what `parse_error` makes of it, with status 500.
Result<Answer> parse_answer(const Operation& operation, std::string_view protocol,
                            const HttpResponse& head, std::string_view body,
                            std::pmr::memory_resource* resource);

/// The output alone.
Result<Value> parse_output(const Operation& operation, std::string_view protocol,
                           const HttpResponse& head, std::string_view body,
                           std::pmr::memory_resource* resource);

/// The error of an unsuccessful call: kind kService, botocore's code and message, status, request
/// ids, and as `fields()` the parsed document: {"Error": {"Code", "Message", …}, modelled members}.
/// Where botocore's parser fails at the body, too: kind kParse, code "ResponseParser", status and
/// ids as above, no fields.
Error parse_error(const Operation& operation, std::string_view protocol, const HttpResponse& head,
                  std::string_view body);

}  // namespace botocxx::protocol
