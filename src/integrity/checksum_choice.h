#pragma once

#include "integrity/checksum.h"
#include <botocxx/base/result.h>
#include <botocxx/message/headers.h>
#include <botocxx/model/service_model.h>
#include <botocxx/value/value.h>

#include <optional>
#include <string>
#include <vector>

namespace botocxx::integrity {

/// What a model says of an operation's checksums ("httpChecksum", "httpChecksumRequired").
struct ChecksumTraits {
  bool required = false;
  std::string algorithm_member{};  ///< names the request's algorithm; empty: there is none
  std::string mode_member{};       ///< asks for the answer's checksum; empty: there is none
  std::vector<std::string> response_algorithms{};
};
ChecksumTraits checksum_traits(const Operation& operation);

enum class WhenToCheck { kSupported, kRequired };
enum class ChecksumPlace { kHeader, kTrailer };

/// What decides on a request's checksum, apart from the model.
struct RequestFacts {
  WhenToCheck calculation = WhenToCheck::kSupported;
  bool https = true;
  bool takes_trailers = true;  ///< false: the store or the client's signature version does not
  /// Where one is required and none was asked for: Content-MD5, for stores that know no other.
  bool content_md5 = false;
};

struct RequestChecksum {
  ChecksumAlgorithm algorithm{};
  ChecksumPlace place{};
  std::string name{};  ///< of the header or trailing field
  /// Nobody asked for it, and the service does not need it.
  bool optional = false;
  /// Tells the service the algorithm, where the parameters do not.
  std::optional<Headers::Field> announcement{};
};

/// Whether and how a request's body is checked: botocore's `resolve_request_checksum_algorithm`.
/// `headers` are the request's so far: a checksum among them is the caller's own, and nothing is
/// added. Error "FlexibleChecksum" for an algorithm that does not exist.
Result<std::optional<RequestChecksum>> choose_request_checksum(const Operation& operation,
                                                               const ChecksumTraits& traits,
                                                               const Value& params,
                                                               const Headers& headers,
                                                               const RequestFacts& facts);

/// The algorithms that an answer is checked by, best first; none unless `params` ask for it.
std::vector<ChecksumAlgorithm> choose_response_checksums(const ChecksumTraits& traits,
                                                         const Value& params);

/// Asks for the answer's checksum where the model has a member for that and `params` say nothing.
void ask_for_response_checksum(const ChecksumTraits& traits, WhenToCheck validation, Value& params);

}  // namespace botocxx::integrity
