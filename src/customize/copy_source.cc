#include "customize/bucket_names.h"
#include "customize/builtin_handlers.h"
#include "customize/registration.h"
#include <botocxx/base/text_encoding.h>

#include <algorithm>

namespace botocxx::customize {
namespace {

constexpr std::string_view kVersion = "?versionId=";

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// Where "?versionId=…" begins that goes on to the end without a blank.
std::size_t version_at(std::string_view source) {
  for (std::size_t at = source.find(kVersion); at != std::string_view::npos;
       at = source.find(kVersion, at + 1)) {
    std::string_view id = source.substr(at + kVersion.size());
    if (id.ends_with('\n')) id.remove_suffix(1);
    if (!id.empty() && std::none_of(id.begin(), id.end(), is_blank)) return at;
  }
  return source.size();
}

std::string quoted(std::string_view source) {
  std::size_t version = version_at(source);
  return percent_encode(source.substr(0, version), "/").append(source.substr(version));
}

Result<std::string> quoted_parts(const Value& source) {
  for (std::string_view name : {"Bucket", "Key"}) {
    if (!source[name].is_string()) {
      return invalid_parameter("Missing required parameter: '" + std::string(name) + "'");
    }
  }
  std::string path(source["Bucket"].as_string());
  path += is_bucket_arn(path) ? "/object/" : "/";
  path += source["Key"].as_string();
  std::string text = percent_encode(path, "/");
  if (auto version = source["VersionId"].get_if_string()) text.append(kVersion).append(*version);
  return text;
}

Result<void> quote_source(BeforeParameterBuild& event) {
  const Value& source = event.params["CopySource"];
  if (source.is_string()) {
    event.params.set("CopySource", quoted(source.as_string()));
  } else if (source.is_object()) {
    auto text = quoted_parts(source);
    if (!text) return std::move(text).error();
    event.params.set("CopySource", *std::move(text));
  }
  return {};
}

}  // namespace

// "bucket/key", perhaps with "?versionId=…", or {"Bucket", "Key", "VersionId"}: the header takes it
// percent-encoded.
void register_copy_source(Events& events) {
  on(events, "before-parameter-build.s3.CopyObject", quote_source);
  on(events, "before-parameter-build.s3.UploadPartCopy", quote_source);
}

}  // namespace botocxx::customize
