#include "codec/json.h"
#include "customize/builtin_handlers.h"
#include "customize/registration.h"

namespace botocxx::customize {
namespace {

bool says_something(const Value& value) {
  return !value.is_null() && value != Value(false) && !(value.is_string() && value.empty());
}

}  // namespace

// This service says what went wrong as OAuth does.
void register_oauth_errors(Events& events) {
  on(events, "before-parse.sso-oidc.*", [](BeforeParse& event) {
    constexpr int kFirstError = 400;
    if (event.response.status < kFirstError) return;
    auto body = codec::parse_json(event.response.body.bytes());
    if (!body || !body->is_object()) return;
    const Value& description = (*body)["error_description"];
    const Value& message = body->contains("Message") ? (*body)["Message"] : (*body)["message"];
    if (!says_something(description) || says_something(message)) return;
    Value text = description;
    body->set("Message", std::move(text));
    event.response.body = Body(codec::write_json(*body, codec::JsonStyle::kPython));
  });
}

}  // namespace botocxx::customize
