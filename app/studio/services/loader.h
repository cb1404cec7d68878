// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/document/document.h"
#include "app/studio/services/load_job.h"
#include "core/base/executor.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QTimer>

#include <filesystem>
#include <memory>
#include <vector>

namespace gesture::app {

/// Opens files: sorts them by kind, reads them on a worker thread and puts the results into the
/// document. The newest request wins. GUI thread; owned by Application.
class Loader final : public QObject {
    Q_OBJECT

public:
    /// `executor` runs the reading; `avatar` is the body that is shown.
    Loader(Document& document, std::filesystem::path avatar, std::unique_ptr<Executor> executor);
    ~Loader() override;

    [[nodiscard]] bool busy() const { return pending_ > 0; }
    /// The body that is shown; empty: the one that ships.
    [[nodiscard]] const std::filesystem::path& avatar() const { return avatar_; }

    /// Shows the avatar in its rest pose, before anything is opened.
    void loadAvatar();
    /// A motion, a sound, or both. A motion without a sound takes the one that stands beside it; a
    /// sound alone joins the open motion.
    void open(const std::vector<std::filesystem::path>& paths);
    /// The sound of the open motion.
    void openSound(const std::filesystem::path& path);
    /// Takes the sound away and the mouth's movement with it.
    void closeAudio();

Q_SIGNALS:
    /// Something to show in the status bar.
    void noted(const QString& sentence);
    /// Something went wrong; the sentence says what to do.
    void failed(const QString& sentence);
    /// A new body with the document's clip on it.
    void stageReady(std::shared_ptr<gesture::app::Stage> stage);
    /// Loading has taken over 150 ms: what is read, and how many of how many steps are done.
    void progressed(const QString& what, int done, int total);
    /// Nothing is being read any more.
    void finished();
    /// Among the files to open was a project, or a transcript: they are for the session.
    void projectChosen(const std::filesystem::path& path);
    void wordsChosen(const std::filesystem::path& path);
    /// These files were opened; for the list of recent ones.
    void opened(const QStringList& paths);

private:
    void post(LoadRequest request);
    void step(int generation, int done, int total, const std::string& what);
    void take(int generation, const LoadRequest& request, LoadResult result);
    void apply(const LoadRequest& request, LoadResult result);
    void announce(const LoadRequest& request, const LoadResult& result);

    Document& document_;
    std::filesystem::path avatar_;
    std::shared_ptr<AvatarCache> avatars_;
    int generation_ = 0;
    int pending_ = 0;
    QElapsedTimer started_;
    QTimer progressDelay_;
    QString what_;
    int done_ = 0;
    int total_ = 0;
    std::unique_ptr<Executor> executor_; ///< Last: its end waits for jobs that name this object.
};

} // namespace gesture::app
