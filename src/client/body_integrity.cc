#include "client/body_integrity.h"

#include "integrity/request_checksum.h"
#include "integrity/request_compression.h"
#include "integrity/validated_stream.h"

namespace botocxx::client {
namespace {

using integrity::WhenToCheck;

// check_layers: allow-file service-name: the older signature of stores is called "s3"
constexpr std::string_view kWithoutTrailers = "s3";
constexpr std::uint64_t kMinCompressedSize = 10240;

WhenToCheck when(const std::string& word) {
  return word == "when_required" ? WhenToCheck::kRequired : WhenToCheck::kSupported;
}

}  // namespace

void ask_for_checksum(const Call& call, Value& params) {
  if (call.context.is_presign_request) return;
  auto validation = when(call.client.parts.config.response_checksum_validation);
  integrity::ask_for_response_checksum(integrity::checksum_traits(call.operation), validation,
                                       params);
}

Result<std::optional<integrity::RequestChecksum>> plan_checksums(Call& call, const Value& params,
                                                                 const HttpRequest& request) {
  const ClientParts& parts = call.client.parts;
  const integrity::ChecksumTraits traits = integrity::checksum_traits(call.operation);
  call.response_checksums = integrity::choose_response_checksums(traits, params);
  integrity::RequestFacts facts;
  facts.calculation = when(parts.config.request_checksum_calculation);
  facts.https = request.url.scheme == "https";
  facts.takes_trailers =
      parts.integrity.takes_trailers && call.client.signature_version != kWithoutTrailers;
  facts.content_md5 = parts.integrity.content_md5;
  return integrity::choose_request_checksum(call.operation, traits, params, request.headers, facts);
}

Result<void> complete_body(const Call& call,
                           const std::optional<integrity::RequestChecksum>& checksum,
                           Prepared& prepared) {
  const Config& config = call.client.parts.config;
  integrity::CompressionSettings settings;
  settings.disabled = config.disable_request_compression.value_or(false);
  settings.min_size = config.request_min_compression_size_bytes.value_or(kMinCompressedSize);
  settings.signature_version = call.client.signature_version;
  auto compressed = integrity::compress_request(call.operation, settings, prepared.request);
  if (!compressed) return std::move(compressed).error();
  if (!checksum) return {};
  auto applied = integrity::apply_request_checksum(*checksum, prepared.request);
  if (!applied) return std::move(applied).error();
  if (!*applied) return {};
  prepared.signing.checksum_in_trailer = checksum->place == integrity::ChecksumPlace::kTrailer;
  if (!prepared.signing.checksum_in_trailer) prepared.signing.checksum_header = checksum->name;
  return {};
}

Result<void> check_body(Call& call, HttpResponse& response) {
  call.checked_by = {};
  auto expected = integrity::find_expected_checksum(call.response_checksums, response.headers);
  if (!expected) return {};
  call.checked_by = integrity::to_string(expected->algorithm);
  if (!call.operation.has_streaming_output()) {
    return integrity::check(*expected, response.body.bytes());
  }
  response.body = integrity::validated(std::move(response.body), *std::move(expected));
  return {};
}

}  // namespace botocxx::client
