// SPDX-License-Identifier: Apache-2.0
#include "app/studio/session/studio_session.h"

#include "core/analysis/provenance.h"
#include "core/base/log.h"
#include "core/base/paths.h"
#include "core/inference/clip_frames.h"
#include "core/io/motion_file.h"
#include "core/io/transcript/transcript_file.h"
#include "core/project/analysis_blob.h"

#include <QScopedValueRollback>
#include <QUuid>

#include <algorithm>
#include <utility>

namespace gesture::app {

namespace {

using project::Take;

/// Maps of a clip that are kept in memory.
constexpr std::uint64_t kMapBytes = std::uint64_t{128} << 20;
/// Longer motion is looked at only when the user asks for it.
constexpr std::int64_t kAnalysedUnasked = 30LL * 60 * 5;

QString text(const std::string& sentence) { return QString::fromStdString(sentence); }

} // namespace

StudioSession::StudioSession(Document& document, EngineJobs& engine,
                             std::vector<BundleChoice> bundles)
    : document_(document)
    , engine_(engine)
    , bundles_(std::move(bundles)) {
    connect(&document_, &Document::changed, this, &StudioSession::onDocumentChanged);
    connect(&engine_, &EngineJobs::progressed, this, &StudioSession::onProgress);
    connect(&engine_, &EngineJobs::finished, this, &StudioSession::onFinished);
    connect(&engine_, &EngineJobs::failed, this, &StudioSession::onFailed);
    connect(&engine_, &EngineJobs::motionCame, this,
            [this](quint64, const std::shared_ptr<const inference::MotionFrames>& motion) {
                onMotion(motion);
            });
}

StudioSession::~StudioSession() { saveStop_.request_stop(); }

void StudioSession::setBundles(std::vector<BundleChoice> bundles) {
    bundles_ = std::move(bundles);
    Q_EMIT changed();
}

const BundleChoice* StudioSession::bundle() const {
    return findBundle(bundles_, state().generate.bundle);
}

const Take* StudioSession::takeA() const { return project::chosenTake(state()); }

const Take* StudioSession::takeB() const {
    const Take* const b = state().choice.b ? project::findTake(state(), state().choice.b) : nullptr;
    return b == nullptr || b->deleted || b == takeA() ? nullptr : b;
}

QString StudioSession::obstacle() const {
    if (bundles_.empty())
        return tr("No model is installed. Put a bundle into the folder of the models (Preferences, "
                  "Folders) and start the studio again.");
    if (bundle() == nullptr) return tr("The chosen model is missing. Choose another one.");
    if (state().audio.path.empty()) return tr("There is no sound yet. Open one with Ctrl+O.");
    return {};
}

QString StudioSession::networkObstacle() const {
    const QString any = obstacle();
    if (!any.isEmpty() || bundle()->hasNetworks) return any;
    return tr("Rules make whole takes only. Choose a model with networks.");
}

const project::ProjectState& StudioSession::state() const {
    static const project::ProjectState kNone;
    return project_ ? project_->state() : kNone;
}

std::shared_ptr<const motion::Clip> StudioSession::clipOf(const Take& take) const {
    if (take.motion.empty() || !project_) return nullptr;
    if (const auto known = clips_.find(take.motion); known != clips_.end()) return known->second;
    auto& blobs = const_cast<project::Project&>(*project_).blobs(); // reading changes nothing
    const auto stored = project::readMotion(blobs, take.motion);
    if (!stored) logWarning(stored.error().message());
    return clips_[take.motion] = stored ? stored->clip : nullptr;
}

std::shared_ptr<const inference::Analysis> StudioSession::analysisOf(const Take& take) const {
    if (!project_) return nullptr;
    if (const auto known = analyses_.find(take.motion); known != analyses_.end())
        return known->second;
    const auto reference = state().analyses.find(take.id);
    if (reference == state().analyses.end() || reference->second.motion != take.motion)
        return nullptr;
    auto& blobs = const_cast<project::Project&>(*project_).blobs();
    auto stored = project::readAnalysis(blobs, reference->second.blob);
    if (!stored) logWarning(stored.error().message());
    return analyses_[take.motion] =
               stored ? std::make_shared<const inference::Analysis>(std::move(*stored)) : nullptr;
}

bool StudioSession::outOfDate(const Take& take) const {
    return !take.provenance.empty() && analysis::isGenerated(take.provenance) &&
           !analysis::madeForWords(take.provenance, wordsHash_);
}

bool StudioSession::succeeded(const Status& status) {
    if (!status) Q_EMIT failed(text(status.error().message()));
    return status.ok();
}

void StudioSession::apply(const project::Command& command, project::Gesture gesture) {
    if (!project_) startProject({});
    if (!project_ || !succeeded(project_->perform(command, gesture))) return;
    tellChanged();
}

project::Gesture StudioSession::newGesture() {
    return project_ ? project_->newGesture() : project::Gesture{};
}

void StudioSession::endGesture() {
    if (project_) succeeded(project_->endGesture());
}

void StudioSession::undo() {
    if (!project_ || !project_->undoEntry()) return;
    const QString name = text(project_->undoEntry()->name);
    if (!succeeded(project_->undo())) return;
    tellChanged();
    Q_EMIT noted(tr("Undone: %1.").arg(name));
}

void StudioSession::redo() {
    if (!project_ || !project_->redoEntry()) return;
    const QString name = text(project_->redoEntry()->name);
    if (!succeeded(project_->redo())) return;
    tellChanged();
    Q_EMIT noted(tr("Done again: %1.").arg(name));
}

std::vector<project::HistoryEntry> StudioSession::history() {
    if (!project_) return {};
    auto entries = project_->history();
    if (entries) return std::move(*entries);
    Q_EMIT failed(text(entries.error().message()));
    return {};
}

std::int64_t StudioSession::step() const {
    return project_ && project_->undoEntry() ? project_->undoEntry()->number : 0;
}

void StudioSession::goToStep(std::int64_t number) {
    if (!project_ || number == step()) return;
    bool going = true;
    while (going && step() > number)
        going = succeeded(project_->undo());
    while (going && project_->redoEntry() && project_->redoEntry()->number <= number)
        going = succeeded(project_->redo());
    tellChanged();
}

void StudioSession::startProject(project::ProjectState state) {
    const std::filesystem::path folder = userDataDirectory() / "untitled";
    std::error_code none;
    std::filesystem::create_directories(folder, none);
    const std::string name =
        QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString() + ".gesture";
    auto made = project::Project::create(folder / name, state);
    if (!made) {
        Q_EMIT failed(text(made.error().message()));
        return;
    }
    untitled_ = true;
    adopt(std::move(*made));
}

void StudioSession::adopt(project::Project project) {
    cancel();
    saveStop_.request_stop();
    savingTo_.clear();
    project_ = std::move(project);
    clips_.clear();
    analyses_.clear();
}

void StudioSession::openProject(const std::filesystem::path& path) {
    auto opened = project::Project::open(path);
    if (!opened) {
        Q_EMIT failed(text(opened.error().message()));
        return;
    }
    untitled_ = false;
    adopt(std::move(*opened));
    if (!project_->remark().empty()) Q_EMIT noted(text(project_->remark()));
    tellChanged();
    if (!state().audio.path.empty()) {
        Q_EMIT soundWanted(state().audio.path);
        return;
    }
    const QScopedValueRollback<bool> showing(showing_, true);
    document_.closeAudio();
}

void StudioSession::tellChanged() {
    wordsHash_ = analysis::wordsHash(*state().transcript);
    showTakeA();
    Q_EMIT changed();
}

void StudioSession::onDocumentChanged(DocumentChanges changes) {
    if (showing_) return;
    if (changes.testFlag(DocumentChange::Motion)) adoptMotion();
    if (changes.testFlag(DocumentChange::Audio)) adoptAudio();
}

void StudioSession::adoptAudio() {
    project::AudioReference reference;
    if (const auto& audio = document_.audio()) {
        reference.path = audio->path;
        reference.sampleRate = audio->info.sampleRate;
        reference.channels = audio->info.channels;
        reference.sampleCount = audio->info.sampleCount;
    }
    if (reference.path == state().audio.path) return;
    if (!reference.path.empty() &&
        (!project_ || (!state().audio.path.empty() && !document_.motion()))) {
        // Another speech is another project; how motion is made stays.
        project::ProjectState fresh;
        fresh.name = reference.path.stem().string();
        fresh.generate = state().generate;
        startProject(std::move(fresh));
    }
    if (!project_) return;
    apply(project::SetAudio{reference});
    readWordsBeside();
    if (!reference.path.empty() && state().takes.empty() && bundle() != nullptr) newTakes();
}

void StudioSession::readWordsBeside() {
    for (const char* ending : {".TextGrid", ".json", ".srt", ".vtt", ".ctm"}) {
        std::filesystem::path path = state().audio.path;
        path.replace_extension(ending);
        std::error_code none;
        if (path.empty() || !std::filesystem::exists(path, none)) continue;
        auto words = io::readTranscript(path);
        if (words)
            return apply(project::SetTranscript{std::move(*words), path.filename().string()});
        Q_EMIT failed(text(words.error().message()));
    }
}

void StudioSession::adoptMotion() {
    if (!document_.motion()) return;
    const Document::Motion& motion = *document_.motion();
    project::Take take;
    take.name = motion.path.stem().string();
    if (!project_) startProject({});
    take.motion = keepMotion({motion.clip, {}});
    if (take.motion.empty()) return;
    take.frames = motion.clip->frameCount();
    take.rate = motion.clip->rate();
    if (auto said = io::readMotionProvenance(motion.path)) take.provenance = std::move(*said);
    apply(project::AddTakes{{std::move(take)}, project::AddTakes::Choose::Yes});
}

RequestContext StudioSession::context() const {
    const Take* const a = takeA();
    return {state(), bundle(), a, a == nullptr ? nullptr : clipOf(*a)};
}

void StudioSession::newTakes() {
    const double variation = state().generate.options.sampling.values.front().temperature;
    const int count = variation > 0 ? state().generate.takes : 1;
    for (int number = 0; number < count; ++number)
        ask(generateRequest(context(), number),
            count == 1 ? tr("Generating") : tr("Take %1 of %2").arg(number + 1).arg(count));
}

void StudioSession::regenerate() {
    const double variation = state().generate.options.sampling.values.front().temperature;
    const int count = variation > 0 ? state().generate.takes : 1;
    for (int number = 0; number < count; ++number)
        ask(editRequest(context(), number),
            count == 1 ? tr("Regenerating") : tr("Variation %1 of %2").arg(number + 1).arg(count));
}

void StudioSession::analyse() { ask(analyseRequest(context()), tr("Looking at attention")); }

void StudioSession::ask(Result<EngineRequest> request, const QString& title) {
    if (!request) {
        Q_EMIT failed(text(request.error().message()));
        return;
    }
    EngineJobId job = 0;
    if (const auto* made = std::get_if<inference::GenerateRequest>(&request->request))
        job = engine_.generate(*made);
    else if (const auto* edit = std::get_if<inference::EditRequest>(&request->request))
        job = engine_.edit(*edit);
    else if (const auto* look = std::get_if<inference::AnalyseRequest>(&request->request)) {
        inference::AttentionSize size;
        size.frames = look->motion.count();
        size.hop = look->hop;
        job = engine_.analyse(*look, inference::keepWithin(size, kMapBytes));
    }
    jobs_.push_back({job, request->kind(), title, {}});
    asked_.emplace(job, std::move(*request));
    Q_EMIT jobsChanged();
}

void StudioSession::cancel() {
    for (const Job& job : jobs_)
        engine_.cancel(job.id);
}

void StudioSession::onProgress(EngineJobId job, const Progress& progress) {
    const auto found = std::ranges::find(jobs_, job, &Job::id);
    if (found == jobs_.end()) return;
    found->progress = progress;
    Q_EMIT jobsChanged();
}

void StudioSession::onMotion(const std::shared_ptr<const inference::MotionFrames>& motion) {
    // Only where nothing else is to be seen: an edit must not hide what is compared with it.
    if (takeA() != nullptr) return;
    auto clip = inference::clipOf(*motion);
    if (!clip) return;
    const QScopedValueRollback<bool> showing(showing_, true);
    document_.setMotion({}, std::make_shared<const motion::Clip>(std::move(*clip)));
}

void StudioSession::onFinished(EngineJobId job,
                               const std::shared_ptr<const EngineOutcome>& outcome) {
    const auto found = asked_.find(job);
    if (found == asked_.end()) return;
    const EngineRequest request = std::move(found->second);
    asked_.erase(found);
    std::erase_if(jobs_, [&](const Job& each) { return each.id == job; });
    for (const inference::Note& note : outcome->take.analysis.notes())
        Q_EMIT noted(text(note.text));
    if (request.kind() == EngineRequest::Kind::Analyse) {
        keepAnalysis(request, *outcome);
        Q_EMIT changed();
    } else {
        takeMotion(request, *outcome);
    }
    Q_EMIT jobsChanged();
    analyseWhenIdle();
}

void StudioSession::onFailed(EngineJobId job, const Error& error) {
    asked_.erase(job);
    std::erase_if(jobs_, [&](const Job& each) { return each.id == job; });
    Q_EMIT jobsChanged();
    if (error.code() == ErrorCode::Cancelled)
        Q_EMIT noted(tr("Cancelled. Nothing was changed."));
    else
        Q_EMIT failed(text(error.message()));
    showTakeA();
}

project::ContentHash StudioSession::keepMotion(project::StoredMotion motion) {
    if (!project_) return {};
    JobControl control;
    const auto hash = project::putMotion(project_->blobs(), motion, control);
    if (!hash) {
        Q_EMIT failed(text(hash.error().message()));
        return {};
    }
    clips_[*hash] = motion.clip;
    return *hash;
}

void StudioSession::takeMotion(const EngineRequest& request, const EngineOutcome& outcome) {
    auto motion = project::storedMotion(outcome.take.motion, request.source.get());
    if (!motion) {
        Q_EMIT failed(text(motion.error().message()));
        return;
    }
    Take take = takeOf(state(), request, outcome.summary);
    take.frames = motion->clip->frameCount();
    take.rate = motion->clip->rate();
    take.motion = keepMotion(std::move(*motion));
    if (take.motion.empty()) return;
    if (request.kind() == EngineRequest::Kind::Generate)
        analyses_[take.motion] = std::make_shared<const inference::Analysis>(outcome.take.analysis);
    const bool same = take.id && project::findTake(state(), take.id) != nullptr;
    if (same)
        apply(project::ReplaceTake{take});
    else
        apply(project::AddTakes{{take}, project::AddTakes::Choose::Yes});
    Q_EMIT noted(tr("%1 is ready: %2 s of motion in %3 s.")
                     .arg(text(take.name))
                     .arg(static_cast<double>(take.frames) / 30.0, 0, 'f', 1)
                     .arg(outcome.summary.seconds, 0, 'f', 1));
}

void StudioSession::keepAnalysis(const EngineRequest& request, const EngineOutcome& outcome) {
    analyses_[request.motion] = std::make_shared<const inference::Analysis>(outcome.analysis);
    if (!project_) return;
    JobControl control;
    const auto blob = project::putAnalysis(project_->blobs(), outcome.analysis, control);
    if (!blob) {
        Q_EMIT failed(text(blob.error().message()));
        return;
    }
    succeeded(project_->attachAnalysis(
        request.parent, {*blob, request.motion, request.bundle.name, outcome.summary.bundleHash}));
}

void StudioSession::analyseWhenIdle() {
    const Take* const a = takeA();
    if (!jobs_.empty() || a == nullptr || a->frames > kAnalysedUnasked || bundle() == nullptr ||
        !bundle()->hasNetworks)
        return;
    const auto known = analysisOf(*a);
    if (known && !known->windows().empty()) return;
    if (known && bundle()->architecture != io::Architecture::EchoMask) return;
    analyse();
}

void StudioSession::showTakeA() {
    const QScopedValueRollback<bool> showing(showing_, true);
    const Take* const a = takeA();
    const auto clip = a == nullptr ? nullptr : clipOf(*a);
    if (!clip) {
        if (document_.motion() && jobs_.empty()) document_.closeMotion();
        return;
    }
    if (!document_.motion() || document_.motion()->clip != clip)
        document_.setMotion(text(a->name).toStdString(), clip);
}

void StudioSession::choose(project::TakeChoice choice) {
    if (project_ && succeeded(project_->chooseTakes(choice))) tellChanged();
}

void StudioSession::showAsA(project::ItemId take) {
    const project::TakeChoice now = state().choice;
    choose({take, now.b == take ? now.a : now.b});
}

void StudioSession::compareAsB(project::ItemId take) {
    const project::TakeChoice now = state().choice;
    if (now.a != take) choose({now.a, now.b == take ? project::ItemId{} : take});
}

void StudioSession::swapTakes() {
    const project::TakeChoice now = state().choice;
    if (now.b) choose({now.b, now.a});
}

} // namespace gesture::app
