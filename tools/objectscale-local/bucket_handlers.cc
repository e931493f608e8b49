#include "handler.h"
#include "object_table.h"
#include "service_error.h"

#include <algorithm>

namespace botocxx::objectscale {
namespace {

/// Members of CreateBucket's input that are kept with the bucket.
constexpr std::string_view kSettings[] = {
    "Vpool",           "FileSystemAccessEnabled",
    "IsStaleAllowed",  "ServerSideEncryptionEnabled",
    "RetentionPeriod", "ObjectLockEnabledForBucket",
    "EmcNamespace",
};

bool is_bucket_name(std::string_view name) {
  constexpr std::size_t kShortest = 3, kLongest = 255;
  return name.size() >= kShortest && name.size() <= kLongest &&
         std::ranges::all_of(name, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '.' || c == '-' || c == '_';
         });
}

Result<std::vector<SearchKey>> declared_keys(const Call& call) {
  if (!call.has("SearchMetaData")) return std::vector<SearchKey>();
  return parse_search_keys(call.text("SearchMetaData"));
}

std::int64_t page_limit(const Call& call) {
  constexpr std::int64_t kMost = 1000;
  std::int64_t limit = call.integer("Limit", call.integer("MaxBuckets", kMost));
  return std::clamp<std::int64_t>(limit, 1, kMost * 10);
}

/// A document of this root with one text, which the model has no shape for.
std::string location_document(const std::string& location) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<LocationConstraint "
         "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">" +
         location + "</LocationConstraint>";
}

}  // namespace

Result<Reply> list_buckets_call(const Call& call) {
  DatabasePool::Lease database = call.endpoint.databases().take();
  Value buckets = Value::list();
  std::string prefix = call.text("Prefix");
  std::string after = call.has("Marker") ? call.text("Marker") : call.text("ContinuationToken");
  std::int64_t limit = page_limit(call);
  std::string last;
  bool truncated = false;
  for (const Bucket& bucket : list_buckets(*database)) {
    if (bucket.name <= after || !bucket.name.starts_with(prefix)) continue;
    if (static_cast<std::int64_t>(buckets.size()) == limit) {
      truncated = true;
      break;
    }
    buckets.push_back(
        Value::object({{"Name", bucket.name}, {"CreationDate", timestamp_of(bucket.created_ms)}}));
    last = bucket.name;
  }
  Reply reply;
  reply.root = "ListAllMyBucketsResult";
  reply.output.set("Owner", owner_value(call.owner));
  reply.output.set("Buckets", std::move(buckets));
  if (!prefix.empty()) reply.output.set("Prefix", Value(prefix));
  if (call.has("Limit")) reply.output.set("MaxBuckets", Value(limit));
  if (call.has("Marker")) reply.output.set("Marker", Value(call.text("Marker")));
  if (call.has("Limit")) reply.output.set("IsTruncated", Value(truncated));
  if (truncated) {
    reply.output.set(call.has("Limit") ? "NextMarker" : "ContinuationToken", Value(last));
  }
  return reply;
}

Result<Reply> create_bucket(const Call& call) {
  Bucket bucket;
  bucket.name = call.text("Bucket");
  if (!is_bucket_name(bucket.name)) {
    return service_error("InvalidBucketName").with_context("BucketName", bucket.name);
  }
  Result<std::vector<SearchKey>> keys = declared_keys(call);
  if (!keys) return std::move(keys).error();
  bucket.created_ms = call.endpoint.now_ms();
  bucket.owner = call.owner;
  bucket.search = !keys->empty();
  bucket.settings.make_object();
  for (std::string_view name : kSettings) {
    if (call.has(name)) bucket.settings.set(name, call.params[name]);
  }
  if (call.has("CreateBucketConfiguration")) {
    const Value& location = call.params["CreateBucketConfiguration"]["LocationConstraint"];
    if (location.is_string()) bucket.settings.set("LocationConstraint", location);
  }
  if (call.flag("ObjectLockEnabledForBucket")) bucket.versioning = "Enabled";
  WriteTransaction transaction(call.endpoint.databases());
  if (find_bucket(transaction.database(), bucket.name)) {
    return service_error("BucketAlreadyOwnedByYou").with_context("BucketName", bucket.name);
  }
  insert_bucket(transaction.database(), bucket, *keys);
  transaction.commit();
  Reply reply;
  reply.output.set("Location", Value("/" + bucket.name));
  return reply;
}

