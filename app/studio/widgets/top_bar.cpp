// SPDX-License-Identifier: Apache-2.0
#include "app/studio/widgets/top_bar.h"

#include "app/studio/theme/icons.h"
#include "core/project/project.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QPainter>

#include <algorithm>
#include <string>

namespace gesture::app {

namespace {

constexpr int kHeight = 42;
constexpr int kMarkWidth = 34;

void addAll(QMenu& menu, const Actions& actions, const std::initializer_list<ActionId>& ids) {
    for (const ActionId id : ids) {
        menu.addAction(&actions[id]);
    }
}

} // namespace

TopBar::TopBar(const Actions& actions, Settings& settings, QWidget* parent)
    : QFrame(parent)
    , settings_(settings)
    , menus_(new QMenuBar(this))
    , workspaces_(new QFrame(this))
    , name_(new QLabel(this))
    , themeSwitch_(new QToolButton(this))
    , issues_(new QToolButton(this)) {
    setObjectName(QStringLiteral("topBar"));
    setFixedHeight(kHeight);
    menus_->setNativeMenuBar(false);
    menus_->setFixedHeight(28);
    fillFile(actions);
    fillEdit(actions);
    fillView(actions);
    fillPlayback(actions);
    fillMask(actions);
    fillGenerate(actions);
    fillTrain(actions);
    fillHelp(actions);
    name_->setObjectName(QStringLiteral("clipName"));
    name_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    name_->setAccessibleName(tr("Name of the clip"));
    makeWorkspaces(actions);
    issues_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    issues_->setIconSize({14, 14});
    issues_->setFocusPolicy(Qt::TabFocus);
    connect(issues_, &QToolButton::clicked, this, &TopBar::issuesClicked);
    QToolButton* const theme = themeSwitch_;
    theme->setDefaultAction(&actions[ActionId::ViewTheme]);
    theme->setIconSize({16, 16});
    theme->setFixedSize(26, 26);
    theme->setToolButtonStyle(Qt::ToolButtonIconOnly);
    theme->setAccessibleName(actions[ActionId::ViewTheme].statusTip());
    theme->setFocusPolicy(Qt::TabFocus);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12 + kMarkWidth, 0, 10, 2);
    row->setSpacing(0);
    row->addWidget(menus_);
    row->addStretch(1);
    row->addWidget(issues_);
    row->addSpacing(4);
    row->addWidget(theme);
    setIssues(0);
}

void TopBar::makeWorkspaces(const Actions& actions) {
    workspaces_->setObjectName(QStringLiteral("segment"));
    workspaces_->setAccessibleName(tr("Workspace"));
    auto* row = new QHBoxLayout(workspaces_);
    row->setContentsMargins(1, 1, 1, 1);
    row->setSpacing(1);
    for (const ActionId id : {ActionId::ViewAnimate, ActionId::ViewAnalyse, ActionId::ViewTrain}) {
        auto* button = new QToolButton(workspaces_);
        button->setDefaultAction(&actions[id]);
        button->setText(QStringLiteral(" %1 ").arg(actions[id].text().remove(QLatin1Char('&'))));
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setIconSize({14, 14});
        button->setFocusPolicy(Qt::TabFocus);
        button->setAccessibleName(actions[id].statusTip());
        row->addWidget(button);
    }
}

void TopBar::fillFile(const Actions& actions) {
    QMenu& menu = *menus_->addMenu(tr("&File"));
    addAll(menu, actions, {ActionId::FileOpen});
    recent_ = menu.addMenu(tr("Open &recent"));
    connect(&settings_, &Settings::recentFilesChanged, this, &TopBar::fillRecent);
    // Files are looked into only when somebody looks at them.
    connect(recent_, &QMenu::aboutToShow, this, &TopBar::showPictures);
    fillRecent();
    addAll(menu, actions, {ActionId::FileSaveAs, ActionId::FileCloseSound});
    menu.addSeparator();
    addAll(menu, actions, {ActionId::FileExport, ActionId::FileExportAgain});
    menu.addSeparator();
    addAll(menu, actions, {ActionId::FilePreferences});
    menu.addSeparator();
    addAll(menu, actions, {ActionId::FileQuit});
}

void TopBar::fillRecent() {
    recent_->clear();
    const QStringList files = settings_.recentFiles();
    for (const QString& file : files) {
        QAction* const action = recent_->addAction(QFileInfo(file).fileName());
        action->setStatusTip(file);
        connect(action, &QAction::triggered, this, [this, file] { Q_EMIT recentChosen(file); });
    }
    recent_->setEnabled(!files.isEmpty());
}

