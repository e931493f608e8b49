#include "customize/store_control_endpoint_policy.h"

#include "customize/bucket_endpoint_policy.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

namespace botocxx::customize {
namespace {

struct Arn {
  std::string text;
  std::string_view service;
  std::string_view region;
  std::string_view account;
  std::vector<std::string_view> resource;
};

// "prefix:partition:service:region:account:resource", the resource split at ":" and "/".
std::optional<Arn> parse_arn(const Value& value) {
  Arn arn;
  if (!value.is_string()) return std::nullopt;
  std::string_view rest = value.as_string();
  arn.text = rest;
  std::vector<std::string_view> parts;
  for (int i = 0; i < 5; ++i) {
    std::size_t colon = rest.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    parts.push_back(rest.substr(0, colon));
    rest.remove_prefix(colon + 1);
  }
  arn.service = parts[2];
  arn.region = parts[3];
  arn.account = parts[4];
  while (true) {
    std::size_t end = rest.find_first_of(":/");
    arn.resource.push_back(rest.substr(0, end));
    if (end == std::string_view::npos) return arn;
    rest.remove_prefix(end + 1);
  }
}

Error bad_arn(std::string_view arn, std::string_view reason) {
  return Error(
      ErrorKind::kEndpoint, "UnsupportedS3ControlArn",
      fmt::format("S3 ARN \"{}\" provided is invalid for this operation. {}", arn, reason));
}

Error bad_configuration(std::string_view reason) {
  return Error(ErrorKind::kEndpoint, "UnsupportedS3ControlConfiguration",
               fmt::format("Unsupported configuration when using S3 Control: {}", reason));
}

// `outpost/ID/KIND/NAME`
bool names_outpost(const Arn& arn, std::string_view kind) {
  return arn.service == "s3-outposts" && arn.resource.size() == 4 && arn.resource[0] == "outpost" &&
         arn.resource[2] == kind;
}

Result<void> take_account(std::string_view name, std::string_view kind, const Config& config,
                          Value& params) {
  auto arn = parse_arn(params[name]);
  if (!arn) return {};
  if (arn->region.starts_with("fips-") || arn->region.ends_with("fips-")) {
    return bad_arn(arn->text, "Invalid ARN, FIPS region not allowed in ARN.");
  }
  if (config.s3.use_accelerate_endpoint.value_or(false)) {
    return bad_configuration("S3 control client does not support accelerate endpoints");
  }
  if (!names_outpost(*arn, kind)) {
    return bad_arn(arn->text,
                   fmt::format("The {} parameter does not support the provided ARN", name));
  }
  const Value& account = params["AccountId"];
  if (!account.is_null() && account != Value(arn->account)) {
    return bad_arn(arn->text,
                   fmt::format("Account ID in arn does not match the AccountId parameter provided: "
                               "\"{}\"",
                               account.get_if_string().value_or("")));
  }
  params.set("AccountId", arn->account);
  return {};
}

}  // namespace

Value StoreControlEndpointPolicy::built_in(std::string_view name, const EndpointQuery& query,
                                           const std::string& region) const {
  if (name == "AWS::UseDualStack") return wants_dual_stack(query);
  if (name == "AWS::S3Control::UseArnRegion") return query.config.s3.use_arn_region.value_or(false);
  return EndpointPolicy::built_in(name, query, region);
}

Value StoreControlEndpointPolicy::client_context(std::string_view name,
                                                 const EndpointQuery& query) const {
  if (name == "use_arn_region" && query.config.s3.use_arn_region) {
    return *query.config.s3.use_arn_region;
  }
  return EndpointPolicy::client_context(name, query);
}

// The rules put the account in front of the host.
void StoreControlEndpointPolicy::finish(const EndpointQuery& query, const Value& params,
                                        Endpoint& endpoint) const {
  endpoint.omit_host_prefix = query.operation.host_prefix() == "{AccountId}." &&
                              params["RequiresAccountId"].get_if_bool().value_or(false);
}

Error StoreControlEndpointPolicy::translate(Error error, const Value& params) const {
  const std::string& message = error.message();
  if (message.starts_with("Invalid ARN:")) {
    return bad_arn(params["Bucket"].get_if_string().value_or("None"), message);
  }
  if (message.starts_with("Invalid configuration:") ||
      message.starts_with("Client was configured for partition")) {
    return bad_configuration(message);
  }
  if (message == "AccountId is required but not set") {
    return Error(ErrorKind::kValidation, "ParamValidation",
                 fmt::format("Parameter validation failed:\n{}", message));
  }
  return EndpointPolicy::translate(std::move(error), params);
}

Result<void> StoreControlEndpointPolicy::complete_params(const Operation& operation,
                                                         const Config& config,
                                                         Value& params) const {
  // These say by a parameter of their own which outpost they mean.
  if (operation.name() == "CreateBucket" || operation.name() == "ListRegionalBuckets") return {};
  if (operation.name() != "CreateAccessPoint") {
    if (auto taken = take_account("Name", "accesspoint", config, params); !taken) return taken;
  }
  return take_account("Bucket", "bucket", config, params);
}

}  // namespace botocxx::customize
