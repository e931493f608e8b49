#include "client/endpoint_auth.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <span>

namespace botocxx::client {
namespace {

// check_layers: allow service-name: "s3" is the name of a signer
constexpr std::array<std::string_view, 6> kSigners{"v2",     "v3", "s3",
                                                   "bearer", "v4", "v4-s3express"};

std::string_view without_prefix(std::string_view text, std::string_view prefix) {
  return text.starts_with(prefix) ? text.substr(prefix.size()) : text;
}

std::string_view signer_of(const Value& scheme) {
  return without_prefix(scheme["name"].get_if_string().value_or(""), "sig");
}

// "s3v4-query" and "v4" both mean the scheme "sigv4"; "s3" is a signer of its own.
bool means(std::string_view configured, std::string_view signer) {
  configured = configured.substr(0, configured.find('-'));
  // check_layers: allow service-name: here it is the name of a signature version
  return signer == (configured == "s3" ? configured : without_prefix(configured, "s3"));
}

// Version 4a where nothing else will do: its signatures cost the most, and botocore has it only
// with AWS's C library.
const Value* choose(const Value& schemes, const std::string& configured) {
  auto fits = [&](const Value& scheme) {
    if (!configured.empty()) return means(configured, signer_of(scheme));
    return std::find(kSigners.begin(), kSigners.end(), signer_of(scheme)) != kSigners.end();
  };
  std::span<const Value> all = schemes.items();
  auto found = std::find_if(all.begin(), all.end(), fits);
  if (found == all.end() && configured.empty()) {
    found = std::find_if(all.begin(), all.end(),
                         [](const Value& scheme) { return signer_of(scheme) == "v4a"; });
  }
  return found == all.end() ? nullptr : &*found;
}

}  // namespace

Result<void> choose_endpoint_auth(const Config& config, Endpoint& endpoint) {
  const Value& schemes = endpoint.properties["authSchemes"];
  if (!schemes.is_list() || schemes.empty()) return {};
  if (config.unsigned_requests) {
    endpoint.auth_type = "none";
    return {};
  }
  const Value* scheme = choose(schemes, config.signature_version);
  if (scheme == nullptr) {
    if (!config.signature_version.empty()) return {};
    std::vector<std::string_view> names;
    for (const Value& one : schemes.items()) names.push_back(signer_of(one));
    return Error(ErrorKind::kEndpoint, "UnknownSignatureVersion",
                 fmt::format("Unknown Signature Version: {}.", fmt::join(names, ", ")));
  }
  endpoint.auth_type = signer_of(*scheme);
  endpoint.signing_name = (*scheme)["signingName"].get_if_string().value_or(endpoint.signing_name);
  if (auto region = (*scheme)["signingRegion"].get_if_string()) {
    endpoint.signing_region = *region;
  } else if (const Value& set = (*scheme)["signingRegionSet"]; !set.empty()) {
    std::vector<std::string_view> regions;
    for (const Value& one : set.items()) regions.push_back(one.get_if_string().value_or(""));
    endpoint.signing_region = fmt::format("{}", fmt::join(regions, ","));
  }
  return {};
}

}  // namespace botocxx::client
