#include "protocol/error_document.h"

#include "codec/python_text.h"
#include "protocol/scalar_parse.h"

#include <algorithm>
#include <array>
#include <memory>

namespace botocxx::protocol {
namespace {

struct Reason {
  int status;
  std::string_view phrase;
};

constexpr std::array<Reason, 53> kReasons{{{200, "OK"},
                                           {201, "Created"},
                                           {202, "Accepted"},
                                           {204, "No Content"},
                                           {206, "Partial Content"},
                                           {300, "Multiple Choices"},
                                           {301, "Moved Permanently"},
                                           {302, "Found"},
                                           {303, "See Other"},
                                           {304, "Not Modified"},
                                           {305, "Use Proxy"},
                                           {307, "Temporary Redirect"},
                                           {308, "Permanent Redirect"},
                                           {400, "Bad Request"},
                                           {401, "Unauthorized"},
                                           {402, "Payment Required"},
                                           {403, "Forbidden"},
                                           {404, "Not Found"},
                                           {405, "Method Not Allowed"},
                                           {406, "Not Acceptable"},
                                           {407, "Proxy Authentication Required"},
                                           {408, "Request Timeout"},
                                           {409, "Conflict"},
                                           {410, "Gone"},
                                           {411, "Length Required"},
                                           {412, "Precondition Failed"},
                                           {413, "Request Entity Too Large"},
                                           {414, "Request-URI Too Long"},
                                           {415, "Unsupported Media Type"},
                                           {416, "Requested Range Not Satisfiable"},
                                           {417, "Expectation Failed"},
                                           {418, "I'm a Teapot"},
                                           {421, "Misdirected Request"},
                                           {422, "Unprocessable Entity"},
                                           {423, "Locked"},
                                           {424, "Failed Dependency"},
                                           {425, "Too Early"},
                                           {426, "Upgrade Required"},
                                           {428, "Precondition Required"},
                                           {429, "Too Many Requests"},
                                           {431, "Request Header Fields Too Large"},
                                           {451, "Unavailable For Legal Reasons"},
                                           {500, "Internal Server Error"},
                                           {501, "Not Implemented"},
                                           {502, "Bad Gateway"},
                                           {503, "Service Unavailable"},
                                           {504, "Gateway Timeout"},
                                           {505, "HTTP Version Not Supported"},
                                           {506, "Variant Also Negotiates"},
                                           {507, "Insufficient Storage"},
                                           {508, "Loop Detected"},
                                           {510, "Not Extended"},
                                           {511, "Network Authentication Required"}}};

}  // namespace

std::string_view reason_phrase(int status, std::string_view otherwise) {
  for (const Reason& reason : kReasons) {
    if (reason.status == status) return reason.phrase;
  }
  return otherwise;
}

bool is_generic_error(const HttpResponse& head, std::string_view body) {
  if (head.status < 500) return false;
  std::string_view text = strip(body);
  if (text.empty()) return !head.headers.contains("x-amzn-errortype");
  return text.starts_with("<html>");
}

ErrorDocument error_from_status(const HttpResponse& head) {
  ErrorDocument document;
  Value error = Value::object();
  error.set("Code", Value(std::to_string(head.status)));
  error.set("Message", Value(reason_phrase(head.status, head.reason)));
  document.fields.set("Error", std::move(error));
  add_request_ids(head, document);
  return document;
}

void add_request_ids(const HttpResponse& head, ErrorDocument& document) {
  for (std::string_view name : {"x-amzn-requestid", "x-amz-request-id"}) {
    if (!document.request_id.empty()) break;
    document.request_id = head.headers.get(name).value_or("");
  }
  if (document.host_id.empty()) document.host_id = head.headers.get("x-amz-id-2").value_or("");
}

std::string bare_code(std::string_view code) {
  code = code.substr(0, code.find(':'));
  return std::string(code.substr(code.rfind('#') + 1));
}

std::string error_text(const ErrorDocument& document, std::string_view name) {
  const Value* text = document.fields["Error"].find(name);
  if (text == nullptr) return "Unknown";
  return text->is_null() ? "" : codec::python_str(*text);
}

Error make_service_error(const Operation& operation, const HttpResponse& head,
                         const ErrorDocument& document) {
  auto with_call = [&](Error error) {
    return std::move(error)
        .with_status(head.status)
        .with_request_ids(document.request_id, document.host_id)
        .with_call(std::string(operation.model().service_name()), std::string(operation.name()));
  };
  if (document.unreadable) return with_call(*document.unreadable);
  return with_call(Error(ErrorKind::kService, error_text(document, "Code"),
                         error_text(document, "Message")))
      .with_fields(std::make_shared<const Value>(document.fields));
}

}  // namespace botocxx::protocol
