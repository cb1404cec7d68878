// SPDX-License-Identifier: Apache-2.0
#include "app/studio/main_window.h"

#include "app/studio/document/file_kind.h"
#include "app/studio/document/time_text.h"
#include "app/studio/theme/style_sheet.h"
#include "app/studio/timeline/timeline_actions.h"
#include "app/studio/training/run_texts.h"
#include "app/studio/widgets/drop_reader.h"

#include <QApplication>
#include <QBuffer>
#include <QCloseEvent>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QMimeData>
#include <QStatusBar>
#include <QStatusTipEvent>
#include <QUrl>
#include <QVBoxLayout>

#include <cmath>
#include <span>

namespace gesture::app {

namespace {

/// The configuration of training that is dropped by itself; empty: it is something else.
std::filesystem::path configIn(const QMimeData& data) {
    const QList<QUrl> urls = data.urls();
    if (urls.size() != 1 || !urls.front().isLocalFile()) return {};
    const std::filesystem::path path = urls.front().toLocalFile().toStdString();
    return path.extension() == ".yaml" || path.extension() == ".yml" ? path
                                                                     : std::filesystem::path();
}

} // namespace

MainWindow::MainWindow(const StudioParts& parts, ThemeKind theme)
    : document_(parts.document)
    , settings_(parts.settings)
    , actions_(parts.actions)
    , loader_(parts.loader)
    , transport_(parts.transport)
    , view_(parts.view)
    , session_(parts.session)
    , training_(parts.training)
    , theme_(theme)
    , issues_(new IssueList(this))
    , topBar_(new TopBar(parts.actions, parts.settings, this)) {
    setMinimumSize(960, 600);
    setAcceptDrops(true);
    setMenuWidget(topBar_);
    for (QAction* action : actions_.all()) {
        addAction(action);
    }
    buildCentre();
    buildTimeline();
    buildSides();
    buildWorkspaces();
    buildStatus();
    connectServices();
    connectTimeline();
    connectSession();
    setTheme(theme);
    onChanged(DocumentChange::Motion | DocumentChange::Audio | DocumentChange::Range);
    updateTitle();
}

void MainWindow::buildCentre() {
    auto* centre = new QWidget(this);
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    banner_ = new Banner(centre);
    pages_ = new QStackedWidget(centre);
    animate_ = new QWidget(pages_);
    auto* page = new QVBoxLayout(animate_);
    page->setContentsMargins(0, 0, 0, 0);
    viewport_ = new ViewportPanel(document_, view_, actions_, themeOf(theme_), animate_);
    page->addWidget(viewport_);
    pages_->addWidget(animate_);
    column->addWidget(banner_);
    column->addWidget(pages_, 1);
    setCentralWidget(centre);
}

void MainWindow::buildTimeline() {
    auto* dock = timelineDock_ = new QDockWidget(tr("Timeline"), this);
    dock->setObjectName(QStringLiteral("timelineDock"));
    dock->setFeatures(QDockWidget::NoDockWidgetFeatures);
    dock->setTitleBarWidget(new QWidget(dock));
    auto* panel = new QWidget(dock);
    panel->setObjectName(QStringLiteral("timelinePanel"));
    auto* column = new QVBoxLayout(panel);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    transportBar_ = new TransportBar(document_, actions_, panel);
    timeline_ = new TimelineView(document_, themeOf(theme_), panel);
    column->addWidget(transportBar_);
    column->addWidget(timeline_, 1);
    dock->setWidget(panel);
    addDockWidget(Qt::BottomDockWidgetArea, dock);
}

void MainWindow::buildSides() {
    sides_ = new SidePanels(*this, session_, document_, actions_, themeOf(theme_));
    connect(&sides_->takes(), &TakesPanel::mergeRequested, this,
            [this](project::ItemId take, const inference::PartSet& parts) {
                const FrameRange selected = timeline_->selection().range;
                session_.mergeParts(
                    take, selected.empty() ? FrameRange{{0}, {document_.frameCount()}} : selected,
                    parts);
            });
    feed_ = new TimelineFeed(session_, *timeline_, this);
    new ViewportFeed(session_, *timeline_, *viewport_, this);
    inspect_ = new InspectPanels({*this, session_, document_, *timeline_, *feed_, *issues_},
                                 themeOf(theme_));
    connect(feed_, &TimelineFeed::wordsWanted, this, &MainWindow::chooseFiles);
    connect(inspect_, &InspectPanels::hinted, this, &MainWindow::showHint);
    connect(inspect_, &InspectPanels::playRequested, this, [this](const FrameRange& range) {
        document_.setRange(range);
        document_.setLoop(Loop::Yes);
        transport_.goToFrame(range.begin);
        transport_.play();
    });
}

void MainWindow::buildWorkspaces() {
    analyse_ = new AnalyseWorkspace(
        {*this, session_, document_, *timeline_, inspect_->attention(), inspect_->executor()},
        themeOf(theme_));
    train_ = new TrainWorkspace(*this, training_, actions_, themeOf(theme_));
    workspaces_ = new Workspaces({*this, *pages_, *animate_, *timelineDock_, *timeline_, *viewport_,
                                  *sides_, *inspect_, *analyse_, *train_},
                                 this);
    connect(analyse_, &AnalyseWorkspace::hinted, this, &MainWindow::showHint);
    actions_[ActionId::ViewAnimate].setChecked(true);
    connect(&actions_[ActionId::ViewAnimate], &QAction::triggered, this,
            [this] { workspaces_->show(Workspace::Animate); });
    connect(&actions_[ActionId::ViewAnalyse], &QAction::triggered, this,
            [this] { workspaces_->show(Workspace::Analyse); });
    connect(&actions_[ActionId::ViewTrain], &QAction::triggered, this,
            [this] { workspaces_->show(Workspace::Train); });
    connect(workspaces_, &Workspaces::changed, this, [this](Workspace workspace) {
        const bool train = workspace == Workspace::Train;
        if (train && session_.bundle() != nullptr) train_->setBaseBundle(session_.bundle()->folder);
        placePanels();
        showHint({});
    });
    connect(train_, &TrainWorkspace::bundleMade, this, &MainWindow::useBundle);
    connect(&training_, &TrainingService::changed, this, &MainWindow::showTraining);
}

void MainWindow::connectSession() {
    connect(&session_, &StudioSession::failed, this,
            [this](const QString& sentence) { showError(sentence, tr("Project")); });
    connect(issues_, &IssueList::changed, this,
            [this] { topBar_->setIssues(static_cast<int>(issues_->issues().size())); });
    connect(topBar_, &TopBar::issuesClicked, this, [this] {
        actions_[ActionId::ViewAnimate].trigger();
        inspect_->showIssues();
    });
    connect(&session_, &StudioSession::noted, status_, &StatusBar::note);
    connect(&session_, &StudioSession::jobsChanged, this, &MainWindow::showJobs);
    connect(&session_, &StudioSession::changed, this, &MainWindow::updateTitle);
}

void MainWindow::showError(const QString& sentence, const QString& place) {
    banner_->showError(sentence);
    status_->warn(sentence);
    issues_->add(sentence, place);
}

void MainWindow::showJobs() {
    if (session_.jobs().empty()) return status_->hideJob();
    const StudioSession::Job& job = session_.jobs().front();
    const int waiting = static_cast<int>(session_.jobs().size()) - 1;
    status_->showJob(waiting == 0 ? job.title : tr("%1 (+%2)").arg(job.title).arg(waiting),
                     static_cast<int>(job.progress.done), static_cast<int>(job.progress.total));
}

void MainWindow::buildStatus() {
    status_ = new StatusBar;
    showHint({});
    statusBar()->setSizeGripEnabled(false);
    // Its own layout keeps gaps above and below, which would push ours out of the window.
    delete statusBar()->layout();
    auto* row = new QHBoxLayout(statusBar());
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(status_);
    statusBar()->setFixedHeight(status_->height());
    connect(status_, &StatusBar::runClicked, &actions_[ActionId::ViewTrain], &QAction::trigger);
    connect(train_, &TrainWorkspace::noted, status_, &StatusBar::note);
    connect(train_, &TrainWorkspace::failed, this, [this](const QString& sentence) {
        banner_->showError(sentence);
        status_->warn(sentence);
    });
}

void MainWindow::connectServices() {
    connect(&document_, &Document::changed, this, &MainWindow::onChanged);
    connect(&loader_, &Loader::noted, status_, &StatusBar::note);
    connect(&loader_, &Loader::failed, this,
            [this](const QString& sentence) { showError(sentence, tr("Opening")); });
    connect(&loader_, &Loader::progressed, this, [this](const QString& what, int done, int total) {
        status_->showJob(tr("Opening %1").arg(what), done, total);
    });
    connect(&loader_, &Loader::finished, status_, &StatusBar::hideJob);
    connect(&loader_, &Loader::stageReady, viewport_, &ViewportPanel::setStage);
    connect(&loader_, &Loader::opened, this, [this](const QStringList& paths) {
        banner_->hide();
        for (const QString& path : paths) {
            settings_.addRecentFile(path);
        }
    });
    connect(&transport_, &Transport::playingChanged, this, &MainWindow::onPlaying);
    connect(&transport_, &Transport::soundStateChanged, this, &MainWindow::showSound);
    connect(viewport_, &ViewportPanel::painted, this, &MainWindow::onPainted);
    connect(viewport_, &ViewportPanel::failed, this, [this] {
        actions_.setAvailable(Needs::Viewport, false);
        markFirstPaint();
    });
    connect(&settings_, &Settings::themeChanged, this, [this] { setTheme(settings_.themeKind()); });
    connect(&settings_, &Settings::mouseStyleChanged, this,
            [this] { viewport_->setMouseStyle(settings_.mouseStyle()); });
    connect(topBar_, &TopBar::recentChosen, this,
            [this](const QString& path) { loader_.open({path.toStdString()}); });
    viewport_->setMouseStyle(settings_.mouseStyle());
    actions_.setAvailable(Needs::Viewport, viewport_->usable());
}

void MainWindow::connectTimeline() {
    connect(timeline_, &TimelineView::axisChanged, this,
            [this] { transportBar_->showZoomLevel(timeline_->axis().zoomLevel()); });
    connect(transportBar_, &TransportBar::zoomLevelChosen, timeline_, &TimelineView::setZoomLevel);
    connect(timeline_, &TimelineView::scrubbing, this, &MainWindow::onScrubbing);
    connect(timeline_, &TimelineView::muteClicked, &actions_[ActionId::PlayMute],
            &QAction::trigger);
    connect(timeline_, &TimelineView::hinted, this, &MainWindow::showHint);
    wireTimelineActions(actions_, transport_, *timeline_);
    connect(&transportBar_->timecode(), &TimecodeEdit::accepted, &transport_,
            &Transport::goToFrame);
    connect(&transportBar_->timecode(), &TimecodeEdit::refused, status_, &StatusBar::warn);
}

std::vector<QWidget*> MainWindow::areas() const {
    if (workspaces_->current() == Workspace::Train)
        return {topBar_, &train_->runs(), &train_->page(), &train_->config()};
    std::vector<QWidget*> areas{topBar_, banner_};
    if (workspaces_->current() == Workspace::Animate) {
        areas.insert(areas.end() - 1, {&sides_->generate(), &sides_->takes()});
        areas.push_back(viewport_);
    } else {
        const auto maps = analyse_->areas();
        areas.insert(areas.end(), maps.begin(), maps.end());
    }
    areas.insert(areas.end(), {transportBar_, timeline_});
    return areas;
}

void MainWindow::setTheme(ThemeKind kind) {
    theme_ = kind;
    const Theme& theme = themeOf(kind);
    qApp->setPalette(paletteOf(theme));
    static_cast<void>(writeStylePictures(theme, pictures_.path()));
    setStyleSheet(makeStyleSheet(theme, pictures_.path()));
    actions_.setTheme(theme);
    actions_.setIcon(ActionId::ViewTheme,
                     theme.dark() ? QStringLiteral("sun") : QStringLiteral("moon"));
    topBar_->setTheme(theme);
    banner_->setTheme(theme);
    viewport_->setTheme(theme);
    timeline_->setTheme(theme);
    sides_->setTheme(theme);
    inspect_->setTheme(theme);
    analyse_->setTheme(theme);
    train_->setTheme(theme);
    status_->setTheme(theme);
    updateTitle();
}

void MainWindow::chooseFiles() {
    const QString filter =
        tr("All that can be opened (%1);;Projects (%2);;Sound (%3);;Motion (%4);;Words (%5);;"
           "All files (*)")
            .arg((projectPatterns() + audioPatterns() + motionPatterns() + wordsPatterns())
                     .join(QLatin1Char(' ')),
                 projectPatterns().join(QLatin1Char(' ')), audioPatterns().join(QLatin1Char(' ')),
                 motionPatterns().join(QLatin1Char(' ')), wordsPatterns().join(QLatin1Char(' ')));
    const QString folder = settings_.recentFiles().value(0);
    auto* dialog = new QFileDialog(this, tr("Open a project, sound or motion"), folder, filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList& files) {
        std::vector<std::filesystem::path> paths;
        for (const QString& file : files) {
            paths.emplace_back(file.toStdString());
        }
        loader_.open(paths);
    });
    dialog->open();
}

