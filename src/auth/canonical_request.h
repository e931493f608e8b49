#pragma once

#include <botocxx/message/headers.h>
#include <botocxx/message/url.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace botocxx::auth {

/// The pieces of Signature Version 4's canonical request, as botocore makes them.

/// The Host header that follows from a URL: lower-case, without the scheme's default port.
std::string signed_host(const Url& url);

/// Encoded once more (`/` stays) and without dot segments and repeated slashes, as asked for.
std::string canonical_path(std::string_view path, bool double_encode, bool normalize);

/// Pairs sorted by name, then value; nothing is encoded or decoded; a name without `=` gets one.
std::string canonical_query(std::string_view query);

/// A header to be signed: name in lower case; the value is a view of its owner's.
struct SignedField {
  std::string name;
  std::string_view value;
};

/// False for the headers that are never signed because proxies and HTTP libraries change them.
/// `lower_name` is in lower case.
bool is_signable(std::string_view lower_name);

/// `fields` in the order of the canonical request; fields of the same name keep theirs.
void sort_fields(std::vector<SignedField>& fields);

/// One line a name (`name:value,value\n`) with runs of white space as one blank. Takes sorted
/// fields.
void append_canonical_headers(std::string& out, std::span<const SignedField> fields);

/// The names, each once, joined by `;`. Takes sorted fields.
std::string signed_header_names(std::span<const SignedField> fields);

/// The lines of a canonical request, each of them canonical already.
struct CanonicalParts {
  std::string_view method{};  ///< in any case
  std::string path{};
  std::string query{};
  std::span<const SignedField> fields{};  ///< sorted
  std::string_view signed_headers{};
  std::string_view payload_hash{};
};

std::string canonical_request(const CanonicalParts& parts);

}  // namespace botocxx::auth
