#pragma once

#include "auth/sigv4.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace botocxx::auth {

inline HttpRequest make_request(std::string method, std::string_view url,
                                std::vector<Headers::Field> headers = {}, Body body = {}) {
  HttpRequest request;
  request.method = std::move(method);
  request.url = Url::parse(url).value();
  for (auto& field : headers) request.headers.add(field.name, field.value);
  request.body = std::move(body);
  return request;
}

inline Credentials make_credentials(std::string access_key, std::string secret_key,
                                    std::string token = {}) {
  Credentials credentials;
  credentials.access_key = std::move(access_key);
  credentials.secret_key = std::move(secret_key);
  credentials.session_token = std::move(token);
  return credentials;
}

/// The credentials of the service documentation's examples.
inline Credentials documented_credentials() {
  return make_credentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
}

/// Options as for S3 in us-east-1; `time` as `Timestamp::parse` reads it.
inline SigV4Options store_options(std::string_view time) {
  SigV4Options options;
  options.region = "us-east-1";
  options.service = "s3";
  options.time = Timestamp::parse(time).value();
  options.double_encode_path = options.normalize_path = false;
  options.send_content_sha256 = true;
  return options;
}

}  // namespace botocxx::auth
