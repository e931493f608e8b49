#include "auth/chunk_signer.h"

#include "auth/canonical_request.h"
#include "auth/signing_key.h"
#include "base/digest.h"
#include <botocxx/base/text_encoding.h>

#include <algorithm>
#include <charconv>

namespace botocxx::auth {
namespace {

constexpr std::string_view kChunkSignature = ";chunk-signature=";
constexpr std::string_view kTrailerSignature = "x-amz-trailer-signature:";
constexpr std::string_view kLineEnd = "\r\n";
// Signatures of Version 4a differ in length; in a body they are filled up to the longest.
constexpr std::size_t kPaddedEcdsa = 144;
constexpr std::size_t kHmacDigits = 64;

std::string hex_size(std::uint64_t size) {
  std::array<char, 17> digits{};
  char* end = std::to_chars(digits.data(), digits.data() + digits.size(), size, 16).ptr;
  return {digits.data(), end};
}

std::string padded(std::string signature, bool asymmetric) {
  if (asymmetric && signature.size() < kPaddedEcdsa) signature.resize(kPaddedEcdsa, '*');
  return signature;
}

// `name:value\n`, sorted, as the canonical request has its headers.
std::string canonical_trailers(std::span<const Headers::Field> trailers) {
  std::vector<SignedField> fields;
  for (const Headers::Field& field : trailers)
    fields.push_back({to_lower(field.name), field.value});
  sort_fields(fields);
  std::string text;
  append_canonical_headers(text, fields);
  return text;
}

bool has_line_end(const Headers::Field& field) {
  return (field.name + field.value).find_first_of("\r\n") != std::string::npos;
}

}  // namespace

Result<ChainStart> chain_after(const SignatureAdditions& head, const Credentials& credentials,
                               const SigV4Options& options, bool asymmetric,
                               SigningKeyCache* cache) {
  // The string to sign holds, line by line, algorithm, time, scope and a hash.
  std::string_view text = head.string_to_sign;
  auto take_line = [&] {
    std::size_t end = std::min(text.find('\n'), text.size());
    std::string line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    return line;
  };
  ChainStart start;
  take_line();
  start.time = take_line();
  start.scope = take_line();
  start.seed_signature = head.signature;
  start.asymmetric = asymmetric;
  if (asymmetric) {
    auto key = SigningKeyAccess::ecdsa_key(credentials.access_key, credentials.secret_key, cache);
    if (!key) return std::move(key).error();
    start.sign = [key = *std::move(key)](std::string_view string) { return key.sign(string); };
    return start;
  }
  const SigningScope scope{std::string_view(start.time).substr(0, 8), options.region,
                           options.service};
  start.sign = [key = SigningKeyAccess::key(credentials.secret_key, scope, cache)](
                   std::string_view string) -> Result<std::string> {
    return hex_encode(key.mac(string));
  };
  return start;
}

ChunkSigner::ChunkSigner(ChainStart start)
    : start_(std::move(start)), last_signature_(start_.seed_signature) {}

Result<std::string> ChunkSigner::sign(std::string_view kind, std::string_view hashes) {
  std::string text(start_.asymmetric ? kEcdsaP256Sha256 : kHmacSha256);
  text.append(kind).append("\n").append(start_.time).append("\n").append(start_.scope);
  text.append("\n").append(last_signature_).append("\n").append(hashes);
  auto signature = start_.sign(text);
  if (!signature) return signature;
  string_to_sign_ = std::move(text);
  last_signature_ = *signature;
  return padded(*std::move(signature), start_.asymmetric);
}

Result<std::string> ChunkSigner::line_before(std::string_view chunk) {
  std::string line = hex_size(chunk.size());
  if (start_.sign) {
    auto signature = sign("-PAYLOAD", base::sha256_hex("") + "\n" + base::sha256_hex(chunk));
    if (!signature) return signature;
    line.append(kChunkSignature).append(*signature);
  }
  return line.append(kLineEnd);
}

Result<std::string> ChunkSigner::end(std::span<const Headers::Field> trailers) {
  if (std::any_of(trailers.begin(), trailers.end(), has_line_end)) {
    return Error(ErrorKind::kUsage, "InvalidHeader", "a trailing header holds a line end");
  }
  auto text = line_before({});
  if (!text) return text;
  for (const Headers::Field& field : trailers) {
    text->append(field.name).append(":").append(field.value).append(kLineEnd);
  }
  if (start_.sign && !trailers.empty()) {
    auto signature = sign("-TRAILER", base::sha256_hex(canonical_trailers(trailers)));
    if (!signature) return signature;
    text->append(kTrailerSignature).append(*signature).append(kLineEnd);
  }
  return std::move(text->append(kLineEnd));
}

std::uint64_t framed_size(std::uint64_t size, std::uint64_t chunk_size, ChunkFraming framing,
                          std::span<const Headers::Field> trailers) {
  std::uint64_t digits = framing == ChunkFraming::kSigned ? kHmacDigits : kPaddedEcdsa;
  std::uint64_t signature =
      framing == ChunkFraming::kUnsigned ? 0 : kChunkSignature.size() + digits;
  auto framed = [&](std::uint64_t octets) {
    return hex_size(octets).size() + signature + kLineEnd.size() + octets + kLineEnd.size();
  };
  std::uint64_t total = framed(0);
  if (chunk_size > 0) {
    total += size / chunk_size * framed(chunk_size);
    if (size % chunk_size != 0) total += framed(size % chunk_size);
  }
  for (const Headers::Field& field : trailers) {
    total += field.name.size() + 1 + field.value.size() + kLineEnd.size();
  }
  if (framing != ChunkFraming::kUnsigned && !trailers.empty()) {
    total += kTrailerSignature.size() + digits + kLineEnd.size();
  }
  return total;
}

}  // namespace botocxx::auth