void MainWindow::keepPicture() {
    if (!viewport_->usable() || !document_.motion()) return;
    constexpr QSize kPicture{192, 120};
    const QImage seen = viewport_->grab().toImage();
    const QImage small =
        seen.scaled(kPicture, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (!small.save(&buffer, "PNG")) return;
    session_.keepPicture(
        std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size()))));
}

void MainWindow::closeEvent(QCloseEvent* event) {
    keepPicture();
    QMainWindow::closeEvent(event);
}

void MainWindow::onChanged(DocumentChanges changes) {
    if (changes & (DocumentChange::Motion | DocumentChange::Audio)) {
        actions_.setAvailable(Needs::Clip, document_.hasClip());
        actions_.setAvailable(Needs::Audio, document_.audio() != nullptr);
        updateTitle();
        showSound(transport_.soundState());
    }
    if (changes.testFlag(DocumentChange::Range)) {
        actions_.setAvailable(Needs::Range, document_.range().has_value());
    }
    if (changes.testFlag(DocumentChange::Playhead)) sync_.noteDue(steadyNow());
    if (changes == DocumentChanges(DocumentChange::Playhead)) return;
    actions_[ActionId::PlayLoop].setChecked(document_.loop() == Loop::Yes);
    actions_[ActionId::PlayMute].setChecked(document_.muted());
    actions_.setIcon(ActionId::PlayMute, document_.muted() ? QStringLiteral("volume-mute")
                                                           : QStringLiteral("volume-up"));
}

