#include "auth/event_signer.h"

#include "auth/signing_key.h"
#include "base/digest.h"
#include <botocxx/base/text_encoding.h>

#include <algorithm>
#include <cstdint>

namespace botocxx::auth {

std::string encode_date_header(Timestamp date) {
  constexpr std::string_view kName = ":date";
  constexpr char kTimestampType = 8;
  std::string out(1, static_cast<char>(kName.size()));
  out.append(kName).append(1, kTimestampType);
  auto milliseconds = static_cast<std::uint64_t>(date.seconds()) * 1000 +
                      static_cast<std::uint64_t>(date.nanoseconds() / 1'000'000);
  for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(milliseconds >> shift);
  return out;
}

Result<EventSigner> EventSigner::create(std::string_view head_signature, Credentials credentials,
                                        const SigV4Options& options, SigningKeyCache* cache) {
  bool hexadecimal = std::all_of(head_signature.begin(), head_signature.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  });
  if (head_signature.size() != 64 || !hexadecimal) {
    return Error(ErrorKind::kUsage, "InvalidSignature",
                 "the signature of the request that begins an event stream must be 64 hexadecimal "
                 "digits, as Signature Version 4 makes it");
  }
  EventSigner signer;
  signer.credentials_ = std::move(credentials);
  signer.region_ = options.region;
  signer.service_ = options.service;
  signer.clock_skew_ = options.clock_skew;
  signer.last_signature_ = head_signature;
  signer.cache_ = cache;
  return signer;
}

EventSignature EventSigner::sign(std::string_view payload, Timestamp time) {
  EventSignature result;
  result.date = Timestamp::from_unix(time.seconds() + clock_skew_.count());
  const std::string basic = result.date.to_basic();
  const SigningScope scope{std::string_view(basic).substr(0, 8), region_, service_};
  std::string& text = result.string_to_sign;
  text.append(kHmacSha256).append("-PAYLOAD\n").append(basic).append("\n");
  text.append(credential_scope(scope)).append("\n").append(last_signature_).append("\n");
  text.append(base::sha256_hex(encode_date_header(result.date))).append("\n");
  text.append(base::sha256_hex(payload));
  auto mac = SigningKeyAccess::key(credentials_.secret_key, scope, cache_).mac(text);
  last_signature_ = hex_encode(mac);
  result.signature = std::string(as_text(mac));
  return result;
}

}  // namespace botocxx::auth
