#include "transport/response_head.h"

#include <botocxx/base/text_encoding.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace botocxx::transport {
namespace {

std::string_view trimmed(std::string_view text) {
  auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

// HTTP fixes no encoding. Most servers send UTF-8; anything else is Latin-1, as botocore has it, so
// that every text is UTF-8.
std::string as_utf8(std::string_view value) {
  if (is_utf8(value)) return std::string(value);
  std::string out;
  for (char c : value) {
    auto octet = static_cast<unsigned char>(c);
    if (octet < 0x80) {
      out += c;
    } else {
      out += static_cast<char>(0xc0 | octet >> 6);
      out += static_cast<char>(0x80 | (octet & 0x3f));
    }
  }
  return out;
}

}  // namespace

void ResponseHead::start(std::string_view status_line) {
  status_ = 0;
  headers_ = {};
  has_pending_ = false;
  std::string_view rest = trimmed(status_line);
  rest.remove_prefix(std::min(rest.find(' ') + 1, rest.size()));
  std::from_chars(rest.data(), rest.data() + rest.size(), status_);
  rest.remove_prefix(std::min(rest.find(' '), rest.size()));
  reason_ = as_utf8(trimmed(rest));
}

void ResponseHead::finish_field() {
  if (has_pending_) headers_.add(as_utf8(pending_.name), as_utf8(pending_.value));
  has_pending_ = false;
}

void ResponseHead::add_line(std::string_view line) {
  if (is_complete_) return;
  if (status_ == 0 || (headers_.empty() && !has_pending_ && line.starts_with("HTTP/"))) {
    return start(line);
  }
  std::string_view text = trimmed(line);
  if (text.empty()) {
    finish_field();
    bool is_interim = status_ >= 100 && status_ < 200 && status_ != 101;
    if (is_interim) {
      status_ = 0;
      headers_ = {};
    }
    is_complete_ = !is_interim;
    return;
  }
  bool is_folded = line.front() == ' ' || line.front() == '\t';
  if (is_folded && has_pending_) {
    if (!pending_.value.empty()) pending_.value += ' ';
    pending_.value += text;
    return;
  }
  finish_field();
  std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return;
  pending_ = {std::string(trimmed(text.substr(0, colon))),
              std::string(trimmed(text.substr(colon + 1)))};
  has_pending_ = true;
}

}  // namespace botocxx::transport