void MainWindow::onPlaying(bool playing) {
    sync_.reset();
    actions_.setIcon(ActionId::PlayToggle,
                     playing ? QStringLiteral("pause-fill") : QStringLiteral("play-fill"));
    if (!playing) {
        status_->showFrameRate(0);
        showSound(transport_.soundState());
    }
}

void MainWindow::onPainted(FrameIndex frame) {
    markFirstPaint();
    if (!transport_.playing() || frame == lastPainted_) return;
    lastPainted_ = frame;
    const double late = lateness(frame);
    sync_.note(steadyNow(), late);
    transport_.setLead(correctedLead(transport_.lead(), late));
    constexpr std::size_t kShowEvery = 8;
    if (sync_.lateness().size() % kShowEvery != 0) return;
    status_->showFrameRate(sync_.perSecond());
    if (transport_.soundState() == SoundState::Playing) {
        status_->showSound(
            tr("Sound %1%2 ms")
                .arg(sync_.lateMilliseconds() < 0 ? QStringLiteral("−") : QStringLiteral("+"))
                .arg(std::abs(sync_.lateMilliseconds())),
            tr("The picture comes this much later than its sound"));
    }
}

double MainWindow::lateness(FrameIndex frame) {
    const FrameRate rate = document_.rate();
    const double late = transport_.livePosition().value - rate.timeOf(frame).value;
    if (document_.loop() == Loop::No) return late;
    const double length = rate.timeOf({document_.playRange().length()}).value;
    return std::remainder(late, length); // the picture may be past the end, and the clock not yet
}

