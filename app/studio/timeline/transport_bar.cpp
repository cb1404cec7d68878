// SPDX-License-Identifier: Apache-2.0
#include "app/studio/timeline/transport_bar.h"

#include "app/studio/widgets/keep_keys.h"

#include <QLocale>
#include <QSignalBlocker>

#include <cmath>

namespace gesture::app {

namespace {

constexpr int kSpeeds[] = {25, 50, 75, 100, 125, 150, 200};
constexpr int kZoomSteps = 1000;

QString speedText(int percent) {
    return QObject::tr("%1×").arg(QLocale().toString(percent / 100.0, 'f', percent % 10 ? 2 : 1));
}

} // namespace

TransportBar::TransportBar(Document& document, const Actions& actions, QWidget* parent)
    : QFrame(parent)
    , document_(document) {
    setObjectName(QStringLiteral("transportBar"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 0, 10, 0);
    row->setSpacing(0);
    auto* left = new QHBoxLayout;
    auto* middle = new QHBoxLayout;
    auto* right = new QHBoxLayout;
    for (QHBoxLayout* part : {left, middle, right}) {
        part->setSpacing(2);
    }
    addLeft(*left, actions);
    addMiddle(*middle, actions);
    addRight(*right, actions);
    row->addLayout(left, 1);
    row->addLayout(middle, 0);
    row->addLayout(right, 1);
    connect(&document_, &Document::changed, this, &TransportBar::onChanged);
    setCompact(false);
    onChanged();
}

void TransportBar::addLeft(QBoxLayout& row, const Actions& actions) {
    timecode_ = new TimecodeEdit(document_, this);
    frame_ = new QLabel(this);
    frame_->setObjectName(QStringLiteral("mono"));
    frame_->setAccessibleName(tr("Frame of the playhead"));
    row.addWidget(timecode_);
    row.addSpacing(4);
    row.addWidget(frame_);
    row.addSpacing(12);
    row.addWidget(addTools(actions));
    row.addSpacing(8);
    row.addWidget(button(actions[ActionId::ToolSnap], 14));
    row.addWidget(button(actions[ActionId::ToolCells], 14));
    row.addStretch(1);
}

QWidget* TransportBar::addTools(const Actions& actions) {
    auto* segment = new QFrame(this);
    segment->setObjectName(QStringLiteral("segment"));
    segment->setFixedHeight(26);
    auto* row = new QHBoxLayout(segment);
    row->setContentsMargins(1, 1, 1, 1);
    row->setSpacing(1);
    for (const ActionId id :
         {ActionId::ToolSelect, ActionId::ToolPaint, ActionId::ToolRange, ActionId::ToolErase}) {
        auto* tool = new QToolButton(segment);
        tool->setDefaultAction(&actions[id]);
        tool->setIconSize({14, 14});
        tool->setAccessibleName(actions[id].statusTip());
        tool->setFocusPolicy(Qt::TabFocus);
        row->addWidget(tool);
        tools_.push_back(tool);
    }
    return segment;
}

void TransportBar::addMiddle(QBoxLayout& row, const Actions& actions) {
    for (const ActionId id : {ActionId::PlayStart, ActionId::PlayIn, ActionId::PlayPreviousFrame}) {
        row.addWidget(button(actions[id]));
    }
    QToolButton* const play = button(actions[ActionId::PlayToggle], 20);
    play->setObjectName(QStringLiteral("play"));
    play->setFixedSize(40, 28);
    row.addSpacing(4);
    row.addWidget(play);
    row.addSpacing(4);
    for (const ActionId id : {ActionId::PlayNextFrame, ActionId::PlayOut, ActionId::PlayEnd}) {
        row.addWidget(button(actions[id]));
    }
    row.addSpacing(8);
    row.addWidget(button(actions[ActionId::PlayLoop]));
}

void TransportBar::addRight(QBoxLayout& row, const Actions& actions) {
    loopText_ = new QLabel(this);
    loopText_->setObjectName(QStringLiteral("hint"));
    row.addStretch(1);
    row.addWidget(loopText_);
    row.addSpacing(10);
    speed_ = new QComboBox(this);
    speed_->setObjectName(QStringLiteral("mono"));
    speed_->setFixedWidth(78);
    speed_->setAccessibleName(tr("Speed"));
    speed_->setToolTip(tr("Speed 25–200 %. The pitch of the sound changes with it."));
    for (const int percent : kSpeeds) {
        speed_->addItem(speedText(percent), percent);
    }
    connect(speed_, &QComboBox::activated, this,
            [this](int index) { document_.setSpeedPercent(speed_->itemData(index).toInt()); });
    row.addWidget(speed_);
    row.addSpacing(10);
    row.addWidget(button(actions[ActionId::PlayMute]));
    volume_ = new QSlider(Qt::Horizontal, this);
    volume_->setRange(0, 100);
    volume_->setAccessibleName(tr("Volume"));
    volume_->setToolTip(tr("Volume"));
    connect(volume_, &QSlider::valueChanged, &document_, &Document::setVolumePercent);
    row.addWidget(volume_);
    row.addSpacing(10);
    row.addWidget(button(actions[ActionId::ViewZoomOut], 12));
    zoom_ = new QSlider(Qt::Horizontal, this);
    zoom_->setRange(0, kZoomSteps);
    zoom_->setAccessibleName(tr("Zoom of the timeline"));
    zoom_->setToolTip(tr("Zoom time"));
    connect(zoom_, &QSlider::valueChanged, this,
            [this](int value) { Q_EMIT zoomLevelChosen(static_cast<double>(value) / kZoomSteps); });
    row.addWidget(zoom_);
    row.addWidget(button(actions[ActionId::ViewZoomIn], 12));
    row.addWidget(button(actions[ActionId::ViewFrameAll], 14));
    for (QWidget* widget : {static_cast<QWidget*>(speed_), static_cast<QWidget*>(volume_),
                            static_cast<QWidget*>(zoom_)}) {
        keepArrowKeys(*widget);
    }
}

QToolButton* TransportBar::button(QAction& action, int icon) {
    auto* made = new QToolButton(this);
    made->setDefaultAction(&action);
    made->setIconSize({icon, icon});
    made->setFixedSize(26, 26);
    made->setToolButtonStyle(Qt::ToolButtonIconOnly);
    made->setAccessibleName(action.statusTip());
    made->setFocusPolicy(Qt::TabFocus);
    return made;
}

void TransportBar::setCompact(bool compact) {
    compact_ = compact;
    for (QToolButton* tool : tools_) {
        tool->setToolButtonStyle(compact ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
    }
    setFixedHeight(compact ? 38 : 42);
    volume_->setFixedWidth(compact ? 56 : 72);
    zoom_->setFixedWidth(compact ? 80 : 110);
    showLoop();
}

void TransportBar::resizeEvent(QResizeEvent* event) {
    QFrame::resizeEvent(event);
    constexpr int kRoomForSliders = 1100;
    volume_->setVisible(width() >= kRoomForSliders);
    zoom_->setVisible(width() >= kRoomForSliders);
}

void TransportBar::showZoomLevel(double level) {
    const QSignalBlocker blocker(zoom_);
    zoom_->setValue(static_cast<int>(std::lround(level * kZoomSteps)));
}

void TransportBar::onChanged() {
    const bool open = document_.hasClip();
    const QString frame = open ? QStringLiteral("f %1 / %2")
                                     .arg(document_.frame().value)
                                     .arg(document_.lastFrame().value)
                               : QString();
    if (frame_->text() != frame) frame_->setText(frame);
    const QSignalBlocker speedBlocker(speed_);
    const QSignalBlocker volumeBlocker(volume_);
    const int index = speed_->findData(document_.speedPercent());
    if (speed_->currentIndex() != index) speed_->setCurrentIndex(index);
    volume_->setValue(document_.volumePercent());
    speed_->setEnabled(open);
    zoom_->setEnabled(open);
    volume_->setEnabled(document_.audio() != nullptr);
    const QString volume = tr("Volume %1 %").arg(document_.volumePercent());
    if (volume_->toolTip() != volume) volume_->setToolTip(volume);
    showLoop();
}

void TransportBar::showLoop() {
    QString text;
    if (document_.range() && !compact_) {
        const QLocale locale;
        const FrameRate rate = document_.rate();
        const QString begin = locale.toString(rate.timeOf(document_.range()->begin).value, 'f', 1);
        const QString end = locale.toString(rate.timeOf(document_.range()->end).value, 'f', 1);
        text = (document_.loop() == Loop::Yes ? tr("Loop %1–%2 s") : tr("In–out %1–%2 s"))
                   .arg(begin, end);
    }
    if (loopText_->text() != text) loopText_->setText(text);
    loopText_->setVisible(!text.isEmpty());
}

} // namespace gesture::app
