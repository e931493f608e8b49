#include "credentials/metadata_request.h"

namespace botocxx::credentials {
namespace {

// Credentials are a short document.
constexpr std::uint64_t kBodyLimit = 1024 * 1024;

}  // namespace

Result<MetadataAnswer> ask_metadata(HttpClient& http, const HttpRequest& request,
                                    std::chrono::milliseconds timeout,
                                    CredentialsProvider::Deadline deadline) {
  SendOptions options;
  options.connect_timeout = timeout;
  options.read_timeout = timeout;
  options.deadline = deadline;
  options.body_limit = kBodyLimit;
  auto response = http.send(request, options);
  if (!response) return std::move(response).error();
  auto body = response->body.read_all(kBodyLimit);
  if (!body) return std::move(body).error();
  return MetadataAnswer{response->status, *std::move(body)};
}

bool is_retryable_connection_error(const Error& error) {
  return error.is("ReadTimeout") || error.is("EndpointConnection") ||
         error.is("ConnectionClosed") || error.is("ConnectTimeout");
}

}  // namespace botocxx::credentials
