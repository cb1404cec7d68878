// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/project/blob_store.h"
#include "core/project/command.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace gesture::project {

struct OpenOptions {
    bool readOnly = false;
    /// Also when another program seems to be writing to it: for a writer on another computer that
    /// is known to be gone.
    bool takeOver = false;
    std::string vfs; ///< Of SQLite's; empty: the system's. Tests fail disks with it.
};

/// A step of the history.
struct HistoryEntry {
    std::int64_t number = 0; ///< From 1, oldest first.
    std::string kind;        ///< "mask.paint"
    std::string name;        ///< "Paint mask"
    std::int64_t time = 0;   ///< Seconds since 1970.
};

/// Ties the commands of one drag together: those of the same gesture, kind and target are one step.
struct Gesture {
    std::int64_t number = 0; ///< 0: none.
};

enum class KeepHistory { No, Yes };

/// A project's file, open: the state, its history, its large contents. Every command, undo and redo
/// is one committed transaction, so nothing is ever unsaved; a failure (a full disk, say) leaves
/// state and file as they were. Commits reach the disk before they return, but for those of a
/// gesture, which do at its end: a program's end loses nothing either way, and a loss of power no
/// more than a drag. One thread.
class Project {
public:
    /// Makes a new file with this state and an empty history. Io, also when there is a file
    /// already.
    [[nodiscard]] static Result<Project> create(const std::filesystem::path& path,
                                                const ProjectState& state = {},
                                                const OpenOptions& options = {});
    /// Opens a file; see `remark` when it is read-only. NotFound; InvalidInput when it is no
    /// project or damaged (then `salvageProject` may help); Unavailable when a newer program must
    /// be used.
    [[nodiscard]] static Result<Project> open(const std::filesystem::path& path,
                                              const OpenOptions& options = {});

    Project(Project&&) noexcept;
    Project& operator=(Project&&) noexcept;
    /// As `close`, whose failure it passes over: the file is whole without it.
    ~Project();

    [[nodiscard]] const std::filesystem::path& path() const;
    [[nodiscard]] const ProjectState& state() const;
    /// Contents that the state names. For another thread see `openBlobs`.
    [[nodiscard]] BlobStore& blobs();

    [[nodiscard]] bool readOnly() const;
    /// Why it is read-only, a sentence; empty when it is not.
    [[nodiscard]] const std::string& remark() const;
    /// The last program that wrote to it did not close it: everything it said was saved is here.
    [[nodiscard]] bool recovered() const;

    /// Carries a command out. One that changes nothing leaves no step behind. Errors as `applied`
    /// and Database; Usage when the project is read-only.
    [[nodiscard]] Status perform(const Command& command, Gesture gesture = {});
    [[nodiscard]] Gesture newGesture();
    /// The drag is over: its last state reaches the disk.
    [[nodiscard]] Status endGesture();

    /// The steps that `undo` and `redo` are about; nothing when there are none.
    [[nodiscard]] const std::optional<HistoryEntry>& undoEntry() const;
    [[nodiscard]] const std::optional<HistoryEntry>& redoEntry() const;
    /// Usage when there is nothing to undo or redo.
    [[nodiscard]] Status undo();
    [[nodiscard]] Status redo();
    /// The whole history, oldest first, undone steps too.
    [[nodiscard]] Result<std::vector<HistoryEntry>> history();
    /// Back to the state when it was opened, as a step that can be undone.
    [[nodiscard]] Status revertToOpened();

    // What is kept but no part of the history.
    [[nodiscard]] Status setView(ViewState view);
    /// NotFound when there is no such take; 0 chooses none.
    [[nodiscard]] Status chooseTakes(TakeChoice choice);
    [[nodiscard]] Status attachAnalysis(ItemId take, AnalysisReference analysis);
    /// A small picture for lists of projects; at most 1 MiB of PNG.
    [[nodiscard]] Status setPicture(std::span<const std::byte> png);

    /// Writes a copy, whole or not at all; this project stays the one that is open. Cancelled, Io.
    [[nodiscard]] Status saveCopy(const std::filesystem::path& path, JobControl& control);
    /// Removes contents that neither state nor history need, and gives their place back. Without
    /// the history nothing can be undone any more.
    [[nodiscard]] Status compact(KeepHistory keep = KeepHistory::Yes);
    /// Ends the session: the file alone holds everything then. Use nothing of it afterwards.
    [[nodiscard]] Status close();

private:
    struct Session;
    explicit Project(std::unique_ptr<Session> session);
    std::unique_ptr<Session> session_;
};

/// A connection of its own to a project's contents, for a thread of its own that adds or reads some
/// while the project is open.
class OpenBlobs {
public:
    explicit OpenBlobs(Database database)
        : database_(std::make_unique<Database>(std::move(database)))
        , store_(*database_) {}
    [[nodiscard]] BlobStore& store() { return store_; }

private:
    std::unique_ptr<Database> database_;
    BlobStore store_;
};
[[nodiscard]] Result<OpenBlobs> openBlobs(const std::filesystem::path& path);

/// The picture of a project's file; empty when it has none. Cheap: nothing else is read.
[[nodiscard]] Result<std::vector<std::byte>> readPicture(const std::filesystem::path& path);

} // namespace gesture::project
