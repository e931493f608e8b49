#include "integrity/request_compression.h"

#include "codec/json.h"
#include "integrity/gzip.h"

namespace botocxx::integrity {
namespace {

constexpr std::string_view kGzip = "gzip";

bool takes_gzip(const Operation& operation) {
  auto trait = operation.trait("requestcompression");
  if (!trait) return false;
  auto read = codec::parse_json(*trait);
  if (!read) return false;
  for (const Value& encoding : (*read)["encodings"].items()) {
    if (encoding.get_if_string() == kGzip) return true;
  }
  return false;
}

bool has_open_length(const Operation& operation) {
  auto payload = operation.input()->shape().payload();
  return !payload ||
         (!payload->trait("requiresLength") && !payload->shape().trait("requiresLength"));
}

bool is_wanted(const Operation& operation, const CompressionSettings& settings, const Body& body) {
  if (settings.disabled || settings.signature_version == "v2") return false;
  if (!takes_gzip(operation)) return false;
  if (operation.has_streaming_input()) return has_open_length(operation);
  return body.size().value_or(0) >= settings.min_size;
}

}  // namespace

Result<bool> compress_request(const Operation& operation, const CompressionSettings& settings,
                              HttpRequest& request) {
  if (!is_wanted(operation, settings, request.body)) return false;
  if (request.body.is_stream()) {
    auto stream = make_gzip_stream(std::move(request.body));
    if (!stream) return std::move(stream).error();
    request.body = Body(*std::move(stream));
  } else {
    auto compressed = gzip(request.body.bytes());
    if (!compressed) return std::move(compressed).error();
    request.body = Body(*std::move(compressed));
  }
  auto before = request.headers.get("Content-Encoding");
  request.headers.set("Content-Encoding",
                      before ? std::string(*before).append(",").append(kGzip) : std::string(kGzip));
  // What was said of the body before is not true of it any more.
  request.headers.remove("Content-Length");
  return true;
}

}  // namespace botocxx::integrity
