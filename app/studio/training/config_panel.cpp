// SPDX-License-Identifier: Apache-2.0
#include "app/studio/training/config_panel.h"

#include "app/studio/theme/icons.h"
#include "app/studio/theme/style_sheet.h"
#include "app/studio/training/run_texts.h"
#include "core/base/atomic_file.h"

#include <QHBoxLayout>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QSignalBlocker>
#include <QStorageInfo>
#include <QTabBar>

#include <algorithm>

namespace gesture::app {

namespace {

constexpr int kCheckAfterMs = 200;

} // namespace

ConfigPanel::ConfigPanel(const std::filesystem::path& trainer, std::filesystem::path scratch,
                         const Theme& theme, QWidget* parent)
    : PanelFrame(tr("Config"), theme, parent)
    , checker_(new TrainerTool(trainer, this))
    , scratch_(std::move(scratch))
    , tabs_(new QTabWidget(this))
    , name_(new QLineEdit(this))
    , editor_(new ConfigEditor(theme, tabs_))
    , form_(new ConfigForm(tabs_))
    , diff_(new QTextEdit(tabs_))
    , icon_(new QLabel(this))
    , sentence_(new QLabel(this))
    , needs_(new QLabel(this))
    , goTo_(new QPushButton(tr("Go to error"), this))
    , estimate_(new QPushButton(tr("Estimate"), this))
    , queue_(new QPushButton(tr("Add to queue"), this))
    , start_(new QPushButton(tr("Start"), this))
    , copy_(new QPushButton(tr("New run from this one"), this))
    , discard_(new QPushButton(tr("Discard"), this)) {
    setTitleVisible(false);
    body().setContentsMargins(0, 0, 0, 0);
    body().setSpacing(0);
    name_->setPlaceholderText(tr("Name of the run"));
    name_->setAccessibleName(tr("Name of the run"));
    tabs_->setObjectName(QStringLiteral("panelTabs"));
    tabs_->setDocumentMode(true);
    tabs_->tabBar()->setToolTip(tr("The configuration as text, as fields, and what is different"));
    tabs_->tabBar()->setAccessibleName(tr("Panels"));
    tabs_->addTab(editor_, tr("Config"));
    tabs_->addTab(form_, tr("Form"));
    tabs_->addTab(diff_, tr("Diff to base"));
    diff_->setObjectName(QStringLiteral("code"));
    diff_->setReadOnly(true);
    diff_->setLineWrapMode(QTextEdit::NoWrap);
    diff_->setAccessibleName(tr("What is different from where it began"));
    auto* head = new QHBoxLayout;
    head->setContentsMargins(12, 8, 12, 8);
    head->addWidget(name_);
    body().addWidget(tabs_, 1);
    body().addLayout(head);
    buildFoot();
    wait_.setSingleShot(true);
    wait_.setInterval(kCheckAfterMs);
    connect(&wait_, &QTimer::timeout, this, &ConfigPanel::check);
    connect(editor_, &QPlainTextEdit::textChanged, this, &ConfigPanel::onEdited);
    connect(name_, &QLineEdit::textChanged, this, &ConfigPanel::showButtons);
    connect(form_, &ConfigForm::valueChanged, this,
            [this](const QString& key, const QString& value) {
                editor_->setPlainText(withConfigValue(editor_->toPlainText(), key, value));
            });
    connect(tabs_, &QTabWidget::currentChanged, this, &ConfigPanel::showDiff);
    showVerdict(Verdict::None, {});
    showButtons();
}

void ConfigPanel::buildFoot() {
    auto* foot = new QFrame(this);
    foot->setObjectName(QStringLiteral("foot"));
    auto* column = new QVBoxLayout(foot);
    column->setContentsMargins(12, 10, 12, 12);
    column->setSpacing(8);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    sentence_->setWordWrap(true);
    sentence_->setTextFormat(Qt::PlainText);
    row->addWidget(icon_, 0, Qt::AlignTop);
    row->addWidget(sentence_, 1);
    needs_->setWordWrap(true);
    needs_->setObjectName(QStringLiteral("secondary"));
    auto* small = new QHBoxLayout;
    small->setSpacing(8);
    for (QPushButton* button : {goTo_, estimate_, discard_})
        small->addWidget(button, 1);
    auto* large = new QHBoxLayout;
    large->setSpacing(8);
    for (QPushButton* button : {queue_, copy_})
        button->setObjectName(QStringLiteral("wide"));
    start_->setObjectName(QStringLiteral("primary"));
    for (QPushButton* button : {queue_, copy_, start_})
        large->addWidget(button, 1);
    goTo_->setToolTip(tr("Show the line that is wrong"));
    estimate_->setToolTip(tr("Make a few steps, and say what the whole run would take"));
    queue_->setToolTip(tr("Train it when those before it are done (Ctrl+Enter)"));
    start_->setToolTip(tr("Train it now"));
    discard_->setToolTip(tr("Forget what is written here"));
    copy_->setToolTip(tr("Begin a new run with this configuration (Ctrl+Shift+N)"));
    column->addLayout(row);
    column->addWidget(needs_);
    column->addLayout(small);
    column->addLayout(large);
    body().addWidget(foot);
    connect(goTo_, &QPushButton::clicked, this, [this] {
        tabs_->setCurrentWidget(editor_);
        editor_->goToLine(faultLine_);
    });
    connect(estimate_, &QPushButton::clicked, this, &ConfigPanel::estimate);
    connect(queue_, &QPushButton::clicked, this, &ConfigPanel::queueRequested);
    connect(start_, &QPushButton::clicked, this, &ConfigPanel::startRequested);
    connect(copy_, &QPushButton::clicked, this, &ConfigPanel::copyRequested);
    connect(discard_, &QPushButton::clicked, this, [this] {
        leave();
        Q_EMIT discarded();
    });
}

void ConfigPanel::setTheme(const Theme& theme) {
    PanelFrame::setTheme(theme);
    editor_->setTheme(theme);
    showVerdict(verdict_, sentence_->text());
    showDiff();
}

void ConfigPanel::showRun(const RunRecord& run, const QString& yaml, const QString& base) {
    wait_.stop();
    checker_->drop();
    mode_ = Mode::Shown;
    valid_ = false;
    {
        const QSignalBlocker quiet(editor_);
        if (editor_->toPlainText() != yaml) editor_->setPlainText(yaml);
    }
    name_->setText(run.name);
    baseName_ = run.notes.base;
    baseText_ = base;
    editor_->setFault(0, {});
    editor_->setReadOnly(true);
    form_->setText(yaml);
    form_->setReadOnly(true);
    needs_->clear();
    showVerdict(Verdict::None, isActive(run.state) ? tr("This is what the run trains with.")
                                                   : tr("This is what the run was trained with."));
    showDiff();
    showButtons();
}

void ConfigPanel::edit(Mode mode, const QString& name, const QString& yaml, const QString& base) {
    mode_ = mode;
    name_->setText(name);
    baseName_ = base;
    baseText_ = yaml;
    editor_->setReadOnly(false);
    form_->setReadOnly(false);
    editor_->setPlainText(yaml);
    tabs_->setCurrentWidget(editor_);
    onEdited();
}

void ConfigPanel::leave() {
    wait_.stop();
    checker_->drop();
    mode_ = Mode::Empty;
    valid_ = false;
    showVerdict(Verdict::None, {});
    showButtons();
}

void ConfigPanel::setBaseText(const QString& yaml) {
    baseText_ = yaml;
    showDiff();
}

void ConfigPanel::onEdited() {
    if (!writing()) return;
    valid_ = false;
    form_->setText(text());
    needs_->clear();
    showDiff();
    showVerdict(Verdict::Checking, tr("Checking…"));
    showButtons();
    wait_.start();
}

void ConfigPanel::check() {
    std::error_code ignored;
    std::filesystem::create_directories(scratch_.parent_path(), ignored);
    if (auto written = writeTextAtomically(scratch_, text().toStdString()); !written)
        return showVerdict(Verdict::Bad, QString::fromStdString(written.error().message()));
    const QStringList question{QStringLiteral("check"), QString::fromStdString(scratch_.string()),
                               QStringLiteral("--quick"), QStringLiteral("--json")};
    checker_->ask(question, [this](const TrainerTool::Answer& answer) {
        valid_ = answer.status == 0;
        const ConfigFault fault = valid_ ? ConfigFault{} : faultOf(answer.sentence);
        faultLine_ = fault.line;
        editor_->setFault(fault.line, fault.sentence);
        if (valid_) {
            const QJsonObject plan = QJsonDocument::fromJson(answer.output).object();
            const double steps = plan[QLatin1String("steps")].toDouble();
            const double epoch = std::max(1.0, plan[QLatin1String("steps_per_epoch")].toDouble());
            showVerdict(
                Verdict::Good,
                tr("Ready: %1 steps, %2 epochs, %3 parameters, on %4.")
                    .arg(QLocale().toString(steps, 'f', 0),
                         QLocale().toString(steps / epoch, 'f', 1),
                         QLocale().toString(plan[QLatin1String("parameters")].toDouble(), 'f', 0),
                         deviceText(plan[QLatin1String("device")].toString().toStdString())));
        } else {
            showVerdict(Verdict::Bad, fault.line > 0
                                          ? tr("Line %1: %2").arg(fault.line).arg(fault.sentence)
                                          : fault.sentence);
        }
        showButtons();
        Q_EMIT checked(valid_);
    });
}

void ConfigPanel::estimate() {
    needs_->setText(tr("Making a few steps…"));
    const QStringList question{QStringLiteral("check"), QString::fromStdString(scratch_.string()),
                               QStringLiteral("--json")};
    checker_->ask(question, [this](const TrainerTool::Answer& answer) {
        if (answer.status != 0) return needs_->setText(answer.sentence);
        const QJsonObject plan = QJsonDocument::fromJson(answer.output).object();
        const QStorageInfo disk(QString::fromStdString(scratch_.parent_path().string()));
        needs_->setText(
            tr("Needs about %1 and %2 of memory; a checkpoint takes about %3, %4 are free.")
                .arg(durationText(plan[QLatin1String("seconds")].toDouble()),
                     bytesText(plan[QLatin1String("memory_bytes")].toDouble()),
                     bytesText(plan[QLatin1String("state_bytes")].toDouble()),
                     bytesText(static_cast<double>(disk.bytesAvailable()))));
    });
}

void ConfigPanel::showVerdict(Verdict verdict, const QString& sentence) {
    verdict_ = verdict;
    const Theme& colours = theme();
    QString icon = QStringLiteral("info-circle");
    QColor colour = colours.tx3;
    if (verdict == Verdict::Good) {
        icon = QStringLiteral("check-circle");
        colour = colours.ok;
    } else if (verdict == Verdict::Bad) {
        icon = QStringLiteral("x-circle-fill");
        colour = colours.err;
    }
    icon_->setPixmap(iconPixmap(icon, colour, 14, devicePixelRatioF()));
    sentence_->setText(sentence.isEmpty() ? tr("Choose a run, or begin a new one.") : sentence);
}

void ConfigPanel::showDiff() {
    if (tabs_->currentWidget() != diff_) return;
    const Theme& colours = theme();
    QString html;
    bool different = false;
    for (const DiffLine& line : diffOf(baseText_, text())) {
        const bool added = line.kind == DiffLine::Kind::Added;
        const bool same = line.kind == DiffLine::Kind::Same;
        different = different || !same;
        const QColor colour = same ? colours.tx3 : added ? colours.ok : colours.err;
        html +=
            QStringLiteral("<span style='color:%1'>%2 %3</span><br>")
                .arg(colour.name(),
                     same    ? QStringLiteral("&nbsp;")
                     : added ? QStringLiteral("+")
                             : QStringLiteral("−"),
                     line.text.toHtmlEscaped().replace(QLatin1Char(' '), QStringLiteral("&nbsp;")));
    }
    const QString head = baseName_.isEmpty() ? tr("Nothing to compare with.")
                         : different         ? tr("Against %1").arg(baseName_)
                                             : tr("The same as %1.").arg(baseName_);
    diff_->setHtml(
        QStringLiteral("<p style='color:%1'>%2</p><p style='font-family:\"JetBrains "
                       "Mono\"; font-size:11px; white-space:pre'>%3</p>")
            .arg(colours.tx2.name(), head.toHtmlEscaped(), baseName_.isEmpty() ? QString() : html));
}

void ConfigPanel::showButtons() {
    const bool written = writing();
    const bool ready = written && valid_ && !name_->text().trimmed().isEmpty();
    name_->setReadOnly(mode_ != Mode::New);
    name_->setVisible(mode_ == Mode::New);
    goTo_->setVisible(written && faultLine_ > 0 && verdict_ == Verdict::Bad);
    estimate_->setVisible(written && valid_);
    needs_->setVisible(written && valid_);
    queue_->setVisible(written);
    discard_->setVisible(written);
    start_->setVisible(written);
    queue_->setEnabled(ready);
    start_->setEnabled(ready);
    start_->setText(mode_ == Mode::Edited ? tr("Save and go on") : tr("Start"));
    copy_->setVisible(mode_ == Mode::Shown);
}

} // namespace gesture::app