void TopBar::showPictures() {
    for (QAction* action : recent_->actions()) {
        const std::string path = action->statusTip().toStdString();
        if (!action->icon().isNull() || !path.ends_with(".gesture")) continue;
        const auto picture = project::readPicture(path);
        QPixmap pixmap;
        if (picture && !picture->empty() &&
            pixmap.loadFromData(reinterpret_cast<const uchar*>(picture->data()),
                                static_cast<uint>(picture->size()), "PNG"))
            action->setIcon(QIcon(pixmap));
    }
}

void TopBar::fillEdit(const Actions& actions) {
    QMenu& menu = *menus_->addMenu(tr("&Edit"));
    addAll(menu, actions, {ActionId::EditUndo, ActionId::EditRedo});
    menu.addSeparator();
    addAll(menu, actions, {ActionId::EditSelectAll, ActionId::EditDeselect, ActionId::EditDelete});
    menu.addSeparator();
    addAll(menu, actions, {ActionId::MarkAdd, ActionId::MarkSegment});
}

void TopBar::fillMask(const Actions& actions) {
    QMenu& menu = *menus_->addMenu(tr("&Mask"));
    QMenu& tool = *menu.addMenu(tr("&Tool"));
    addAll(tool, actions,
           {ActionId::ToolSelect, ActionId::ToolPaint, ActionId::ToolRange, ActionId::ToolErase});
    QMenu& parts = *menu.addMenu(tr("&Parts"));
    addAll(parts, actions,
           {ActionId::ToolPartFace, ActionId::ToolPartUpper, ActionId::ToolPartHands,
            ActionId::ToolPartLower, ActionId::ToolPartAll});
    addAll(menu, actions, {ActionId::ToolSnap, ActionId::ToolCells, ActionId::MaskWholeFrames});
    menu.addSeparator();
    addAll(menu, actions,
           {ActionId::MaskFromSelection, ActionId::MaskByScore, ActionId::MaskWords,
            ActionId::MaskInvert, ActionId::MaskGrow, ActionId::MaskShrink});
    menu.addSeparator();
    addAll(menu, actions, {ActionId::MaskClear});
}

void TopBar::fillView(const Actions& actions) {
    QMenu& menu = *menus_->addMenu(tr("&View"));
    QMenu& camera = *menu.addMenu(tr("&Camera"));
    addAll(camera, actions,
           {ActionId::ViewCamFront, ActionId::ViewCamThreeQuarter, ActionId::ViewCamSide,
            ActionId::ViewCamBack, ActionId::ViewCamTop, ActionId::ViewCamFace,
            ActionId::ViewCamHands, ActionId::ViewCamFree});
    camera.addSeparator();
    addAll(camera, actions, {ActionId::ViewFollow});
    QMenu& shading = *menu.addMenu(tr("&Shading"));
    addAll(shading, actions,
           {ActionId::ViewShaded, ActionId::ViewSkeleton, ActionId::ViewBoth, ActionId::ViewWire});
    QMenu& overlays = *menu.addMenu(tr("&Over the body"));
    addAll(overlays, actions,
           {ActionId::ViewGhosts, ActionId::GhostsMore, ActionId::GhostsFewer,
            ActionId::GhostsFarther, ActionId::GhostsNearer});
    overlays.addSeparator();
    addAll(overlays, actions,
           {ActionId::ViewTrails, ActionId::ViewContacts, ActionId::ViewFloor,
            ActionId::ViewCaptions});
    overlays.addSeparator();
    addAll(overlays, actions,
           {ActionId::ViewHeat, ActionId::HeatImportance, ActionId::HeatMask,
            ActionId::HeatDifference});
    menu.addSeparator();
    addAll(menu, actions,
           {ActionId::ViewFrameAll, ActionId::ViewFrameRange, ActionId::ViewZoomIn,
            ActionId::ViewZoomOut});
    menu.addSeparator();
    addAll(menu, actions, {ActionId::ViewAnimate, ActionId::ViewAnalyse, ActionId::ViewTrain});
    menu.addSeparator();
    addAll(menu, actions,
           {ActionId::ViewInspect, ActionId::ViewNextArea, ActionId::ViewPreviousArea,
            ActionId::ViewFullScreen, ActionId::ViewTheme});
}

void TopBar::fillPlayback(const Actions& actions) {
    QMenu& menu = *menus_->addMenu(tr("&Playback"));
    addAll(menu, actions,
           {ActionId::PlayToggle, ActionId::PlayBack, ActionId::PlayStop, ActionId::PlayForward});
    menu.addSeparator();
    addAll(menu, actions,
           {ActionId::PlayPreviousFrame, ActionId::PlayNextFrame, ActionId::PlayPreviousSecond,
            ActionId::PlayNextSecond, ActionId::PlayPreviousEdge, ActionId::PlayNextEdge,
            ActionId::PlayStart, ActionId::PlayEnd, ActionId::PlayGoTo});
    menu.addSeparator();
    addAll(menu, actions,
           {ActionId::PlayIn, ActionId::PlayOut, ActionId::PlayClearRange, ActionId::PlayGoToIn,
            ActionId::PlayGoToOut, ActionId::PlayLoop});
    menu.addSeparator();
    addAll(menu, actions, {ActionId::PlayMute});
}

