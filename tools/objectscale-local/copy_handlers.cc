#include "byte_range.h"
#include "handler.h"
#include "object_rules.h"
#include "service_error.h"
#include "upload_content.h"

namespace botocxx::objectscale {
namespace {

Result<ObjectVersion> source_of(Database& database, const ObjectName& name) {
  Result<Bucket> bucket = bucket_named(database, name.bucket);
  if (!bucket) return std::move(bucket).error();
  return object_of(database, *bucket, name.key, name.version_id);
}

/// The copy before it has a place: the source's content, and its metadata or the call's.
Result<ObjectVersion> draft_copy(const Call& call, const ObjectName& name,
                                 const ObjectVersion& source) {
  ObjectVersion copy;
  copy.key = call.text("Key");
  if (Result<void> done = check_key(copy.key); !done) return std::move(done).error();
  copy.size = source.size;
  copy.etag = source.etag;
  bool replace = call.text("MetadataDirective") == "REPLACE";
  bool same = name.bucket == call.text("Bucket") && name.key == copy.key && name.version_id.empty();
  if (same && !replace) {
    return service_error("InvalidRequest",
                         "This copy request is illegal because it is trying to copy an object to "
                         "itself without changing the object's metadata.");
  }
  copy.attributes = replace ? attributes_of(call) : source.attributes;
  copy.metadata = source.metadata;
  if (call.has("RetentionPeriod")) {
    copy.attributes.set("RetentionPeriod", call.params["RetentionPeriod"]);
  } else {
    copy.attributes.erase("RetentionPeriod");
  }
  if (!replace) return copy;
  Result<Value> metadata = metadata_of(call);
  if (!metadata) return std::move(metadata).error();
  copy.metadata = std::move(*metadata);
  return copy;
}

Result<void> append_range(const Call& call, const ObjectVersion& source, const ByteRange& range,
                          UploadContent& content) {
  Result<Body> part = call.endpoint.blobs().open(source.file, range.offset, range.length);
  if (!part) return std::move(part).error();
  Result<std::uint64_t> copied =
      part->copy_to([&](std::span<const std::byte> bytes) { return content.append(bytes); });
  if (!copied) return std::move(copied).error();
  return {};
}

/// Ranges as segments write them: "100-199,300-"; no range is the whole.
Result<std::vector<ByteRange>> segment_ranges(const Value& segment, const ObjectVersion& source) {
  auto size = static_cast<std::uint64_t>(source.size);
  auto text = segment["Range"].get_if_string();
  if (!text) return std::vector<ByteRange>{{0, size}};
  RangeRequest request = parse_range("bytes=" + std::string(*text), size);
  switch (request.kind) {
    case RangeRequest::Kind::kRanges:
      return request.ranges;
    case RangeRequest::Kind::kWhole:
    case RangeRequest::Kind::kUnsatisfiable:
      break;
  }
  return service_error("InvalidCopyRange");
}

Result<void> append_segment(Database& database, const Call& call, const Value& segment,
                            UploadContent& content) {
  Result<ObjectName> name = parse_copy_source(segment["Path"].get_if_string().value_or(""));
  if (!name) return service_error("InvalidCopySource");
  Result<ObjectVersion> source = source_of(database, *name);
  if (!source) return service_error("InvalidArgument", "segment: " + source.error().message());
  if (auto etag = segment["Etag"].get_if_string(); etag && unquoted(*etag) != source->etag) {
    return service_error("InvalidArgument", "segment: the source has another ETag");
  }
  Result<std::vector<ByteRange>> ranges = segment_ranges(segment, *source);
  if (!ranges) return std::move(ranges).error();
  for (const ByteRange& range : *ranges) {
    if (Result<void> done = append_range(call, *source, range, content); !done) return done;
  }
  return {};
}

}  // namespace

Result<Reply> copy_object(const Call& call) {
  Result<ObjectName> name = parse_copy_source(call.text("CopySource"));
  if (!name) return std::move(name).error();
  WriteTransaction transaction(call.endpoint.databases());
  Database& database = transaction.database();
  Result<ObjectVersion> source = source_of(database, *name);
  if (!source) return std::move(source).error();
  Result<Bucket> bucket = bucket_of(database, call);
  if (!bucket) return std::move(bucket).error();
  Result<void> allowed =
      check_preconditions(preconditions_of(call, "CopySource"), &*source, Purpose::kWrite);
  if (!allowed) return std::move(allowed).error();
  Result<ObjectVersion> copy = draft_copy(call, *name, *source);
  if (!copy) return copy.error();
  std::optional<ObjectVersion> old = find_latest(database, *bucket, copy->key);
  allowed = check_preconditions(preconditions_of(call, ""), old ? &*old : nullptr, Purpose::kWrite);
  if (allowed) allowed = prepare_version(database, call, *bucket, *copy);
  if (!allowed) return std::move(allowed).error();
  Result<std::string> file = call.endpoint.blobs().share(source->file);
  if (!file) return std::move(file).error();
  copy->file = std::move(*file);
  std::string replaced = put_version(database, *bucket, *copy);
  transaction.commit();
  call.endpoint.blobs().remove(replaced);
  Reply reply;
  reply.output.set("CopyObjectResult",
                   Value::object({{"ETag", quoted_etag(*copy)},
                                  {"LastModified", timestamp_of(copy->modified_ms)}}));
  set_version_id(*bucket, *copy, reply.output);
  if (source->version_id != kNullVersion) {
    reply.output.set("CopySourceVersionId", Value(source->version_id));
  }
  return reply;
}

Result<Reply> copy_range(const Call& call) {
  constexpr std::size_t kMostSegments = 250;
  const Value& segments = call.params["CopyRange"]["Segments"];
  if (segments.empty() || segments.size() > kMostSegments) {
    return service_error("InvalidArgument", "from 1 to 250 segments");
  }
  ObjectVersion object;
  object.key = call.text("Key");
  if (Result<void> done = check_key(object.key); !done) return std::move(done).error();
  object.attributes = Value::object();
  object.metadata = Value::object();
  object.attributes.set("ContentType", call.params["CopyRange"]["ContentType"]);
  UploadContent content(call.endpoint.blobs().create());
  WriteTransaction transaction(call.endpoint.databases());
  Database& database = transaction.database();
  Result<Bucket> bucket = bucket_of(database, call);
  if (!bucket) return std::move(bucket).error();
  for (const Value& segment : segments) {
    Result<void> done = append_segment(database, call, segment, content);
    if (!done) return std::move(done).error();
  }
  content.finish({});
  object.size = static_cast<std::int64_t>(content.file().size());
  object.etag = content.md5_hex();
  if (Result<void> done = prepare_version(database, call, *bucket, object); !done) {
    return std::move(done).error();
  }
  Result<std::string> file = call.endpoint.blobs().keep(content.file());
  if (!file) return std::move(file).error();
  object.file = std::move(*file);
  std::string replaced = put_version(database, *bucket, object);
  transaction.commit();
  call.endpoint.blobs().remove(replaced);
  Reply reply;
  reply.output.set("ETag", Value(quoted_etag(object)));
  return reply;
}

}  // namespace botocxx::objectscale
