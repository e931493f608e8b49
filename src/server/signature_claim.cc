#include "server/signature_claim.h"

#include "base/digest.h"
#include <botocxx/base/text_encoding.h>
#include <botocxx/server/router.h>

#include <algorithm>
#include <charconv>

namespace botocxx::server {
namespace {

using Query = std::vector<std::pair<std::string, std::string>>;

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";
constexpr std::int64_t kLongestExpiry = 604800;

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (true) {
    std::size_t end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

/// "KEY/date/region/service/aws4_request"; a key may itself contain slashes.
bool read_credential(std::string_view text, SignatureClaim& claim) {
  std::vector<std::string> parts = split(text, '/');
  if (parts.size() < 5 || parts.back() != "aws4_request") return false;
  std::size_t n = parts.size();
  claim.service = parts[n - 2];
  claim.region = parts[n - 3];
  claim.date = parts[n - 4];
  std::size_t tail = claim.service.size() + claim.region.size() + claim.date.size() + 16;
  claim.access_key = std::string(text.substr(0, text.size() - tail));
  return !claim.access_key.empty() && claim.date.size() == 8;
}

std::optional<std::string> query_value(const Query& query, std::string_view name) {
  for (const auto& [key, value] : query) {
    if (key == name) return value;
  }
  return std::nullopt;
}

bool is_basic_time(std::string_view text) {
  auto digits = [](std::string_view part) {
    return std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; });
  };
  return text.size() == 16 && text[8] == 'T' && text[15] == 'Z' && digits(text.substr(0, 8)) &&
         digits(text.substr(9, 6));
}

/// The request's time in basic form: X-Amz-Date, else Date.
std::string time_of(const HttpRequest& request) {
  if (auto amz = request.headers.get("X-Amz-Date")) return std::string(trim(*amz));
  auto date = request.headers.get("Date");
  if (!date) return {};
  if (is_basic_time(trim(*date))) return std::string(trim(*date));
  Result<Timestamp> time = Timestamp::parse(trim(*date));
  return time ? time->to_basic() : std::string();
}

Error malformed_header(std::string message) {
  return refusal(400, "AuthorizationHeaderMalformed", std::move(message));
}

Result<SignatureClaim> read_header_claim(const HttpRequest& request, std::string_view text,
                                         const VerifierOptions& options) {
  SignatureClaim claim;
  text.remove_prefix(kAlgorithm.size());
  for (const std::string& part : split(text, ',')) {
    std::string_view field = trim(part);
    std::size_t equals = field.find('=');
    if (equals == std::string_view::npos) return malformed_header("a part without '='");
    std::string_view name = field.substr(0, equals), value = field.substr(equals + 1);
    if (name == "Credential" && !read_credential(value, claim)) {
      return malformed_header("Credential is not KEY/yyyymmdd/region/service/aws4_request");
    }
    if (name == "SignedHeaders") claim.signed_headers = split(value, ';');
    if (name == "Signature") claim.signature = std::string(value);
  }
  if (claim.access_key.empty() || claim.signed_headers.empty() || claim.signature.empty()) {
    return malformed_header("Credential, SignedHeaders and Signature are required");
  }
  claim.time = time_of(request);
  if (!is_basic_time(claim.time)) {
    return refusal(403, "AccessDenied", "a valid X-Amz-Date or Date header is required");
  }
  if (auto hash = request.headers.get("X-Amz-Content-SHA256")) {
    claim.payload_hash = std::string(trim(*hash));
  } else if (options.require_content_sha256) {
    return refusal(400, "InvalidRequest", "the header x-amz-content-sha256 is required");
  } else {
    claim.payload_hash = base::sha256_hex(request.body.bytes());
  }
  return claim;
}

Error malformed_query(std::string message) {
  return refusal(400, "AuthorizationQueryParametersError", std::move(message));
}

Result<SignatureClaim> read_query_claim(const HttpRequest& request, const Query& query) {
  SignatureClaim claim;
  claim.in_query = true;
  if (query_value(query, "X-Amz-Algorithm") != kAlgorithm) {
    return malformed_query("X-Amz-Algorithm must be AWS4-HMAC-SHA256");
  }
  if (!read_credential(query_value(query, "X-Amz-Credential").value_or(""), claim)) {
    return malformed_query("X-Amz-Credential is not KEY/yyyymmdd/region/service/aws4_request");
  }
  claim.time = query_value(query, "X-Amz-Date").value_or("");
  if (!is_basic_time(claim.time)) return malformed_query("X-Amz-Date must be yyyymmddThhmmssZ");
  std::string expires = query_value(query, "X-Amz-Expires").value_or("");
  auto [stop, error] =
      std::from_chars(expires.data(), expires.data() + expires.size(), claim.expires);
  if (error != std::errc() || stop != expires.data() + expires.size() || claim.expires < 0 ||
      claim.expires > kLongestExpiry) {
    return malformed_query("X-Amz-Expires must be from 0 to 604800");
  }
  claim.signed_headers = split(query_value(query, "X-Amz-SignedHeaders").value_or(""), ';');
  claim.signature = query_value(query, "X-Amz-Signature").value_or("");
  std::string hash = query_value(query, "X-Amz-Content-Sha256").value_or("");
  if (hash.empty()) hash = request.headers.get("X-Amz-Content-SHA256").value_or("");
  claim.payload_hash = hash.empty() ? "UNSIGNED-PAYLOAD" : hash;
  return claim;
}

std::string canonical_query(std::string_view raw) {
  Query pairs = decode_query(raw);
  std::erase_if(pairs, [](const auto& pair) { return pair.first == "X-Amz-Signature"; });
  for (auto& [key, value] : pairs) {
    key = percent_encode(key);
    value = percent_encode(value);
  }
  std::ranges::sort(pairs);
  std::string text;
  for (const auto& [key, value] : pairs) {
    if (!text.empty()) text += '&';
    text += key + "=" + value;
  }
  return text;
}

std::string canonical_value(std::string_view text) {
  std::string out;
  for (char c : trim(text)) {
    bool blank = c == ' ' || c == '\t';
    if (!blank) out += c;
    if (blank && (out.empty() || out.back() != ' ')) out += ' ';
  }
  return out;
}

std::string header_value(const HttpRequest& request, std::string_view name) {
  std::string joined;
  bool first = true;
  for (const Headers::Field& field : request.headers) {
    if (!equals_ignore_case(field.name, name)) continue;
    if (!first) joined += ',';
    joined += canonical_value(field.value);
    first = false;
  }
  if (first && name == "host") return request.url.host_header();
  return joined;
}

}  // namespace

