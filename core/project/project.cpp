// SPDX-License-Identifier: Apache-2.0
#include "core/project/project.h"

#include "core/base/atomic_file.h"
#include "core/project/content_use.h"
#include "core/project/history.h"
#include "core/project/project_file.h"
#include "core/project/schema.h"
#include "core/project/writer_lock.h"

#include <algorithm>
#include <fmt/format.h>
#include <random>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace gesture::project {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMaxPictureBytes = std::size_t{1} << 20;

enum class Durable { No, Yes };

bool canWrite(const fs::path& path) {
    const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
    return ::access(path.c_str(), W_OK) == 0 && ::access(folder.c_str(), W_OK) == 0;
}

/// A choice of takes that are there: the history may have taken one away.
void repairChoice(ProjectState& state) {
    const auto shown = [&](ItemId id) {
        const Take* take = findTake(state, id);
        return take != nullptr && !take->deleted;
    };
    if (state.choice.b && !shown(state.choice.b)) state.choice.b = {};
    if (!state.choice.a || shown(state.choice.a)) return;
    const Take* take = chosenTake(state);
    state.choice.a = take != nullptr ? take->id : ItemId{};
    if (state.choice.a == state.choice.b) state.choice.b = {};
}

} // namespace

/// All of an open project, at one place in memory.
struct Project::Session {
    explicit Session(Database connection)
        : database(std::move(connection))
        , blobs(database)
        , history(database) {}

    Database database;
    BlobStore blobs;
    History history;
    ProjectState state;
    ProjectState opened;
    fs::path path;
    std::string remark;
    bool readOnly = false;
    bool recovered = false;
    bool closed = false;
    std::int64_t lastGesture = 0;

    static Result<std::unique_ptr<Session>> openWriting(const fs::path& path,
                                                        const OpenOptions& options);
    static Result<std::unique_ptr<Session>> openReading(const fs::path& path,
                                                        const OpenOptions& options);
    Status beginWriting();
    Status makeNew(const ProjectState& first);
    Status load();
    Status loadInOneView();
    Status write(ProjectState next, const std::optional<Step>& step, std::int64_t position,
                 Durable durable);
    Status writeRows(const std::vector<RowChange>& changes, const std::optional<Step>& step,
                     std::int64_t position);
    Status travel(std::int64_t entry, bool back);
    Status silently(ProjectState next, Durable durable) {
        return write(std::move(next), {}, history.position(), durable);
    }
    [[nodiscard]] Status writable() const {
        if (!readOnly) return Status::success();
        return Error{ErrorCode::Usage, remark};
    }
    Status close();
};

Status Project::Session::beginWriting() {
    // A log that is synced with each commit: a commit that was acknowledged survives a loss of
    // power, and the file itself is never half-written (quality: R1, R2).
    return database.execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL");
}

Status Project::Session::makeNew(const ProjectState& first) {
    if (Status made = createTables(database); !made) return made;
    if (Status set = beginWriting(); !set) return set;
    if (const auto lock = takeWriterLock(database, TakeOver::Yes); !lock) return lock.error();
    if (Status noted = writeMeta(database, kReadableByKey, "1"); !noted) return noted;
    if (Status loaded = load(); !loaded) return loaded;
    if (Status written = silently(first, Durable::Yes); !written) return written;
    opened = state;
    return Status::success();
}

Status Project::Session::load() {
    if (Status begun = database.execute("BEGIN"); !begun) return begun;
    Status done = loadInOneView();
    const Status ended = database.execute("COMMIT");
    return done.ok() ? ended : done;
}

Status Project::Session::loadInOneView() {
    if (Status tables = checkTables(database); !tables) return tables;
    const auto rows = readStateRows(database);
    if (!rows) return rows.error();
    auto loaded = stateFrom(*rows);
    if (!loaded)
        return std::move(loaded).error().withContext(
            fmt::format("'{}' is damaged ('gesture project salvage' saves what is whole)",
                        path.filename().string()));
    state = std::move(*loaded);
    opened = state;
    return history.load();
}

Status Project::Session::writeRows(const std::vector<RowChange>& changes,
                                   const std::optional<Step>& step, std::int64_t position) {
    auto transaction = Transaction::begin(database);
    if (!transaction) return std::move(transaction).error();
    for (const RowChange& change : changes)
        if (Status done = writeStateRow(database, change.key, change.after); !done) return done;
    if (step)
        if (Status done = history.add(*step, changes); !done) return done;
    if (!step && position != history.position())
        if (Status done = history.moveTo(position); !done) return done;
    return transaction->commit();
}

