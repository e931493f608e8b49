#pragma once

#include <botocxx/auth/credentials.h>
#include <botocxx/base/host.h>
#include <botocxx/base/result.h>
#include <botocxx/credentials/json_cache.h>
#include <botocxx/value/value.h>

#include <functional>
#include <string>
#include <string_view>

namespace botocxx::credentials {

/// SHA-1 of a document in Python's JSON with sorted names: a key of botocore's credential caches.
/// Compact ones are those of SSO.
enum class KeyForm { kSpaced, kCompact };
std::string document_key(const Value& document, KeyForm form);

/// The document `{"Credentials": {"AccessKeyId": …}}` under `key` if it is good for 15 minutes
/// more, otherwise what `fetch` gives, which is put there. A cache that cannot be written is no
/// error.
struct DocumentSource {
  JsonCache* cache;  ///< may be null
  std::string key;
  const Clock* clock;
  std::string_view method;
};
Result<Credentials> cached_credentials(const DocumentSource& source,
                                       const std::function<Result<Value>()>& fetch);

/// AccountId of the credentials in an answer of STS, from the role's ARN, and times as texts.
Value as_credential_document(Value answer);

}  // namespace botocxx::credentials
