#pragma once

#include <botocxx/base/result.h>
#include <botocxx/model/service_model.h>
#include <botocxx/value/value.h>

#include <optional>
#include <string>
#include <vector>

namespace botocxx::cli {

/// How blobs are written on the command line.
enum class BlobForm { kBase64, kRaw };

/// "base64" (and nothing) or "raw-in-base64-out", as the AWS command line's option.
Result<BlobForm> read_blob_form(const std::optional<std::string>& text);

/// The value of a model member from the words that follow its option. Scalars are read by type;
/// lists take one word an item, or JSON; structures, maps and lists of them take JSON or the AWS
/// command line's shorthand; `file://PATH` stands for the file's text and `fileb://PATH` for its
/// octets.
Result<Value> read_member(const Member& member, const std::string& option,
                          const std::vector<std::string>& words, BlobForm blobs);

}  // namespace botocxx::cli
