// SPDX-License-Identifier: Apache-2.0
#include "app/studio/workspace/analyse_workspace.h"

#include <QScrollArea>
#include <QStandardPaths>
#include <QTabBar>

#include <algorithm>

namespace gesture::app {

namespace {

constexpr int kLeftWidth = 320;
constexpr int kRightWidth = 554;
constexpr int kRoomForAll = 1500; ///< Narrower windows have narrower docks.
constexpr int kNarrowLeft = 296;
constexpr int kNarrowRight = 360;

QString text(const std::string& words) { return QString::fromStdString(words); }

} // namespace

AnalyseWorkspace::AnalyseWorkspace(const Surroundings& surroundings, const Theme& theme)
    : QObject(&surroundings.window)
    , window_(surroundings.window)
    , session_(surroundings.session)
    , document_(surroundings.document)
    , timeline_(surroundings.timeline)
    , model_(surroundings.model)
    , executor_(surroundings.executor)
    , theme_(&theme)
    , left_(new QDockWidget(tr("Attention maps"), &window_))
    , right_(new QDockWidget(tr("Body, cursor and words"), &window_))
    , picker_(new MapPicker(model_, theme, left_))
    , page_(new MapPage(model_, executor_, theme, &window_))
    , side_(new QSplitter(Qt::Vertical, right_))
    , tabs_(new QTabWidget(side_))
    , cursor_(new CursorPanel(model_, theme, tabs_))
    , words_(new WordsPanel(tabs_)) {
    buildDocks();
    connectPicker();
    connect(page_, &MapPage::hinted, this, &AnalyseWorkspace::hinted);
    connect(&model_, &AttentionModel::exportRequested, this, &AnalyseWorkspace::exportFigure);
    connect(words_, &WordsPanel::frameChosen, &document_, &Document::goToFrame);
    connect(words_, &WordsPanel::rangeChosen, this, [this](const FrameRange& range) {
        document_.goToFrame(range.begin);
        timeline_.setSelection({range, lanesOf(inference::kAllParts)});
    });
    connect(&session_, &StudioSession::changed, this, &AnalyseWorkspace::refresh);
    connect(&document_, &Document::changed, this, [this](DocumentChanges changes) {
        if (shown_ && changes.testFlag(DocumentChange::Playhead))
            words_->setPlayhead(document_.frame());
    });
}

void AnalyseWorkspace::buildDocks() {
    for (QDockWidget* dock : {left_, right_}) {
        dock->setFeatures(QDockWidget::NoDockWidgetFeatures);
        dock->setTitleBarWidget(new QWidget(dock));
    }
    left_->setObjectName(QStringLiteral("analyseLeft"));
    right_->setObjectName(QStringLiteral("analyseRight"));
    auto* scroll = new QScrollArea(left_);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(picker_);
    left_->setWidget(scroll);
    tabs_->setObjectName(QStringLiteral("panelTabs"));
    tabs_->setDocumentMode(true);
    tabs_->addTab(cursor_, tr("At the cursor"));
    tabs_->addTab(words_, tr("Words"));
    tabs_->tabBar()->setAccessibleName(tr("Panels"));
    tabs_->tabBar()->setToolTip(tr("What the map says at the cursor, or all words with scores"));
    side_->setChildrenCollapsible(false);
    side_->addWidget(tabs_);
    right_->setWidget(side_);
    window_.addDockWidget(Qt::LeftDockWidgetArea, left_);
    window_.addDockWidget(Qt::RightDockWidgetArea, right_);
    left_->hide();
    right_->hide();
    page_->hide();
}

void AnalyseWorkspace::connectPicker() {
    connect(picker_, &MapPicker::hinted, this, &AnalyseWorkspace::hinted);
    connect(picker_, &MapPicker::sourceChosen, this, [this](int index) {
        if (index >= 0 && static_cast<std::size_t>(index) < sources_.size())
            session_.showAsA(sources_[static_cast<std::size_t>(index)]);
    });
    connect(picker_, &MapPicker::comparisonChosen, this, [this](int index) {
        const project::ItemId now = session_.state().choice.b;
        const bool one = index >= 0 && static_cast<std::size_t>(index) < sources_.size();
        const project::ItemId wanted =
            one ? sources_[static_cast<std::size_t>(index)] : project::ItemId{};
        // To name B once more is to compare with nothing.
        if (wanted != now) session_.compareAsB(one ? wanted : now);
        model_.setCompare(one ? MapCompare::Difference : MapCompare::Off);
    });
}

void AnalyseWorkspace::setTheme(const Theme& theme) {
    theme_ = &theme;
    picker_->setTheme(theme);
    page_->setTheme(theme);
    cursor_->setTheme(theme);
    if (figure_) figure_->panel().setTheme(theme);
}

void AnalyseWorkspace::setShown(bool shown, ViewportPanel& viewport) {
    shown_ = shown;
    if (shown) {
        side_->insertWidget(0, &viewport);
        viewport.show();
        side_->setStretchFactor(0, 3);
        side_->setStretchFactor(1, 2);
        refresh();
    }
    left_->setVisible(shown);
    right_->setVisible(shown);
    page_->setVisible(shown);
}

void AnalyseWorkspace::placePanels(int windowWidth) {
    const bool narrow = windowWidth < kRoomForAll;
    left_->setFixedWidth(narrow ? kNarrowLeft : kLeftWidth);
    right_->setFixedWidth(narrow ? kNarrowRight : kRightWidth);
}

void AnalyseWorkspace::showTakes() {
    sources_.clear();
    QStringList names;
    int a = -1;
    int b = -1;
    for (const project::Take& take : session_.state().takes) {
        if (take.deleted) continue;
        if (session_.takeA() == &take) a = static_cast<int>(sources_.size());
        if (session_.takeB() == &take) b = static_cast<int>(sources_.size());
        sources_.push_back(take.id);
        names.append(session_.analysisOf(take) != nullptr ? text(take.name)
                                                          : tr("%1 (no map)").arg(text(take.name)));
    }
    picker_->setSources(names, a, b);
}

void AnalyseWorkspace::refresh() {
    if (!shown_) return;
    showTakes();
    const project::Take* const a = session_.takeA();
    const auto analysis = a == nullptr ? nullptr : session_.analysisOf(*a);
    const auto said = session_.state().transcript.pointer();
    if (analysis == rated_ && said == said_) return;
    rated_ = analysis;
    said_ = said;
    words_->setWords(said ? ratedWords(*said, analysis.get(), document_.rate())
                          : std::vector<RatedSpeechWord>(),
                     document_.rate());
    words_->setPlayhead(document_.frame());
}

void AnalyseWorkspace::exportFigure() {
    if (!figure_) {
        figure_ = new FigureDialog(model_, executor_, *theme_, &window_);
        figure_->setAttribute(Qt::WA_DeleteOnClose);
        const QString pictures = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation);
        if (!pictures.isEmpty()) figure_->panel().setFolder(pictures);
    }
    figure_->show();
    figure_->raise();
    figure_->activateWindow();
}

std::vector<QWidget*> AnalyseWorkspace::areas() const { return {picker_, page_, side_}; }

} // namespace gesture::app