void MainWindow::onScrubbing(bool active) {
    if (active) {
        resumeAfterScrub_ = transport_.playing();
        transport_.pause();
    } else if (resumeAfterScrub_) {
        resumeAfterScrub_ = false;
        transport_.play();
    }
}

void MainWindow::showSound(SoundState state) {
    switch (state) {
    case SoundState::Silent:
        status_->showSound(document_.audio() ? tr("Sound ready") : QString(), {});
        break;
    case SoundState::Playing:
        status_->showSound(tr("Sound ready"), tr("The sound device leads the picture"));
        break;
    case SoundState::NoDevice:
        status_->showSound(tr("No sound device"), tr("Playback goes on without sound."));
        status_->warn(tr("This computer has no sound device. Playback goes on without sound."));
        break;
    case SoundState::Lost:
        status_->showSound(tr("Sound lost"), tr("Playback goes on without sound."));
        status_->warn(tr("Sound device lost. Playback goes on without sound."));
        issues_->add(tr("Sound device lost. Playback goes on without sound."), tr("Sound"));
        break;
    }
}

void MainWindow::showHint(const QString& hint) {
    status_->setHint(!hint.isEmpty() ? hint
                     : workspaces_->current() == Workspace::Train
                         ? tr("Training runs in its own process and goes on when this window "
                              "closes.")
                         : tr("Space plays. J, K and L run back, stop and on. I and O "
                              "set the range."));
}

