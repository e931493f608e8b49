#pragma once

#include <botocxx/base/result.h>
#include <botocxx/server/signature_verifier.h>

#include <string>
#include <string_view>
#include <vector>

namespace botocxx::server {

/// What a request says about its signature, before anything is believed.
struct SignatureClaim {
  std::string access_key;
  std::string date, region, service;  ///< of the scope
  std::vector<std::string> signed_headers;
  std::string signature;
  std::string time;          ///< yyyymmddThhmmssZ
  std::string payload_hash;  ///< the canonical request's last line
  bool in_query = false;
  std::int64_t expires = 0;  ///< seconds, for presigned URLs

  std::string scope() const { return date + "/" + region + "/" + service + "/aws4_request"; }
};

Result<SignatureClaim> read_signature_claim(const HttpRequest& request,
                                            const VerifierOptions& options);

/// The canonical request of a claim.
std::string canonical_request(const HttpRequest& request, const SignatureClaim& claim,
                              const VerifierOptions& options);

/// A service's error with its status.
Error refusal(int status, std::string code, std::string message);

/// Compares in a time that depends on the lengths only.
bool equal_in_constant_time(std::string_view a, std::string_view b);

}  // namespace botocxx::server
