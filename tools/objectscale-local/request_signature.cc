#include "request_signature.h"

#include "service_error.h"

#include <atomic>

namespace botocxx::objectscale {
namespace {

/// Query keys that Signature V2 covers everywhere.
std::vector<std::string> signed_subresources(const Behaviour& behaviour) {
  std::vector<std::string> keys = {"accelerate",
                                   "acl",
                                   "analytics",
                                   "cors",
                                   "defaultObjectAcl",
                                   "delete",
                                   "encryption",
                                   "endpoint",
                                   "inventory",
                                   "isstaleallowed",
                                   "lifecycle",
                                   "location",
                                   "logging",
                                   "metrics",
                                   "notification",
                                   "object-lock",
                                   "partNumber",
                                   "policy",
                                   "policyStatus",
                                   "publicAccessBlock",
                                   "replication",
                                   "requestPayment",
                                   "response-cache-control",
                                   "response-content-disposition",
                                   "response-content-encoding",
                                   "response-content-language",
                                   "response-content-type",
                                   "response-expires",
                                   "restore",
                                   "retention",
                                   "tagging",
                                   "torrent",
                                   "uploadId",
                                   "uploads",
                                   "versionId",
                                   "versioning",
                                   "versions",
                                   "website"};
  if (behaviour.v2_sign_query) keys.insert(keys.end(), {"query", "searchmetadata"});
  return keys;
}

}  // namespace

Result<VerifiedRequest> verify_request(const Endpoint& endpoint, const HttpRequest& request) {
  auto find = [&](std::string_view access_key) { return endpoint.find_credentials(access_key); };
  Timestamp now = system_host().clock->now();
  if (is_signed_v2(request)) {
    if (!endpoint.behaviour().accept_v2) {
      return service_error("InvalidRequest",
                           "The authorization mechanism you have provided is not supported. "
                           "Please use AWS4-HMAC-SHA256.");
    }
    SignatureV2Options options;
    options.find_credentials = find;
    options.subresources = signed_subresources(endpoint.behaviour());
    options.signed_prefixes = {"x-amz-", "x-emc-"};
    return verify_signature_v2(request, options, now);
  }
  VerifierOptions options;
  options.find_credentials = find;
  options.service = endpoint.router().model().signing_name();
  options.signed_prefixes = {"x-amz-", "x-emc-"};
  options.require_content_sha256 = true;
  options.single_encoded_path = true;
  return verify_signature_v4(request, options, now);
}

std::string new_request_id() {
  static std::atomic<unsigned> count{0};
  std::string id = new_id();
  return "0a000001:" + id.substr(0, 11) + ":" + id.substr(11, 5) + ":" +
         std::to_string(count.fetch_add(1) % 4096);
}

}  // namespace botocxx::objectscale
