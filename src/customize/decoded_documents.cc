#include "codec/json.h"
#include "customize/builtin_handlers.h"
#include "customize/registration.h"
#include <botocxx/base/text_encoding.h>

namespace botocxx::customize {
namespace {

// What is no JSON stays the text that it is.
void decode_json(Value& value, const std::string& text) {
  auto decoded = codec::parse_json(text);
  if (decoded) value = *std::move(decoded);
}

void decode_policies(Value& parsed, const Shape& shape) {
  if (shape.type() == ShapeType::kList) {
    for (Value& item : parsed.items()) decode_policies(item, shape.list_member().shape());
  }
  if (shape.type() != ShapeType::kStructure) return;
  for (Member member : shape.members()) {
    Value* value = parsed.find(member.name());
    if (value == nullptr) continue;
    if (member.shape().name() == "policyDocumentType" && value->is_string()) {
      decode_json(*value, percent_decode(value->as_string()));
    } else {
      decode_policies(*value, member.shape());
    }
  }
}

bool is_base64_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' ||
         c == '/' || c == '=';
}

// As Python's `decode("utf-8", "replace")` does for what is no UTF-8.
std::string as_utf8(std::string_view octets) {
  std::string text;
  while (!octets.empty()) {
    std::size_t good = octets.size();
    while (good > 0 && !is_utf8(octets.substr(0, good))) --good;
    text += octets.substr(0, good);
    octets.remove_prefix(good);
    if (octets.empty()) break;
    text += "\xEF\xBF\xBD";
    octets.remove_prefix(1);
  }
  return text;
}

}  // namespace

// Documents that services send as texts in texts.
void register_decoded_documents(Events& events) {
  on(events, "after-call.iam", [](AfterCall& event) {
    if (auto output = event.operation.output()) decode_policies(event.parsed, output->shape());
  });
  on(events, "after-call.ec2.GetConsoleOutput", [](AfterCall& event) {
    Value* output = event.parsed.find("Output");
    if (output == nullptr || !output->is_string()) return;
    // Python passes over what is no letter of base64.
    std::string text(output->as_string());
    std::erase_if(text, [](char c) { return !is_base64_letter(c); });
    if (auto octets = base64_decode(text)) *output = as_utf8(*octets);
  });
  on(events, "after-call.cloudformation.GetTemplate", [](AfterCall& event) {
    Value* body = event.parsed.find("TemplateBody");
    if (body != nullptr && body->is_string()) decode_json(*body, std::string(body->as_string()));
  });
}

}  // namespace botocxx::customize