Status Project::Session::write(ProjectState next, const std::optional<Step>& step,
                               std::int64_t position, Durable durable) {
    const auto changes = changesBetween(state, next);
    if (!changes) return changes.error();
    if (changes->empty() && position == history.position()) return Status::success();
    if (Status set = database.execute(durable == Durable::Yes ? "PRAGMA synchronous=FULL"
                                                              : "PRAGMA synchronous=NORMAL");
        !set)
        return set;
    const bool recorded =
        step && std::any_of(changes->begin(), changes->end(),
                            [](const RowChange& change) { return !isOutsideHistory(change.key); });
    Status done = writeRows(*changes, recorded ? step : std::nullopt, position);
    if (!done) {
        // What the history knew belongs to the transaction that is gone.
        const Status reloaded = history.load();
        return reloaded.ok() ? done : reloaded;
    }
    state = std::move(next);
    return done;
}

Status Project::Session::travel(std::int64_t entry, bool back) {
    const auto changes = history.changesOf(entry);
    if (!changes) return changes.error();
    StateBuilder builder(state);
    for (const RowChange& change : *changes)
        if (Status put = builder.put(change.key, back ? change.before : change.after); !put)
            return put;
    auto next = std::move(builder).finish();
    if (!next) return std::move(next).error();
    repairChoice(*next);
    return write(std::move(*next), {}, back ? entry - 1 : entry, Durable::Yes);
}

Status Project::Session::close() {
    if (std::exchange(closed, true) || readOnly) return Status::success();
    if (Status done = releaseWriterLock(database); !done) return done;
    // Then the file needs no others beside it and opens on read-only media too. Refused while
    // somebody reads it, which is no failure.
    const Status merged = database.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    const Status alone = database.execute("PRAGMA journal_mode=DELETE");
    static_cast<void>(alone);
    return merged;
}

Project::Project(std::unique_ptr<Session> session)
    : session_(std::move(session)) {}
Project::Project(Project&&) noexcept = default;

Project& Project::operator=(Project&& other) noexcept {
    std::swap(session_, other.session_);
    return *this;
}

Project::~Project() {
    if (session_ == nullptr) return;
    const Status closed = session_->close();
    static_cast<void>(closed);
}

Result<Project> Project::create(const fs::path& path, const ProjectState& state,
                                const OpenOptions& options) {
    std::error_code code;
    if (fs::exists(path, code))
        return Error{ErrorCode::Io, fmt::format("'{}' is there already.", path.string())};
    const auto rows = rowsOf(state);
    if (!rows) return rows.error();
    auto database = Database::open(path, {DatabaseOptions::Mode::Create, options.vfs});
    if (!database) return std::move(database).error();
    auto session = std::make_unique<Session>(std::move(*database));
    session->path = path;
    if (Status made = session->makeNew(state); !made) {
        session.reset();
        for (const char* suffix : {"", "-wal", "-shm", "-journal"})
            fs::remove(path.string() + suffix, code);
        return std::move(made).error();
    }
    return Project(std::move(session));
}

namespace {

std::string newerSentence(const fs::path& path, std::int64_t version) {
    return fmt::format(
        "'{}' was made by a newer Gesture Studio (version {} of its tables, this one "
        "writes {}): it can be looked at but not changed. Update the program, or "
        "ask for an export.",
        path.filename().string(), version, kSchemaVersion);
}

/// Whether this program may show tables of a newer version.
Status checkReadable(Database& database, std::int64_t version) {
    if (version <= kSchemaVersion) return Status::success();
    const auto lowest = readMeta(database, kReadableByKey, "");
    if (lowest && *lowest == std::to_string(kSchemaVersion)) return Status::success();
    return Error{ErrorCode::Unavailable,
                 fmt::format("'{}' was made by a newer Gesture Studio and cannot be shown by this "
                             "one. Update the program.",
                             database.path().filename().string())};
}

} // namespace

Result<std::unique_ptr<Project::Session>>
Project::Session::openWriting(const fs::path& path, const OpenOptions& options) {
    auto connection = Database::open(path, {DatabaseOptions::Mode::ReadWrite, options.vfs});
    if (!connection) return std::move(connection).error();
    auto session = std::make_unique<Session>(std::move(*connection));
    session->readOnly = true; // until everything says that it may be written
    const auto version = session->database.integer("PRAGMA user_version");
    if (!version) return version.error();
    if (*version > kSchemaVersion) {
        session->remark = newerSentence(path, *version);
        return session;
    }
    if (Status tables = checkTables(session->database); !tables) return std::move(tables).error();
    if (Status set = session->beginWriting(); !set) return std::move(set).error();
    const auto lock =
        takeWriterLock(session->database, options.takeOver ? TakeOver::Yes : TakeOver::No);
    if (!lock) return lock.error();
    if (!lock->taken) {
        session->remark = fmt::format("'{}' is open in {}: here it can only be looked at.",
                                      path.filename().string(), lock->holder);
        return session;
    }
    session->readOnly = false;
    session->recovered = lock->wasStale;
    if (Status done = migrate(session->database, migrations()); !done)
        return std::move(done).error();
    return session;
}

