#include "base/digest.h"
#include "handler.h"
#include "match_metadata.h"
#include "page_marker.h"
#include "search_index.h"
#include "service_error.h"
#include <botocxx/base/text_encoding.h>

#include <algorithm>
#include <set>

namespace botocxx::objectscale {
namespace {

constexpr std::int64_t kMostKeys = 1000;
constexpr std::string_view kNoMorePages = "NO MORE PAGES";

Value key_entry(std::string_view name, Datatype type) {
  return Value::object({{"Name", name}, {"Datatype", to_string(type)}});
}

Value optional_attribute_list() {
  Value list = Value::list();
  for (const SystemKey& key : optional_attributes()) {
    list.push_back(key_entry(key.name, key.datatype));
  }
  return list;
}

/// A query's parameters and how far its page has come.
struct Page {
  std::vector<SearchKey> keys;
  CompiledQuery query;
  RequestedAttributes attributes;
  SearchScan scan;
  std::string delimiter;
  std::string binding;
  std::int64_t max_keys = kMostKeys;
  ValueForm form = ValueForm::kPlain;
  bool drop_user_block = false;

  std::optional<SearchPosition> after;  ///< where the page begins
  std::set<std::string> groups;         ///< seen so far, also before the page
  std::int64_t count = 0;
  std::optional<SearchPosition> last;
  bool truncated = false;
  Value objects = Value::list();
  Value prefixes = Value::list();
};

std::string encoded(const Page& page, const std::string& text) {
  return page.form == ValueForm::kUrlEncoded ? percent_encode(text) : text;
}

std::string binding_of(const Call& call) {
  std::string text;
  for (std::string_view name :
       {"Bucket", "Query", "Attributes", "Sorted", "Prefix", "Delimiter", "EncodingType"}) {
    text += call.text(name);
    text += '\n';
  }
  text += std::to_string(call.integer("MaxKeys", -1));
  text += call.flag("IncludeOlderVersions") ? "\nall" : "\nlatest";
  return text;
}

bool is_before(const SearchPosition& position, const SearchPosition& mark) {
  auto order = [](const SearchPosition& p) { return std::tie(p.sort_value, p.key); };
  if (order(position) != order(mark)) return order(position) < order(mark);
  return position.id > mark.id;
}

void add_object(Page& page, const Bucket& bucket, const ObjectVersion& object) {
  Value blocks = match_metadata(object, page.keys, page.attributes, page.form);
  if (page.drop_user_block && blocks.size() > 1) {
    blocks = Value::list({blocks[0]});
  }
  Value& entry = page.objects.push_back(Value::object());
  entry.set("objectName", Value(encoded(page, object.key)));
  entry.set("objectId", Value(base::sha256_hex(bucket.name + "/" + object.key + "/" +
                                               std::to_string(object.id))));
  entry.set("versionId", Value(bucket.versioning.empty() ? std::string_view("0")
                                                         : std::string_view(object.version_id)));
  if (!blocks.empty()) entry.set("queryMds", std::move(blocks));
  entry.set("indexKey", Value(""));
}

/// Takes the next match in order; false when the page is full.
bool take_match(Database& database, Page& page, const Bucket& bucket, const Match& match) {
  std::string group;
  if (!page.delimiter.empty()) {
    std::size_t end = match.key.find(page.delimiter, page.scan.prefix.size());
    if (end != std::string::npos) group = match.key.substr(0, end + page.delimiter.size());
  }
  // A group stands where its first object would; the others of it are passed over.
  if (!group.empty() && !page.groups.insert(group).second) return true;
  SearchPosition position{match.sort_value, match.key, match.id};
  if (page.after && !is_before(*page.after, position)) return true;
  if (page.count == page.max_keys) {
    page.truncated = true;
    return false;
  }
  ++page.count;
  page.last = std::move(position);
  if (!group.empty()) {
    page.prefixes.push_back(Value(encoded(page, group)));
  } else if (std::optional<ObjectVersion> object = find_by_id(database, match.id)) {
    add_object(page, bucket, *object);
  }
  return true;
}

Result<Page> read_page(const Call& call, std::vector<SearchKey> keys) {
  Page page;
  page.keys = std::move(keys);
  Result<Expression> expression = parse_query(call.text("Query"));
  if (!expression) return std::move(expression).error();
  Result<CompiledQuery> query = compile_query(*expression, page.keys, call.text("Sorted"));
  if (!query) return std::move(query).error();
  page.query = std::move(*query);
  page.attributes = parse_attributes(call.text("Attributes"));
  page.scan.prefix = call.text("Prefix");
  if (call.flag("IncludeOlderVersions")) page.scan.versions = VersionScope::kAll;
  page.delimiter = call.text("Delimiter");
  page.binding = binding_of(call);
  page.max_keys = call.integer("MaxKeys", kMostKeys);
  if (page.max_keys < 0) return service_error("InvalidArgument", "max-keys: must not be negative");
  page.max_keys = std::min(page.max_keys, kMostKeys);
  std::string encoding = call.text("EncodingType");
  if (!encoding.empty() && encoding != "url") {
    return service_error("InvalidArgument", "encoding-type: only 'url' is known");
  }
  if (encoding == "url") page.form = ValueForm::kUrlEncoded;
  page.drop_user_block =
      call.endpoint.behaviour().drop_mds_block_with_prefix && !page.scan.prefix.empty();
  if (std::string marker = call.text("Marker"); !marker.empty()) {
    Result<SearchPosition> after = read_marker(marker, page.binding);
    if (!after) return std::move(after).error();
    page.after = std::move(*after);
    // Groups that earlier pages showed are known only by going through them again.
    if (page.delimiter.empty()) page.scan.after = page.after;
  }
  return page;
}

Reply page_reply(const Call& call, Page page) {
  Reply reply;
  reply.root = "BucketQueryResult";
  reply.plain_namespace = true;
  reply.output.set("Name", Value(call.text("Bucket")));
  reply.output.set("Marker", Value(call.text("Marker")));
  bool legacy = call.endpoint.behaviour().legacy_markers;
  if (page.truncated && page.last) {
    reply.output.set("NextMarker", Value(write_marker(*page.last, page.binding)));
  } else if (legacy) {
    reply.output.set("NextMarker", Value(kNoMorePages));
  }
  if (!legacy) reply.output.set("IsTruncated", Value(page.truncated && page.max_keys > 0));
  reply.output.set("MaxKeys", Value(page.max_keys));
  reply.output.set("ObjectMatches", std::move(page.objects));
  if (!page.delimiter.empty()) {
    reply.output.set("CommonPrefixMatches",
                     Value::object({{"PrefixGroups", std::move(page.prefixes)}}));
  }
  return reply;
}

}  // namespace

Result<Reply> get_system_metadata(const Call&) {
  Reply reply;
  reply.root = "MetadataSearchList";
  Value indexable = Value::list();
  for (const SystemKey& key : indexable_system_keys()) {
    indexable.push_back(key_entry(key.name, key.datatype));
  }
  reply.output.set("IndexableKeys", std::move(indexable));
  reply.output.set("OptionalAttributes", optional_attribute_list());
  return reply;
}

Result<Reply> get_search_metadata(const Call& call) {
  ReadTransaction transaction(call.endpoint.databases());
  Result<Bucket> bucket = bucket_of(transaction.database(), call);
  if (!bucket) return std::move(bucket).error();
  if (!bucket->search) return service_error(kSearchNotEnabled);
  Reply reply;
  reply.root = "MetadataSearchList";
  reply.output.set("MetadataSearchEnabled", Value(true));
  Value keys = Value::list();
  for (const SearchKey& key : search_keys_of(transaction.database(), *bucket)) {
    keys.push_back(key_entry(key.shown, key.datatype));
  }
  reply.output.set("IndexableKeys", std::move(keys));
  reply.output.set("OptionalAttributes", optional_attribute_list());
  return reply;
}

Result<Reply> disable_metadata_search(const Call& call) {
  WriteTransaction transaction(call.endpoint.databases());
  Result<Bucket> bucket = bucket_of(transaction.database(), call);
  if (!bucket) return std::move(bucket).error();
  if (!bucket->search) return service_error(kSearchNotEnabled);
  bucket->search = false;
  update_bucket(transaction.database(), *bucket);
  drop_search_keys(transaction.database(), *bucket);
  transaction.commit();
  return Reply{};
}

Result<Reply> metadata_search(const Call& call) {
  ReadTransaction transaction(call.endpoint.databases());
  Database& database = transaction.database();
  Result<Bucket> bucket = bucket_of(database, call);
  if (!bucket) return std::move(bucket).error();
  if (!bucket->search) return service_error(kSearchNotEnabled);
  Result<Page> page = read_page(call, search_keys_of(database, *bucket));
  if (!page) return std::move(page).error();
  scan_matches(database, *bucket, page->query, page->scan,
               [&](const Match& match) { return take_match(database, *page, *bucket, match); });
  return page_reply(call, std::move(*page));
}

}  // namespace botocxx::objectscale
