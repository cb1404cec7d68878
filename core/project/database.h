// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

struct sqlite3;
struct sqlite3_stmt;

namespace gesture::project {

/// A row's cell that is longer than this is refused, before memory is taken for it.
inline constexpr int kMaxCellBytes = 16 << 20;

/// A statement in work: bound, stepped, and made ready for its next use when it goes out of scope.
/// Borrowed from its Database, which must outlive it.
class Statement {
public:
    explicit Statement(sqlite3_stmt* statement)
        : statement_(statement) {}
    Statement(Statement&& other) noexcept
        : statement_(std::exchange(other.statement_, nullptr)) {}
    Statement& operator=(Statement&&) = delete;
    ~Statement();

    // Parameters are numbered from 1. Texts and bytes must live until the last step.
    Statement& bind(int index, std::int64_t value);
    Statement& bind(int index, std::string_view text);
    Statement& bind(int index, const std::optional<std::string>& text);
    Statement& bind(int index, std::span<const std::byte> bytes);

    /// True: there is a row. Errors as Database.
    [[nodiscard]] Result<bool> step();
    /// For statements without rows.
    [[nodiscard]] Status run();

    // Columns of the row, from 0; valid until the next step.
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::string text(int column) const;
    [[nodiscard]] std::optional<std::string> optionalText(int column) const;
    [[nodiscard]] std::span<const std::byte> bytes(int column) const;

private:
    sqlite3_stmt* statement_;
};

/// How a database is opened.
struct DatabaseOptions {
    enum class Mode { Create, ReadWrite, ReadOnly, Immutable };
    Mode mode = Mode::ReadWrite;
    std::string vfs; ///< Of SQLite's; empty: the system's.
};

/// A connection to an SQLite file that may be anybody's: no triggers, no views, no trusted schema,
/// no memory mapping, cells up to kMaxCellBytes. Owned by one thread at a time. Errors are
/// sentences: Io (full disk, …), InvalidInput (damaged), LimitExceeded, OutOfMemory, Unavailable
/// (locked).
class Database {
public:
    [[nodiscard]] static Result<Database> open(const std::filesystem::path& path,
                                               const DatabaseOptions& options);
    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;
    ~Database();

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

    /// Runs statements that yield nothing.
    [[nodiscard]] Status execute(const std::string& sql);
    /// `sql` is a literal: statements are kept by its address and made once.
    [[nodiscard]] Result<Statement> prepare(const char* sql);
    /// The first cell of the first row; 0 when there is none.
    [[nodiscard]] Result<std::int64_t> integer(const std::string& sql);

    [[nodiscard]] std::int64_t lastRowId() const;
    [[nodiscard]] bool inTransaction() const;

    /// Stops statements from another thread's wish: asked every few thousand steps.
    void setStopCheck(std::function<bool()> stop);

private:
    struct Handle;
    Database(std::filesystem::path path, std::unique_ptr<Handle> handle);

    std::filesystem::path path_;
    std::unique_ptr<Handle> handle_;
};

/// All or nothing: what is written until `commit` vanishes with it.
class Transaction {
public:
    /// Takes the right to write at once. Unavailable when another program keeps it.
    [[nodiscard]] static Result<Transaction> begin(Database& database);
    Transaction(Transaction&& other) noexcept
        : database_(std::exchange(other.database_, nullptr)) {}
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();

    /// After a failure nothing was written.
    [[nodiscard]] Status commit();

private:
    explicit Transaction(Database& database)
        : database_(&database) {}
    Database* database_;
};

} // namespace gesture::project
