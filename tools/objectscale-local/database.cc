#include "database.h"

#include <botocxx/base/error.h>

#include <sqlite3.h>

namespace botocxx::objectscale {
namespace {

constexpr int kBusyMilliseconds = 20'000;

[[noreturn]] void fail(sqlite3* connection, std::string_view doing) {
  throw_error(Error(
      ErrorKind::kInternal, "Storage",
      std::string(doing) + ": " + (connection ? sqlite3_errmsg(connection) : "out of memory")));
}

}  // namespace

Statement::Statement(sqlite3* connection, sqlite3_stmt* statement, Lifetime lifetime)
    : connection_(connection), statement_(statement), lifetime_(lifetime) {}

Statement::~Statement() {
  if (lifetime_ == Lifetime::kOnce) {
    sqlite3_finalize(statement_);
    return;
  }
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

Statement& Statement::bind(std::int64_t value) {
  if (sqlite3_bind_int64(statement_, next_++, value) != SQLITE_OK) fail(connection_, "bind");
  return *this;
}

Statement& Statement::bind(std::string_view text) {
  const char* data = text.data() ? text.data() : "";
  if (sqlite3_bind_text64(statement_, next_++, data, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8) !=
      SQLITE_OK) {
    fail(connection_, "bind");
  }
  return *this;
}

Statement& Statement::bind(const SqlValue& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return bind(*number);
  if (const auto* text = std::get_if<std::string>(&value)) return bind(std::string_view(*text));
  ++next_;
  return *this;
}

bool Statement::step() {
  int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) fail(connection_, sqlite3_sql(statement_));
  return false;
}

void Statement::run() {
  while (step()) {
  }
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}

std::string Statement::text(int column) const {
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  if (!data) return {};
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

SqlValue Statement::value(int column) const {
  int type = sqlite3_column_type(statement_, column);
  if (type == SQLITE_NULL) return std::monostate();
  if (type == SQLITE_INTEGER) return integer(column);
  return text(column);
}

Database::Database(const std::string& path) {
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  if (sqlite3_open_v2(path.c_str(), &connection_, flags, nullptr) != SQLITE_OK) {
    std::string reason = connection_ ? sqlite3_errmsg(connection_) : "out of memory";
    sqlite3_close(connection_);
    throw_error(Error(ErrorKind::kInternal, "Storage", path + ": " + reason));
  }
  sqlite3_busy_timeout(connection_, kBusyMilliseconds);
  // With a write-ahead log a killed process loses nothing that was answered.
  execute("PRAGMA journal_mode=WAL");
  execute("PRAGMA synchronous=NORMAL");
  execute("PRAGMA foreign_keys=ON");
}

Database::~Database() {
  for (auto& [sql, statement] : statements_) sqlite3_finalize(statement);
  sqlite3_close(connection_);
}

sqlite3_stmt* Database::compile(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(connection_, sql.data(), static_cast<int>(sql.size()), &statement,
                         nullptr) != SQLITE_OK) {
    fail(connection_, sql);
  }
  return statement;
}

Statement Database::prepare(std::string_view sql) {
  sqlite3_stmt*& kept = statements_[std::string(sql)];
  if (!kept) kept = compile(sql);
  return {connection_, kept, Statement::Lifetime::kKept};
}

Statement Database::prepare_once(std::string_view sql) {
  return {connection_, compile(sql), Statement::Lifetime::kOnce};
}

void Database::execute(const std::string& sql) {
  if (sqlite3_exec(connection_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    fail(connection_, sql);
  }
}

std::int64_t Database::last_row_id() const { return sqlite3_last_insert_rowid(connection_); }

std::int64_t Database::changed_rows() const { return sqlite3_changes64(connection_); }

DatabasePool::DatabasePool(std::string path) : path_(std::move(path)) {}

DatabasePool::Lease DatabasePool::take() {
  {
    std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      std::unique_ptr<Database> database = std::move(idle_.back());
      idle_.pop_back();
      return {*this, std::move(database)};
    }
  }
  return {*this, std::make_unique<Database>(path_)};
}

void DatabasePool::give_back(std::unique_ptr<Database> database) {
  std::lock_guard lock(mutex_);
  idle_.push_back(std::move(database));
}

WriteTransaction::WriteTransaction(DatabasePool& pool) : lock_(pool.writer()), lease_(pool.take()) {
  lease_->execute("BEGIN IMMEDIATE");
}

WriteTransaction::~WriteTransaction() {
  if (!open_) return;
  try {
    lease_->execute("ROLLBACK");
  } catch (const Exception&) {
    // SQLite has rolled back by itself.
  }
}

void WriteTransaction::commit() {
  lease_->execute("COMMIT");
  open_ = false;
}

ReadTransaction::ReadTransaction(DatabasePool& pool) : lease_(pool.take()) {
  lease_->execute("BEGIN");
}

ReadTransaction::~ReadTransaction() {
  try {
    lease_->execute("COMMIT");
  } catch (const Exception&) {
    // Nothing was written; the connection is usable again either way.
  }
}

}  // namespace botocxx::objectscale
