#include "transport/wire_log.h"

#include <botocxx/base/text_encoding.h>

#include <algorithm>
#include <array>

namespace botocxx::transport {
namespace {

constexpr std::string_view kRedacted = "<redacted>";

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_secret_header(std::string_view name) {
  static constexpr auto kSecret = std::to_array<std::string_view>(
      {"x-amz-security-token", "x-amz-s3session-token", "x-amz-sso_bearer_token", "cookie",
       "set-cookie", "x-aws-ec2-metadata-token", "x-amzn-authorization"});
  if (contains(kSecret, name)) return true;
  return name.starts_with("x-amz-") && name.ends_with("-key");
}

bool is_secret_parameter(std::string_view name) {
  static constexpr auto kSecret = std::to_array<std::string_view>(
      {"x-amz-signature", "x-amz-security-token", "x-amz-s3session-token", "signature",
       "securitytoken", "access_token"});
  return contains(kSecret, name);
}

// `Signature=` of Signature V4 alone is a secret; of other schemes everything after their name is.
std::string redact_authorization(std::string_view value) {
  constexpr std::string_view kSignature = "Signature=";
  std::size_t at = value.find(kSignature);
  at = at == std::string_view::npos ? std::min(value.find(' '), value.size())
                                    : at + kSignature.size() - 1;
  std::string kept(value.substr(0, std::min(at + 1, value.size())));
  if (at == value.size()) kept.clear();
  return kept.append(kRedacted);
}

void redact_query(std::string& text) {
  std::size_t at = text.find('?');
  while (at != std::string::npos) {
    std::size_t start = at + 1;
    std::size_t end = std::min(text.find_first_of("& #", start), text.size());
    std::size_t equals = text.find('=', start);
    bool is_secret =
        equals < end && is_secret_parameter(to_lower(text.substr(start, equals - start)));
    if (is_secret) {
      text.replace(equals + 1, end - equals - 1, kRedacted);
      end = equals + 1 + kRedacted.size();
    }
    at = end < text.size() && text[end] == '&' ? end : std::string::npos;
  }
}

void redact_user_info(std::string& text) {
  std::size_t start = text.find("://");
  if (start == std::string::npos) return;
  start += 3;
  std::size_t end = std::min(text.find_first_of("/?# ", start), text.size());
  std::size_t at = text.rfind('@', end);
  if (at == std::string::npos || at < start || at >= end) return;
  text.replace(start, at - start, "***");
}

}  // namespace

std::string redact_line(std::string_view line) {
  std::size_t colon = line.find(':');
  std::string name = to_lower(line.substr(0, std::min(colon, line.size())));
  if (colon == std::string_view::npos || name.find_first_of(" /?") != std::string::npos) {
    return redact_url(line);
  }
  std::size_t start = std::min(line.find_first_not_of(" \t", colon + 1), line.size());
  std::string head(line.substr(0, start));
  if (start == line.size()) return head;
  if (is_secret_header(name)) return head.append(kRedacted);
  if (name == "authorization" || name == "proxy-authorization") {
    return head + redact_authorization(line.substr(start));
  }
  return head + redact_url(line.substr(start));
}

std::string redact_url(std::string_view url) {
  std::string text(url);
  redact_query(text);
  redact_user_info(text);
  return text;
}

}  // namespace botocxx::transport