Result<std::unique_ptr<Project::Session>>
Project::Session::openReading(const fs::path& path, const OpenOptions& options) {
    auto connection = openForReading(path, options.vfs);
    if (!connection) return std::move(connection).error();
    auto session = std::make_unique<Session>(std::move(*connection));
    session->readOnly = true;
    const auto version = session->database.integer("PRAGMA user_version");
    if (!version) return version.error();
    if (Status readable = checkReadable(session->database, *version); !readable)
        return std::move(readable).error();
    if (*version > kSchemaVersion) session->remark = newerSentence(path, *version);
    return session;
}

Result<Project> Project::open(const fs::path& path, const OpenOptions& options) {
    if (Status known = identifyProject(path); !known) return std::move(known).error();
    std::string remark;
    if (options.readOnly)
        remark = fmt::format("'{}' was opened to be looked at.", path.filename().string());
    else if (!canWrite(path))
        remark = fmt::format("'{}' or its folder is read-only. Save a copy elsewhere to change it.",
                             path.filename().string());
    std::unique_ptr<Session> session;
    if (remark.empty()) {
        auto writing = Session::openWriting(path, options);
        if (!writing) return std::move(writing).error();
        session = std::move(*writing);
        remark = session->remark;
    }
    if (!remark.empty()) {
        session.reset();
        auto reading = Session::openReading(path, options);
        if (!reading) return std::move(reading).error();
        session = std::move(*reading);
        if (session->remark.empty()) session->remark = std::move(remark);
    }
    session->path = path;
    if (Status loaded = session->load(); !loaded) {
        const Status closed = session->close();
        static_cast<void>(closed);
        return std::move(loaded).error();
    }
    return Project(std::move(session));
}

const fs::path& Project::path() const { return session_->path; }
const ProjectState& Project::state() const { return session_->state; }
BlobStore& Project::blobs() { return session_->blobs; }
bool Project::readOnly() const { return session_->readOnly; }
const std::string& Project::remark() const { return session_->remark; }
bool Project::recovered() const { return session_->recovered; }

Status Project::perform(const Command& command, Gesture gesture) {
    if (Status may = session_->writable(); !may) return may;
    auto next = applied(command, session_->state);
    if (!next) return std::move(next).error();
    const Step step{kindOf(command), targetOf(command), nameOf(command), gesture.number};
    return session_->write(std::move(*next), step, session_->history.position(),
                           gesture.number == 0 ? Durable::Yes : Durable::No);
}

Gesture Project::newGesture() {
    if (session_->lastGesture == 0) session_->lastGesture = std::random_device()();
    return {++session_->lastGesture};
}

Status Project::endGesture() {
    if (Status may = session_->writable(); !may) return may;
    Database& database = session_->database;
    if (Status set = database.execute("PRAGMA synchronous=FULL"); !set) return set;
    auto transaction = Transaction::begin(database);
    if (!transaction) return std::move(transaction).error();
    // Any synced commit takes those before it to the disk; but one that changes no byte is none.
    const auto last = readMeta(database, kGestureEndKey, "0");
    if (!last) return last.error();
    if (Status done = writeMeta(database, kGestureEndKey, *last == "0" ? "1" : "0"); !done)
        return done;
    return transaction->commit();
}

const std::optional<HistoryEntry>& Project::undoEntry() const {
    return session_->history.undoEntry();
}
const std::optional<HistoryEntry>& Project::redoEntry() const {
    return session_->history.redoEntry();
}

Status Project::undo() {
    if (Status may = session_->writable(); !may) return may;
    if (!undoEntry()) return Error{ErrorCode::Usage, "There is nothing to undo."};
    return session_->travel(undoEntry()->number, true);
}

Status Project::redo() {
    if (Status may = session_->writable(); !may) return may;
    if (!redoEntry()) return Error{ErrorCode::Usage, "There is nothing to redo."};
    return session_->travel(redoEntry()->number, false);
}

Result<std::vector<HistoryEntry>> Project::history() { return session_->history.all(); }

Status Project::revertToOpened() { return perform(RevertTo{session_->opened}); }

