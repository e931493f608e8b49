#include "handler.h"
#include "key_listing.h"
#include "service_error.h"
#include <botocxx/base/text_encoding.h>

#include <algorithm>

namespace botocxx::objectscale {
namespace {

constexpr std::int64_t kMostKeys = 1000;

/// A listing's parameters as they are echoed and used.
struct ListingCall {
  KeyListing listing;
  bool url_encoded = false;

  Value shown(const std::string& text) const {
    // Slashes stay readable, as in the service's own listings.
    return Value(url_encoded ? percent_encode(text, "/") : text);
  }
};

Result<ListingCall> read_listing(const Call& call) {
  ListingCall result;
  result.listing.prefix = call.text("Prefix");
  result.listing.delimiter = call.text("Delimiter");
  result.listing.max_keys = call.integer("MaxKeys", kMostKeys);
  if (result.listing.max_keys < 0) {
    return service_error("InvalidArgument", "max-keys: must not be negative");
  }
  result.listing.max_keys = std::min(result.listing.max_keys, kMostKeys);
  std::string encoding = call.text("EncodingType");
  if (!encoding.empty() && encoding != "url") {
    return service_error("InvalidArgument", "encoding-type: only 'url' is known");
  }
  result.url_encoded = encoding == "url";
  return result;
}

Value quoted(const std::string& etag) { return Value("\"" + etag + "\""); }

Value contents_of(const ListingCall& listing, const KeyPage& page, bool with_owner) {
  Value contents = Value::list();
  contents.reserve(page.objects.size());
  for (const ObjectVersion& object : page.objects) {
    Value& entry = contents.push_back(Value::object());
    entry.set("Key", listing.shown(object.key));
    entry.set("LastModified", Value(timestamp_of(object.modified_ms)));
    entry.set("ETag", quoted(object.etag));
    entry.set("Size", Value(object.size));
    entry.set("StorageClass", Value("STANDARD"));
    if (with_owner) entry.set("Owner", owner_value(object.owner));
  }
  return contents;
}

Value common_prefixes(const ListingCall& listing, const KeyPage& page) {
  Value prefixes = Value::list();
  for (const std::string& prefix : page.prefixes) {
    prefixes.push_back(Value::object({{"Prefix", listing.shown(prefix)}}));
  }
  return prefixes;
}

void set_shared_members(const Call& call, const ListingCall& listing, const KeyPage& page,
                        Value& output) {
  output.set("IsTruncated", Value(page.truncated));
  output.set("Name", Value(call.text("Bucket")));
  output.set("Prefix", listing.shown(listing.listing.prefix));
  if (!listing.listing.delimiter.empty()) {
    output.set("Delimiter", listing.shown(listing.listing.delimiter));
  }
  output.set("MaxKeys", Value(listing.listing.max_keys));
  if (!page.prefixes.empty()) output.set("CommonPrefixes", common_prefixes(listing, page));
  if (listing.url_encoded) output.set("EncodingType", Value("url"));
}

Result<KeyPage> page_of(const Call& call, const KeyListing& listing) {
  ReadTransaction transaction(call.endpoint.databases());
  Result<Bucket> bucket = bucket_of(transaction.database(), call);
  if (!bucket) return std::move(bucket).error();
  return list_keys(transaction.database(), *bucket, listing);
}

/// A continuation token hides the name after which the next page begins.
std::string write_token(const std::string& last) {
  return base64_encode(as_byte_span("1:" + last));
}

Result<std::string> read_token(const std::string& token) {
  std::optional<std::string> text = base64_decode(token);
  if (!text || !text->starts_with("1:")) {
    return service_error("InvalidArgument", "The continuation token provided is incorrect");
  }
  return text->substr(2);
}

/// Id of the version that a listing's version-id-marker names.
Result<std::int64_t> marker_id(Database& database, const Bucket& bucket, const Call& call) {
  std::string version = call.text("VersionIdMarker");
  if (version.empty()) return std::int64_t{0};
  std::string key = call.text("KeyMarker");
  if (key.empty()) {
    return service_error("InvalidArgument",
                         "A version-id marker cannot be specified without a key marker.");
  }
  std::optional<ObjectVersion> found = find_version(database, bucket, key, version);
  if (!found) return service_error("InvalidArgument", "version-id-marker: no such version");
  return found->id;
}

void set_versions(const ListingCall& listing, const KeyPage& page, Value& output) {
  Value versions = Value::list(), markers = Value::list();
  for (const ObjectVersion& object : page.objects) {
    Value& entry = (object.delete_marker ? markers : versions).push_back(Value::object());
    entry.set("Key", listing.shown(object.key));
    entry.set("VersionId", Value(object.version_id));
    entry.set("IsLatest", Value(object.latest));
    entry.set("LastModified", Value(timestamp_of(object.modified_ms)));
    entry.set("Owner", owner_value(object.owner));
    if (object.delete_marker) continue;
    entry.set("ETag", quoted(object.etag));
    entry.set("Size", Value(object.size));
    entry.set("StorageClass", Value("STANDARD"));
  }
  if (!versions.empty()) output.set("Versions", std::move(versions));
  if (!markers.empty()) output.set("DeleteMarkers", std::move(markers));
}

}  // namespace

Result<Reply> list_objects(const Call& call) {
  Result<ListingCall> listing = read_listing(call);
  if (!listing) return std::move(listing).error();
  listing->listing.after = call.text("Marker");
  Result<KeyPage> page = page_of(call, listing->listing);
  if (!page) return std::move(page).error();
  Reply reply;
  reply.root = "ListBucketResult";
  set_shared_members(call, *listing, *page, reply.output);
  reply.output.set("Marker", listing->shown(listing->listing.after));
  // The service tells the next marker only where it isn't the last key anyway.
  if (page->truncated && !listing->listing.delimiter.empty()) {
    reply.output.set("NextMarker", listing->shown(page->last));
  }
  if (!page->objects.empty()) reply.output.set("Contents", contents_of(*listing, *page, true));
  return reply;
}

Result<Reply> list_objects_v2(const Call& call) {
  Result<ListingCall> listing = read_listing(call);
  if (!listing) return std::move(listing).error();
  listing->listing.after = call.text("StartAfter");
  if (call.has("ContinuationToken")) {
    Result<std::string> after = read_token(call.text("ContinuationToken"));
    if (!after) return std::move(after).error();
    listing->listing.after = std::move(*after);
  }
  Result<KeyPage> page = page_of(call, listing->listing);
  if (!page) return std::move(page).error();
  Reply reply;
  reply.root = "ListBucketResult";
  set_shared_members(call, *listing, *page, reply.output);
  reply.output.set("KeyCount", Value(page->objects.size() + page->prefixes.size()));
  if (call.has("StartAfter")) {
    reply.output.set("StartAfter", listing->shown(call.text("StartAfter")));
  }
  if (call.has("ContinuationToken")) {
    reply.output.set("ContinuationToken", Value(call.text("ContinuationToken")));
  }
  if (page->truncated) {
    reply.output.set("NextContinuationToken", Value(write_token(page->last)));
  }
  if (!page->objects.empty()) {
    reply.output.set("Contents", contents_of(*listing, *page, call.flag("FetchOwner")));
  }
  return reply;
}

Result<Reply> list_object_versions(const Call& call) {
  Result<ListingCall> listing = read_listing(call);
  if (!listing) return std::move(listing).error();
  ReadTransaction transaction(call.endpoint.databases());
  Result<Bucket> bucket = bucket_of(transaction.database(), call);
  if (!bucket) return std::move(bucket).error();
  listing->listing.all_versions = true;
  listing->listing.after = call.text("KeyMarker");
  Result<std::int64_t> id = marker_id(transaction.database(), *bucket, call);
  if (!id) return std::move(id).error();
  listing->listing.after_id = *id;
  KeyPage page = list_keys(transaction.database(), *bucket, listing->listing);
  Reply reply;
  reply.root = "ListVersionsResult";
  set_shared_members(call, *listing, page, reply.output);
  reply.output.set("KeyMarker", listing->shown(listing->listing.after));
  reply.output.set("VersionIdMarker", Value(call.text("VersionIdMarker")));
  if (page.truncated) {
    reply.output.set("NextKeyMarker", listing->shown(page.last));
    if (page.last_id != 0) reply.output.set("NextVersionIdMarker", Value(page.last_version));
  }
  set_versions(*listing, page, reply.output);
  return reply;
}

}  // namespace botocxx::objectscale
