// SPDX-License-Identifier: Apache-2.0
#include "app/studio/workspace/side_panels.h"

#include "app/studio/workspace/bundle_training.h"
#include "app/studio/workspace/take_words.h"

#include <QFileDialog>
#include <QLocale>
#include <QTabBar>

#include <cmath>

namespace gesture::app {

namespace {

constexpr int kLeftWidth = 300;
constexpr int kLowLeftWidth = 272;

QString text(const std::string& words) { return QString::fromStdString(words); }

QString secondsLeft(double seconds) {
    return SidePanels::tr("%1 s left").arg(QLocale().toString(seconds, 'f', seconds < 10 ? 1 : 0));
}

/// "0:15 · 16 kHz mono · 48 words"
QString detailOf(const project::ProjectState& state) {
    const project::AudioReference& audio = state.audio;
    if (audio.sampleRate == 0) return {};
    const double seconds = static_cast<double>(audio.sampleCount) / audio.sampleRate;
    const QString channels = audio.channels == 1 ? SidePanels::tr("mono")
                             : audio.channels == 2
                                 ? SidePanels::tr("stereo")
                                 : SidePanels::tr("%1 channels").arg(audio.channels);
    const auto words = static_cast<int>(state.transcript->words.size());
    return SidePanels::tr("%1:%2 · %3 kHz %4 · %5")
        .arg(static_cast<int>(seconds) / 60)
        .arg(static_cast<int>(seconds) % 60, 2, 10, QLatin1Char('0'))
        .arg(QLocale().toString(audio.sampleRate / 1000.0, 'g', 4), channels,
             words == 0 ? SidePanels::tr("no words") : SidePanels::tr("%n words", nullptr, words));
}

} // namespace

SidePanels::SidePanels(QMainWindow& window, StudioSession& session, Document& document,
                       const Actions& actions, const Theme& theme)
    : QObject(&window)
    , session_(session)
    , document_(document)
    , left_(new QDockWidget(tr("Generate and takes"), &window))
    , stacked_(new QWidget(left_))
    , tabs_(new QTabWidget(left_))
    , generate_(new GeneratePanel(theme, left_))
    , takes_(new TakesPanel(theme, left_)) {
    left_->setObjectName(QStringLiteral("leftDock"));
    left_->setFeatures(QDockWidget::NoDockWidgetFeatures);
    left_->setTitleBarWidget(new QWidget(left_));
    auto* column = new QVBoxLayout(stacked_);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    tabs_->setObjectName(QStringLiteral("panelTabs"));
    tabs_->setDocumentMode(true);
    tabs_->tabBar()->setToolTip(tr("Generate motion, or choose among its takes"));
    tabs_->tabBar()->setAccessibleName(tr("Panels"));
    window.addDockWidget(Qt::LeftDockWidgetArea, left_);
    window.setCorner(Qt::BottomLeftCorner, Qt::BottomDockWidgetArea);
    window.setCorner(Qt::BottomRightCorner, Qt::BottomDockWidgetArea);
    place(false);
    connectGenerate(actions);
    connectTakes();
    connect(&session_, &StudioSession::changed, this, [this] {
        showGenerate();
        showTakes();
    });
    connect(&session_, &StudioSession::jobsChanged, this, &SidePanels::showGenerate);
    showGenerate();
    showTakes();
}

void SidePanels::place(bool low) {
    if (low) {
        tabs_->addTab(generate_, tr("Generate"));
        tabs_->addTab(takes_, tr("Takes"));
        left_->setWidget(tabs_);
    } else {
        stacked_->layout()->addWidget(generate_);
        stacked_->layout()->addWidget(takes_);
        static_cast<QVBoxLayout*>(stacked_->layout())->setStretchFactor(takes_, 1);
        left_->setWidget(stacked_);
        generate_->show();
        takes_->show();
    }
    (low ? static_cast<QWidget*>(tabs_) : stacked_)->show();
    (low ? stacked_ : static_cast<QWidget*>(tabs_))->hide();
    generate_->setTitleVisible(!low);
    takes_->setTitleVisible(!low);
    left_->setFixedWidth(low ? kLowLeftWidth : kLeftWidth);
}

void SidePanels::setLow(bool low) {
    if (low == low_) return;
    low_ = low;
    place(low);
}

void SidePanels::setTheme(const Theme& theme) {
    generate_->setTheme(theme);
    takes_->setTheme(theme);
}

void SidePanels::connectGenerate(const Actions& actions) {
    const auto triggers = [&](auto signal, ActionId id) {
        connect(generate_, signal, &actions[id], &QAction::trigger);
    };
    triggers(&GeneratePanel::openRequested, ActionId::FileOpen);
    triggers(&GeneratePanel::newTakesRequested, ActionId::GenNewTakes);
    triggers(&GeneratePanel::regenerateRequested, ActionId::GenRegenerate);
    triggers(&GeneratePanel::cancelRequested, ActionId::GenCancel);
    connect(takes_, &TakesPanel::newTakesRequested, &actions[ActionId::GenNewTakes],
            &QAction::trigger);
    connect(generate_, &GeneratePanel::settingsChanged, this,
            [this](const project::GenerateSettings& settings) {
                session_.apply(project::SetGenerate{settings});
            });
    connect(generate_, &GeneratePanel::startPoseRequested, this, [this] {
        auto* dialog =
            new QFileDialog(generate_, tr("Motion to begin with"), {}, tr("Motion (*.npz)"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
            project::GenerateSettings settings = session_.state().generate;
            settings.startPose = file.toStdString();
            session_.apply(project::SetGenerate{settings});
        });
        connect(dialog, &QFileDialog::rejected, this, &SidePanels::showGenerate);
        dialog->open();
    });
}

void SidePanels::connectTakes() {
    connect(takes_, &TakesPanel::chosen, this, [this](project::ItemId take, TakeBadge as) {
        as == TakeBadge::B ? session_.compareAsB(take) : session_.showAsA(take);
    });
    connect(takes_, &TakesPanel::renamed, this, [this](project::ItemId take, const QString& name) {
        session_.apply(project::RenameTake{take, name.toStdString()});
    });
    connect(takes_, &TakesPanel::starred, this, [this](project::ItemId take, bool on) {
        session_.apply(project::StarTake{take, on});
    });
    connect(takes_, &TakesPanel::deleteRequested, this,
            [this](project::ItemId take) { session_.apply(project::DeleteTake{take}); });
    connect(takes_, &TakesPanel::restoreRequested, this, [this](project::ItemId take) {
        session_.apply(project::DeleteTake{take, false});
    });
    connect(takes_, &TakesPanel::duplicateRequested, this, [this](project::ItemId id) {
        const project::Take* const take = project::findTake(session_.state(), id);
        if (take == nullptr) return;
        project::Take copy = *take;
        copy.id = {};
        copy.name = nextTakeName(session_.state(), take);
        copy.parent = take->id;
        session_.apply(project::AddTakes{{std::move(copy)}, project::AddTakes::Choose::No});
    });
}

void SidePanels::showGenerate() {
    const project::ProjectState& state = session_.state();
    GenerateContent content;
    content.sourceName = text(state.audio.path.filename().string());
    content.sourceDetail = detailOf(state);
    content.bundles = session_.bundles();
    content.settings = state.generate;
    content.masked = !state.mask->empty() && session_.takeA() != nullptr;
    if (content.masked && session_.bundle() != nullptr) {
        const auto judged =
            inference::judgeMask(*state.mask, maskTrainingOf(session_.bundle()->architecture));
        if (!judged.notes.empty()) content.remark = text(judged.notes.front().text);
    }
    if (!session_.jobs().empty()) {
        const StudioSession::Job& job = session_.jobs().front();
        const Progress& progress = job.progress;
        const double share = progress.total > 0 ? static_cast<double>(progress.done) /
                                                      static_cast<double>(progress.total)
                                                : -1.0;
        content.running = GenerateContent::Running{
            progress.stage.empty() ? job.title
                                   : QStringLiteral("%1: %2").arg(job.title, text(progress.stage)),
            share, progress.secondsLeft ? secondsLeft(*progress.secondsLeft) : QString()};
    }
    content.obstacle = session_.obstacle();
    generate_->setContent(content);
}

void SidePanels::showTakes() {
    const project::ProjectState& state = session_.state();
    const project::Take* const a = session_.takeA();
    std::vector<TakeEntry> rows;
    for (const project::Take& take : state.takes) {
        TakeEntry row;
        row.deleted = take.deleted;
        row.id = take.id;
        row.name = text(take.name);
        row.recipe = recipeText(take);
        row.starred = take.starred;
        row.outOfDate = session_.outOfDate(take);
        if (take.deleted)
            row.badge = TakeBadge::None;
        else if (a != nullptr && take.id == a->id)
            row.badge = TakeBadge::A;
        else if (take.id == state.choice.b)
            row.badge = TakeBadge::B;
        rows.push_back(std::move(row));
    }
    takes_->setRows(rows);
    takes_->setObstacle(session_.obstacle());
}

} // namespace gesture::app
