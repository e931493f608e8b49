#pragma once

#include <botocxx/base/error.h>
#include <botocxx/message/http.h>
#include <botocxx/model/service_model.h>
#include <botocxx/value/value.h>

#include <optional>
#include <string>
#include <string_view>

/// What the protocols' errors have in common.
namespace botocxx::protocol {

/// An error answer as botocore's dictionary holds it, before it becomes an `Error`.
struct ErrorDocument {
  Value fields = Value::object();  ///< {"Error": {"Code", "Message", …}, modelled members}
  std::string request_id;
  std::string host_id;
  /// Set where the body cannot be read and botocore raises just that: it becomes the error.
  std::optional<Error> unreadable{};
};

/// "Not Found" for 404, as Python's http.client knows it; `otherwise` for an unknown status.
std::string_view reason_phrase(int status, std::string_view otherwise = {});

/// True for an answer that says nothing but its status: a server error without content and header
/// "x-amzn-errortype", or with a proxy's HTML page.
bool is_generic_error(const HttpResponse& head, std::string_view body);

/// Code and message from the status alone.
ErrorDocument error_from_status(const HttpResponse& head);

/// The ids that the headers hold.
void add_request_ids(const HttpResponse& head, ErrorDocument& document);

/// "com.example#Name:http://example.com/" → "Name".
std::string bare_code(std::string_view code);

/// Text of `fields.Error.<name>`: "Unknown" when there is none, empty when it is null, as
/// botocore's ClientError says.
std::string error_text(const ErrorDocument& document, std::string_view name);

/// The finished error. `document.fields` is copied: it may refer to the body.
Error make_service_error(const Operation& operation, const HttpResponse& head,
                         const ErrorDocument& document);

}  // namespace botocxx::protocol
