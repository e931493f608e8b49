#include "auth/redaction.h"

#include "auth/signature.h"
#include <botocxx/auth/credentials.h>
#include <botocxx/base/text_encoding.h>

#include <algorithm>
#include <array>
#include <ostream>

namespace botocxx::auth {
namespace {

constexpr std::string_view kHidden = "[redacted]";

constexpr auto kSecretNames = std::to_array<std::string_view>(
    {"x-amz-security-token", "x-amz-s3session-token", "x-amz-signature", "securitytoken",
     "signature", "x-amz-trailer-signature", "policy", "cookie", "set-cookie"});

bool is_secret(std::string_view name) {
  std::string lower = to_lower(name);
  return std::find(kSecretNames.begin(), kSecretNames.end(), lower) != kSecretNames.end();
}

// What stands before the signature says which key, scope and headers: it helps, and is no secret.
std::string redacted_authorization(std::string_view value) {
  std::size_t at = value.find("Signature=");
  if (at != std::string_view::npos) {
    return std::string(value.substr(0, at)).append("Signature=").append(kHidden);
  }
  std::size_t colon = value.starts_with("AWS ") ? value.find(':') : std::string_view::npos;
  if (colon != std::string_view::npos) {
    return std::string(value.substr(0, colon + 1)).append(kHidden);
  }
  std::size_t blank = value.find(' ');
  if (blank == std::string_view::npos) return std::string(kHidden);
  return std::string(value.substr(0, blank + 1)).append(kHidden);
}

}  // namespace

std::string redacted_value(std::string_view name, std::string_view value) {
  if (equals_ignore_case(name, "Authorization") ||
      equals_ignore_case(name, "X-Amzn-Authorization") ||
      equals_ignore_case(name, "Proxy-Authorization")) {
    return redacted_authorization(value);
  }
  return std::string(is_secret(name) ? kHidden : value);
}

std::string redacted_query(std::string_view query) {
  std::string text;
  while (!query.empty()) {
    std::size_t end = std::min(query.find('&'), query.size());
    std::string_view pair = query.substr(0, end);
    std::size_t equals = pair.find('=');
    if (!text.empty()) text += '&';
    if (equals == std::string_view::npos) {
      text += pair;
    } else {
      std::string_view name = pair.substr(0, equals);
      text.append(name).append("=");
      text += redacted_value(percent_decode(name), pair.substr(equals + 1));
    }
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return text;
}

std::string redacted_line(std::string_view line) {
  std::size_t colon = line.find(':');
  if (colon != std::string_view::npos && line.find('=') > colon) {
    std::string text(line.substr(0, colon + 1));
    return text += redacted_value(line.substr(0, colon), line.substr(colon + 1));
  }
  // A string to sign of HmacV1 has the resource with its query in one line.
  std::size_t question = line.find('?');
  if (question == std::string_view::npos) return redacted_query(line);
  return std::string(line.substr(0, question + 1)) + redacted_query(line.substr(question + 1));
}

std::string describe(const SignatureAdditions& additions) {
  std::string text;
  auto add_stage = [&](std::string_view title, std::string_view stage) {
    if (stage.empty()) return;
    text.append(title).append(":\n");
    while (!stage.empty()) {
      std::size_t end = std::min(stage.find('\n'), stage.size());
      text.append("  ").append(redacted_line(stage.substr(0, end))).append("\n");
      stage.remove_prefix(std::min(end + 1, stage.size()));
    }
  };
  add_stage("canonical request", additions.canonical_request);
  add_stage("string to sign", additions.string_to_sign);
  for (const Headers::Field& field : additions.headers) {
    text.append("header ").append(field.name).append(": ");
    text.append(redacted_value(field.name, field.value)).append("\n");
  }
  for (const std::string& name : additions.removed_headers) {
    text.append("without header ").append(name).append("\n");
  }
  if (additions.query) text.append("query ").append(redacted_query(*additions.query)).append("\n");
  if (additions.body) text.append("form ").append(redacted_query(*additions.body)).append("\n");
  return text;
}

std::ostream& operator<<(std::ostream& out, const SignatureAdditions& additions) {
  return out << describe(additions);
}

}  // namespace botocxx::auth

namespace botocxx::inline v1 {

std::string to_string(const Credentials& credentials) {
  std::string text = "access key ";
  text += credentials.access_key.empty() ? "not set" : credentials.access_key;
  text += credentials.secret_key.empty() ? ", secret key not set" : ", secret key set";
  if (!credentials.session_token.empty()) text += ", session token set";
  if (!credentials.account_id.empty()) text.append(", account ").append(credentials.account_id);
  if (credentials.expires) text.append(", expires ").append(credentials.expires->to_iso8601());
  if (!credentials.source.empty()) text.append(", from ").append(credentials.source);
  return text;
}

std::ostream& operator<<(std::ostream& out, const Credentials& credentials) {
  return out << to_string(credentials);
}

}  // namespace botocxx::inline v1