Result<Reply> head_bucket(const Call& call) {
  DatabasePool::Lease database = call.endpoint.databases().take();
  Result<Bucket> bucket = bucket_of(*database, call);
  if (!bucket) return std::move(bucket).error();
  Reply reply;
  const Value& retention = bucket->settings["RetentionPeriod"];
  if (!retention.is_null()) reply.output.set("RetentionPeriod", retention);
  return reply;
}

Result<Reply> delete_bucket(const Call& call) {
  WriteTransaction transaction(call.endpoint.databases());
  Database& database = transaction.database();
  Result<Bucket> bucket = bucket_of(database, call);
  if (!bucket) return std::move(bucket).error();
  std::vector<std::string> files;
  if (call.flag("EmptyBucket")) {
    files = remove_all_versions(database, *bucket);
  } else if (!is_bucket_empty(database, *bucket)) {
    return service_error("BucketNotEmpty").with_context("BucketName", bucket->name);
  }
  {
    Statement part = database.prepare(
        "SELECT file FROM parts WHERE upload IN (SELECT id FROM uploads WHERE bucket = ?)");
    part.bind(bucket->id);
    while (part.step()) files.push_back(part.text(0));
  }
  drop_search_keys(database, *bucket);
  remove_bucket(database, *bucket);
  transaction.commit();
  call.endpoint.blobs().remove_all(files);
  return Reply{};
}

Result<Reply> get_bucket_location(const Call& call) {
  DatabasePool::Lease database = call.endpoint.databases().take();
  Result<Bucket> bucket = bucket_of(*database, call);
  if (!bucket) return std::move(bucket).error();
  Reply reply;
  const Value& location = bucket->settings["LocationConstraint"];
  std::string text = location.is_string() ? std::string(location.as_string()) : std::string();
  bool plain = std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  });
  reply.document = location_document(plain ? text : std::string());
  return reply;
}

Result<Reply> get_bucket_versioning(const Call& call) {
  DatabasePool::Lease database = call.endpoint.databases().take();
  Result<Bucket> bucket = bucket_of(*database, call);
  if (!bucket) return std::move(bucket).error();
  Reply reply;
  reply.root = "VersioningConfiguration";
  if (!bucket->versioning.empty()) reply.output.set("Status", Value(bucket->versioning));
  return reply;
}

Result<Reply> put_bucket_versioning(const Call& call) {
  WriteTransaction transaction(call.endpoint.databases());
  Result<Bucket> bucket = bucket_of(transaction.database(), call);
  if (!bucket) return std::move(bucket).error();
  const Value& status = call.params["VersioningConfiguration"]["Status"];
  if (!status.is_string() ||
      (status.as_string() != "Enabled" && status.as_string() != "Suspended")) {
    return service_error("MalformedXML", "Status must be Enabled or Suspended");
  }
  if (status.as_string() == "Suspended" &&
      bucket->settings["ObjectLockEnabledForBucket"].get_if_bool().value_or(false)) {
    return service_error("InvalidBucketState", "object lock needs versioning");
  }
  bucket->versioning = std::string(status.as_string());
  update_bucket(transaction.database(), *bucket);
  transaction.commit();
  return Reply{};
}

Result<Reply> put_bucket_is_stale_allowed(const Call& call) {
  WriteTransaction transaction(call.endpoint.databases());
  Result<Bucket> bucket = bucket_of(transaction.database(), call);
  if (!bucket) return std::move(bucket).error();
  bucket->settings.set("IsStaleAllowed", call.params["IsStaleAllowed"]);
  update_bucket(transaction.database(), *bucket);
  transaction.commit();
  return Reply{};
}

Result<Reply> get_bucket_deletion_status(const Call& call) {
  DatabasePool::Lease database = call.endpoint.databases().take();
  Result<Bucket> bucket = bucket_of(*database, call);
  if (!bucket) return std::move(bucket).error();
  // A bucket is emptied at once here, so one that exists is never being emptied.
  Reply reply;
  reply.root = "EmptyBucketStatus";
  reply.output.set("Status", Value("NOT_FOUND"));
  return reply;
}

Result<Reply> enable_object_lock(const Call& call) {
  WriteTransaction transaction(call.endpoint.databases());
  Result<Bucket> bucket = bucket_of(transaction.database(), call);
  if (!bucket) return std::move(bucket).error();
  bucket->settings.set("ObjectLockEnabledForBucket", Value(true));
  bucket->versioning = "Enabled";
  update_bucket(transaction.database(), *bucket);
  transaction.commit();
  return Reply{};
}

}  // namespace botocxx::objectscale
