// SPDX-License-Identifier: Apache-2.0
#include "app/studio/widgets/status_bar.h"

#include "app/studio/theme/icons.h"

#include <QEvent>
#include <QHBoxLayout>

namespace gesture::app {

namespace {

constexpr int kHeight = 27;
constexpr int kNoteMs = 8000;
constexpr int kShares = 1000; ///< Of a bar.

} // namespace

StatusBar::StatusBar(QWidget* parent)
    : QFrame(parent)
    , icon_(new QLabel(this))
    , text_(new QLabel(this))
    , job_(new QLabel(this))
    , bar_(new QProgressBar(this))
    , count_(new QLabel(this))
    , run_(new QWidget(this))
    , runName_(new QLabel(run_))
    , runBar_(new QProgressBar(run_))
    , runState_(new QLabel(run_))
    , frameRate_(new QLabel(this))
    , sound_(new QLabel(this)) {
    setObjectName(QStringLiteral("statusBar"));
    setFixedHeight(kHeight);
    text_->setObjectName(QStringLiteral("status"));
    text_->setAccessibleName(tr("Status"));
    text_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    job_->setObjectName(QStringLiteral("status"));
    for (QLabel* label : {count_, frameRate_, sound_}) {
        label->setObjectName(QStringLiteral("mono"));
    }
    bar_->setFixedWidth(120);
    bar_->setTextVisible(false);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 0, 12, 0);
    row->setSpacing(8);
    row->addWidget(icon_);
    row->addWidget(text_, 1);
    row->addWidget(run_);
    for (QWidget* widget : {static_cast<QWidget*>(job_), static_cast<QWidget*>(bar_),
                            static_cast<QWidget*>(count_)}) {
        row->addWidget(widget);
    }
    row->addSpacing(8);
    row->addWidget(frameRate_);
    row->addSpacing(10);
    row->addWidget(sound_);
    buildRun();
    expiry_.setSingleShot(true);
    expiry_.setInterval(kNoteMs);
    connect(&expiry_, &QTimer::timeout, this, [this] { show(Kind::Hint, hint_); });
    hideJob();
}

void StatusBar::buildRun() {
    runName_->setObjectName(QStringLiteral("status"));
    runState_->setObjectName(QStringLiteral("mono"));
    constexpr int kBar = 90;
    runBar_->setFixedWidth(kBar);
    runBar_->setTextVisible(false);
    runBar_->setRange(0, kShares);
    auto* row = new QHBoxLayout(run_);
    row->setContentsMargins(0, 0, 8, 0);
    row->setSpacing(8);
    row->addWidget(runName_);
    row->addWidget(runBar_);
    row->addWidget(runState_);
    run_->setCursor(Qt::PointingHandCursor);
    run_->setToolTip(tr("Training goes on in a process of its own; click to see it."));
    run_->installEventFilter(this);
    run_->hide();
}

void StatusBar::showRun(const QString& name, double share, const QString& state) {
    constexpr int kLongestName = 150;
    runName_->setText(runName_->fontMetrics().elidedText(name, Qt::ElideMiddle, kLongestName));
    runBar_->setValue(static_cast<int>(share * kShares));
    runState_->setText(state);
    run_->setAccessibleName(tr("Training: %1, %2").arg(name, state));
    run_->show();
}

void StatusBar::hideRun() { run_->hide(); }

bool StatusBar::eventFilter(QObject* watched, QEvent* event) {
    if (watched == run_ && event->type() == QEvent::MouseButtonRelease) Q_EMIT runClicked();
    return QFrame::eventFilter(watched, event);
}

void StatusBar::setTheme(const Theme& theme) {
    theme_ = &theme;
    show(kind_, full_);
}

void StatusBar::setHint(const QString& hint) {
    hint_ = hint;
    if (kind_ == Kind::Hint) show(Kind::Hint, hint);
}

void StatusBar::note(const QString& sentence) {
    show(Kind::Note, sentence);
    expiry_.start();
}

void StatusBar::warn(const QString& sentence) {
    expiry_.stop();
    show(Kind::Warning, sentence);
}

void StatusBar::show(Kind kind, const QString& text) {
    kind_ = kind;
    full_ = text;
    if (theme_ != nullptr) {
        const bool warning = kind == Kind::Warning;
        icon_->setPixmap(iconPixmap(warning ? QStringLiteral("exclamation-triangle")
                                            : QStringLiteral("info-circle"),
                                    warning ? theme_->warn : theme_->tx3, 13, devicePixelRatioF()));
    }
    elide();
}

void StatusBar::elide() {
    text_->setText(text_->fontMetrics().elidedText(full_, Qt::ElideRight, text_->width()));
    text_->setToolTip(full_);
}

void StatusBar::showJob(const QString& what, int done, int total) {
    job_->setText(what);
    bar_->setRange(0, total);
    bar_->setValue(done);
    count_->setText(total > 0 ? tr("%1 of %2").arg(done + 1).arg(total) : QString());
    for (QWidget* widget : {static_cast<QWidget*>(job_), static_cast<QWidget*>(bar_),
                            static_cast<QWidget*>(count_)}) {
        widget->show();
    }
}

void StatusBar::hideJob() {
    job_->hide();
    bar_->hide();
    count_->hide();
}

void StatusBar::showFrameRate(int perSecond) {
    frameRate_->setText(perSecond > 0 ? tr("%1 fps").arg(perSecond) : QString());
    frameRate_->setToolTip(tr("Pictures of the body a second"));
}

void StatusBar::showSound(const QString& text, const QString& tip) {
    sound_->setText(text);
    sound_->setToolTip(tip);
}

void StatusBar::mousePressEvent(QMouseEvent*) {
    expiry_.stop();
    show(Kind::Hint, hint_);
}

void StatusBar::resizeEvent(QResizeEvent* event) {
    QFrame::resizeEvent(event);
    QMetaObject::invokeMethod(
        this, [this] { elide(); }, Qt::QueuedConnection);
}

} // namespace gesture::app
