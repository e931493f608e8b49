#include "base/digest.h"
#include "server/signature_claim.h"
#include <botocxx/base/text_encoding.h>
#include <botocxx/server/chunked_payload.h>

#include <algorithm>
#include <charconv>

namespace botocxx::inline v1 {
namespace {

constexpr std::size_t kLongestLine = 8192;
constexpr std::size_t kMostTrailers = 32;
constexpr std::string_view kSignatureMark = "chunk-signature=";
constexpr std::string_view kTrailerSignature = "x-amz-trailer-signature";

Error invalid(std::string message) {
  return server::refusal(400, "InvalidChunk", std::move(message));
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

}  // namespace

struct ChunkedPayload::State {
  enum class Phase { kSizeLine, kContent, kContentEnd, kTrailers, kDone };

  VerifiedRequest verified;
  Sink sink;
  Phase phase = Phase::kSizeLine;
  std::string line;
  std::uint64_t remaining = 0;
  std::uint64_t size = 0;
  std::string chunk_signature;
  std::string previous_signature;
  std::string trailer_signature;
  base::Digest digest{base::DigestAlgorithm::kSha256};
  Headers trailers;

  bool is_signed() const { return verified.payload == PayloadCheck::kSignedChunks; }
  Result<void> take_line();
  Result<void> read_size_line();
  Result<void> read_trailer_line();
  Result<void> check_chunk();
  Result<void> check_trailers();
  Result<void> check(std::string_view kind, const std::string& hashes, std::string_view signature);
};

Result<void> ChunkedPayload::State::check(std::string_view kind, const std::string& hashes,
                                          std::string_view signature) {
  std::string text = "AWS4-HMAC-SHA256-" + std::string(kind) + "\n" + verified.time + "\n" +
                     verified.scope + "\n" + previous_signature + "\n" + hashes;
  std::string expected = hex_encode(base::hmac_sha256(as_byte_span(verified.signing_key), text));
  if (!server::equal_in_constant_time(expected, signature)) {
    return server::refusal(403, "SignatureDoesNotMatch",
                           "The signature of a chunk does not match its content.")
        .with_context("StringToSign", text)
        .with_context("SignatureProvided", std::string(signature));
  }
  previous_signature = std::move(expected);
  return {};
}

Result<void> ChunkedPayload::State::check_chunk() {
  std::string hash = hex_encode(as_byte_span(digest.finish()));
  if (!is_signed()) return {};
  return check("PAYLOAD", base::sha256_hex("") + "\n" + hash, chunk_signature);
}

Result<void> ChunkedPayload::State::check_trailers() {
  if (!is_signed() || !verified.has_trailer) return {};
  std::string text;
  for (const Headers::Field& field : trailers) text += field.name + ":" + field.value + "\n";
  return check("TRAILER", base::sha256_hex(text), trailer_signature);
}

Result<void> ChunkedPayload::State::read_size_line() {
  std::size_t semicolon = line.find(';');
  std::string_view digits = trim(std::string_view(line).substr(0, semicolon));
  auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), remaining, 16);
  if (digits.empty() || error != std::errc() || stop != digits.data() + digits.size()) {
    return invalid("a chunk must begin with its size in hexadecimal digits");
  }
  chunk_signature.clear();
  if (semicolon != std::string::npos) {
    std::string_view extension = std::string_view(line).substr(semicolon + 1);
    if (extension.starts_with(kSignatureMark)) {
      chunk_signature = std::string(extension.substr(kSignatureMark.size()));
    }
  }
  if (is_signed() && chunk_signature.empty()) return invalid("a chunk without chunk-signature");
  phase = Phase::kContent;
  if (remaining > 0) return {};
  phase = Phase::kTrailers;
  return check_chunk();
}

Result<void> ChunkedPayload::State::read_trailer_line() {
  if (line.empty()) {
    phase = Phase::kDone;
    return check_trailers();
  }
  std::size_t colon = line.find(':');
  if (colon == std::string::npos) return invalid("a trailer without ':'");
  std::string name = to_lower(trim(std::string_view(line).substr(0, colon)));
  std::string value(trim(std::string_view(line).substr(colon + 1)));
  if (name == kTrailerSignature) {
    trailer_signature = std::move(value);
  } else if (trailers.size() < kMostTrailers) {
    trailers.add(std::move(name), std::move(value));
  } else {
    return invalid("too many trailers");
  }
  return {};
}

Result<void> ChunkedPayload::State::take_line() {
  if (line.ends_with('\r')) line.pop_back();
  Result<void> done;
  if (phase == Phase::kSizeLine) {
    done = read_size_line();
  } else if (phase == Phase::kContentEnd) {
    if (!line.empty()) done = invalid("a chunk is longer than its size says");
    if (done) done = check_chunk();
    phase = Phase::kSizeLine;
  } else {
    done = read_trailer_line();
  }
  line.clear();
  return done;
}

ChunkedPayload::ChunkedPayload(VerifiedRequest verified, Sink sink)
    : state_(std::make_unique<State>()) {
  state_->previous_signature = verified.seed_signature;
  state_->verified = std::move(verified);
  state_->sink = std::move(sink);
}

ChunkedPayload::~ChunkedPayload() = default;

Result<void> ChunkedPayload::feed(std::span<const std::byte> bytes) {
  State& s = *state_;
  while (!bytes.empty()) {
    if (s.phase == State::Phase::kDone) return invalid("octets after the last chunk");
    if (s.phase == State::Phase::kContent) {
      auto piece =
          bytes.first(static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), s.remaining)));
      if (s.is_signed()) s.digest.update(piece);
      if (Result<void> done = s.sink(piece); !done) return done;
      s.size += piece.size();
      s.remaining -= piece.size();
      bytes = bytes.subspan(piece.size());
      if (s.remaining == 0) s.phase = State::Phase::kContentEnd;
      continue;
    }
    auto end = std::ranges::find(bytes, std::byte{'\n'});
    s.line += as_text(bytes.first(static_cast<std::size_t>(end - bytes.begin())));
    if (s.line.size() > kLongestLine) return invalid("a line of the chunk framing is too long");
    if (end == bytes.end()) return {};
    bytes = bytes.subspan(static_cast<std::size_t>(end - bytes.begin()) + 1);
    if (Result<void> done = s.take_line(); !done) return done;
  }
  return {};
}

Result<void> ChunkedPayload::finish() {
  if (state_->phase == State::Phase::kDone) return {};
  // Some clients leave out the blank line that ends the last chunk's trailers.
  if (state_->phase == State::Phase::kTrailers && state_->line.empty()) {
    return state_->check_trailers();
  }
  return server::refusal(400, "IncompleteBody", "the last chunk did not arrive");
}

const Headers& ChunkedPayload::trailers() const { return state_->trailers; }

std::uint64_t ChunkedPayload::size() const { return state_->size; }

}  // namespace botocxx::inline v1
