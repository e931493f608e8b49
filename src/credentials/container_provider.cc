#include "codec/json.h"
#include "credentials/container_endpoint.h"
#include "credentials/decline.h"
#include "credentials/expiry.h"
#include "credentials/metadata_request.h"
#include "credentials/refresher.h"
#include <botocxx/credentials/machine_providers.h>

#include <fmt/format.h>

#include <thread>
#include <utility>

namespace botocxx::inline v1 {
namespace {

constexpr char kMethod[] = "container-role";
constexpr char kRelative[] = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
constexpr char kFull[] = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
constexpr std::chrono::seconds kTimeout{2};
constexpr std::chrono::seconds kPause{1};
constexpr int kAttempts = 3;
constexpr std::size_t kMostText = 1024;

Error failed(std::string_view why) { return credentials::retrieval_failed(kMethod, why); }

Result<Credentials> read(const Value& answer) {
  Credentials found;
  for (std::string_view name : {"AccessKeyId", "SecretAccessKey", "Token", "Expiration"}) {
    if (answer[name].is_string()) continue;
    return failed(fmt::format("the container's answer has no {}", name));
  }
  found.access_key = answer["AccessKeyId"].as_string();
  found.secret_key = answer["SecretAccessKey"].as_string();
  found.session_token = answer["Token"].as_string();
  found.account_id = answer["AccountId"].get_if_string().value_or("");
  found.source = kMethod;
  auto expires = credentials::read_expiry(answer["Expiration"].as_string());
  if (!expires) return failed("the container's answer has an Expiration that is not a timestamp");
  found.expires = *expires;
  return found;
}

class ContainerProvider : public CredentialsProvider {
 public:
  explicit ContainerProvider(CredentialsContext context)
      : context_(std::move(context)),
        refresher_(*context_.host.clock, {.method = kMethod,
                                          .first = credentials::Refresher::First::kLoaded,
                                          .warn = context_.options.warn}) {}

  Result<std::shared_ptr<const Credentials>> resolve(Deadline deadline) override {
    const Environment& environment = *context_.host.environment;
    auto relative = environment.get(kRelative);
    auto full = environment.get(kFull);
    if (!relative && !full) {
      return credentials::declined(fmt::format("{} or {} is not set", kRelative, kFull));
    }
    if (!context_.container_http) return credentials::unreachable(kMethod, "containers");
    const std::string url = relative ? "http://169.254.170.2" + *relative : *full;
    return refresher_.get(deadline, [&](Deadline end) { return fetch(url, end); });
  }
  std::string_view method() const override { return kMethod; }

 private:
  Result<Credentials> fetch(const std::string& text, Deadline deadline) const {
    auto token = authorization();
    if (!token) return std::move(token).error();
    auto url = credentials::container_endpoint(text);
    if (!url) return std::move(url).error();
    HttpRequest request;
    request.method = "GET";
    request.url = *std::move(url);
    request.headers.set("Accept", "application/json");
    if (*token) request.headers.set("Authorization", **token);
    auto http = context_.container_http();
    for (int attempt = 1;; ++attempt) {
      auto answer = ask(*http, request, deadline);
      if (answer) return read(*answer);
      if (attempt == kAttempts || !answer.error().is("MetadataRetrieval")) {
        return failed(answer.error().message());
      }
      pause();
    }
  }

  // The token in the file may be a new one each time; as in botocore nothing is cut off it.
  Result<std::optional<std::string>> authorization() const {
    const Environment& environment = *context_.host.environment;
    auto token = environment.get("AWS_CONTAINER_AUTHORIZATION_TOKEN");
    if (auto file = environment.get("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE")) {
      auto text = context_.host.files->read_file(*file);
      if (!text) return failed(text.error().message());
      token = *std::move(text);
    }
    if (token && token->find_first_of("\r\n") != std::string::npos) {
      return failed("Auth token value is not a legal header value");
    }
    return token;
  }

  static Result<Value> ask(HttpClient& http, const HttpRequest& request, Deadline deadline) {
    auto again = [](std::string_view why) {
      return Error(ErrorKind::kCredentials, "MetadataRetrieval",
                   fmt::format("Error retrieving metadata: {}", why));
    };
    auto answer = credentials::ask_metadata(http, request, kTimeout, deadline);
    if (!answer) {
      if (!credentials::is_retryable_connection_error(answer.error())) {
        return std::move(answer).error();
      }
      return again(fmt::format("Received error when attempting to retrieve container metadata: {}",
                               answer.error().message()));
    }
    if (answer->status != 200) {
      return again(fmt::format("Received non 200 response {} from container metadata: {}",
                               answer->status, answer->body.substr(0, kMostText)));
    }
    auto document = codec::parse_json(answer->body);
    if (document) return document;
    return again("Unable to parse JSON returned from container metadata services");
  }

  void pause() const {
    if (context_.options.pause) {
      context_.options.pause(kPause);
    } else {
      std::this_thread::sleep_for(kPause);
    }
  }

  const CredentialsContext context_;
  credentials::Refresher refresher_;
};

}  // namespace

std::shared_ptr<CredentialsProvider> make_container_credentials_provider(
    CredentialsContext context) {
  return std::make_shared<ContainerProvider>(std::move(context));
}

}  // namespace botocxx::inline v1
