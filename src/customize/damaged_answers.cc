#include "codec/xml.h"
#include "customize/builtin_handlers.h"
#include "customize/registration.h"

namespace botocxx::customize {
namespace {

constexpr int kOk = 200;
constexpr int kServerError = 500;

bool is_document(const Operation& operation) {
  auto output = operation.output();
  if (!output || operation.event_stream_output()) return false;
  auto payload = output->shape().payload();
  return !payload || (payload->shape().type() != ShapeType::kBlob &&
                      payload->shape().type() != ShapeType::kString);
}

bool is_body_read(const Operation& operation) {
  for (Member member : operation.output()->shape().members()) {
    if (member.location() == Location::kBody) return true;
  }
  return false;
}

bool is_error(std::string_view body) {
  auto document = codec::XmlDocument::parse(body);
  return !document || document->root().name == "Error";
}

}  // namespace

// A copy can fail, or a connection break, when status 200 is sent already: a document that is cut
// off is a failure of the server's, which can be tried again. (That an <Error> is one is known to
// the parser.)
void register_damaged_answers(Events& events) {
  auto mark = [](BeforeParse& event) {
    if (event.response.status != kOk || !is_document(event.operation)) return;
    if (event.response.body.size() == 0) return;
    event.status_if_damaged = kServerError;
    // Of a body that is not read otherwise it has to be found out here.
    if (is_body_read(event.operation)) return;
    if (is_error(event.response.body.bytes())) event.response.status = kServerError;
  };
  (void)events.register_first("before-parse.s3.*", mark).value();
}

}  // namespace botocxx::customize
