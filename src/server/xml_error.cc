#include "server/xml_error.h"

#include "server/xml_document.h"

#include <algorithm>

namespace botocxx::server {
namespace {

constexpr std::string_view kMessage = "Message";

/// The exception's own `Message` member takes the place of the error's.
bool has_message_member(const ErrorAnswer& answer) {
  if (!answer.shape) return false;
  for (Member member : answer.shape->members()) {
    if (member.location() != Location::kBody || member.serialized_name() != kMessage) continue;
    const Value* present = answer.members.find(member.name());
    if (present && present->is_string()) return true;
  }
  return false;
}

void write_error_members(std::string& out, const ErrorAnswer& answer) {
  for (Member member : answer.shape->members()) {
    if (member.location() != Location::kBody || member.serialized_name() == "Code") continue;
    const Value* present = answer.members.find(member.name());
    if (!present) continue;
    std::string element;
    // A member that can't be written is left out: an error is never refused.
    if (write_element(element, member, *present, member.serialized_name(), {})) out += element;
  }
}

}  // namespace

void write_lenient_element(std::string& out, std::string_view name, std::string_view text) {
  if (write_text_element(out, name, text)) return;
  std::string kept;
  std::ranges::copy_if(text, std::back_inserter(kept),
                       [](char c) { return c >= 0x20 && c < 0x7F; });
  write_text_element(out, name, kept);
}

void write_error_elements(std::string& out, const ErrorAnswer& answer) {
  const Error& error = answer.error;
  write_lenient_element(out, "Code", answer.shape ? answer.shape->error_code() : error.code());
  if (!has_message_member(answer)) write_lenient_element(out, kMessage, error.message());
  if (answer.shape) write_error_members(out, answer);
  for (const auto& [name, text] : error.context()) write_lenient_element(out, name, text);
}

void set_xml_body(std::string document, std::string_view content_type, HttpResponse& response) {
  response.headers.set("Content-Type", std::string(content_type));
  response.body = Body(std::move(document));
}

}  // namespace botocxx::server
