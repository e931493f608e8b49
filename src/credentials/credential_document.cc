#include "credentials/credential_document.h"

#include "base/digest.h"
#include "codec/json.h"
#include "credentials/decline.h"
#include "credentials/expiry.h"
#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

#include <array>
#include <map>
#include <optional>

namespace botocxx::credentials {
namespace {

constexpr std::int64_t kLeastValidity = std::int64_t{15} * 60;

Value sorted(const Value& value) {
  if (value.is_list()) {
    Value list = Value::list();
    for (const Value& item : value.items()) list.push_back(sorted(item));
    return list;
  }
  if (!value.is_object()) return value;
  std::map<std::string_view, const Value*> members;
  for (const auto& member : value.members()) members.emplace(member.key.view(), &member.value);
  Value object = Value::object();
  for (const auto& [name, member] : members) object.set(name, sorted(*member));
  return object;
}

std::optional<std::string> text_of(const Value& credentials, std::string_view name) {
  auto text = credentials[name].get_if_string();
  if (!text) return std::nullopt;
  return std::string(*text);
}

Result<Credentials> read(const Value& document, std::string_view method) {
  const Value& keys = document["Credentials"];
  for (std::string_view name : {"AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"}) {
    if (keys[name].is_string()) continue;
    return retrieval_failed(method, fmt::format("the answer has no {}", name));
  }
  Credentials found;
  found.access_key = keys["AccessKeyId"].as_string();
  found.secret_key = keys["SecretAccessKey"].as_string();
  found.session_token = keys["SessionToken"].as_string();
  found.account_id = text_of(keys, "AccountId").value_or("");
  auto expires = read_expiry(keys["Expiration"].as_string());
  if (!expires) return retrieval_failed(method, "Expiration is not a timestamp");
  found.expires = *expires;
  found.source = method;
  return found;
}

// "arn:aws:sts::123456789012:assumed-role/name/session": the fifth part.
std::string account_of(std::string_view arn) {
  if (!arn.starts_with("arn:")) return {};
  std::array<std::string_view, 5> parts;
  for (std::string_view& part : parts) {
    const std::size_t end = arn.find(':');
    if (end == std::string_view::npos) return {};
    part = arn.substr(0, end);
    arn.remove_prefix(end + 1);
  }
  return std::string(parts[4]);
}

}  // namespace

std::string document_key(const Value& document, KeyForm form) {
  // Python's compact separators; its escapes of what is not ASCII are the same.
  std::string text;
  if (form == KeyForm::kSpaced) {
    text = codec::write_json(sorted(document), codec::JsonStyle::kPython);
  } else {
    const Value in_order = sorted(document);
    for (const auto& member : in_order.members()) {
      text += text.empty() ? '{' : ',';
      codec::append_json_string(text, member.key.view(), codec::JsonStyle::kPython);
      text += ':' + codec::write_json(member.value, codec::JsonStyle::kPython);
    }
    text += text.empty() ? "{}" : "}";
  }
  base::Digest digest(base::DigestAlgorithm::kSha1);
  digest.update(text);
  return hex_encode(as_byte_span(digest.finish()));
}

Result<Credentials> cached_credentials(const DocumentSource& source,
                                       const std::function<Result<Value>()>& fetch) {
  if (source.cache != nullptr) {
    if (auto document = source.cache->get(source.key)) {
      auto kept = read(*document, source.method);
      if (kept && !expires_within(*kept->expires, source.clock->now(), kLeastValidity)) return kept;
    }
  }
  auto document = fetch();
  if (!document) return std::move(document).error();
  auto found = read(*document, source.method);
  if (found && source.cache != nullptr) {
    auto put = source.cache->put(source.key, *document);
    static_cast<void>(put);  // the next program asks again
  }
  return found;
}

Value as_credential_document(Value answer) {
  Value* keys = answer.find("Credentials");
  if (keys == nullptr) return answer;
  if (auto time = (*keys)["Expiration"].get_if_timestamp()) {
    keys->set("Expiration", time->to_iso8601().substr(0, 19) + "UTC");
  }
  std::string account = account_of(answer["AssumedRoleUser"]["Arn"].get_if_string().value_or(""));
  if (!account.empty()) keys->set("AccountId", account);
  return answer;
}

}  // namespace botocxx::credentials
