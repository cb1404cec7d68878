// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/attention/result_post.h"
#include "app/studio/document/document.h"
#include "app/studio/services/bundle_list.h"
#include "app/studio/services/engine_jobs.h"
#include "app/studio/session/engine_request.h"
#include "core/base/executor.h"
#include "core/project/motion_blob.h"
#include "core/project/project.h"

#include <QObject>
#include <QString>

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace gesture::app {

/// The project that is open: its file with state and history, the motion of its takes, and what the
/// engine is asked for. Panels show `state()` and say what the user wants; whatever changes the
/// state is one step of the history, in the file before the next one. A project without a name is
/// kept in the user's data folder. GUI thread; owned by Application.
class StudioSession final : public QObject {
    Q_OBJECT

public:
    /// The document shows take A and plays the project's sound.
    StudioSession(Document& document, EngineJobs& engine, std::vector<BundleChoice> bundles);
    ~StudioSession() override;

    [[nodiscard]] const project::ProjectState& state() const;
    /// Null before the first file was opened.
    [[nodiscard]] const project::Project* project() const {
        return project_ ? &*project_ : nullptr;
    }
    /// The project has no name of its own yet.
    [[nodiscard]] bool untitled() const { return untitled_; }
    [[nodiscard]] const std::vector<BundleChoice>& bundles() const { return bundles_; }
    /// Others are installed now.
    void setBundles(std::vector<BundleChoice> bundles);
    /// The bundle that the settings name; nullptr when it is missing.
    [[nodiscard]] const BundleChoice* bundle() const;

    /// Take A, or nullptr.
    [[nodiscard]] const project::Take* takeA() const;
    /// The take that A is compared with, or nullptr.
    [[nodiscard]] const project::Take* takeB() const;
    /// Why no network can be asked, and what to do; empty when one can be.
    [[nodiscard]] QString obstacle() const;
    /// The same for what only networks can do: looking at a take, making parts of one anew.
    [[nodiscard]] QString networkObstacle() const;
    /// Null while it is not known.
    [[nodiscard]] std::shared_ptr<const motion::Clip> clipOf(const project::Take& take) const;
    /// What the networks said of a take's motion; null when they were not asked.
    [[nodiscard]] std::shared_ptr<const inference::Analysis>
    analysisOf(const project::Take& take) const;
    /// Made for other words than those that are there now.
    [[nodiscard]] bool outOfDate(const project::Take& take) const;

    /// What the engine is doing or will do, in order.
    struct Job {
        EngineJobId id = 0;
        EngineRequest::Kind kind = EngineRequest::Kind::Generate;
        QString title; ///< "Take 2 of 3", "Regenerating"
        Progress progress;
    };
    [[nodiscard]] const std::vector<Job>& jobs() const { return jobs_; }

    /// Steps of one gesture (not 0) with one target are one step. A command that cannot be done is
    /// said (`failed`) and changes nothing.
    void apply(const project::Command& command, project::Gesture gesture = {});
    /// For the steps of one drag.
    [[nodiscard]] project::Gesture newGesture();
    void endGesture();
    void undo();
    void redo();
    /// The whole history, oldest first, undone steps too; empty without a project.
    [[nodiscard]] std::vector<project::HistoryEntry> history();
    /// Number of the last step that is done; 0: none is.
    [[nodiscard]] std::int64_t step() const;
    /// Undoes or redoes as far as that step; 0: to the beginning.
    void goToStep(std::int64_t number);

    /// A small PNG of the body, for lists of projects. Nothing without a project.
    void keepPicture(std::span<const std::byte> png);

    void openProject(const std::filesystem::path& path);
    /// Gives the project a name and goes on in that file. The copy is written beside the GUI
    /// thread; what is done meanwhile is in it too. Nothing while one is being written.
    void saveAs(const std::filesystem::path& path);
    [[nodiscard]] bool saving() const { return !savingTo_.empty(); }

    /// Takes of the whole clip, as many as the settings say.
    void newTakes();
    /// The masked frames of take A anew.
    void regenerate();
    /// Score and attention of take A.
    void analyse();
    /// What runs and what waits.
    void cancel();

    /// A new take: take A with the motion of another one in a stretch of some parts, blended over
    /// the mask's margin. Made beside the GUI thread.
    void mergeParts(project::ItemId from, FrameRange range, const inference::PartSet& parts);

    void showAsA(project::ItemId take);
    void compareAsB(project::ItemId take);
    void swapTakes();

Q_SIGNALS:
    /// The state, or what belongs to it, is another.
    void changed();
    /// What runs, or how far it is.
    void jobsChanged();
    /// The project's sound is to be opened.
    void soundWanted(const std::filesystem::path& path);
    /// News for the status bar.
    void noted(const QString& sentence);
    void failed(const QString& sentence);

private:
    void onDocumentChanged(DocumentChanges changes);
    void adoptAudio();
    void adoptMotion();
    void readWordsBeside();
    void startProject(project::ProjectState state);
    void adopt(project::Project project);
    void writeCopy();
    void onCopyWritten(std::int64_t step, const Status& written);
    void moveTo(const std::filesystem::path& path);
    /// Says what failed; true when nothing did.
    bool succeeded(const Status& status);
    void ask(Result<EngineRequest> request, const QString& title);
    void onProgress(EngineJobId job, const Progress& progress);
    void onMotion(const std::shared_ptr<const inference::MotionFrames>& motion);
    void onFinished(EngineJobId job, const std::shared_ptr<const EngineOutcome>& outcome);
    void onFailed(EngineJobId job, const Error& error);
    void takeMotion(const EngineRequest& request, const EngineOutcome& outcome);
    void keepAnalysis(const EngineRequest& request, const EngineOutcome& outcome);
    [[nodiscard]] project::ContentHash keepMotion(project::StoredMotion motion);
    void analyseWhenIdle();
    /// The document shows what the state says.
    void showTakeA();
    void addMerged(const std::shared_ptr<const motion::Clip>& clip, project::ItemId into,
                   project::ItemId from, const project::EditedRange& edited);
    void choose(project::TakeChoice choice);
    void tellChanged();
    [[nodiscard]] RequestContext context() const;

    Document& document_;
    EngineJobs& engine_;
    std::vector<BundleChoice> bundles_;
    std::optional<project::Project> project_;
    bool untitled_ = true;
    // Of the open project, by the hash of the motion: read when they are first asked for.
    mutable std::map<project::ContentHash, std::shared_ptr<const motion::Clip>> clips_;
    mutable std::map<project::ContentHash, std::shared_ptr<const inference::Analysis>> analyses_;
    std::map<EngineJobId, EngineRequest> asked_;
    std::vector<Job> jobs_;
    std::string wordsHash_;
    bool showing_ = false;           ///< The document is being changed by this object.
    std::filesystem::path savingTo_; ///< Empty: nothing is being saved.
    std::stop_source saveStop_;
    ResultPost post_{*this};
    ThreadPoolExecutor saver_{1}; ///< Last: its end waits for what it writes.
};

} // namespace gesture::app
