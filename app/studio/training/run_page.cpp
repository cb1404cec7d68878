// SPDX-License-Identifier: Apache-2.0
#include "app/studio/training/run_page.h"

#include "app/studio/theme/icons.h"
#include "app/studio/theme/style_sheet.h"
#include "app/studio/training/run_texts.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QLocale>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace gesture::app {

namespace {

constexpr int kTitleHeight = 34;

/// A button in a title bar that an action works.
QPushButton* actionButton(QAction& action, QWidget* parent) {
    auto* button = new QPushButton(action.text().remove(QLatin1Char('&')), parent);
    button->setToolTip(action.toolTip());
    const auto follow = [button, &action] {
        button->setVisible(action.isEnabled());
        button->setText(action.text().remove(QLatin1Char('&')));
        button->setToolTip(action.toolTip());
    };
    QObject::connect(&action, &QAction::changed, button, follow);
    QObject::connect(button, &QPushButton::clicked, &action, &QAction::trigger);
    follow();
    return button;
}

} // namespace

RunPage::RunPage(const Buttons& buttons, const Theme& theme, QWidget* parent)
    : QFrame(parent)
    , theme_(&theme)
    , stack_(new QStackedWidget(this))
    , page_(new QWidget(stack_))
    , empty_(new MessageCard(theme, stack_))
    , bar_(new QWidget(page_))
    , name_(new QLabel(bar_))
    , detail_(new QLabel(bar_))
    , advice_(new QFrame(page_))
    , adviceIcon_(new QLabel(advice_))
    , adviceText_(new QLabel(advice_))
    , adviceButton_(new QPushButton(advice_))
    , board_(new CurveBoard(theme, page_))
    , tabs_(new QTabWidget(page_))
    , log_(new LogView(theme, tabs_))
    , checkpoints_(new CheckpointTable(tabs_))
    , tags_(new QLineEdit(tabs_))
    , notes_(new QPlainTextEdit(tabs_)) {
    setObjectName(QStringLiteral("panel"));
    setAccessibleName(tr("Run"));
    buildTitle(buttons);
    buildAdvice();
    auto* upper = new QWidget(page_);
    auto* column = new QVBoxLayout(upper);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    buildFigures();
    column->addWidget(advice_);
    auto* figures = new QHBoxLayout;
    figures->setContentsMargins(16, 10, 16, 2);
    for (const Figure& figure : figures_) {
        auto* cell = new QVBoxLayout;
        cell->setSpacing(3);
        cell->addWidget(figure.name);
        cell->addWidget(figure.value);
        figures->addLayout(cell, 1);
    }
    column->addLayout(figures);
    column->addWidget(board_, 1);
    buildTabs();
    auto* split = new QSplitter(Qt::Vertical, page_);
    split->setChildrenCollapsible(false);
    split->setHandleWidth(2);
    split->addWidget(upper);
    split->addWidget(tabs_);
    split->setStretchFactor(0, 4);
    split->setStretchFactor(1, 1);
    auto* all = new QVBoxLayout(page_);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addWidget(bar_);
    all->addWidget(split, 1);
    auto* middle = new QWidget(stack_);
    auto* centred = new QGridLayout(middle);
    centred->addWidget(empty_, 0, 0, Qt::AlignCenter);
    empty_->setMessage(QStringLiteral("graph-up"), tr("No runs yet."), tr("Start from a template"));
    connect(&empty_->button(), &QPushButton::clicked, buttons.fresh, &QAction::trigger);
    stack_->addWidget(middle);
    stack_->addWidget(page_);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(stack_);
    connect(board_, &CurveBoard::exportRequested, this, &RunPage::exportRequested);
    connect(checkpoints_, &CheckpointTable::useRequested, this, &RunPage::useRequested);
    connect(checkpoints_, &CheckpointTable::deleteRequested, this, &RunPage::deleteRequested);
    setTheme(theme);
}

void RunPage::buildTitle(const Buttons& buttons) {
    bar_->setFixedHeight(kTitleHeight + 6);
    name_->setObjectName(QStringLiteral("title"));
    detail_->setObjectName(QStringLiteral("hint"));
    detail_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* row = new QHBoxLayout(bar_);
    row->setContentsMargins(16, 0, 12, 0);
    row->setSpacing(8);
    row->addWidget(name_);
    row->addSpacing(6);
    row->addWidget(detail_, 1);
    for (QAction* action :
         {buttons.config, buttons.use, buttons.checkpoint, buttons.resume, buttons.stop})
        row->addWidget(actionButton(*action, bar_));
}

void RunPage::buildFigures() {
    for (Figure& figure : figures_) {
        figure.name = new QLabel(page_);
        figure.name->setObjectName(QStringLiteral("hint"));
        figure.value = new QLabel(page_);
        figure.value->setFont(themeFont(16, 600, FontFamily::Mono));
        figure.value->setObjectName(QStringLiteral("figure"));
        figure.value->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    }
}

void RunPage::buildAdvice() {
    advice_->setObjectName(QStringLiteral("advice"));
    adviceText_->setTextFormat(Qt::PlainText);
    adviceText_->setWordWrap(true);
    adviceText_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* row = new QHBoxLayout(advice_);
    row->setContentsMargins(16, 8, 12, 8);
    row->setSpacing(10);
    row->addWidget(adviceIcon_, 0, Qt::AlignTop);
    row->addWidget(adviceText_, 1);
    row->addWidget(adviceButton_);
    advice_->hide();
    connect(adviceButton_, &QPushButton::clicked, this, [this] {
        if (run_) Q_EMIT adviceTaken(adviceFor(*run_).step);
    });
}

