#pragma once

#include <botocxx/base/export.h>
#include <botocxx/value/value.h>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace botocxx::inline v1 {

struct Config;
struct Credentials;

/// What handlers of one call tell each other and the client: botocore's `request_context`. It lives
/// from the first event of a call to the last, on one thread at a time.
struct CallContext {
  /// What the next attempt is signed with, in place of what model and endpoint say.
  struct Signing {
    std::string region{};  ///< of Version 4a a list of regions
    std::string signing_name{};
    std::shared_ptr<const Credentials> credentials{};  ///< null: the client's
  };
  struct Retries {
    int attempt = 1;              ///< number of the attempt that is being made
    std::string invocation_id{};  ///< the same for all attempts of a call
    std::optional<int> max_attempts{};
    std::optional<int> quota_taken{};  ///< by the last retry, of the client's quota
    std::string ttl{};  ///< "20260102T030405Z": when the client gives up; empty: unknown
    Value metadata = Value::object();  ///< added to the result's ResponseMetadata
  };

  const Config& config;
  std::string_view client_region{};
  bool has_streaming_input = false;
  /// A URL or form is signed for others, instead of a request to be sent.
  bool is_presign_request = false;
  /// Only an answer is read, of a request that somebody else made.
  bool is_answer_only = false;
  /// Filled in when the endpoint is known.
  Signing signing{};
  Retries retries{};
  /// `properties` of the resolved endpoint.
  Value endpoint_properties{};
  /// Another code that the error of this call answers to; empty: none.
  std::string error_code_override{};
  /// Handlers' own notes, by names of theirs.
  Value notes = Value::object();
  std::map<std::string, std::shared_ptr<void>, std::less<>> objects{};
};

}  // namespace botocxx::inline v1
