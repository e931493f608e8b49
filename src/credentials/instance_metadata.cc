#include "credentials/instance_metadata.h"

#include "credentials/metadata_request.h"
#include <botocxx/base/text_encoding.h>

#include <fmt/format.h>

#include <charconv>
#include <utility>

namespace botocxx::credentials {
namespace {

constexpr char kTokenPath[] = "latest/api/token";
constexpr char kUserAgent[] = "Botocxx/0.1.0";

std::optional<std::string> setting(const CredentialsContext& context, std::string_view variable,
                                   std::string_view option) {
  if (auto value = context.host.environment->get(variable)) return value;
  auto setting = context.config->get(option);
  if (!setting) return std::nullopt;
  return std::move(setting->value);
}

bool is_true(const std::optional<std::string>& value) {
  return value && to_lower(*value) == "true";
}

Result<int> number(const CredentialsContext& context, std::string_view variable,
                   std::string_view option) {
  auto text = setting(context, variable, option);
  if (!text) return 1;
  int value = 0;
  auto [end, failure] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (failure == std::errc() && end == text->data() + text->size() && value >= 0) return value;
  return Error(ErrorKind::kCredentials, "InvalidConfig",
               fmt::format("{} is '{}', which is not a whole number", option, *text));
}

Error invalid_endpoint(const std::string& endpoint) {
  return Error(ErrorKind::kCredentials, "InvalidIMDSEndpoint",
               fmt::format("Invalid endpoint EC2 Instance Metadata endpoint: {}", endpoint));
}

Result<bool> wants_ipv6(const CredentialsContext& context) {
  auto mode = setting(context, "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",
                      "ec2_metadata_service_endpoint_mode");
  if (!mode) return is_true(setting(context, "AWS_IMDS_USE_IPV6", "imds_use_ipv6"));
  const std::string lower = to_lower(*mode);
  if (lower == "ipv4" || lower == "ipv6") return lower == "ipv6";
  return Error(ErrorKind::kCredentials, "InvalidIMDSEndpointMode",
               fmt::format("Invalid EC2 Instance Metadata endpoint mode: {} Valid endpoint modes "
                           "(case-insensitive): ('ipv4', 'ipv6').",
                           *mode));
}

}  // namespace

Result<InstanceMetadataSettings> instance_metadata_settings(const CredentialsContext& context) {
  InstanceMetadataSettings settings;
  auto timeout = number(context, "AWS_METADATA_SERVICE_TIMEOUT", "metadata_service_timeout");
  if (!timeout) return std::move(timeout).error();
  settings.timeout = std::chrono::seconds(*timeout);
  auto attempts =
      number(context, "AWS_METADATA_SERVICE_NUM_ATTEMPTS", "metadata_service_num_attempts");
  if (!attempts) return std::move(attempts).error();
  settings.attempts = *attempts;
  auto ipv6 = wants_ipv6(context);
  if (!ipv6) return std::move(ipv6).error();
  settings.endpoint = *ipv6 ? "http://[fd00:ec2::254]/" : "http://169.254.169.254/";
  auto endpoint =
      setting(context, "AWS_EC2_METADATA_SERVICE_ENDPOINT", "ec2_metadata_service_endpoint");
  if (endpoint && !endpoint->empty()) settings.endpoint = *endpoint;
  if (!Url::parse(settings.endpoint)) return invalid_endpoint(settings.endpoint);
  if (!settings.endpoint.ends_with('/')) settings.endpoint += '/';
  settings.disabled = is_true(context.host.environment->get("AWS_EC2_METADATA_DISABLED"));
  settings.v1_disabled =
      is_true(setting(context, "AWS_EC2_METADATA_V1_DISABLED", "ec2_metadata_v1_disabled"));
  return settings;
}

InstanceMetadata::InstanceMetadata(InstanceMetadataSettings settings, HttpClient& http,
                                   CredentialsProvider::Deadline deadline)
    : settings_(std::move(settings)), http_(http), deadline_(deadline) {}

HttpRequest InstanceMetadata::request(std::string method, const std::string& path) const {
  HttpRequest request;
  request.method = std::move(method);
  // The endpoint was parsed before; what a server calls its role may hold anything.
  auto url = Url::parse(settings_.endpoint + percent_encode(path, "/-._~"));
  if (url) request.url = *std::move(url);
  request.headers.set("User-Agent", kUserAgent);
  return request;
}

Result<std::optional<std::string>> InstanceMetadata::token() {
  HttpRequest asked = request("PUT", kTokenPath);
  asked.headers.set("x-aws-ec2-metadata-token-ttl-seconds", "21600");
  asked.headers.set("Content-Length", "0");
  for (int attempt = 0; attempt < settings_.attempts; ++attempt) {
    auto answer = ask_metadata(http_, asked, settings_.timeout, deadline_);
    if (!answer) {
      why_ = answer.error().message();
      if (answer.error().is("ReadTimeout")) return std::optional<std::string>();
      if (!is_retryable_connection_error(answer.error())) return std::move(answer).error();
      continue;
    }
    why_ = fmt::format("{} answered with status {}", asked.url.to_string(), answer->status);
    if (answer->status == 200) return std::optional(std::move(answer->body));
    if (answer->status == 400) ended_ = true;
    bool unknown = answer->status == 404 || answer->status == 403 || answer->status == 405;
    if (ended_ || unknown) break;
  }
  return std::optional<std::string>();
}

Result<std::optional<std::string>> InstanceMetadata::get(const std::string& path,
                                                         const std::optional<std::string>& token,
                                                         bool (*is_good)(const std::string&)) {
  const bool has_token = token && !token->empty();
  if (!has_token && settings_.v1_disabled) {
    return Error(ErrorKind::kCredentials, "MetadataRetrieval",
                 "Error retrieving metadata: Unable to retrieve token for use in IMDSv2 call and "
                 "IMDSv1 has been disabled");
  }
  HttpRequest asked = request("GET", path);
  if (token) asked.headers.set("x-aws-ec2-metadata-token", *token);
  for (int attempt = 0; attempt < settings_.attempts; ++attempt) {
    auto answer = ask_metadata(http_, asked, settings_.timeout, deadline_);
    if (!answer) {
      why_ = answer.error().message();
      if (!is_retryable_connection_error(answer.error())) return std::move(answer).error();
      continue;
    }
    bool good = answer->status == 200 && !answer->body.empty() && is_good(answer->body);
    if (good) return std::optional(std::move(answer->body));
    why_ = answer->status == 200
               ? fmt::format("{} gave nothing that can be read", asked.url.to_string())
               : fmt::format("{} answered with status {}", asked.url.to_string(), answer->status);
  }
  ended_ = true;
  return std::optional<std::string>();
}

}  // namespace botocxx::credentials
