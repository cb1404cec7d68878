// SPDX-License-Identifier: Apache-2.0
#include "core/project/database.h"

#include <fmt/format.h>
#include <sqlite3.h>

namespace gesture::project {

namespace {

constexpr int kBusyMilliseconds = 5000;
constexpr int kStepsBetweenStopChecks = 10'000;

/// Failures that mean the same to people.
enum class Trouble { Full, Disk, Damage, ReadOnly, NoOpen, Busy, Memory, Size, Stopped, Other };

Trouble troubleOf(int code) {
    static const std::map<int, Trouble> kTroubles{
        {SQLITE_FULL, Trouble::Full},         {SQLITE_IOERR, Trouble::Disk},
        {SQLITE_CORRUPT, Trouble::Damage},    {SQLITE_NOTADB, Trouble::Damage},
        {SQLITE_FORMAT, Trouble::Damage},     {SQLITE_ERROR, Trouble::Damage},
        {SQLITE_CONSTRAINT, Trouble::Damage}, {SQLITE_MISMATCH, Trouble::Damage},
        {SQLITE_READONLY, Trouble::ReadOnly}, {SQLITE_PERM, Trouble::ReadOnly},
        {SQLITE_CANTOPEN, Trouble::NoOpen},   {SQLITE_AUTH, Trouble::NoOpen},
        {SQLITE_BUSY, Trouble::Busy},         {SQLITE_LOCKED, Trouble::Busy},
        {SQLITE_PROTOCOL, Trouble::Busy},     {SQLITE_NOMEM, Trouble::Memory},
        {SQLITE_TOOBIG, Trouble::Size},       {SQLITE_RANGE, Trouble::Size},
        {SQLITE_INTERRUPT, Trouble::Stopped}, {SQLITE_ABORT, Trouble::Stopped}};
    constexpr int kPrimary = 0xff;
    const auto found = kTroubles.find(code & kPrimary);
    return found == kTroubles.end() ? Trouble::Other : found->second;
}

/// What SQLite's failure means to people.
Error errorOf(sqlite3* handle, int code, const std::filesystem::path& path) {
    const std::string file = path.filename().string();
    const std::string detail = handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
    const auto sentence = [&](ErrorCode kind, const char* format) {
        return Error{kind, fmt::format(fmt::runtime(format), file, detail)};
    };
    switch (troubleOf(code)) {
    case Trouble::Full:
        return sentence(ErrorCode::Io, "The disk is full: '{}' was not changed. Free some space "
                                       "and try again.");
    case Trouble::Disk:
        return sentence(ErrorCode::Io, "The disk failed while reading or writing '{}': the "
                                       "project is as before ({}).");
    case Trouble::Damage:
        return sentence(ErrorCode::InvalidInput,
                        "'{}' is damaged or no project ({}). 'gesture project salvage' saves "
                        "what can be read into a new file.");
    case Trouble::ReadOnly:
        return sentence(ErrorCode::Io, "'{}' cannot be written: its file or folder is read-only. "
                                       "Save a copy elsewhere.");
    case Trouble::NoOpen:
        return sentence(ErrorCode::Io, "'{}' cannot be opened ({}).");
    case Trouble::Busy:
        return sentence(ErrorCode::Unavailable, "Another program is writing to '{}'. Try again "
                                                "when it is done.");
    case Trouble::Memory:
        return sentence(ErrorCode::OutOfMemory, "There is not enough memory for '{}'.");
    case Trouble::Size:
        return sentence(ErrorCode::LimitExceeded, "'{}' holds more in one piece than this "
                                                  "program reads.");
    case Trouble::Stopped:
        return {ErrorCode::Cancelled, "Stopped; nothing was written."};
    case Trouble::Other:
        break;
    }
    return sentence(ErrorCode::Internal, "'{}': the data base says: {}.");
}

/// Statements know their connection; its path is in SQLite's own words.
Error errorOf(sqlite3_stmt* statement, int code) {
    sqlite3* handle = sqlite3_db_handle(statement);
    const char* file = sqlite3_db_filename(handle, "main");
    return errorOf(handle, code, file != nullptr ? file : "");
}

std::string uriOf(const std::filesystem::path& path, bool immutable) {
    std::string uri = "file:";
    for (const char byte : path.string()) {
        if (byte == '%' || byte == '?' || byte == '#')
            uri += fmt::format("%{:02x}", static_cast<unsigned char>(byte));
        else
            uri += byte;
    }
    return immutable ? uri + "?immutable=1" : uri;
}

int flagsOf(DatabaseOptions::Mode mode) {
    constexpr int kCommon = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
    switch (mode) {
    case DatabaseOptions::Mode::Create:
        return kCommon | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    case DatabaseOptions::Mode::ReadWrite:
        return kCommon | SQLITE_OPEN_READWRITE;
    case DatabaseOptions::Mode::ReadOnly:
    case DatabaseOptions::Mode::Immutable:
        return kCommon | SQLITE_OPEN_READONLY;
    }
    return kCommon;
}

/// A project may come from a stranger: its schema is not to be obeyed.
void distrust(sqlite3* handle) {
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, kMaxCellBytes);
}

} // namespace

struct Database::Handle {
    sqlite3* handle = nullptr;
    std::map<const char*, sqlite3_stmt*> statements;
    std::function<bool()> stop;

