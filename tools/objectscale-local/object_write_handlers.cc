#include "byte_range.h"
#include "handler.h"
#include "object_rules.h"
#include "service_error.h"
#include "upload_content.h"

namespace botocxx::objectscale {
namespace {

std::shared_ptr<UploadContent> content_of(const Call& call) {
  return std::dynamic_pointer_cast<UploadContent>(call.params["Body"].as_body().stream());
}

void set_checksums(const UploadContent& content, Value& target) {
  for (const auto& [algorithm, text] : content.checksums()) {
    target.set(checksum_member(algorithm), Value(text));
  }
}

Reply put_reply(const Bucket& bucket, const ObjectVersion& object, const UploadContent& content) {
  Reply reply;
  reply.output.set("ETag", Value(quoted_etag(object)));
  reply.output.set("EmcMtime", Value(object.modified_ms));
  set_checksums(content, reply.output);
  set_version_id(bucket, object, reply.output);
  return reply;
}

Result<Reply> put_whole(const Call& call) {
  std::shared_ptr<UploadContent> content = content_of(call);
  if (!content) return service_error("MissingContentLength");
  ObjectVersion object;
  object.key = call.text("Key");
  if (Result<void> done = check_key(object.key); !done) return std::move(done).error();
  Result<Value> metadata = metadata_of(call);
  if (!metadata) return std::move(metadata).error();
  object.metadata = std::move(*metadata);
  object.attributes = attributes_of(call);
  set_checksums(*content, object.attributes);
  object.size = static_cast<std::int64_t>(content->file().size());
  object.etag = content->md5_hex();

  WriteTransaction transaction(call.endpoint.databases());
  Database& database = transaction.database();
  Result<Bucket> bucket = bucket_of(database, call);
  if (!bucket) return std::move(bucket).error();
  std::optional<ObjectVersion> old = find_latest(database, *bucket, object.key);
  Result<void> allowed =
      check_preconditions(preconditions_of(call, ""), old ? &*old : nullptr, Purpose::kWrite);
  if (allowed) allowed = prepare_version(database, call, *bucket, object);
  if (!allowed) return std::move(allowed).error();
  Result<std::string> file = call.endpoint.blobs().keep(content->file());
  if (!file) return std::move(file).error();
  object.file = std::move(*file);
  std::string replaced = put_version(database, *bucket, object);
  transaction.commit();
  call.endpoint.blobs().remove(replaced);
  Reply reply = put_reply(*bucket, object, *content);
  if (old && !old->delete_marker) reply.output.set("PreviousObjectSize", Value(old->size));
  return reply;
}

Result<void> append(SpoolFile& target, const Body& part) {
  Result<std::uint64_t> copied =
      part.copy_to([&](std::span<const std::byte> bytes) { return target.write(bytes); });
  if (!copied) return std::move(copied).error();
  return {};
}

/// The old content with the new in the place of some of its octets, as a new file.
Result<std::string> overlay(const Call& call, const ObjectVersion& object, UploadContent& content,
                            std::uint64_t offset, std::int64_t& new_size) {
  const BlobStore& blobs = call.endpoint.blobs();
  std::unique_ptr<SpoolFile> target = blobs.create();
  auto old_size = static_cast<std::uint64_t>(object.size);
  std::uint64_t end = offset + content.file().size();
  Result<Body> head = blobs.open(object.file, 0, offset);
  if (!head) return std::move(head).error();
  Result<Body> middle = Body::from_file(content.file().path().string());
  if (!middle) return std::move(middle).error();
  Result<void> done = append(*target, *head);
  if (done) done = append(*target, *middle);
  if (done && end < old_size) {
    Result<Body> tail = blobs.open(object.file, end, old_size - end);
    if (!tail) return std::move(tail).error();
    done = append(*target, *tail);
  }
  if (!done) return std::move(done).error();
  new_size = static_cast<std::int64_t>(target->size());
  return blobs.keep(*target);
}

/// An update of some octets: the object keeps its version, its ETag is no digest afterwards.
Result<Reply> put_range(const Call& call) {
  std::shared_ptr<UploadContent> content = content_of(call);
  std::optional<WriteRange> range = parse_write_range(call.text("Range"));
  if (!content || !range) return service_error("InvalidRange");
  WriteTransaction transaction(call.endpoint.databases());
  Database& database = transaction.database();
  Result<Bucket> bucket = bucket_of(database, call);
  if (!bucket) return std::move(bucket).error();
  Result<ObjectVersion> object = object_of(database, *bucket, call.text("Key"), "");
  if (!object) return std::move(object).error();
  Result<void> allowed = check_preconditions(preconditions_of(call, ""), &*object, Purpose::kWrite);
  if (allowed) allowed = check_retention(*bucket, *object, call.endpoint.now_ms());
  if (!allowed) return std::move(allowed).error();
  auto old_size = static_cast<std::uint64_t>(object->size);
  std::uint64_t offset = range->append ? old_size : range->offset;
  bool fits = !range->last || *range->last - range->offset + 1 == content->file().size();
  if (offset > old_size || !fits) {
    return service_error("InvalidRange").with_context("ActualObjectSize", std::to_string(old_size));
  }
  std::string old_file = object->file;
  std::int64_t new_size = 0;
  Result<std::string> file = overlay(call, *object, *content, offset, new_size);
  if (!file) return std::move(file).error();
  object->file = std::move(*file);
  object->size = new_size;
  object->modified_ms = call.endpoint.now_ms();
  object->etag = new_id();
  for (std::string_view name : {"crc32", "crc32c", "crc64nvme", "sha1", "sha256"}) {
    object->attributes.erase(checksum_member(name));
  }
  update_version(database, *bucket, *object);
  transaction.commit();
  call.endpoint.blobs().remove(old_file);
  Reply reply = put_reply(*bucket, *object, *content);
  reply.status = 204;
  reply.output.set("PreviousObjectSize", Value(old_size));
  if (range->append) reply.output.set("AppendOffset", Value(offset));
  return reply;
}

struct Deletion {
  std::string version_id;
  bool delete_marker = false;
  std::string file;  ///< not needed any more
};

Result<Deletion> delete_version(Database& database, const Call& call, const Bucket& bucket,
                                const std::string& key, const std::string& version_id) {
  std::optional<ObjectVersion> object = find_version(database, bucket, key, version_id);
  if (!object) return Deletion{version_id, false, {}};
  Result<void> allowed = check_retention(bucket, *object, call.endpoint.now_ms());
  if (!allowed) return std::move(allowed).error();
  remove_version(database, bucket, *object);
  return Deletion{version_id, object->delete_marker, object->file};
}

Result<Deletion> add_delete_marker(Database& database, const Call& call, const Bucket& bucket,
                                   const std::string& key) {
  ObjectVersion marker;
  marker.key = key;
  marker.delete_marker = true;
  marker.attributes = marker.metadata = Value::object();
  Result<void> allowed = prepare_version(database, call, bucket, marker);
  if (!allowed) return std::move(allowed).error();
  std::string file = put_version(database, bucket, marker);
  return Deletion{marker.version_id, true, std::move(file)};
}

Result<Deletion> remove_object(Database& database, const Call& call, const Bucket& bucket,
                               const std::string& key, const std::string& version_id) {
  if (!version_id.empty()) return delete_version(database, call, bucket, key, version_id);
  if (!bucket.versioning.empty()) return add_delete_marker(database, call, bucket, key);
  Result<Deletion> deletion =
      delete_version(database, call, bucket, key, std::string(kNullVersion));
  if (deletion) deletion->version_id.clear();
  return deletion;
}

}  // namespace

Result<Reply> put_object(const Call& call) {
  return call.has("Range") ? put_range(call) : put_whole(call);
}

Result<Reply> delete_object(const Call& call) {
  std::string key = call.text("Key");
  WriteTransaction transaction(call.endpoint.databases());
  Database& database = transaction.database();
  Result<Bucket> bucket = bucket_of(database, call);
  if (!bucket) return std::move(bucket).error();
  std::optional<ObjectVersion> latest = find_latest(database, *bucket, key);
  Preconditions conditions = preconditions_of(call, "");
  if (latest || !conditions.if_match.empty()) {
    Result<void> allowed =
        check_preconditions(conditions, latest ? &*latest : nullptr, Purpose::kWrite);
    if (!allowed) return std::move(allowed).error();
  }
  Result<Deletion> deletion = remove_object(database, call, *bucket, key, call.text("VersionId"));
  if (!deletion) return std::move(deletion).error();
  transaction.commit();
  call.endpoint.blobs().remove(deletion->file);
  Reply reply;
  if (deletion->delete_marker) reply.output.set("DeleteMarker", Value(true));
  if (!deletion->version_id.empty()) reply.output.set("VersionId", Value(deletion->version_id));
  return reply;
}

Result<Reply> delete_objects(const Call& call) {
  constexpr std::size_t kMost = 1000;
  const Value& wanted = call.params["Delete"]["Objects"];
  if (wanted.empty() || wanted.size() > kMost) return service_error("MalformedXML");
  WriteTransaction transaction(call.endpoint.databases());
  Database& database = transaction.database();
  Result<Bucket> bucket = bucket_of(database, call);
  if (!bucket) return std::move(bucket).error();
  Value deleted = Value::list(), errors = Value::list();
  std::vector<std::string> files;
  for (const Value& entry : wanted) {
    std::string key(entry["Key"].get_if_string().value_or(""));
    std::string version(entry["VersionId"].get_if_string().value_or(""));
    Result<Deletion> deletion = remove_object(database, call, *bucket, key, version);
    Value& shown = (deletion ? deleted : errors).push_back(Value::object({{"Key", key}}));
    if (!version.empty()) shown.set("VersionId", Value(version));
    if (!deletion) {
      shown.set("Code", Value(deletion.error().code()));
      shown.set("Message", Value(deletion.error().message()));
      continue;
    }
    files.push_back(deletion->file);
    if (!deletion->delete_marker) continue;
    shown.set("DeleteMarker", Value(true));
    shown.set("DeleteMarkerVersionId", Value(deletion->version_id));
  }
  transaction.commit();
  call.endpoint.blobs().remove_all(files);
  Reply reply;
  reply.root = "DeleteResult";
  bool quiet = call.params["Delete"]["Quiet"].get_if_bool().value_or(false);
  if (!quiet && !deleted.empty()) reply.output.set("Deleted", std::move(deleted));
  if (!errors.empty()) reply.output.set("Errors", std::move(errors));
  return reply;
}

Result<Reply> extend_object_retention(const Call& call) {
  WriteTransaction transaction(call.endpoint.databases());
  Database& database = transaction.database();
  Result<Bucket> bucket = bucket_of(database, call);
  if (!bucket) return std::move(bucket).error();
  Result<ObjectVersion> object = object_of(database, *bucket, call.text("Key"), "");
  if (!object) return std::move(object).error();
  std::int64_t old = object->attributes["RetentionPeriod"].get_if_int().value_or(0);
  std::int64_t wanted = call.integer("RetentionPeriod", 0);
  bool longer = wanted == -1 || (old != -1 && wanted >= old);
  if (!longer || wanted < -1) {
    return service_error("InvalidArgument", "a retention period can only be extended");
  }
  object->attributes.set("RetentionPeriod", Value(wanted));
  update_version(database, *bucket, *object);
  transaction.commit();
  return Reply{};
}

}  // namespace botocxx::objectscale
