// SPDX-License-Identifier: Apache-2.0
#include "core/project/project_file.h"

#include "core/project/schema.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <fstream>
#include <random>
#include <system_error>
#include <utility>

namespace gesture::project {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kHeaderBytes = 100;
constexpr std::size_t kApplicationIdAt = 68;
constexpr std::string_view kMagic{"SQLite format 3\0", 16};

bool canRead(Database& database) { return database.integer("PRAGMA user_version").ok(); }

/// Removes a folder when it goes out of scope.
class ScratchFolder {
public:
    static Result<ScratchFolder> make() {
        std::error_code code;
        std::random_device random;
        const fs::path path = fs::temp_directory_path(code) /
                              fmt::format("gesture-project-{:08x}{:08x}", random(), random());
        if (code || !fs::create_directory(path, code))
            return Error{ErrorCode::Io, "There is no place for temporary files."};
        return ScratchFolder(path);
    }
    ScratchFolder(ScratchFolder&& other) noexcept
        : path_(std::exchange(other.path_, {})) {}
    ScratchFolder& operator=(ScratchFolder&&) = delete;
    ~ScratchFolder() {
        std::error_code ignored;
        if (!path_.empty()) fs::remove_all(path_, ignored);
    }
    [[nodiscard]] const fs::path& path() const { return path_; }

private:
    explicit ScratchFolder(fs::path path)
        : path_(std::move(path)) {}
    fs::path path_;
};

/// Opens a copy of the file and its log; the copy has no name any more once it is open.
Result<Database> openCopy(const fs::path& path) {
    auto folder = ScratchFolder::make();
    if (!folder) return std::move(folder).error();
    const fs::path copy = folder->path() / "project";
    std::error_code code;
    fs::copy_file(path, copy, code);
    if (!code) fs::copy_file(path.string() + "-wal", copy.string() + "-wal", code);
    if (code)
        return Error{ErrorCode::Io,
                     fmt::format("'{}' was not closed by its last program, and there "
                                 "is no room to open a copy: {}.",
                                 path.string(), code.message())};
    auto database = Database::open(copy, {});
    if (database && !canRead(*database))
        return Error{ErrorCode::Io, fmt::format("'{}' cannot be read.", path.string())};
    return database;
}

} // namespace

Status identifyProject(const fs::path& path) {
    std::error_code code;
    if (!fs::exists(path, code))
        return Error{ErrorCode::NotFound, fmt::format("There is no file '{}'.", path.string())};
    if (!fs::is_regular_file(path, code))
        return Error{ErrorCode::InvalidInput, fmt::format("'{}' is no file.", path.string())};
    std::ifstream stream(path, std::ios::binary);
    std::array<char, kHeaderBytes> header{};
    if (!stream)
        return Error{ErrorCode::Io,
                     fmt::format("'{}' cannot be read: {}.", path.string(), std::strerror(errno))};
    stream.read(header.data(), header.size());
    if (stream.gcount() == 0)
        return Error{ErrorCode::InvalidInput,
                     fmt::format("'{}' is empty: no project was saved in it.", path.string())};
    if (static_cast<std::size_t>(stream.gcount()) < header.size() ||
        std::string_view(header.data(), kMagic.size()) != kMagic)
        return Error{ErrorCode::InvalidInput,
                     fmt::format("'{}' is no project of Gesture Studio.", path.string())};
    std::int64_t id = 0;
    for (std::size_t i = 0; i < 4; ++i)
        id = id * 256 + static_cast<unsigned char>(header[kApplicationIdAt + i]);
    if (id != kApplicationId)
        return Error{ErrorCode::InvalidInput,
                     fmt::format("'{}' is a data base of another program, no project of Gesture "
                                 "Studio.",
                                 path.string())};
    return Status::success();
}

Result<Database> openForReading(const fs::path& path, const std::string& vfs) {
    auto database = Database::open(path, {DatabaseOptions::Mode::ReadOnly, vfs});
    if (database && canRead(*database)) return database;
    std::error_code code;
    const auto log = fs::file_size(path.string() + "-wal", code);
    if (!code && log > 0) return openCopy(path);
    auto alone = Database::open(path, {DatabaseOptions::Mode::Immutable, vfs});
    if (alone && canRead(*alone)) return alone;
    if (!database) return database;
    return database->integer("PRAGMA user_version").error();
}

Result<StateRows> readStateRows(Database& database) {
    auto rows = database.prepare("SELECT key, value FROM state ORDER BY id");
    if (!rows) return std::move(rows).error();
    StateRows state;
    std::size_t bytes = 0;
    while (true) {
        const auto row = rows->step();
        if (!row) return row.error();
        if (!*row) return state;
        std::string key = rows->text(0);
        std::string value = rows->text(1);
        bytes += key.size() + value.size();
        if (bytes > kMaxStateBytes)
            return Error{ErrorCode::LimitExceeded,
                         fmt::format("'{}' holds more than this program reads.",
                                     database.path().filename().string())};
        state.insert_or_assign(std::move(key), std::move(value));
    }
}

Result<ProjectState> stateFrom(const StateRows& rows) {
    StateBuilder builder;
    for (const auto& [key, text] : rows)
        if (Status put = builder.put(key, text); !put) return std::move(put).error();
    return std::move(builder).finish();
}

Result<std::string> readMeta(Database& database, std::string_view key,
                             const std::string& fallback) {
    auto rows = database.prepare("SELECT value FROM meta WHERE key = ?1");
    if (!rows) return std::move(rows).error();
    rows->bind(1, key);
    const auto row = rows->step();
    if (!row) return row.error();
    return *row ? rows->text(0) : fallback;
}

Status writeMeta(Database& database, std::string_view key, std::string_view value) {
    auto insert = database.prepare("INSERT INTO meta (key, value) VALUES (?1, ?2) "
                                   "ON CONFLICT (key) DO UPDATE SET value = excluded.value");
    if (!insert) return std::move(insert).error();
    return insert->bind(1, key).bind(2, value).run();
}

Status writeStateRow(Database& database, const std::string& key,
                     const std::optional<std::string>& value) {
    auto statement =
        database.prepare(value ? "INSERT INTO state (key, value) VALUES (?1, ?2) "
                                 "ON CONFLICT (key) DO UPDATE SET value = excluded.value"
                               : "DELETE FROM state WHERE key = ?1");
    if (!statement) return std::move(statement).error();
    statement->bind(1, std::string_view(key));
    if (value) statement->bind(2, std::string_view(*value));
    return statement->run();
}

} // namespace gesture::project
