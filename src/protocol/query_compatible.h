#pragma once

#include <botocxx/message/http.h>
#include <botocxx/model/service_model.h>
#include <botocxx/value/value.h>

#include <string>

/// Services that left the query protocol for json or cbor and keep its error codes.
namespace botocxx::protocol {

/// Adds "x-amzn-query-mode" where the model has the trait `awsQueryCompatible`.
void add_query_mode(const ServiceModel& model, Headers& headers);

/// The code that the query protocol had for `code`, from the header "x-amzn-query-error", else
/// `code`. Adds "QueryErrorCode" (the new code) and "Type" to `error` when there is one.
std::string translate_query_error(const HttpResponse& head, std::string code, Value& error);

}  // namespace botocxx::protocol