void MainWindow::updateTitle() {
    const bool open = session_.project() != nullptr && document_.hasClip();
    const QString name = open && !session_.state().name.empty()
                             ? QString::fromStdString(session_.state().name)
                             : document_.name();
    QString detail;
    if (open) detail = session_.untitled() ? tr("Untitled · kept") : tr("Saved");
    topBar_->setClipName(name, detail);
    setWindowTitle(document_.hasClip() ? tr("%1 – Gesture Studio").arg(name)
                                       : tr("Gesture Studio"));
}

void MainWindow::markFirstPaint() {
    if (firstPaint_ > 0) return;
    firstPaint_ = steadyNow();
    Q_EMIT firstPainted();
}

void MainWindow::placePanels() {
    const Density density = densityOf(height());
    timeline_->setDensity(density);
    transportBar_->setCompact(density.transport < Density{}.transport);
    sides_->setLow(density.transport < Density{}.transport);
    workspaces_->placePanels(actions_[ActionId::ViewInspect].isChecked());
    constexpr int kRoomForThree = 1400;
    train_->setRoom(density.transport < Density{}.transport, width() < kRoomForThree);
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    placePanels();
}

bool MainWindow::event(QEvent* event) {
    if (event->type() == QEvent::StatusTip) {
        showHint(static_cast<QStatusTipEvent*>(event)->tip());
        return true;
    }
    return QMainWindow::event(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (!configIn(*event->mimeData()).empty()) {
        viewport_->showDrop(tr("Train with this configuration"));
        event->acceptProposedAction();
        return;
    }
    const DropOffer offer = readDrop(*event->mimeData(), document_);
    if (!offer.refusal.isEmpty()) {
        status_->warn(offer.refusal);
    } else if (!offer.paths.empty()) {
        viewport_->showDrop(offer.offer);
        event->acceptProposedAction();
    }
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent*) { viewport_->showDrop({}); }

void MainWindow::dropEvent(QDropEvent* event) {
    viewport_->showDrop({});
    if (const auto config = configIn(*event->mimeData()); !config.empty()) {
        event->acceptProposedAction();
        return train_->openConfig(config);
    }
    const DropOffer offer = readDrop(*event->mimeData(), document_);
    if (offer.paths.empty()) return;
    event->acceptProposedAction();
    loader_.open(offer.paths);
}

} // namespace gesture::app
