#include "object_rules.h"

#include "service_error.h"
#include <botocxx/base/text_encoding.h>

namespace botocxx::objectscale {
namespace {

constexpr std::string_view kAttributes[] = {
    "ContentType",     "CacheControl",    "ContentDisposition",
    "ContentEncoding", "ContentLanguage", "WebsiteRedirectLocation",
    "RetentionPeriod", "RetentionPolicy",
};

/// Whether one of a comma list of entity tags, or "*", is the object's.
bool matches(std::string_view tags, const ObjectVersion& object) {
  while (!tags.empty()) {
    std::size_t comma = tags.find(',');
    std::string tag = unquoted(tags.substr(0, comma));
    tags.remove_prefix(comma == std::string_view::npos ? tags.size() : comma + 1);
    if (tag == "*" || tag == object.etag) return true;
  }
  return false;
}

std::int64_t retention_of(const Bucket& bucket, const ObjectVersion& object) {
  std::int64_t own = object.attributes["RetentionPeriod"].get_if_int().value_or(0);
  std::int64_t shared = bucket.settings["RetentionPeriod"].get_if_int().value_or(0);
  if (own < 0 || shared < 0) return -1;
  return std::max(own, shared);
}

std::optional<ObjectVersion> existing(const ObjectVersion* object) {
  if (!object || object->delete_marker) return std::nullopt;
  return *object;
}

}  // namespace

Result<void> check_key(const std::string& key) {
  constexpr std::size_t kLongestKey = 1024;
  if (key.size() > kLongestKey) return service_error("KeyTooLongError");
  if (!is_utf8(key) || key.find('\0') != std::string::npos) return service_error("InvalidURI");
  return {};
}

Value attributes_of(const Call& call) {
  Value attributes = Value::object();
  for (std::string_view name : kAttributes) {
    if (call.has(name)) attributes.set(name, call.params[name]);
  }
  // Kept as it was sent: it need not be a date.
  if (auto expires = call.http.headers.get("Expires")) attributes.set("Expires", Value(*expires));
  return attributes;
}

Result<Value> metadata_of(const Call& call) {
  constexpr std::size_t kMostOctets = 64 << 10;
  Value metadata = Value::object();
  std::size_t octets = 0;
  for (const Value::Member& entry : call.params["Metadata"].members()) {
    std::string_view text = entry.value.as_string();
    octets += entry.key.view().size() + text.size();
    // Header values need not be UTF-8; what is stored and shown must be.
    metadata.set(to_lower(entry.key.view()), Value(is_utf8(text) ? text : std::string_view("?")));
  }
  if (octets > kMostOctets) return service_error("MetadataTooLarge");
  return metadata;
}

Result<ObjectVersion> object_of(Database& database, const Bucket& bucket, const std::string& key,
                                const std::string& version_id) {
  if (version_id.empty()) {
    std::optional<ObjectVersion> latest = find_latest(database, bucket, key);
    if (latest && !latest->delete_marker) return *std::move(latest);
    return service_error("NoSuchKey").with_context("Key", key);
  }
  std::optional<ObjectVersion> version = find_version(database, bucket, key, version_id);
  if (!version) {
    return service_error("NoSuchVersion")
        .with_context("Key", key)
        .with_context("VersionId", version_id);
  }
  if (version->delete_marker) return service_error("MethodNotAllowed");
  return *std::move(version);
}

Preconditions preconditions_of(const Call& call, std::string_view prefix) {
  auto name = [&](std::string_view rest) { return std::string(prefix) + std::string(rest); };
  Preconditions conditions;
  conditions.if_match = call.text(name("IfMatch"));
  conditions.if_none_match = call.text(name("IfNoneMatch"));
  conditions.if_modified_since = call.params[name("IfModifiedSince")].get_if_timestamp();
  conditions.if_unmodified_since = call.params[name("IfUnmodifiedSince")].get_if_timestamp();
  return conditions;
}

Result<void> check_preconditions(const Preconditions& conditions, const ObjectVersion* object,
                                 Purpose purpose) {
  std::optional<ObjectVersion> present = existing(object);
  Error failed = service_error("PreconditionFailed");
  if (!conditions.if_match.empty()) {
    if (!present) return service_error("NoSuchKey");
    if (!matches(conditions.if_match, *present)) return failed;
  } else if (conditions.if_unmodified_since && present &&
             present->modified_ms / 1000 > conditions.if_unmodified_since->seconds()) {
    return failed;
  }
  bool unchanged = false;
  if (!conditions.if_none_match.empty()) {
    unchanged = present && matches(conditions.if_none_match, *present);
  } else if (conditions.if_modified_since && present) {
    unchanged = present->modified_ms / 1000 <= conditions.if_modified_since->seconds();
  }
  if (!unchanged) return {};
  if (purpose == Purpose::kWrite) return failed;
  return service_error("NotModified");
}

Result<void> check_retention(const Bucket& bucket, const ObjectVersion& object,
                             std::int64_t now_ms) {
  if (object.delete_marker) return {};
  std::int64_t retention = retention_of(bucket, object);
  if (retention == 0) return {};
  if (retention > 0 && object.created_ms / 1000 + retention <= now_ms / 1000) return {};
  return service_error("ObjectUnderRetention").with_context("Key", object.key);
}

Result<void> prepare_version(Database& database, const Call& call, const Bucket& bucket,
                             ObjectVersion& object) {
  std::int64_t now = call.endpoint.now_ms();
  object.created_ms = object.modified_ms = now;
  object.owner = call.owner;
  if (bucket.versioning == "Enabled") {
    object.version_id = new_id();
    return {};
  }
  object.version_id = std::string(kNullVersion);
  std::optional<ObjectVersion> old = find_version(database, bucket, object.key, object.version_id);
  if (!old) return {};
  return check_retention(bucket, *old, now);
}

void set_version_id(const Bucket& bucket, const ObjectVersion& object, Value& output) {
  if (!bucket.versioning.empty()) output.set("VersionId", Value(object.version_id));
}

std::string quoted_etag(const ObjectVersion& object) { return "\"" + object.etag + "\""; }

std::string unquoted(std::string_view etag) {
  while (!etag.empty() && etag.front() == ' ') etag.remove_prefix(1);
  while (!etag.empty() && etag.back() == ' ') etag.remove_suffix(1);
  if (etag.size() >= 2 && etag.front() == '"' && etag.back() == '"') {
    etag = etag.substr(1, etag.size() - 2);
  }
  return std::string(etag);
}

Result<ObjectName> parse_copy_source(std::string_view text) {
  ObjectName name;
  constexpr std::string_view kVersion = "?versionId=";
  std::size_t version = text.rfind(kVersion);
  if (version != std::string_view::npos) {
    name.version_id = percent_decode(text.substr(version + kVersion.size()));
    text = text.substr(0, version);
  }
  std::string path = percent_decode(text);
  if (path.starts_with('/')) path.erase(0, 1);
  std::size_t slash = path.find('/');
  if (slash == std::string::npos || slash == 0 || slash + 1 == path.size()) {
    return service_error("InvalidArgument",
                         "Copy Source must mention the source bucket and key: bucket/key");
  }
  name.bucket = path.substr(0, slash);
  name.key = path.substr(slash + 1);
  return name;
}

}  // namespace botocxx::objectscale
