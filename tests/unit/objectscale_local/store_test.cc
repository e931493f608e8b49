#include "blob_store.h"
#include "key_listing.h"
#include "object_table.h"
#include "schema.h"
#include "search_index.h"
#include "upload_table.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <thread>

namespace botocxx::objectscale {
namespace {

class Store : public ::testing::Test {
 protected:
  Store() : pool_((folder_ / "objects.sqlite").string()) {
    create_schema(*pool_.take());
    bucket_.name = "b";
    bucket_.settings = Value::object();
  }
  ~Store() override { std::filesystem::remove_all(folder_); }

  static std::filesystem::path make_folder() {
    std::string name = (std::filesystem::temp_directory_path() / "store-test-XXXXXX").string();
    return ::mkdtemp(name.data());
  }

  void add_bucket(std::vector<SearchKey> keys = {}) {
    WriteTransaction transaction(pool_);
    bucket_.search = !keys.empty();
    insert_bucket(transaction.database(), bucket_, keys);
    transaction.commit();
  }

  ObjectVersion put(std::string key, std::string version = "null", Value metadata = {}) {
    WriteTransaction transaction(pool_);
    ObjectVersion object;
    object.key = std::move(key);
    object.version_id = std::move(version);
    object.attributes = Value::object();
    object.metadata = metadata.is_null() ? Value::object() : std::move(metadata);
    object.file = "file-" + object.version_id;
    replaced_ = put_version(transaction.database(), bucket_, object);
    transaction.commit();
    return object;
  }

  std::vector<std::string> matches(std::string_view text) {
    ReadTransaction transaction(pool_);
    auto keys = search_keys_of(transaction.database(), bucket_);
    auto query = compile_query(parse_query(text).value(), keys, "").value();
    std::vector<std::string> names;
    scan_matches(transaction.database(), bucket_, query, {}, [&](const Match& match) {
      names.push_back(match.key);
      return true;
    });
    return names;
  }

