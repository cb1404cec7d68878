// SPDX-License-Identifier: Apache-2.0
#include "app/studio/viewport/viewport_panel.h"

#include "app/studio/viewport/legend_builder.h"
#include "app/studio/viewport/opengl_probe.h"
#include "core/motion/skeleton.h"

#include <QLocale>
#include <QPainter>
#include <QToolTip>

#include <cmath>

namespace gesture::app {

namespace {

constexpr int kMargin = 12;
constexpr int kHudLeastHeight = 320;
constexpr int kLegendLeastHeight = 400;
/// Narrower views have the legend above the figures.
constexpr int kLegendBesideHud = 700;

} // namespace

ViewportPanel::ViewportPanel(Document& document, ViewController& view, const Actions& actions,
                             const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , document_(document)
    , view_(view)
    , theme_(&theme)
    , overlay_(new SceneOverlay(theme, this))
    , legend_(new ViewLegend(theme, this))
    , chips_(new ViewChips(actions, theme, this))
    , hud_(new Hud(theme, this))
    , mark_(new JointMark(theme, this))
    , gizmo_(new AxisGizmo(view, theme, this))
    , empty_(new MessageCard(theme, this))
    , unusable_(new MessageCard(theme, this))
    , drop_(new QLabel(this))
    , joint_(motion::kRightWrist) {
    setObjectName(QStringLiteral("viewportPanel"));
    setMinimumSize(480, 280);
    makeViewport();
    empty_->setMessage(QStringLiteral("film"), tr("Drop a motion or audio here to begin."),
                       tr("Open…"));
    connect(&empty_->button(), &QPushButton::clicked, &actions[ActionId::FileOpen],
            &QAction::trigger);
    drop_->setAlignment(Qt::AlignCenter);
    drop_->setAttribute(Qt::WA_TransparentForMouseEvents);
    mark_->hide();
    unusable_->hide();
    drop_->hide();
    connect(&document_, &Document::changed, this, &ViewportPanel::onChanged);
    connect(&view_, &ViewController::changed, this, [this] {
        readChosenJoint();
        showFigures();
    });
    placeOverlays();
}

void ViewportPanel::makeViewport() {
    // A QOpenGLWidget where there is no OpenGL would take the whole window down with it.
    auto probe = probeOpenGl();
    if (!probe) {
        usable_ = false;
        const QString details = QString::fromStdString(probe.error().message());
        QMetaObject::invokeMethod(
            this, [this, details] { showUnusable(details); }, Qt::QueuedConnection);
        return;
    }
    viewport_ = new ViewportWidget(view_, bodies_, std::move(probe).value(), *theme_, this);
    viewport_->lower();
    connect(viewport_, &ViewportWidget::unusable, this, &ViewportPanel::showUnusable);
    connect(viewport_, &ViewportWidget::clicked, this, &ViewportPanel::chooseJoint);
    connect(viewport_, &ViewportWidget::painted, this, &ViewportPanel::painted);
}

QString ViewportPanel::graphics() const {
    return viewport_ != nullptr ? viewport_->description() : QString();
}

bool ViewportPanel::viewHasFocus() const { return viewport_ != nullptr && viewport_->hasFocus(); }

void ViewportPanel::setMouseStyle(MouseStyle style) {
    if (viewport_ != nullptr) viewport_->setMouseStyle(style);
}

void ViewportPanel::loseContext() {
    if (viewport_ != nullptr && usable_) viewport_->loseContext();
}

void ViewportPanel::setTheme(const Theme& theme) {
    theme_ = &theme;
    if (viewport_ != nullptr) viewport_->setTheme(theme);
    hud_->setTheme(theme);
    mark_->setTheme(theme);
    gizmo_->setTheme(theme);
    empty_->setTheme(theme);
    unusable_->setTheme(theme);
    chips_->setTheme(theme);
    overlay_->setTheme(theme);
    legend_->setTheme(theme);
    drop_->setStyleSheet(QStringLiteral("border: 2px solid %1; color: %1; font-size: 14px;"
                                        "font-weight: 600;")
                             .arg(theme.acc.name()));
    showOverlay();
    update();
}

void ViewportPanel::setStage(std::shared_ptr<Stage> stage) {
    stage_ = std::move(stage);
    bodies_.setStage(stage_);
    if (viewport_ != nullptr) {
        viewport_->refreshBodies(true);
        viewport_->showFrame(document_.frame());
    }
    shownFrame_ = document_.frame();
    readChosenJoint();
    view_.resetAnchors(anchorsOf(stage_->poseAt(shownFrame_), stage_->groundHeight()));
    hud_->setToolTip(QString::fromStdString(stage_->expressionNote()));
    showFigures();
}

void ViewportPanel::onChanged(DocumentChanges changes) {
    if (changes & (DocumentChange::Motion | DocumentChange::Audio)) placeOverlays();
    if (changes.testFlag(DocumentChange::Motion)) showClip();
    if (changes.testFlag(DocumentChange::Playhead)) showFrame();
}

void ViewportPanel::showClip() {
    const auto clip = document_.motion() ? document_.motion()->clip : nullptr;
    if (!stage_ || stage_->clip() == clip) return;
    const auto before = stage_->meshRevision();
    const float ground = stage_->groundHeight();
    stage_->setClip(clip, document_.audio() ? document_.audio()->loudness : std::vector<float>());
    bodies_.forgetA();
    if (viewport_ != nullptr) {
        viewport_->refreshBodies(stage_->meshRevision() != before);
        viewport_->showFrame(shownFrame_);
    }
    // A body on another floor, as the first motion after the rest pose, is out of the picture.
    constexpr float kSameFloor = 0.05F;
    if (std::abs(stage_->groundHeight() - ground) > kSameFloor)
        view_.resetAnchors(anchorsOf(stage_->poseAt(shownFrame_), stage_->groundHeight()));
    readChosenJoint();
    hud_->setToolTip(QString::fromStdString(stage_->expressionNote()));
    showFigures();
}

void ViewportPanel::showFrame() {
    if (document_.frame() == shownFrame_) return showFigures();
    shownFrame_ = document_.frame();
    readChosenJoint();
    if (stage_) {
        if (viewport_ != nullptr) viewport_->showFrame(shownFrame_);
        view_.setAnchors(anchorsOf(stage_->poseAt(shownFrame_), stage_->groundHeight()));
    }
    showFigures();
}

void ViewportPanel::setContent(ViewportContent content) {
    content_ = std::move(content);
    bodies_.setCompared(content_.compared,
                        document_.audio() ? document_.audio()->loudness : std::vector<float>());
    bodies_.setImportance(TakeSide::A, content_.importance[0]);
    bodies_.setImportance(TakeSide::B, content_.importance[1]);
    bodies_.setMask(content_.mask);
    chips_->setComparing(content_.compared != nullptr);
    view_.setComparing(content_.compared != nullptr);
    if (viewport_ != nullptr) viewport_->refreshBodies(false);
    showOverlay();
}

SceneLook ViewportPanel::look() const { return {view_.overlays(), view_.splitOffset(), theme_}; }

FrameRange ViewportPanel::clipFrames() const {
    return {{0}, {document_.motion() ? document_.motion()->clip->frameCount() : 0}};
}

render::Camera ViewportPanel::cameraFor(const SeenTake& take) const {
    render::Camera camera = view_.camera();
    camera.target -= take.offset;
    return camera;
}

void ViewportPanel::readChosenJoint() {
    Stage* const stage = bodies_.stageOf(firstSeen().side);
    reading_ =
        stage != nullptr && stage->clip() ? readJoint(*stage, shownFrame_, joint_) : std::nullopt;
}

void ViewportPanel::showOverlay() {
    const SceneLook look = this->look();
    const OverlayInput input{
        bodies_,          content_,     look,
        view_.camera(),   size(),       document_.frame(),
        document_.rate(), clipFrames(), jointChosen_ ? std::optional(joint_) : std::nullopt};
    overlay_->setPicture(overlayOf(input));
    std::vector<LegendEntry> entries;
    if (usable_ && height() >= kLegendLeastHeight && stage_ && document_.motion())
        entries = legendOf(input);
    legend_->setVisible(!entries.empty());
    constexpr int kCaptionBesideHud = 760;
    const bool above = width() < kCaptionBesideHud && hud_->isVisibleTo(this);
    if (entries.empty()) return overlay_->setFoot(above ? height() - hud_->y() : 0);
    const bool hud = hud_->isVisibleTo(this);
    // Beside the figures, but names of takes have that place when there are any.
    const bool beside = hud && width() >= kLegendBesideHud && overlay_->picture().labels.empty();
    const int left = beside ? hud_->geometry().right() + 8 : kMargin;
    legend_->setEntries(std::move(entries), width() - left - gizmo_->width() - 2 * kMargin);
    const int bottom = hud && !beside ? hud_->y() - 6 : height() - kMargin;
    legend_->move(left, bottom - legend_->height());
    overlay_->setFoot(height() - legend_->y());
}

void ViewportPanel::showFigures() {
    hud_->showFrame(
        QStringLiteral("%1 / %2").arg(document_.frame().value).arg(document_.lastFrame().value));
    if (reading_) {
        const QLocale locale;
        hud_->showJoint(jointLabel(joint_),
                        tr("%1 m   %2 m/s")
                            .arg(locale.toString(static_cast<double>(reading_->height), 'f', 2),
                                 locale.toString(static_cast<double>(reading_->speed), 'f', 2)));
    } else {
        hud_->showJoint({}, {});
    }
    markJoint();
    showOverlay();
}

void ViewportPanel::markJoint() {
    if (!jointChosen_ || !reading_ || !usable_) return mark_->hide();
    const Eigen::Vector3f pixel =
        view_.camera().project(reading_->position + firstSeen().offset, width(), height());
    mark_->setVisible(pixel.z() > 0);
    mark_->move(static_cast<int>(pixel.x()) - mark_->width() / 2,
                static_cast<int>(pixel.y()) - mark_->height() / 2);
}

void ViewportPanel::chooseJoint(const QPointF& place) {
    if (!stage_ || !document_.hasClip()) return;
    std::optional<int> joint;
    for (const SeenTake& take : bodies_.seen(look()))
        if (!joint)
            joint = jointAt(*bodies_.stageOf(take.side), document_.frame(), cameraFor(take), size(),
                            place);
    jointChosen_ = joint.has_value();
    if (joint) joint_ = *joint;
    readChosenJoint();
    showFigures();
}

void ViewportPanel::showDrop(const QString& text) {
    drop_->setText(text);
    drop_->setVisible(!text.isEmpty());
    if (!text.isEmpty()) drop_->raise();
}

void ViewportPanel::showUnusable(const QString& details) {
    usable_ = false;
    details_ = details;
    if (viewport_ != nullptr) viewport_->hide();
    unusable_->setMessage(QStringLiteral("exclamation-triangle"),
                          tr("The 3D view needs OpenGL 4.1. Timeline and sound still work."),
                          tr("Details"));
    connect(&unusable_->button(), &QPushButton::clicked, this, [this] {
        QToolTip::showText(unusable_->button().mapToGlobal(QPoint(0, 40)), details_, unusable_);
    });
    placeOverlays();
    Q_EMIT failed();
}

void ViewportPanel::resizeEvent(QResizeEvent*) {
    if (viewport_ != nullptr) viewport_->setGeometry(rect());
    placeOverlays();
    markJoint();
}

void ViewportPanel::placeOverlays() {
    chips_->place(usable_, document_.hasClip());
    overlay_->setGeometry(rect());
    hud_->move(kMargin, height() - kMargin - hud_->height());
    hud_->setVisible(usable_ && document_.hasClip() && height() >= kHudLeastHeight);
    gizmo_->move(width() - gizmo_->width() - 8, height() - gizmo_->height() - 8);
    gizmo_->setVisible(usable_);
    empty_->adjustSize();
    empty_->setVisible(!document_.hasClip() && usable_);
    empty_->move((width() - empty_->width()) / 2, height() - empty_->height() - 2 * kMargin);
    unusable_->adjustSize();
    unusable_->setVisible(!usable_);
    unusable_->move((width() - unusable_->width()) / 2, (height() - unusable_->height()) / 2);
    drop_->setGeometry(rect());
    showOverlay();
}

void ViewportPanel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    QRadialGradient gradient(QPointF(width() * 0.5, height() * 0.42),
                             std::max(width(), height()) * 0.72);
    gradient.setColorAt(0, theme_->vp0);
    gradient.setColorAt(1, theme_->vp1);
    painter.fillRect(rect(), gradient);
}

} // namespace gesture::app
