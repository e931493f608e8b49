#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace botocxx::objectscale {

using SqlValue = std::variant<std::monostate, std::int64_t, std::string>;

/// A prepared statement on loan from its connection; reset when it goes out of scope.
/// Failures of SQLite throw botocxx::Exception with the code "Storage".
class Statement {
 public:
  enum class Lifetime { kKept, kOnce };
  Statement(sqlite3* connection, sqlite3_stmt* statement, Lifetime lifetime);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  /// Binds the next parameter.
  Statement& bind(std::int64_t value);
  Statement& bind(std::string_view text);
  Statement& bind(const SqlValue& value);
  template <typename... Values>
  Statement& bind_all(const Values&... values) {
    (bind(values), ...);
    return *this;
  }

  /// True when there is a row to read.
  bool step();
  /// Steps to the end.
  void run();

  std::int64_t integer(int column) const;
  std::string text(int column) const;
  SqlValue value(int column) const;

 private:
  sqlite3* connection_;
  sqlite3_stmt* statement_;
  Lifetime lifetime_;
  int next_ = 1;
};

/// One connection; used by one thread at a time.
class Database {
 public:
  explicit Database(const std::string& path);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// Statements are kept for the next use of the same text; don't nest two of them.
  Statement prepare(std::string_view sql);
  /// For texts that are made up anew each time.
  Statement prepare_once(std::string_view sql);
  void execute(const std::string& sql);
  std::int64_t last_row_id() const;
  std::int64_t changed_rows() const;

 private:
  sqlite3_stmt* compile(std::string_view sql);

  sqlite3* connection_ = nullptr;
  std::unordered_map<std::string, sqlite3_stmt*> statements_;
};

/// The connections to one file: any number of readers beside one writer.
class DatabasePool {
 public:
  explicit DatabasePool(std::string path);

  class Lease {
   public:
    Lease(DatabasePool& pool, std::unique_ptr<Database> database)
        : pool_(pool), database_(std::move(database)) {}
    ~Lease() { pool_.give_back(std::move(database_)); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    Database& operator*() { return *database_; }
    Database* operator->() { return database_.get(); }

   private:
    DatabasePool& pool_;
    std::unique_ptr<Database> database_;
  };
  Lease take();
  std::mutex& writer() { return writer_; }

 private:
  friend class Lease;
  void give_back(std::unique_ptr<Database> database);

  std::string path_;
  std::mutex mutex_, writer_;
  std::vector<std::unique_ptr<Database>> idle_;
};

/// A write transaction: committed by `commit()`, else rolled back. Writers wait for each other.
class WriteTransaction {
 public:
  explicit WriteTransaction(DatabasePool& pool);
  ~WriteTransaction();
  WriteTransaction(const WriteTransaction&) = delete;
  WriteTransaction& operator=(const WriteTransaction&) = delete;

  Database& database() { return *lease_; }
  void commit();

 private:
  std::unique_lock<std::mutex> lock_;
  DatabasePool::Lease lease_;
  bool open_ = true;
};

/// A consistent view for several reads.
class ReadTransaction {
 public:
  explicit ReadTransaction(DatabasePool& pool);
  ~ReadTransaction();
  ReadTransaction(const ReadTransaction&) = delete;
  ReadTransaction& operator=(const ReadTransaction&) = delete;

  Database& database() { return *lease_; }

 private:
  DatabasePool::Lease lease_;
};

}  // namespace botocxx::objectscale
