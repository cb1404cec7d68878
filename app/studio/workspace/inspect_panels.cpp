// SPDX-License-Identifier: Apache-2.0
#include "app/studio/workspace/inspect_panels.h"

#include "app/studio/workspace/bundle_training.h"
#include "app/studio/workspace/gate_stretches.h"
#include "core/base/atomic_file.h"

#include <QFileDialog>
#include <QTabBar>

#include <algorithm>

namespace gesture::app {

namespace {

constexpr int kWidth = 364;

QString text(std::string_view words) {
    return QString::fromUtf8(words.data(), static_cast<qsizetype>(words.size()));
}

} // namespace

InspectPanels::InspectPanels(const Surroundings& surroundings, const Theme& theme)
    : QObject(&surroundings.window)
    , session_(surroundings.session)
    , document_(surroundings.document)
    , timeline_(surroundings.timeline)
    , feed_(surroundings.feed)
    , dock_(new QDockWidget(tr("Attention, score and mask"), &surroundings.window))
    , tabs_(new QTabWidget(dock_))
    , model_(new AttentionModel(executor_, this))
    , attention_(new AttentionPanel(*model_, theme, tabs_))
    , semantic_(new SemanticPanel(theme, tabs_))
    , mask_(new MaskPanel(theme, tabs_))
    , history_(new HistoryPanel(theme, tabs_))
    , issues_(new IssuesPanel(surroundings.issues, theme, tabs_)) {
    dock_->setObjectName(QStringLiteral("rightDock"));
    dock_->setFeatures(QDockWidget::DockWidgetClosable);
    dock_->setTitleBarWidget(new QWidget(dock_));
    tabs_->setObjectName(QStringLiteral("panelTabs"));
    tabs_->setDocumentMode(true);
    tabs_->addTab(attention_, tr("Attention"));
    tabs_->addTab(semantic_, tr("Semantic"));
    tabs_->addTab(mask_, tr("Mask"));
    tabs_->addTab(history_, tr("History"));
    tabs_->addTab(issues_, tr("Issues"));
    history_->setTitleVisible(false);
    connect(history_, &HistoryPanel::stepChosen, &session_, &StudioSession::goToStep);
    connect(tabs_, &QTabWidget::currentChanged, this, &InspectPanels::refreshHistory);
    tabs_->tabBar()->setToolTip(tr("What the networks saw, and what is to be made anew"));
    tabs_->tabBar()->setAccessibleName(tr("Panels"));
    dock_->setWidget(tabs_);
    dock_->setFixedWidth(kWidth);
    surroundings.window.addDockWidget(Qt::RightDockWidgetArea, dock_);
    connectAttention();
    connectSemantic();
    connectMask();
    connect(&session_, &StudioSession::changed, this, &InspectPanels::refresh);
    connect(&session_, &StudioSession::jobsChanged, this, &InspectPanels::refresh);
    connect(&document_, &Document::changed, this, [this](DocumentChanges changes) {
        if (changes.testFlag(DocumentChange::Playhead)) followPlayhead();
    });
    connect(&timeline_, &TimelineView::selectionChanged, this,
            [this](const FrameRange& range, const inference::PartSet&) {
                const auto selected = range.empty() ? std::nullopt : std::optional(range);
                model_->setTimeSelection(selected);
                semantic_->setTimeSelection(selected);
                mask_->setSelection(selected);
            });
    refresh();
}

void InspectPanels::setTheme(const Theme& theme) {
    attention_->setTheme(theme);
    semantic_->setTheme(theme);
    mask_->setTheme(theme);
    history_->setTheme(theme);
    issues_->setTheme(theme);
}

void InspectPanels::showIssues() {
    tabs_->setCurrentWidget(issues_);
    dock_->show();
    issues_->list().setFocus(Qt::OtherFocusReason);
}

void InspectPanels::refreshHistory() {
    // Reading all steps takes a while in a long history: only when they are seen and others.
    if (tabs_->currentWidget() != history_) return;
    const project::Project* const project = session_.project();
    const auto numberOf = [](const std::optional<project::HistoryEntry>& entry) {
        return entry ? entry->number : 0;
    };
    const std::pair<std::int64_t, std::int64_t> steps =
        project == nullptr
            ? std::pair<std::int64_t, std::int64_t>{}
            : std::pair(numberOf(project->undoEntry()), numberOf(project->redoEntry()));
    if (steps == shownSteps_) return;
    shownSteps_ = steps;
    history_->setSteps(session_.history(), session_.step());
}

void InspectPanels::followPlayhead() {
    model_->setPlayhead(document_.frame());
    semantic_->setPlayhead(document_.frame());
}

void InspectPanels::addToMask(const inference::EditMask& mask, const QString& name) {
    inference::EditMask joined = *session_.state().mask;
    if (joined.frameCount() == mask.frameCount())
        joined.unite(mask);
    else
        joined = mask;
    session_.apply(project::SetMask{joined, name.toStdString()});
}

void InspectPanels::connectAttention() {
    connect(model_, &AttentionModel::frameChosen, &document_, &Document::goToFrame);
    connect(model_, &AttentionModel::selectionToMask, this, &InspectPanels::addToMask);
    connect(model_, &AttentionModel::computeRequested, &session_, &StudioSession::analyse);
    connect(attention_, &AttentionPanel::hinted, this, &InspectPanels::hinted);
}

void InspectPanels::connectSemantic() {
    connect(semantic_, &SemanticPanel::frameChosen, &document_, &Document::goToFrame);
    connect(semantic_, &SemanticPanel::playRequested, this, &InspectPanels::playRequested);
    connect(semantic_, &SemanticPanel::selectionToMask, this, &InspectPanels::addToMask);
    connect(semantic_, &SemanticPanel::computeRequested, &session_, &StudioSession::analyse);
    connect(semantic_, &SemanticPanel::exportRequested, this, &InspectPanels::saveTable);
    connect(semantic_, &SemanticPanel::gateRequested, this, &InspectPanels::setGate);
    connect(semantic_, &SemanticPanel::strengthChanged, this,
            [this](double strength, bool finished) {
                if (dragged_.number == 0) dragged_ = session_.newGesture();
                project::Gates gates = session_.state().gates;
                gates.strength = strength;
                session_.apply(project::SetGates{gates}, dragged_);
                if (!finished) return;
                session_.endGesture();
                dragged_ = {};
            });
    connect(semantic_, &SemanticPanel::thresholdChanged, this,
            [this](double threshold, bool finished) {
                if (dragged_.number == 0) dragged_ = session_.newGesture();
                project::Thresholds thresholds = session_.state().thresholds;
                thresholds.semantic = threshold;
                session_.apply(project::SetThresholds{thresholds}, dragged_);
                if (!finished) return;
                session_.endGesture();
                dragged_ = {};
            });
}

void InspectPanels::setGate(const TokenSpan& tokens, GateMode mode) {
    const project::Take* const a = session_.takeA();
    const auto analysis = a == nullptr ? nullptr : session_.analysisOf(*a);
    if (!analysis || analysis->semantic().score.empty()) return;
    const std::int64_t length = analysis->semantic().framesPerToken;
    project::Gates gates = session_.state().gates;
    gates.stretches =
        withGate(std::move(gates.stretches), {{tokens.begin * length}, {tokens.end * length}},
                 static_cast<project::Gate>(mode));
    session_.apply(project::SetGates{gates});
}

void InspectPanels::setMaskOptions(const std::function<void(project::MaskOptions&)>& edit,
                                   project::Gesture gesture) {
    project::MaskOptions options = session_.state().maskOptions;
    edit(options);
    session_.apply(project::SetMaskOptions{options}, gesture);
}

void InspectPanels::connectMask() {
    connect(mask_, &MaskPanel::maskChanged, this,
            [this](const inference::EditMask& mask, const QString& name, int) {
                session_.apply(project::SetMask{mask, name.toStdString()});
            });
    connect(mask_, &MaskPanel::previewChanged, &feed_, &TimelineFeed::showPreview);
    connect(mask_, &MaskPanel::wholeFramesChanged, this, [this](bool whole) {
        setMaskOptions([=](project::MaskOptions& options) { options.wholeFrames = whole; });
    });
    connect(mask_, &MaskPanel::exactOutsideChanged, this, [this](bool exact) {
        setMaskOptions([=](project::MaskOptions& options) { options.exactOutside = exact; });
    });
    connect(mask_, &MaskPanel::blendMarginChanged, this, [this](int frames, bool finished) {
        if (dragged_.number == 0) dragged_ = session_.newGesture();
        setMaskOptions([=](project::MaskOptions& options) { options.margin = frames; }, dragged_);
        if (!finished) return;
        session_.endGesture();
        dragged_ = {};
    });
    connect(mask_, &MaskPanel::blockChosen, this, [this](const MaskBlock& block) {
        timeline_.setSelection({block.range, lanesOf(block.parts)});
        document_.goToFrame(block.range.begin);
    });
}

void InspectPanels::saveTable(const std::string& table) {
    auto* dialog = new QFileDialog(dock_, tr("Save the table"), QStringLiteral("semantic.csv"),
                                   tr("Table (*.csv)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    connect(dialog, &QFileDialog::fileSelected, this, [this, table](const QString& file) {
        const Status written = writeTextAtomically(file.toStdString(), table);
        if (!written) Q_EMIT session_.failed(text(written.error().message()));
    });
    dialog->open();
}

bool InspectPanels::analysing() const {
    return std::ranges::any_of(session_.jobs(), [](const StudioSession::Job& job) {
        return job.kind == EngineRequest::Kind::Analyse;
    });
}

AttentionContent InspectPanels::attentionOf(const project::Take* take) const {
    AttentionContent content;
    const BundleChoice* const bundle = session_.bundle();
    if (bundle != nullptr) {
        content.bundle = text(io::titleOf(bundle->architecture));
        if (bundle->architecture != io::Architecture::EchoMask) content.offer = MapOffer::NoSuchMap;
    }
    if (const QString obstacle = session_.networkObstacle(); !obstacle.isEmpty()) {
        content.offer = MapOffer::NoSuchMap;
        content.reason = obstacle;
    }
    if (take == nullptr) return content;
    content.take = text(take->name);
    content.clip = session_.state().name;
    content.analysis = session_.analysisOf(*take);
    if (!session_.state().transcript->words.empty())
        content.transcript = session_.state().transcript.pointer();
    content.state = content.hasMap() ? MapState::Ready : MapState::None;
    if (content.hasMap() && session_.outOfDate(*take)) {
        content.state = MapState::OutOfDate;
        content.reason = tr("The words are others now.");
    }
    if (!analysing()) return content;
    content.state = MapState::Computing;
    content.progressDone = static_cast<int>(session_.jobs().front().progress.done);
    content.progressTotal = static_cast<int>(session_.jobs().front().progress.total);
    return content;
}

SemanticContent InspectPanels::semanticContent() const {
    const project::ProjectState& state = session_.state();
    const project::Take* const a = session_.takeA();
    SemanticContent content;
    if (a != nullptr) content.analysis = session_.analysisOf(*a);
    if (!state.transcript->words.empty()) content.transcript = state.transcript.pointer();
    content.state = content.hasScore() ? MapState::Ready : MapState::None;
    if (analysing()) content.state = MapState::Computing;
    if (const QString obstacle = session_.obstacle(); !obstacle.isEmpty()) {
        content.computable = false;
        content.reason = obstacle;
    }
    content.threshold = state.thresholds.semantic;
    content.strength = state.gates.strength;
    if (content.hasScore())
        content.gates = gatesOfTokens(state.gates.stretches, content.analysis->semantic());
    return content;
}

MaskContent InspectPanels::maskContent() const {
    const project::ProjectState& state = session_.state();
    MaskContent content;
    content.mask = maskOfLength(*state.mask, document_.frameCount());
    content.rate = document_.rate();
    if (!state.transcript->words.empty()) content.transcript = state.transcript.pointer();
    content.blendMargin = state.maskOptions.margin;
    content.exactOutside = state.maskOptions.exactOutside;
    content.wholeFrames = state.maskOptions.wholeFrames;
    if (!timeline_.selection().range.empty()) content.selection = timeline_.selection().range;
    if (session_.bundle() != nullptr)
        content.training = maskTrainingOf(session_.bundle()->architecture);
    const project::Take* const a = session_.takeA();
    const auto analysis = a == nullptr ? nullptr : session_.analysisOf(*a);
    if (!analysis) return content;
    content.score = analysis->semantic().score;
    content.framesPerToken = analysis->semantic().framesPerToken;
    content.loss = analysis->lossPerFrame();
    if (analysis->windows().empty()) return content;
    content.fused = analysis->fusedImportance();
    for (const motion::BodyPart part : analysis->parts())
        if (auto curve = analysis->importance(part)) content.importance[part] = std::move(*curve);
    return content;
}

void InspectPanels::refresh() {
    const project::ProjectState& state = session_.state();
    model_->setContent(attentionOf(session_.takeA()));
    const project::Take* const b = project::findTake(state, state.choice.b);
    const bool compared = b != nullptr && session_.analysisOf(*b) != nullptr;
    model_->setComparison(compared ? std::optional(attentionOf(b)) : std::nullopt);
    semantic_->setContent(semanticContent());
    mask_->setContent(maskContent());
    refreshHistory();
    followPlayhead();
}

} // namespace gesture::app