  std::filesystem::path folder_ = make_folder();
  DatabasePool pool_;
  Bucket bucket_;
  std::string replaced_;
};

using Names = std::vector<std::string>;

TEST_F(Store, ReplacesTheNullVersionAndTellsItsFile) {
  add_bucket();
  put("k");
  EXPECT_EQ(replaced_, "");
  ObjectVersion second = put("k");
  EXPECT_EQ(replaced_, "file-null");
  auto latest = find_latest(*pool_.take(), bucket_, "k");
  ASSERT_TRUE(latest);
  EXPECT_EQ(latest->id, second.id);
}

TEST_F(Store, TheNewestOfTheRestBecomesTheLatest) {
  add_bucket();
  put("k", "v1");
  put("k", "v2");
  ObjectVersion third = put("k", "v3");
  {
    WriteTransaction transaction(pool_);
    remove_version(transaction.database(), bucket_, third);
    transaction.commit();
  }
  EXPECT_EQ(find_latest(*pool_.take(), bucket_, "k")->version_id, "v2");
  EXPECT_FALSE(find_version(*pool_.take(), bucket_, "k", "v3"));
}

TEST_F(Store, AnUncommittedTransactionLeavesNothing) {
  add_bucket();
  {
    WriteTransaction transaction(pool_);
    ObjectVersion object;
    object.key = "k";
    object.attributes = object.metadata = Value::object();
    put_version(transaction.database(), bucket_, object);
  }
  EXPECT_FALSE(find_latest(*pool_.take(), bucket_, "k"));
}

TEST_F(Store, IndexFollowsPutsAndRemovals) {
  add_bucket({{"x-amz-meta-n", "x-amz-meta-n", Datatype::kInteger}});
  put("a", "null", Value::object({{"n", "10"}}));
  put("b", "null", Value::object({{"n", "9"}}));
  put("c", "null", Value::object({{"n", "no number"}}));
  put("d");
  EXPECT_EQ(matches("x-amz-meta-n>0"), (Names{"b", "a"}));
  put("a", "null", Value::object({{"n", "1"}}));
  EXPECT_EQ(matches("x-amz-meta-n>0"), (Names{"a", "b"}));
  {
    WriteTransaction transaction(pool_);
    auto b = find_latest(transaction.database(), bucket_, "b");
    remove_version(transaction.database(), bucket_, *b);
    transaction.commit();
  }
  EXPECT_EQ(matches("x-amz-meta-n>0"), (Names{"a"}));
}

TEST_F(Store, ObjectsWithoutTheKeyNeverMatch) {
  add_bucket({{"x-amz-meta-n", "x-amz-meta-n", Datatype::kString},
              {"x-amz-meta-m", "x-amz-meta-m", Datatype::kString}});
  put("a", "null", Value::object({{"n", ""}}));
  put("b", "null", Value::object({{"m", "1"}}));
  EXPECT_EQ(matches("x-amz-meta-n<'' or x-amz-meta-n>=''"), (Names{"a"}));
  EXPECT_EQ(matches("x-amz-meta-n>='' or x-amz-meta-m=='1'"), (Names{"b", "a"}));
}

TEST_F(Store, FoldsGroupsAndGoesOnBehindThem) {
  add_bucket();
  for (const char* key : {"a", "p/1", "p/2", "p0", "q/1", "q/\xEF\xBF\xBF", "z"}) put(key);
  KeyListing listing;
  listing.delimiter = "/";
  listing.max_keys = 2;
  Names all;
  while (true) {
    KeyPage page = list_keys(*pool_.take(), bucket_, listing);
    for (const auto& object : page.objects) all.push_back(object.key);
    all.insert(all.end(), page.prefixes.begin(), page.prefixes.end());
    if (!page.truncated) break;
    listing.after = page.last;
  }
  EXPECT_EQ(all, (Names{"a", "p/", "p0", "q/", "z"}));
}

TEST_F(Store, PrefixesEndBehindTheirLastName) {
  EXPECT_EQ(prefix_end("a"), "b");
  EXPECT_EQ(prefix_end("a\xFF"), "b");
  EXPECT_EQ(prefix_end("\xFF"), std::nullopt);
  EXPECT_EQ(prefix_end(""), std::nullopt);
}

TEST_F(Store, PartsAreReplacedByNumber) {
  add_bucket();
  WriteTransaction transaction(pool_);
  Database& database = transaction.database();
  insert_upload(database, bucket_, {"u", "k", 1, "o", Value::object(), Value::object()});
  EXPECT_EQ(put_part(database, "u", {2, 1, "e", 1, "two"}), "");
  EXPECT_EQ(put_part(database, "u", {1, 1, "e", 1, "one"}), "");
  EXPECT_EQ(put_part(database, "u", {2, 1, "e", 1, "new"}), "two");
  EXPECT_EQ(remove_upload(database, "u"), (Names{"one", "new"}));
  EXPECT_FALSE(find_upload(database, bucket_, "k", "u"));
  EXPECT_TRUE(list_parts(database, "u").empty());
}

TEST_F(Store, RefusesAFileOfALaterFormat) {
  pool_.take()->execute("PRAGMA user_version = 99");
  EXPECT_THROW(create_schema(*pool_.take()), Exception);
}

TEST_F(Store, ManyWritersAndReadersGetAlong) {
  add_bucket({{"size", "Size", Datatype::kInteger}});
  std::vector<std::jthread> threads;
  for (int number = 0; number < 4; ++number) {
    threads.emplace_back([this, number] {
      for (int i = 0; i < 25; ++i) {
        WriteTransaction transaction(pool_);
        ObjectVersion object;
        object.key = std::to_string(number) + "/" + std::to_string(i);
        object.attributes = object.metadata = Value::object();
        put_version(transaction.database(), bucket_, object);
        transaction.commit();
      }
    });
    threads.emplace_back([this] {
      for (int i = 0; i < 25; ++i) matches("Size>=0");
    });
  }
  threads.clear();
  EXPECT_EQ(matches("Size>=0").size(), 100U);
}

TEST_F(Store, BlobsAppearWholeOrNotAtAll) {
  BlobStore blobs(folder_);
  std::filesystem::path spooled;
  {
    auto file = blobs.create();
    spooled = file->path();
    ASSERT_TRUE(file->write(std::as_bytes(std::span("abc", 3))));
  }
  EXPECT_FALSE(std::filesystem::exists(spooled));
  auto file = blobs.create();
  ASSERT_TRUE(file->write(std::as_bytes(std::span("abcdef", 6))));
  std::string name = blobs.keep(*file).value();
  EXPECT_EQ(blobs.open(name, 1, 3).value().read_all().value(), "bcd");
  std::string shared = blobs.share(name).value();
  blobs.remove(name);
  EXPECT_FALSE(blobs.open(name, 0, 6));
  EXPECT_EQ(blobs.open(shared, 0, 6).value().read_all().value(), "abcdef");
  blobs.sweep([](const std::string&) { return false; });
  EXPECT_FALSE(blobs.open(shared, 0, 6));
}

}  // namespace
}  // namespace botocxx::objectscale