void TopBar::fillGenerate(const Actions& actions) {
    QMenu& menu = *menus_->addMenu(tr("&Generate"));
    addAll(menu, actions,
           {ActionId::GenRegenerate, ActionId::GenNewTakes, ActionId::GenAnalyse,
            ActionId::GenCancel});
    menu.addSeparator();
    addAll(menu, actions, {ActionId::TakePrevious, ActionId::TakeNext, ActionId::TakeSwap});
    QMenu& compare = *menu.addMenu(tr("Com&pare"));
    addAll(compare, actions,
           {ActionId::CompareA, ActionId::CompareB, ActionId::CompareSplit,
            ActionId::CompareOverlay, ActionId::CompareDifference});
    compare.addSeparator();
    addAll(compare, actions, {ActionId::TakeCompare, ActionId::TakeFlip});
}

void TopBar::fillTrain(const Actions& actions) {
    QMenu& menu = *menus_->addMenu(tr("&Train"));
    addAll(menu, actions, {ActionId::TrainNew, ActionId::TrainStart, ActionId::TrainQueue});
    menu.addSeparator();
    addAll(menu, actions, {ActionId::TrainResume, ActionId::TrainCheckpoint, ActionId::TrainStop});
    menu.addSeparator();
    addAll(
        menu, actions,
        {ActionId::TrainUse, ActionId::TrainBoard, ActionId::TrainCluster, ActionId::TrainConfig});
}

void TopBar::fillHelp(const Actions& actions) {
    QMenu& menu = *menus_->addMenu(tr("&Help"));
    addAll(menu, actions, {ActionId::HelpShortcuts, ActionId::HelpAbout});
}

void TopBar::setIssues(int count) {
    issues_->setVisible(count > 0);
    issues_->setText(QString::number(count));
    issues_->setToolTip(tr("%n issues: click to read them", nullptr, count));
    issues_->setAccessibleName(tr("%n issues", nullptr, count));
    placeName();
}

void TopBar::setTheme(const Theme& theme) {
    theme_ = &theme;
    issues_->setIcon(
        themedIcon(QStringLiteral("exclamation-triangle"), {theme.warn, theme.txd, theme.warn}));
    update();
}

void TopBar::setClipName(const QString& name, const QString& detail) {
    fullName_ = name;
    detail_ = detail;
    placeName();
}

void TopBar::resizeEvent(QResizeEvent* event) {
    QFrame::resizeEvent(event);
    placeName();
}

void TopBar::placeName() {
    // The switch stands in the middle of the window, as long as it keeps clear of the menus.
    const int menusEnd = kMarkWidth + 20 + menus_->sizeHint().width();
    const QSize size = workspaces_->sizeHint();
    const int left = std::max((width() - size.width()) / 2, menusEnd);
    workspaces_->setGeometry(left, (height() - 2 - size.height()) / 2, size.width(), size.height());
    constexpr int kGap = 14;
    constexpr int kThemeRoom = 26 + 10 + 12;
    const int rightRoom =
        kThemeRoom + (issues_->isVisibleTo(this) ? issues_->sizeHint().width() + 8 : 0);
    const int begin = left + size.width() + kGap;
    const int room = std::max(0, width() - rightRoom - begin);
    const int detail =
        detail_.isEmpty() ? 0 : name_->fontMetrics().horizontalAdvance(detail_) + kGap;
    const bool both = room - detail > 80;
    const QString name =
        name_->fontMetrics().elidedText(fullName_, Qt::ElideMiddle, both ? room - detail : room);
    name_->setText(
        detail_.isEmpty() || !both || theme_ == nullptr
            ? name.toHtmlEscaped()
            : QStringLiteral("%1&nbsp;&nbsp;<span style='color:%2;font-weight:400'>%3"
                             "</span>")
                  .arg(name.toHtmlEscaped(), theme_->tx3.name(), detail_.toHtmlEscaped()));
    name_->setGeometry(begin, 0, room, height() - 2);
    name_->setToolTip(fullName_);
}

void TopBar::paintEvent(QPaintEvent* event) {
    QFrame::paintEvent(event);
    if (theme_ == nullptr) return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const struct {
        double half;
        QColor colour;
    } bars[] = {{4.5, theme_->acc}, {8.5, theme_->acc}, {4, theme_->takeB}, {6.5, theme_->hands}};
    double x = 15;
    for (const auto& bar : bars) {
        painter.setPen(QPen(bar.colour, 2.4, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(QPointF(x, 20 - bar.half), QPointF(x, 20 + bar.half));
        x += 5;
    }
}

} // namespace gesture::app