Error refusal(int status, std::string code, std::string message) {
  return Error(ErrorKind::kService, std::move(code), std::move(message)).with_status(status);
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    difference |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]);
  }
  return difference == 0;
}

Result<SignatureClaim> read_signature_claim(const HttpRequest& request,
                                            const VerifierOptions& options) {
  if (auto header = request.headers.get("Authorization")) {
    if (header->starts_with(kAlgorithm)) return read_header_claim(request, *header, options);
    return refusal(400, "InvalidRequest",
                   "this authorization mechanism is not supported; use AWS4-HMAC-SHA256");
  }
  Query query = decode_query(request.url.query);
  if (query_value(query, "X-Amz-Signature")) return read_query_claim(request, query);
  return refusal(403, "AccessDenied", "Access Denied: the request is not signed");
}

std::string canonical_request(const HttpRequest& request, const SignatureClaim& claim,
                              const VerifierOptions& options) {
  std::string path = percent_encode(percent_decode(request.url.path), "/");
  if (path.empty()) path = "/";
  if (!options.single_encoded_path) path = percent_encode(path, "/");
  std::string text =
      request.method + "\n" + path + "\n" + canonical_query(request.url.query) + "\n";
  std::string names;
  for (const std::string& name : claim.signed_headers) {
    text += name + ":" + header_value(request, name) + "\n";
    names += (names.empty() ? "" : ";") + name;
  }
  return text + "\n" + names + "\n" + claim.payload_hash;
}

}  // namespace botocxx::server