    Handle() = default;
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() {
        for (const auto& [sql, statement] : statements)
            sqlite3_finalize(statement);
        sqlite3_close_v2(handle);
    }
};

Statement::~Statement() {
    if (statement_ == nullptr) return;
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
}

Statement& Statement::bind(int index, std::int64_t value) {
    sqlite3_bind_int64(statement_, index, value);
    return *this;
}

Statement& Statement::bind(int index, std::string_view text) {
    sqlite3_bind_text64(statement_, index, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
    return *this;
}

Statement& Statement::bind(int index, const std::optional<std::string>& text) {
    if (text) return bind(index, std::string_view(*text));
    sqlite3_bind_null(statement_, index);
    return *this;
}

Statement& Statement::bind(int index, std::span<const std::byte> bytes) {
    sqlite3_bind_blob64(statement_, index, bytes.data(), bytes.size(), SQLITE_STATIC);
    return *this;
}

Result<bool> Statement::step() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    return errorOf(statement_, code);
}

Status Statement::run() {
    while (true) {
        const auto row = step();
        if (!row) return row.error();
        if (!*row) return Status::success();
    }
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(statement_, column);
}

std::string Statement::text(int column) const { return optionalText(column).value_or(""); }

std::optional<std::string> Statement::optionalText(int column) const {
    const auto* text = sqlite3_column_blob(statement_, column);
    if (sqlite3_column_type(statement_, column) == SQLITE_NULL) return std::nullopt;
    const auto bytes = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    return bytes == 0 ? std::string() : std::string(static_cast<const char*>(text), bytes);
}

std::span<const std::byte> Statement::bytes(int column) const {
    const void* data = sqlite3_column_blob(statement_, column);
    return {static_cast<const std::byte*>(data),
            static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

Database::Database(std::filesystem::path path, std::unique_ptr<Handle> handle)
    : path_(std::move(path))
    , handle_(std::move(handle)) {}

Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Result<Database> Database::open(const std::filesystem::path& path, const DatabaseOptions& options) {
    auto handle = std::make_unique<Handle>();
    const std::string uri = uriOf(path, options.mode == DatabaseOptions::Mode::Immutable);
    const int code = sqlite3_open_v2(uri.c_str(), &handle->handle, flagsOf(options.mode),
                                     options.vfs.empty() ? nullptr : options.vfs.c_str());
    if (code != SQLITE_OK) return errorOf(handle->handle, code, path);
    sqlite3_extended_result_codes(handle->handle, 1);
    sqlite3_busy_timeout(handle->handle, kBusyMilliseconds);
    distrust(handle->handle);
    Database database(path, std::move(handle));
    if (Status set = database.execute("PRAGMA mmap_size=0; PRAGMA cell_size_check=ON; "
                                      "PRAGMA temp_store=MEMORY");
        !set)
        return std::move(set).error();
    return database;
}

Status Database::execute(const std::string& sql) {
    const int code = sqlite3_exec(handle_->handle, sql.c_str(), nullptr, nullptr, nullptr);
    if (code == SQLITE_OK) return Status::success();
    return errorOf(handle_->handle, code, path_);
}

Result<Statement> Database::prepare(const char* sql) {
    sqlite3_stmt*& statement = handle_->statements[sql];
    if (statement == nullptr) {
        const int code = sqlite3_prepare_v3(handle_->handle, sql, -1, SQLITE_PREPARE_PERSISTENT,
                                            &statement, nullptr);
        if (code != SQLITE_OK) return errorOf(handle_->handle, code, path_);
    }
    return Statement(statement);
}

Result<std::int64_t> Database::integer(const std::string& sql) {
    sqlite3_stmt* raw = nullptr;
    const int code = sqlite3_prepare_v2(handle_->handle, sql.c_str(), -1, &raw, nullptr);
    const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> owner(raw, sqlite3_finalize);
    if (code != SQLITE_OK) return errorOf(handle_->handle, code, path_);
    Statement statement(raw);
    const auto row = statement.step();
    if (!row) return row.error();
    return *row ? statement.integer(0) : 0;
}

std::int64_t Database::lastRowId() const { return sqlite3_last_insert_rowid(handle_->handle); }

bool Database::inTransaction() const { return sqlite3_get_autocommit(handle_->handle) == 0; }

void Database::setStopCheck(std::function<bool()> stop) {
    handle_->stop = std::move(stop);
    if (!handle_->stop) {
        sqlite3_progress_handler(handle_->handle, 0, nullptr, nullptr);
        return;
    }
    sqlite3_progress_handler(
        handle_->handle, kStepsBetweenStopChecks,
        [](void* check) { return (*static_cast<std::function<bool()>*>(check))() ? 1 : 0; },
        &handle_->stop);
}

Result<Transaction> Transaction::begin(Database& database) {
    if (Status begun = database.execute("BEGIN IMMEDIATE"); !begun) return std::move(begun).error();
    return Transaction(database);
}

Transaction::~Transaction() {
    if (database_ == nullptr || !database_->inTransaction()) return;
    // Nothing can be done about a failure: the data base undoes it when it is opened again.
    const Status undone = database_->execute("ROLLBACK");
    static_cast<void>(undone);
}

Status Transaction::commit() {
    Status done = database_->execute("COMMIT");
    if (done) database_ = nullptr;
    return done;
}

} // namespace gesture::project
