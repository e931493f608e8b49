#include "byte_range.h"
#include "checksum.h"
#include "composed_body.h"
#include "handler.h"
#include "object_rules.h"
#include "service_error.h"

#include <fmt/format.h>

namespace botocxx::objectscale {
namespace {

/// Query parameters by which a reader replaces what the writer said.
constexpr std::pair<std::string_view, std::string_view> kOverrides[] = {
    {"ResponseContentType", "ContentType"},
    {"ResponseCacheControl", "CacheControl"},
    {"ResponseContentLanguage", "ContentLanguage"},
    {"ResponseContentEncoding", "ContentEncoding"},
    {"ResponseContentDisposition", "ContentDisposition"},
};

struct Found {
  Bucket bucket;
  ObjectVersion object;
};

Result<Found> find(const Call& call) {
  ReadTransaction transaction(call.endpoint.databases());
  Result<Bucket> bucket = bucket_of(transaction.database(), call);
  if (!bucket) return std::move(bucket).error();
  Result<ObjectVersion> object =
      object_of(transaction.database(), *bucket, call.text("Key"), call.text("VersionId"));
  if (!object) return std::move(object).error();
  return Found{std::move(*bucket), std::move(*object)};
}

Reply describe(const Call& call, const Found& found) {
  const ObjectVersion& object = found.object;
  Reply reply;
  Value& output = reply.output;
  output.set("ETag", Value(quoted_etag(object)));
  output.set("LastModified", Value(timestamp_of(object.modified_ms)));
  output.set("AcceptRanges", Value("bytes"));
  output.set("ContentType", Value("binary/octet-stream"));
  for (const Value::Member& entry : object.attributes.members()) {
    std::string_view name = entry.key.view();
    bool checksum = name.starts_with("Checksum");
    if (name == "Expires") {
      reply.headers.set("Expires", std::string(entry.value.as_string()));
    } else if (!checksum || call.text("ChecksumMode") == "ENABLED") {
      output.set(name, entry.value);
    }
  }
  for (const auto& [parameter, member] : kOverrides) {
    if (call.has(parameter)) output.set(member, call.params[parameter]);
  }
  output.set("EmcMtime", Value(object.modified_ms));
  output.set("Metadata", object.metadata);
  set_version_id(found.bucket, object, output);
  return reply;
}

/// For If-None-Match answers, which have no document.
Result<Reply> not_modified(const Found& found) {
  Reply reply;
  reply.status = 304;
  reply.headers.set("ETag", quoted_etag(found.object));
  reply.document = std::string();
  return reply;
}

Error unsatisfiable(const ObjectVersion& object) {
  return service_error("InvalidRange")
      .with_context("ActualObjectSize", std::to_string(object.size));
}

Result<Body> multipart_body(const Call& call, const ObjectVersion& object,
                            const std::vector<ByteRange>& ranges, const std::string& boundary) {
  auto composed = std::make_shared<ComposedBody>();
  std::string type = "binary/octet-stream";
  if (auto stated = object.attributes["ContentType"].get_if_string()) type = *stated;
  for (const ByteRange& range : ranges) {
    composed->append(Body(
        fmt::format("--{}\r\nContent-Type: {}\r\nContent-Range: bytes {}-{}/{}\r\n\r\n", boundary,
                    type, range.offset, range.offset + range.length - 1, object.size)));
    Result<Body> part = call.endpoint.blobs().open(object.file, range.offset, range.length);
    if (!part) return part;
    composed->append(std::move(*part));
    composed->append(Body(std::string("\r\n")));
  }
  composed->append(Body(fmt::format("--{}--\r\n", boundary)));
  return Body(std::shared_ptr<ByteStream>(std::move(composed)));
}

Result<Body> ranged_body(const Call& call, const ObjectVersion& object, const RangeRequest& request,
                         Reply& reply) {
  reply.status = 206;
  if (request.ranges.size() == 1) {
    const ByteRange& range = request.ranges.front();
    reply.output.set("ContentRange",
                     Value(fmt::format("bytes {}-{}/{}", range.offset,
                                       range.offset + range.length - 1, object.size)));
    return call.endpoint.blobs().open(object.file, range.offset, range.length);
  }
  std::string boundary = new_id();
  reply.output.set("ContentType", Value("multipart/byteranges; boundary=" + boundary));
  return multipart_body(call, object, request.ranges, boundary);
}

Result<Body> content(const Call& call, const ObjectVersion& object, Reply& reply) {
  auto size = static_cast<std::uint64_t>(object.size);
  RangeRequest request = parse_range(call.text("Range"), size);
  switch (request.kind) {
    case RangeRequest::Kind::kRanges: {
      // A checksum of the whole says nothing about a part.
      for (std::string_view name : {"crc32", "crc32c", "crc64nvme", "sha1", "sha256"}) {
        reply.output.erase(checksum_member(name));
      }
      return ranged_body(call, object, request, reply);
    }
    case RangeRequest::Kind::kUnsatisfiable:
      return unsatisfiable(object);
    case RangeRequest::Kind::kWhole:
      break;
  }
  return call.endpoint.blobs().open(object.file, 0, size);
}

Result<Reply> read(const Call& call) {
  Result<Found> found = find(call);
  if (!found) return std::move(found).error();
  Result<void> wanted =
      check_preconditions(preconditions_of(call, ""), &found->object, Purpose::kRead);
  if (!wanted) {
    if (wanted.error().is("NotModified")) return not_modified(*found);
    return std::move(wanted).error();
  }
  Reply reply = describe(call, *found);
  Result<Body> body = content(call, found->object, reply);
  if (!body) return std::move(body).error();
  reply.output.set("ContentLength", Value(static_cast<std::int64_t>(body->size().value_or(0))));
  reply.output.set("Body", Value(std::move(*body)));
  return reply;
}

}  // namespace

Result<Reply> get_object(const Call& call) {
  // The file may be replaced between the lookup and its opening: then look again.
  constexpr int kTries = 4;
  Result<Reply> reply = read(call);
  for (int i = 1; i < kTries && !reply && reply.error().kind() != ErrorKind::kService; ++i) {
    reply = read(call);
  }
  return reply;
}

Result<Reply> head_object(const Call& call) {
  Result<Reply> reply = get_object(call);
  if (reply) reply->output.erase("Body");
  return reply;
}

}  // namespace botocxx::objectscale
