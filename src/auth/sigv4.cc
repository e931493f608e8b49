#include "auth/sigv4.h"

#include "auth/canonical_request.h"
#include "auth/signing_key.h"
#include "base/digest.h"
#include <botocxx/base/text_encoding.h>

#include <algorithm>

namespace botocxx::auth {
namespace {

constexpr std::string_view kContentSha256 = "X-Amz-Content-SHA256";
constexpr std::string_view kEmptySha256 =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

Result<std::string> hash_stream(const Body& body) {
  if (!body.can_rewind()) {
    return Error(ErrorKind::kUsage, "UnseekableStream",
                 "the request's body can be read only once, so it can't be signed by its content")
        .with_hint("give a body that can be rewound, or sign without the payload over https");
  }
  base::Digest digest(base::DigestAlgorithm::kSha256);
  auto copied = body.copy_to([&](std::span<const std::byte> piece) {
    digest.update(piece);
    return Result<void>();
  });
  if (!copied) return std::move(copied).error();
  if (auto rewound = body.rewind(); !rewound) return std::move(rewound).error();
  return hex_encode(as_byte_span(digest.finish()));
}

Result<std::string> hash_body(const Body& body) {
  if (body.is_stream()) return hash_stream(body);
  if (body.bytes().empty()) return std::string(kEmptySha256);
  return base::sha256_hex(body.bytes());
}

Result<std::string> payload_hash(const HttpRequest& request, const SigV4Options& options) {
  if (options.payload == PayloadHash::kUnsigned) return std::string("UNSIGNED-PAYLOAD");
  // A service may have put its own value there; one that always sends it computes it anew.
  if (options.payload == PayloadHash::kHeader || !options.send_content_sha256) {
    if (auto given = request.headers.get(kContentSha256)) return std::string(*given);
  }
  return hash_body(request.body);
}

// Python's `formatdate` writes the zone as -0000 where HTTP's own dates say GMT.
std::string date_header(Timestamp time) {
  std::string text = Timestamp::from_unix(time.seconds()).to_rfc822();
  return text.replace(text.size() - 3, 3, "-0000");
}

void add_headers_before_signing(const HttpRequest& request, const Credentials& credentials,
                                const SigV4Options& options, const std::string& time,
                                const std::string& hash, SignatureAdditions& additions) {
  auto& headers = additions.headers;
  headers.reserve(4);
  if (request.headers.contains("Date")) {
    headers.push_back({"Date", date_header(options.time)});
  } else {
    headers.push_back({"X-Amz-Date", time});
  }
  if (!credentials.session_token.empty()) {
    headers.push_back({"X-Amz-Security-Token", credentials.session_token});
  }
  if (options.send_content_sha256 || options.payload == PayloadHash::kUnsigned) {
    headers.push_back({std::string(kContentSha256), hash});
  }
}

// Whether signing takes this field of the request away: it is replaced, or belongs to an earlier
// signature.
bool is_replaced(std::string_view name, const SignatureAdditions& additions) {
  if (equals_ignore_case(name, "Authorization")) return true;
  if (equals_ignore_case(name, "X-Amz-Date")) return true;
  return std::any_of(additions.headers.begin(), additions.headers.end(),
                     [&](const Headers::Field& f) { return equals_ignore_case(f.name, name); });
}

std::vector<SignedField> fields_to_sign(const HttpRequest& request, const std::string& host,
                                        const SignatureAdditions& additions) {
  std::vector<SignedField> fields;
  fields.reserve(request.headers.size() + additions.headers.size() + 1);
  bool has_host = false;
  for (const Headers::Field& field : request.headers) {
    if (is_replaced(field.name, additions)) continue;
    std::string name = to_lower(field.name);
    if (!is_signable(name)) continue;
    has_host = has_host || name == "host";
    fields.push_back({std::move(name), field.value});
  }
  for (const Headers::Field& field : additions.headers) {
    fields.push_back({to_lower(field.name), field.value});
  }
  if (!has_host) fields.push_back({"host", host});
  sort_fields(fields);
  return fields;
}

std::string canonical_request(const HttpRequest& request, const SigV4Options& options,
                              const std::vector<SignedField>& fields,
                              const std::string& signed_headers, const std::string& hash) {
  std::string text;
  std::size_t values = 0;
  for (const SignedField& field : fields) values += field.name.size() + field.value.size() + 2;
  text.reserve(request.url.path.size() + request.url.query.size() + values + signed_headers.size() +
               hash.size() + 64);
  for (char c : request.method) text += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  text += '\n';
  text += canonical_path(request.url.path, options.double_encode_path, options.normalize_path);
  text += '\n';
  text += canonical_query(request.url.query);
  text += '\n';
  append_canonical_headers(text, fields);
  text.append("\n").append(signed_headers).append("\n").append(hash);
  return text;
}

}  // namespace

Result<SignatureAdditions> sign_v4(const HttpRequest& request, const Credentials& credentials,
                                   const SigV4Options& options, SigningKeyCache* cache) {
  if (credentials.access_key.empty() || credentials.secret_key.empty()) {
    return Error(ErrorKind::kCredentials, "NoCredentials", "Unable to locate credentials");
  }
  auto hash = payload_hash(request, options);
  if (!hash) return std::move(hash).error();
  SignatureAdditions additions;
  const std::string time = options.time.to_basic();
  add_headers_before_signing(request, credentials, options, time, *hash, additions);

  const std::string host = signed_host(request.url);
  const auto fields = fields_to_sign(request, host, additions);
  additions.signed_headers = signed_header_names(fields);
  additions.canonical_request =
      canonical_request(request, options, fields, additions.signed_headers, *hash);

  const SigningScope scope{std::string_view(time).substr(0, 8), options.region, options.service};
  const std::string scope_text = credential_scope(scope);
  additions.string_to_sign = "AWS4-HMAC-SHA256\n";
  additions.string_to_sign.append(time).append("\n").append(scope_text).append("\n");
  additions.string_to_sign += base::sha256_hex(additions.canonical_request);
  additions.signature = hex_encode(
      SigningKeyAccess::key(credentials.secret_key, scope, cache).mac(additions.string_to_sign));

  std::string authorization = "AWS4-HMAC-SHA256 Credential=";
  authorization.reserve(160 + credentials.access_key.size() + scope_text.size() +
                        additions.signed_headers.size());
  authorization.append(credentials.access_key).append("/").append(scope_text);
  authorization.append(", SignedHeaders=").append(additions.signed_headers);
  authorization.append(", Signature=").append(additions.signature);
  additions.headers.push_back({"Authorization", std::move(authorization)});
  return additions;
}

void apply(const SignatureAdditions& additions, HttpRequest& request) {
  // A request has either date; botocore removes the other, and appends what it replaces.
  request.headers.remove("X-Amz-Date");
  for (const Headers::Field& field : additions.headers) {
    request.headers.remove(field.name);
    request.headers.add(field.name, field.value);
  }
}

}  // namespace botocxx::auth