void RunPage::buildTabs() {
    tabs_->setObjectName(QStringLiteral("panelTabs"));
    tabs_->setDocumentMode(true);
    tabs_->tabBar()->setToolTip(tr("What the run said, wrote, and what you noted"));
    tabs_->tabBar()->setAccessibleName(tr("Panels"));
    tabs_->setMinimumHeight(120);
    tabs_->addTab(log_, tr("Log"));
    tabs_->addTab(checkpoints_, tr("Checkpoints"));
    auto* notes = new QWidget(tabs_);
    auto* column = new QVBoxLayout(notes);
    column->setContentsMargins(12, 8, 12, 12);
    column->setSpacing(8);
    tags_->setPlaceholderText(tr("Tags, separated by commas"));
    tags_->setAccessibleName(tr("Tags"));
    notes_->setPlaceholderText(tr("What you tried, and what came of it"));
    notes_->setAccessibleName(tr("Notes"));
    column->addWidget(tags_);
    column->addWidget(notes_, 1);
    tabs_->addTab(notes, tr("Notes"));
    connect(tags_, &QLineEdit::editingFinished, this, &RunPage::sendNotes);
    connect(notes_, &QPlainTextEdit::textChanged, this, &RunPage::sendNotes);
}

void RunPage::sendNotes() {
    if (!run_) return;
    RunNotes notes = run_->notes;
    notes.text = notes_->toPlainText();
    notes.tags = tags_->text();
    if (notes != run_->notes) Q_EMIT notesChanged(notes);
}

void RunPage::setTheme(const Theme& theme) {
    theme_ = &theme;
    empty_->setTheme(theme);
    board_->setTheme(theme);
    log_->setTheme(theme);
    adviceIcon_->setPixmap(
        iconPixmap(QStringLiteral("exclamation-circle"), theme.err, 16, devicePixelRatioF()));
    if (run_) showFigures(*run_);
}

void RunPage::setRun(const std::shared_ptr<const RunRecord>& run,
                     const std::vector<std::shared_ptr<const RunRecord>>& compared) {
    const bool another = !run || !run_ || run->folder != run_->folder;
    run_ = run;
    stack_->setCurrentIndex(run ? 1 : 0);
    if (!run) return;
    name_->setText(run->name);
    QStringList detail{run->stage.empty() ? stateText(run->state) : stageText(run->stage)};
    if (!run->notes.base.isEmpty()) detail.append(tr("from %1").arg(run->notes.base));
    if (run->begun > 0.0) detail.append(tr("started %1").arg(dateText(run->begun)));
    detail_->setText(detail.join(QStringLiteral(" · ")));
    detail_->setToolTip(QString::fromStdString(run->folder.string()));
    showFigures(*run);
    showAdvice(*run);
    board_->setCharts(chartsOf(*run, compared));
    log_->setLines(run->log);
    checkpoints_->setRun(*run);
    if (another) showNotes(*run);
}

void RunPage::showNotes(const RunRecord& run) {
    const QSignalBlocker quietTags(tags_);
    const QSignalBlocker quietNotes(notes_);
    tags_->setText(run.notes.tags);
    notes_->setPlainText(run.notes.text);
}

void RunPage::showFigures(const RunRecord& run) {
    const QLocale locale;
    const bool active = isActive(run.state);
    const auto set = [this](std::size_t at, const QString& name, const QString& value) {
        figures_[at].name->setText(name);
        figures_[at].value->setText(value);
        figures_[at].value->setToolTip(value);
        figures_[at].value->setAccessibleName(QStringLiteral("%1: %2").arg(name, value));
    };
    const auto total = static_cast<double>(run.totalSteps) /
                       static_cast<double>(std::max<std::int64_t>(1, run.stepsPerEpoch));
    set(0, tr("Epoch"),
        run.totalSteps > 0 ? tr("%1 / %2")
                                 .arg(locale.toString(run.epochs(), 'f', 1))
                                 .arg(locale.toString(total, 'f', 1))
                           : QStringLiteral("–"));
    set(1, tr("Step"),
        run.totalSteps > 0 ? tr("%1 / %2")
                                 .arg(static_cast<qlonglong>(run.step))
                                 .arg(static_cast<qlonglong>(run.totalSteps))
                           : QStringLiteral("–"));
    set(2, tr("Steps a second"),
        run.stepsPerSecond > 0.0 ? numberText(run.stepsPerSecond) : QStringLiteral("–"));
    if (active)
        set(3, tr("Time left"), durationText(run.secondsLeft));
    else
        set(3, tr("State"), stateText(run.state));
    set(4,
        run.selection.empty() ? tr("Best")
                              : tr("Best, %1").arg(figureText(run.selection).toLower()),
        run.best ? numberText(*run.best) : QStringLiteral("–"));
    figures_[4].value->setStyleSheet(run.best ? QStringLiteral("color: %1").arg(theme_->ok.name())
                                              : QString());
    const double now = static_cast<double>(QDateTime::currentSecsSinceEpoch());
    set(5, tr("Last checkpoint"),
        run.checkpoints.empty() ? QStringLiteral("–")
        : active                ? agoText(run.checkpoints.front().time, now)
                                : dateText(run.checkpoints.front().time));
}

void RunPage::showAdvice(const RunRecord& run) {
    const RunAdvice advice = adviceFor(run);
    advice_->setVisible(!advice.sentence.isEmpty());
    adviceText_->setText(QStringLiteral("%1 %2").arg(advice.sentence, advice.advice));
    adviceButton_->setText(advice.button);
    adviceButton_->setVisible(advice.step != RunAdvice::Step::None);
}

} // namespace gesture::app
