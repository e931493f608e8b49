#include "codec/form.h"

#include <botocxx/base/text_encoding.h>

#include <unordered_map>

namespace botocxx::codec {
namespace {

void append_form_text(std::string& out, std::string_view text) {
  for (;;) {
    std::size_t blank = text.find(' ');
    percent_encode_to(out, text.substr(0, blank));
    if (blank == std::string_view::npos) return;
    out += '+';
    text.remove_prefix(blank + 1);
  }
}

}  // namespace

std::string FormFields::encode() const {
  std::unordered_map<std::string_view, const std::string*> last;
  last.reserve(fields_.size());
  for (const auto& [name, value] : fields_) last[name] = &value;
  std::string out;
  for (const auto& [name, value] : fields_) {
    auto found = last.find(name);
    if (found == last.end()) continue;  // written where the name came first
    if (!out.empty()) out += '&';
    append_form_text(out, name);
    out += '=';
    append_form_text(out, *found->second);
    last.erase(found);
  }
  return out;
}

}  // namespace botocxx::codec
