// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/training/run_process.h"
#include "app/studio/training/run_reader.h"
#include "app/studio/training/run_record.h"
#include "core/base/executor.h"

#include <QObject>
#include <QStringList>
#include <QTimer>

#include <map>
#include <memory>
#include <set>
#include <vector>

namespace gesture::app {

using RunPointer = std::shared_ptr<const RunRecord>;

/// The training runs of this computer: finds them by their folders, follows their records, starts
/// and stops them, and works through the queue. Runs are processes of their own, which go on when
/// the studio ends and are found again by the next one. Lives in the GUI thread; folders are read
/// on a thread of its own. Owned by Application.
class TrainingService final : public QObject {
    Q_OBJECT

public:
    /// `folder`: where new runs go. `trainer`: gesture-train; empty: it is not there.
    TrainingService(std::filesystem::path folder, std::filesystem::path trainer);
    ~TrainingService() override;

    /// Looks at the folders now and from then on twice a second.
    void start();

    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
    [[nodiscard]] const std::filesystem::path& trainer() const { return trainer_; }
    /// Running first, then the queue in its order, then the rest, newest first. Archived ones too.
    [[nodiscard]] const std::vector<RunPointer>& runs() const { return runs_; }
    /// nullptr when there is none.
    [[nodiscard]] RunPointer find(const std::filesystem::path& folder) const;
    /// The run that trains now; nullptr: none.
    [[nodiscard]] RunPointer active() const;

    /// Makes a folder with a configuration; a name that is taken gets a number. Io, Usage.
    [[nodiscard]] Result<std::filesystem::path> create(const QString& name, const QString& yaml,
                                                       const QString& base);
    [[nodiscard]] Status saveConfig(const std::filesystem::path& run, const QString& yaml);
    /// At once, beside others that run. The same call resumes.
    [[nodiscard]] Status startRun(const std::filesystem::path& run);
    [[nodiscard]] Status enqueue(const std::filesystem::path& run);
    /// Takes a waiting run out of the queue.
    void dequeue(const std::filesystem::path& run);
    /// A waiting run gets another place in the queue, 0: next.
    void moveInQueue(const std::filesystem::path& run, int place);
    [[nodiscard]] Status stop(const std::filesystem::path& run);
    [[nodiscard]] Status checkpoint(const std::filesystem::path& run);
    [[nodiscard]] Status endNow(const std::filesystem::path& run);
    [[nodiscard]] Status setNotes(const std::filesystem::path& run, const RunNotes& notes);
    /// Deletes a run with everything in it. Usage while it trains.
    [[nodiscard]] Status remove(const std::filesystem::path& run);
    [[nodiscard]] Status removeCheckpoint(const std::filesystem::path& run,
                                          const RunCheckpoint& checkpoint);

    /// Folders elsewhere whose runs are shown, too.
    [[nodiscard]] const std::vector<std::filesystem::path>& watched() const { return watched_; }
    void watch(const std::filesystem::path& folder);
    void unwatch(const std::filesystem::path& folder);

    /// Looks at the folders soon, not only when it is time.
    void refresh();

Q_SIGNALS:
    /// Any run is another than before; one or several at once.
    void changed();
    /// A run that trained here does so no more.
    void ended(const QString& folder);
    void failed(const QString& sentence);

private:
    struct Readers;
    void look();
    void take(std::vector<RunPointer> found);
    void advanceQueue();
    void readChoice();
    void writeChoice();
    [[nodiscard]] int placeInQueue(const RunRecord& run) const;

    std::filesystem::path folder_;
    std::filesystem::path trainer_;
    std::vector<RunPointer> runs_;
    std::vector<std::filesystem::path> watched_;
    QStringList queue_; ///< Names of folders, next first.
    std::set<std::filesystem::path> stopping_;
    std::map<std::filesystem::path, RunProcess> children_;
    std::shared_ptr<Readers> readers_; ///< Used on the thread alone.
    QTimer timer_;
    bool looking_ = false;
    bool lookAgain_ = false;
    bool lookedOnce_ = false;
    std::unique_ptr<Executor> executor_; ///< Last: its end waits for what names this object.
};

} // namespace gesture::app