Status Project::setView(ViewState view) {
    if (Status may = session_->writable(); !may) return may;
    ProjectState next = session_->state;
    next.view = std::move(view);
    return session_->silently(std::move(next), Durable::No);
}

Status Project::chooseTakes(TakeChoice choice) {
    if (Status may = session_->writable(); !may) return may;
    for (const ItemId id : {choice.a, choice.b})
        if (id && findTake(session_->state, id) == nullptr)
            return Error{ErrorCode::NotFound, "There is no such take in the project any more."};
    ProjectState next = session_->state;
    next.choice = choice;
    return session_->silently(std::move(next), Durable::No);
}

Status Project::attachAnalysis(ItemId take, AnalysisReference analysis) {
    if (Status may = session_->writable(); !may) return may;
    if (findTake(session_->state, take) == nullptr)
        return Error{ErrorCode::NotFound, "There is no such take in the project any more."};
    ProjectState next = session_->state;
    next.analyses[take] = std::move(analysis);
    return session_->silently(std::move(next), Durable::Yes);
}

Status Project::setPicture(std::span<const std::byte> png) {
    if (Status may = session_->writable(); !may) return may;
    if (png.empty() || png.size() > kMaxPictureBytes)
        return Error{ErrorCode::LimitExceeded, "The project's picture is larger than 1 MiB."};
    auto insert =
        session_->database.prepare("INSERT OR REPLACE INTO picture (id, png) VALUES (1, ?1)");
    if (!insert) return std::move(insert).error();
    return insert->bind(1, png).run();
}

Status Project::saveCopy(const fs::path& path, JobControl& control) {
    std::error_code code;
    if (fs::equivalent(path, session_->path, code))
        return Error{ErrorCode::Usage, fmt::format("'{}' is the project that is open; every change "
                                                   "is in it already.",
                                                   path.string())};
    auto file = AtomicFile::create(path);
    if (!file) return std::move(file).error();
    std::string target;
    for (const char byte : fs::absolute(file->temporaryPath(), code).string())
        target += byte == '\'' ? std::string("''") : std::string(1, byte);
    Database& database = session_->database;
    database.setStopCheck([&] { return control.stopRequested(); });
    Status copied = database.execute("VACUUM INTO '" + target + "'");
    database.setStopCheck({});
    if (!copied) return copied;
    if (control.stopRequested()) return JobControl::cancelled("Saving the copy");
    {
        auto copy = Database::open(file->temporaryPath(), {});
        if (!copy) return std::move(copy).error();
        // The writer of this file is none of the copy's; `commit` below syncs what is written here.
        if (Status done = copy->execute("PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; "
                                        "DELETE FROM writer");
            !done)
            return done;
    }
    return file->commit();
}

Status Project::compact(KeepHistory keep) {
    if (Status may = session_->writable(); !may) return may;
    Session& session = *session_;
    if (keep == KeepHistory::No) {
        auto transaction = Transaction::begin(session.database);
        if (!transaction) return std::move(transaction).error();
        Status done = session.history.forget();
        if (done.ok()) done = transaction->commit();
        if (!done) return done;
    }
    auto used = contentsInUse(session.database);
    if (!used) return std::move(used).error();
    const auto opened = rowsOf(session.opened);
    if (!opened) return opened.error();
    for (const auto& [key, text] : *opened)
        addContentsOf(text, *used);
    if (Status done = session.blobs.keepOnly(*used); !done) return done;
    return session.database.execute("PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE)");
}

Status Project::close() {
    const std::unique_ptr<Session> session = std::move(session_);
    return session == nullptr ? Status::success() : session->close();
}

Result<OpenBlobs> openBlobs(const fs::path& path) {
    if (Status known = identifyProject(path); !known) return std::move(known).error();
    auto database = Database::open(path, {});
    if (!database) return std::move(database).error();
    // What is added counts only once a command names it, and that commit syncs the log.
    if (Status set = database->execute("PRAGMA synchronous=NORMAL"); !set)
        return std::move(set).error();
    return OpenBlobs(std::move(*database));
}

Result<std::vector<std::byte>> readPicture(const fs::path& path) {
    if (Status known = identifyProject(path); !known) return std::move(known).error();
    auto database = openForReading(path, {});
    if (!database) return std::move(database).error();
    auto rows = database->prepare("SELECT png FROM picture WHERE length(png) <= 1048576");
    if (!rows) return std::move(rows).error();
    const auto row = rows->step();
    if (!row) return row.error();
    if (!*row) return std::vector<std::byte>();
    const auto bytes = rows->bytes(0);
    return std::vector<std::byte>(bytes.begin(), bytes.end());
}

} // namespace gesture::project
