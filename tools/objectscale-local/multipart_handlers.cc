#include "base/digest.h"
#include "byte_range.h"
#include "handler.h"
#include "object_rules.h"
#include "service_error.h"
#include "upload_content.h"
#include "upload_table.h"
#include <botocxx/base/text_encoding.h>

#include <algorithm>

namespace botocxx::objectscale {
namespace {

constexpr std::int64_t kMostParts = 10000;

struct OpenUpload {
  Bucket bucket;
  Upload upload;
};

Result<OpenUpload> upload_of(Database& database, const Call& call) {
  Result<Bucket> bucket = bucket_of(database, call);
  if (!bucket) return std::move(bucket).error();
  std::optional<Upload> upload =
      find_upload(database, *bucket, call.text("Key"), call.text("UploadId"));
  if (!upload) return service_error("NoSuchUpload").with_context("UploadId", call.text("UploadId"));
  return OpenUpload{std::move(*bucket), *std::move(upload)};
}

Result<UploadedPart> store_part(const Call& call, UploadContent& content) {
  UploadedPart part;
  part.number = call.integer("PartNumber", 0);
  if (part.number < 1 || part.number > kMostParts) {
    return service_error("InvalidArgument",
                         "Part number must be an integer between 1 and 10000, inclusive");
  }
  part.size = static_cast<std::int64_t>(content.file().size());
  part.etag = content.md5_hex();
  part.modified_ms = call.endpoint.now_ms();
  WriteTransaction transaction(call.endpoint.databases());
  Result<OpenUpload> open = upload_of(transaction.database(), call);
  if (!open) return std::move(open).error();
  Result<std::string> file = call.endpoint.blobs().keep(content.file());
  if (!file) return std::move(file).error();
  part.file = std::move(*file);
  std::string replaced = put_part(transaction.database(), open->upload.id, part);
  transaction.commit();
  call.endpoint.blobs().remove(replaced);
  return part;
}

Result<ObjectVersion> copy_source(const Call& call) {
  Result<ObjectName> name = parse_copy_source(call.text("CopySource"));
  if (!name) return std::move(name).error();
  ReadTransaction transaction(call.endpoint.databases());
  Result<Bucket> bucket = bucket_named(transaction.database(), name->bucket);
  if (!bucket) return std::move(bucket).error();
  return object_of(transaction.database(), *bucket, name->key, name->version_id);
}

/// The parts that the client lists, in its order.
Result<std::vector<UploadedPart>> chosen_parts(const Call& call,
                                               const std::vector<UploadedPart>& present) {
  const Value& wanted = call.params["MultipartUpload"]["Parts"];
  if (wanted.empty()) return service_error("MalformedXML");
  std::vector<UploadedPart> parts;
  for (const Value& entry : wanted) {
    std::int64_t number = entry["PartNumber"].get_if_int().value_or(0);
    if (!parts.empty() && number <= parts.back().number) return service_error("InvalidPartOrder");
    auto found = std::ranges::find(present, number, &UploadedPart::number);
    if (found == present.end() ||
        unquoted(entry["ETag"].get_if_string().value_or("")) != found->etag) {
      return service_error("InvalidPart").with_context("PartNumber", std::to_string(number));
    }
    if (!parts.empty() && parts.back().size < call.endpoint.behaviour().min_part_size) {
      return service_error("EntityTooSmall")
          .with_context("ProposedSize", std::to_string(parts.back().size))
          .with_context("PartNumber", std::to_string(parts.back().number));
    }
    parts.push_back(*found);
  }
  return parts;
}

std::string combined_etag(const std::vector<UploadedPart>& parts) {
  base::Digest digest(base::DigestAlgorithm::kMd5);
  for (const UploadedPart& part : parts) {
    for (std::size_t i = 0; i + 1 < part.etag.size(); i += 2) {
      auto nibble = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
      char octet = static_cast<char>(nibble(part.etag[i]) * 16 + nibble(part.etag[i + 1]));
      digest.update(std::string_view(&octet, 1));
    }
  }
  return hex_encode(as_byte_span(digest.finish())) + "-" + std::to_string(parts.size());
}

/// All parts in one new file.
Result<std::unique_ptr<SpoolFile>> joined(const BlobStore& blobs,
                                          const std::vector<UploadedPart>& parts) {
  std::unique_ptr<SpoolFile> target = blobs.create();
  for (const UploadedPart& part : parts) {
    Result<Body> body = blobs.open(part.file, 0, static_cast<std::uint64_t>(part.size));
    if (!body) return std::move(body).error();
    Result<std::uint64_t> copied =
        body->copy_to([&](std::span<const std::byte> bytes) { return target->write(bytes); });
    if (!copied) return std::move(copied).error();
  }
  return target;
}

Value initiator(const std::string& owner) { return owner_value(owner); }

}  // namespace

Result<Reply> create_multipart_upload(const Call& call) {
  Upload upload;
  upload.id = new_id() + new_id();
  upload.key = call.text("Key");
  if (Result<void> done = check_key(upload.key); !done) return std::move(done).error();
  upload.initiated_ms = call.endpoint.now_ms();
  upload.owner = call.owner;
  upload.attributes = attributes_of(call);
  Result<Value> metadata = metadata_of(call);
  if (!metadata) return std::move(metadata).error();
  upload.metadata = std::move(*metadata);
  WriteTransaction transaction(call.endpoint.databases());
  Result<Bucket> bucket = bucket_of(transaction.database(), call);
  if (!bucket) return std::move(bucket).error();
  insert_upload(transaction.database(), *bucket, upload);
  transaction.commit();
  Reply reply;
  reply.root = "InitiateMultipartUploadResult";
  reply.output.set("Bucket", Value(bucket->name));
  reply.output.set("Key", Value(upload.key));
  reply.output.set("UploadId", Value(upload.id));
  if (call.has("ChecksumAlgorithm")) {
    reply.output.set("ChecksumAlgorithm", call.params["ChecksumAlgorithm"]);
  }
  return reply;
}

Result<Reply> upload_part(const Call& call) {
  auto content = std::dynamic_pointer_cast<UploadContent>(call.params["Body"].as_body().stream());
  if (!content) return service_error("MissingContentLength");
  Result<UploadedPart> part = store_part(call, *content);
  if (!part) return std::move(part).error();
  Reply reply;
  reply.output.set("ETag", Value("\"" + part->etag + "\""));
  for (const auto& [algorithm, text] : content->checksums()) {
    reply.output.set(checksum_member(algorithm), Value(text));
  }
  return reply;
}

Result<Reply> upload_part_copy(const Call& call) {
  Result<ObjectVersion> source = copy_source(call);
  if (!source) return std::move(source).error();
  Result<void> allowed =
      check_preconditions(preconditions_of(call, "CopySource"), &*source, Purpose::kWrite);
  if (!allowed) return std::move(allowed).error();
  auto size = static_cast<std::uint64_t>(source->size);
  ByteRange range{0, size};
  if (call.has("CopySourceRange")) {
    RangeRequest request = parse_range(call.text("CopySourceRange"), size);
    if (request.ranges.size() != 1) return service_error("InvalidRange");
    range = request.ranges.front();
  }
  Result<Body> body = call.endpoint.blobs().open(source->file, range.offset, range.length);
  if (!body) return std::move(body).error();
  UploadContent content(call.endpoint.blobs().create());
  Result<std::uint64_t> copied =
      body->copy_to([&](std::span<const std::byte> bytes) { return content.append(bytes); });
  if (!copied) return std::move(copied).error();
  content.finish({});
  Result<UploadedPart> part = store_part(call, content);
  if (!part) return std::move(part).error();
  Reply reply;
  reply.output.set("CopyPartResult",
                   Value::object({{"ETag", "\"" + part->etag + "\""},
                                  {"LastModified", timestamp_of(part->modified_ms)}}));
  return reply;
}

Result<Reply> list_parts_call(const Call& call) {
  ReadTransaction transaction(call.endpoint.databases());
  Result<OpenUpload> open = upload_of(transaction.database(), call);
  if (!open) return std::move(open).error();
  constexpr std::int64_t kMost = 1000;
  std::int64_t limit = std::clamp<std::int64_t>(call.integer("MaxParts", kMost), 0, kMost);
  std::int64_t after = 0;
  if (call.has("PartNumberMarker")) {
    const Value& marker = call.params["PartNumberMarker"];
    after = marker.is_int() ? marker.as_int() : std::atoll(call.text("PartNumberMarker").c_str());
  }
  Value parts = Value::list();
  std::int64_t last = 0;
  bool truncated = false;
  for (const UploadedPart& part : list_parts(transaction.database(), open->upload.id)) {
    if (part.number <= after) continue;
    if (static_cast<std::int64_t>(parts.size()) == limit) {
      truncated = true;
      break;
    }
    last = part.number;
    parts.push_back(Value::object({{"PartNumber", part.number},
                                   {"LastModified", timestamp_of(part.modified_ms)},
                                   {"ETag", "\"" + part.etag + "\""},
                                   {"Size", part.size}}));
  }
  Reply reply;
  reply.root = "ListPartsResult";
  reply.output = Value::object({{"Bucket", open->bucket.name},
                                {"Key", open->upload.key},
                                {"UploadId", open->upload.id},
                                {"PartNumberMarker", after},
                                {"NextPartNumberMarker", last},
                                {"MaxParts", limit},
                                {"IsTruncated", truncated},
                                {"StorageClass", "STANDARD"}});
  if (!parts.empty()) reply.output.set("Parts", std::move(parts));
  reply.output.set("Initiator", initiator(open->upload.owner));
  reply.output.set("Owner", owner_value(open->upload.owner));
  return reply;
}

Result<Reply> list_multipart_uploads(const Call& call) {
  ReadTransaction transaction(call.endpoint.databases());
  Result<Bucket> bucket = bucket_of(transaction.database(), call);
  if (!bucket) return std::move(bucket).error();
  constexpr std::int64_t kMost = 1000;
  std::int64_t limit = std::clamp<std::int64_t>(call.integer("MaxUploads", kMost), 0, kMost);
  std::pair<std::string, std::string> after{call.text("KeyMarker"), call.text("UploadIdMarker")};
  bool url = call.text("EncodingType") == "url";
  auto shown = [&](const std::string& text) { return url ? percent_encode(text, "/") : text; };
  Value uploads = Value::list();
  Upload last;
  bool truncated = false;
  for (const Upload& upload : list_uploads(transaction.database(), *bucket, call.text("Prefix"))) {
    bool seen = after.second.empty() ? upload.key <= after.first
                                     : std::pair(upload.key, upload.id) <= after;
    if (seen && !after.first.empty()) continue;
    if (static_cast<std::int64_t>(uploads.size()) == limit) {
      truncated = true;
      break;
    }
    last = upload;
    Value& entry = uploads.push_back(Value::object(
        {{"UploadId", upload.id}, {"Key", shown(upload.key)}, {"StorageClass", "STANDARD"}}));
    entry.set("Initiated", Value(timestamp_of(upload.initiated_ms)));
    entry.set("Initiator", initiator(upload.owner));
    entry.set("Owner", owner_value(upload.owner));
  }
  Reply reply;
  reply.root = "ListMultipartUploadsResult";
  reply.output = Value::object({{"Bucket", bucket->name},
                                {"KeyMarker", shown(after.first)},
                                {"UploadIdMarker", after.second},
                                {"Prefix", shown(call.text("Prefix"))},
                                {"MaxUploads", limit},
                                {"IsTruncated", truncated}});
  if (url) reply.output.set("EncodingType", Value("url"));
  if (truncated) {
    reply.output.set("NextKeyMarker", Value(shown(last.key)));
    reply.output.set("NextUploadIdMarker", Value(last.id));
  }
  if (!uploads.empty()) reply.output.set("Uploads", std::move(uploads));
  return reply;
}

Result<Reply> complete_multipart_upload(const Call& call) {
  WriteTransaction transaction(call.endpoint.databases());
  Database& database = transaction.database();
  Result<OpenUpload> open = upload_of(database, call);
  if (!open) return std::move(open).error();
  Result<std::vector<UploadedPart>> parts =
      chosen_parts(call, list_parts(database, open->upload.id));
  if (!parts) return std::move(parts).error();
  ObjectVersion object;
  object.key = open->upload.key;
  object.attributes = open->upload.attributes;
  object.metadata = open->upload.metadata;
  object.etag = combined_etag(*parts);
  std::optional<ObjectVersion> old = find_latest(database, open->bucket, object.key);
  Result<void> allowed =
      check_preconditions(preconditions_of(call, ""), old ? &*old : nullptr, Purpose::kWrite);
  if (allowed) allowed = prepare_version(database, call, open->bucket, object);
  if (!allowed) return std::move(allowed).error();
  Result<std::unique_ptr<SpoolFile>> content = joined(call.endpoint.blobs(), *parts);
  if (!content) return std::move(content).error();
  object.size = static_cast<std::int64_t>((*content)->size());
  Result<std::string> file = call.endpoint.blobs().keep(**content);
  if (!file) return std::move(file).error();
  object.file = std::move(*file);
  std::vector<std::string> unused = remove_upload(database, open->upload.id);
  unused.push_back(put_version(database, open->bucket, object));
  transaction.commit();
  call.endpoint.blobs().remove_all(unused);
  Reply reply;
  reply.root = "CompleteMultipartUploadResult";
  reply.output.set("Location", Value("/" + open->bucket.name + "/" + object.key));
  reply.output.set("Bucket", Value(open->bucket.name));
  reply.output.set("Key", Value(object.key));
  reply.output.set("ETag", Value(quoted_etag(object)));
  set_version_id(open->bucket, object, reply.output);
  return reply;
}

Result<Reply> abort_multipart_upload(const Call& call) {
  WriteTransaction transaction(call.endpoint.databases());
  Result<OpenUpload> open = upload_of(transaction.database(), call);
  if (!open) return std::move(open).error();
  std::vector<std::string> files = remove_upload(transaction.database(), open->upload.id);
  transaction.commit();
  call.endpoint.blobs().remove_all(files);
  return Reply{};
}

}  // namespace botocxx::objectscale
