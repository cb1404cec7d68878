// SPDX-License-Identifier: Apache-2.0
#include "app/studio/viewport/view_chips.h"

#include "app/studio/theme/icons.h"

#include <QMenu>
#include <QStyle>

#include <algorithm>
#include <initializer_list>
#include <iterator>

namespace gesture::app {

namespace {

constexpr int kMargin = 12;
constexpr int kGap = 6;
constexpr int kToggleWidth = 30;
constexpr int kChipHeight = 26;
/// Narrower views say the camera by its icon alone.
constexpr int kRoomForTexts = 820;
/// Narrower views have no room for the takes beside the other controls.
constexpr int kRoomForTakes = 640;

/// With text and icon, or with the icon alone.
void dress(QToolButton& chip, bool text) {
    const QString name = text ? QStringLiteral("chip") : QStringLiteral("iconChip");
    chip.setToolButtonStyle(text ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
    if (chip.objectName() == name) return;
    chip.setObjectName(name);
    chip.style()->unpolish(&chip);
    chip.style()->polish(&chip);
}

constexpr ActionId kTakeViews[] = {ActionId::CompareA, ActionId::CompareB, ActionId::CompareSplit,
                                   ActionId::CompareOverlay, ActionId::CompareDifference};

} // namespace

ViewChips::ViewChips(const Actions& actions, const Theme& theme, QWidget* panel)
    : QObject(panel)
    , actions_(actions)
    , panel_(panel)
    , camera_(makeMenuChip(QStringLiteral("camera-video"), tr("Camera"),
                           {ActionId::ViewCamFront, ActionId::ViewCamThreeQuarter,
                            ActionId::ViewCamSide, ActionId::ViewCamBack, ActionId::ViewCamTop,
                            ActionId::ViewCamFace, ActionId::ViewCamHands, ActionId::ViewCamFree}))
    , shading_(makeMenuChip(
          QStringLiteral("body"), tr("Shading"),
          {ActionId::ViewShaded, ActionId::ViewSkeleton, ActionId::ViewBoth, ActionId::ViewWire}))
    , takes_(
          new SegmentBar(tr("Takes in the view"),
                         {{tr("A")}, {tr("B")}, {tr("Split")}, {tr("Overlay")}, {tr("Difference")}},
                         theme, panel)) {
    camera_->setToolTip(tr("Where to look from"));
    camera_->menu()->addSeparator();
    camera_->menu()->addAction(&actions[ActionId::ViewFollow]);
    shading_->setToolTip(tr("How the body is drawn"));
    makeTakes();
    makeToggles();
    setComparing(false);
    setTheme(theme);
    showChoices();
}

QToolButton* ViewChips::makeMenuChip(const QString& icon, const QString& name,
                                     const std::vector<ActionId>& ids) {
    auto* chip = new QToolButton(panel_);
    chip->setObjectName(QStringLiteral("chip"));
    chip->setFixedHeight(kChipHeight);
    chip->setIconSize({14, 14});
    chip->setProperty("iconName", icon);
    chip->setAccessibleName(name);
    chip->setFocusPolicy(Qt::TabFocus);
    auto* menu = new QMenu(chip);
    for (const ActionId id : ids) {
        menu->addAction(&actions_[id]);
        connect(&actions_[id], &QAction::toggled, this, &ViewChips::showChoices);
    }
    chip->setMenu(menu);
    chip->setPopupMode(QToolButton::InstantPopup);
    return chip;
}

void ViewChips::makeTakes() {
    connect(takes_, &SegmentBar::chosen, this,
            [this](int index) { actions_[kTakeViews[static_cast<std::size_t>(index)]].trigger(); });
    for (const ActionId id : kTakeViews)
        connect(&actions_[id], &QAction::toggled, this, &ViewChips::showChoices);
}

void ViewChips::makeToggles() {
    for (const ActionId id :
         {ActionId::ViewGhosts, ActionId::ViewTrails, ActionId::ViewHeat, ActionId::ViewContacts,
          ActionId::ViewFloor, ActionId::ViewCaptions}) {
        auto* toggle = new QToolButton(panel_);
        toggle->setDefaultAction(&actions_[id]);
        toggle->setObjectName(QStringLiteral("iconChip"));
        toggle->setToolButtonStyle(Qt::ToolButtonIconOnly);
        toggle->setAccessibleName(actions_[id].statusTip());
        toggle->setIconSize({14, 14});
        toggle->setFixedSize(kToggleWidth, kChipHeight);
        toggle->setFocusPolicy(Qt::TabFocus);
        toggles_.push_back(toggle);
    }
    const auto offer = [this](QToolButton* toggle, std::initializer_list<ActionId> ids) {
        toggle->setContextMenuPolicy(Qt::ActionsContextMenu);
        for (const ActionId id : ids)
            toggle->addAction(&actions_[id]);
    };
    offer(toggles_[0], {ActionId::GhostsMore, ActionId::GhostsFewer, ActionId::GhostsFarther,
                        ActionId::GhostsNearer});
    offer(toggles_[2], {ActionId::HeatImportance, ActionId::HeatMask, ActionId::HeatDifference});
}

void ViewChips::setTheme(const Theme& theme) {
    takes_->setTheme(theme);
    for (QToolButton* chip : {camera_, shading_})
        chip->setIcon(
            themedIcon(chip->property("iconName").toString(), {theme.tx2, theme.txd, theme.tx1}));
}

void ViewChips::setComparing(bool comparing) {
    for (int i = 1; i < takes_->count(); ++i)
        takes_->setSegmentEnabled(i, comparing);
    takes_->setToolTip(comparing
                           ? tr("Which take is seen (Y). Hold X to see the other one.")
                           : tr("To compare, make a take B: click its box in the list of takes."));
}

void ViewChips::showChoices() {
    const auto chosenIn = [](const QToolButton& chip) {
        for (const QAction* action : chip.menu()->actions())
            if (action->actionGroup() != nullptr && action->isChecked())
                return action->text().remove(QLatin1Char('&'));
        return QString();
    };
    camera_->setText(QStringLiteral(" %1: %2").arg(tr("Camera"), chosenIn(*camera_)));
    shading_->setText(QLatin1Char(' ') + chosenIn(*shading_));
    int index = 0;
    for (const ActionId id : kTakeViews) {
        if (actions_[id].isChecked()) takes_->setCurrent(index);
        ++index;
    }
}

void ViewChips::place(bool usable, bool clip) {
    const int width = panel_->width();
    const bool texts = width >= kRoomForTexts;
    int left = kMargin;
    for (QToolButton* chip : {camera_, shading_}) {
        dress(*chip, texts);
        chip->resize(texts ? chip->sizeHint().width() : kToggleWidth, kChipHeight);
        chip->move(left, kMargin);
        chip->setVisible(usable);
        left += chip->width() + kGap;
    }
    int right = width - kMargin;
    for (auto toggle = toggles_.rbegin(); toggle != toggles_.rend(); ++toggle) {
        right -= kToggleWidth;
        (*toggle)->move(right, kMargin);
        (*toggle)->setVisible(usable);
        right -= 2;
    }
    // In the middle of the view, or as near to it as the others leave room.
    const int least = left + kGap;
    const int room = right - kGap - least;
    const int needed = takes_->sizeHint().width() <= room ? takes_->sizeHint().width()
                                                          : takes_->minimumSizeHint().width();
    const int most = least + room - needed;
    takes_->resize(needed, takes_->height());
    takes_->move(std::clamp((width - needed) / 2, least, std::max(most, least)), kMargin);
    takes_->setVisible(usable && clip && width >= kRoomForTakes && most >= least);
}

} // namespace gesture::app
