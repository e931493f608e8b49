#pragma once

#include <botocxx/base/result.h>
#include <botocxx/credentials/provider.h>
#include <botocxx/message/http.h>
#include <botocxx/transport/http_client.h>

#include <chrono>
#include <string>

namespace botocxx::credentials {

/// Whole answer of an endpoint of the machine.
struct MetadataAnswer {
  int status = 0;
  std::string body{};
};

/// Sends once. An error of the connection is returned as it is.
Result<MetadataAnswer> ask_metadata(HttpClient& http, const HttpRequest& request,
                                    std::chrono::milliseconds timeout,
                                    CredentialsProvider::Deadline deadline);

/// Whether botocore tries again after this error: the connection failed or was too slow.
bool is_retryable_connection_error(const Error& error);

}  // namespace botocxx::credentials
