// SPDX-License-Identifier: Apache-2.0
#include "app/studio/viewport/viewport_panel.h"

#include "app/studio/theme/icons.h"
#include "app/studio/viewport/opengl_probe.h"
#include "core/motion/skeleton.h"

#include <QLocale>
#include <QMenu>
#include <QPainter>
#include <QToolTip>

namespace gesture::app {

namespace {

constexpr int kMargin = 12;
constexpr int kChipGap = 6;
constexpr int kHudLeastHeight = 320;

QString chipText(const QString& name, const QAction& action) {
    return QStringLiteral(" %1: %2").arg(name, action.text().remove(QLatin1Char('&')));
}

} // namespace

ViewportPanel::ViewportPanel(Document& document, ViewController& view, const Actions& actions,
                             const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , document_(document)
    , view_(view)
    , actions_(actions)
    , theme_(&theme)
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
    makeChips();
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
    connect(&view_, &ViewController::changed, this, &ViewportPanel::markJoint);
    updateChips();
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
    viewport_ = new ViewportWidget(view_, std::move(probe).value(), *theme_, this);
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

void ViewportPanel::makeChips() {
    makeCameraChip(actions_);
    makeShadingChip(actions_);
    floorChip_ = makeChip(QStringLiteral("grid-3x3"), tr("Floor"));
    floorChip_->setDefaultAction(&actions_[ActionId::ViewFloor]);
    floorChip_->setObjectName(QStringLiteral("iconChip"));
    floorChip_->setFixedSize(30, 26);
}

QToolButton* ViewportPanel::makeChip(const QString& icon, const QString& name) {
    auto* chip = new QToolButton(this);
    chip->setObjectName(QStringLiteral("chip"));
    chip->setFixedHeight(26);
    chip->setIconSize({14, 14});
    chip->setProperty("iconName", icon);
    chip->setAccessibleName(name);
    chip->setFocusPolicy(Qt::TabFocus);
    return chip;
}

void ViewportPanel::makeCameraChip(const Actions& actions) {
    cameraChip_ = makeChip(QStringLiteral("camera-video"), tr("Camera"));
    cameraChip_->setToolTip(tr("Where to look from"));
    auto* menu = new QMenu(cameraChip_);
    for (const ActionId id :
         {ActionId::ViewCamFront, ActionId::ViewCamThreeQuarter, ActionId::ViewCamSide,
          ActionId::ViewCamBack, ActionId::ViewCamTop, ActionId::ViewCamFace,
          ActionId::ViewCamHands, ActionId::ViewCamFree}) {
        menu->addAction(&actions[id]);
        connect(&actions[id], &QAction::toggled, this, &ViewportPanel::updateChips);
    }
    menu->addSeparator();
    menu->addAction(&actions[ActionId::ViewFollow]);
    cameraChip_->setMenu(menu);
    cameraChip_->setPopupMode(QToolButton::InstantPopup);
    cameraChip_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
}

void ViewportPanel::makeShadingChip(const Actions& actions) {
    shadingChip_ = makeChip(QStringLiteral("body"), tr("Shading"));
    shadingChip_->setToolTip(tr("How the body is drawn"));
    auto* menu = new QMenu(shadingChip_);
    for (const ActionId id :
         {ActionId::ViewShaded, ActionId::ViewSkeleton, ActionId::ViewBoth, ActionId::ViewWire}) {
        menu->addAction(&actions[id]);
        connect(&actions[id], &QAction::toggled, this, &ViewportPanel::updateChips);
    }
    shadingChip_->setMenu(menu);
    shadingChip_->setPopupMode(QToolButton::InstantPopup);
    shadingChip_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
}

void ViewportPanel::setTheme(const Theme& theme) {
    theme_ = &theme;
    if (viewport_ != nullptr) viewport_->setTheme(theme);
    hud_->setTheme(theme);
    mark_->setTheme(theme);
    gizmo_->setTheme(theme);
    empty_->setTheme(theme);
    unusable_->setTheme(theme);
    for (QToolButton* chip : {cameraChip_, shadingChip_}) {
        chip->setIcon(
            themedIcon(chip->property("iconName").toString(), {theme.tx2, theme.txd, theme.tx1}));
    }
    drop_->setStyleSheet(QStringLiteral("border: 2px solid %1; color: %1; font-size: 14px;"
                                        "font-weight: 600;")
                             .arg(theme.acc.name()));
    updateChips();
    update();
}

void ViewportPanel::updateChips() {
    for (const QAction* action : cameraChip_->menu()->actions()) {
        if (action->actionGroup() != nullptr && action->isChecked()) {
            cameraChip_->setText(chipText(tr("Camera"), *action));
        }
    }
    for (const QAction* action : shadingChip_->menu()->actions()) {
        if (action->isChecked()) shadingChip_->setText(QLatin1Char(' ') + action->text());
    }
    placeOverlays();
}

void ViewportPanel::setStage(std::shared_ptr<Stage> stage) {
    stage_ = std::move(stage);
    if (viewport_ != nullptr) {
        viewport_->setStage(stage_);
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
    stage_->setClip(clip, document_.audio() ? document_.audio()->loudness : std::vector<float>());
    if (viewport_ != nullptr) {
        viewport_->refreshClip(stage_->meshRevision() != before);
        viewport_->showFrame(shownFrame_);
    }
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

void ViewportPanel::readChosenJoint() {
    reading_ = stage_ && stage_->clip() ? readJoint(*stage_, shownFrame_, joint_) : std::nullopt;
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
}

void ViewportPanel::markJoint() {
    if (!jointChosen_ || !reading_ || !usable_) return mark_->hide();
    const Eigen::Vector3f pixel = view_.camera().project(reading_->position, width(), height());
    mark_->setVisible(pixel.z() > 0);
    mark_->move(static_cast<int>(pixel.x()) - mark_->width() / 2,
                static_cast<int>(pixel.y()) - mark_->height() / 2);
}

void ViewportPanel::chooseJoint(const QPointF& place) {
    if (!stage_ || !document_.hasClip()) return;
    const auto joint = jointAt(*stage_, document_.frame(), view_.camera(), size(), place);
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
    int left = kMargin;
    for (QToolButton* chip : {cameraChip_, shadingChip_}) {
        chip->adjustSize();
        chip->move(left, kMargin);
        chip->setVisible(usable_);
        left += chip->width() + kChipGap;
    }
    floorChip_->move(width() - kMargin - floorChip_->width(), kMargin);
    floorChip_->setVisible(usable_);
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
