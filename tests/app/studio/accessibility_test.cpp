// SPDX-License-Identifier: Apache-2.0
// What a screen reader and people without a mouse get.
#include "tests/app/studio/window_fixture.h"

#include <QAccessible>
#include <QAccessibleInterface>
#include <QPushButton>
#include <QSlider>

namespace gesture::app {
namespace {

class AccessibilityTest : public test::WindowTest {
protected:
    AccessibilityTest() {
        window().activateWindow();
        openClip();
    }
    QAccessibleInterface& timeline() {
        return *QAccessible::queryAccessibleInterface(&window().timeline());
    }
    QWidget* focus() { return window().focusWidget(); }
};

TEST_F(AccessibilityTest, TheTimelineHasAValueOverFrames) {
    ASSERT_NE(timeline().valueInterface(), nullptr);
    parts().transport.goToFrame({45});
    EXPECT_EQ(timeline().valueInterface()->currentValue().toInt(), 45);
    EXPECT_EQ(timeline().valueInterface()->maximumValue().toInt(), 89);
    EXPECT_EQ(timeline().text(QAccessible::Value), QStringLiteral("00:01:15, frame 45 of 89"));
    timeline().valueInterface()->setCurrentValue(12);
    EXPECT_EQ(parts().document.frame().value, 12);
}

TEST_F(AccessibilityTest, TheTimelineIsATableOfLanesAndBlocks) {
    TimelineContent content;
    content.mask = inference::EditMask(90);
    content.mask.paint({{15}, {45}}, partsOf({LaneId::Hands}));
    content.locked = {LaneId::Face};
    window().timeline().setContent(content);
    EXPECT_EQ(timeline().role(), QAccessible::Table);
    QAccessibleTableInterface* const table = timeline().tableInterface();
    ASSERT_NE(table, nullptr);
    const auto& rows = window().timeline().laneLayout().rows();
    ASSERT_EQ(table->rowCount(), static_cast<int>(rows.size()));
    int row = 0;
    while (rows[static_cast<std::size_t>(row)].id != LaneId::Hands) {
        ++row;
    }
    EXPECT_EQ(table->cellAt(row, 0)->text(QAccessible::Name),
              QStringLiteral("Hands, 30 frames masked"));
    EXPECT_EQ(table->cellAt(row, 0)->role(), QAccessible::RowHeader);
    ASSERT_NE(table->cellAt(row, 1), nullptr);
    EXPECT_EQ(table->cellAt(row, 1)->text(QAccessible::Name),
              QStringLiteral("Hands, regenerate, 0.50 to 1.50 seconds"));
    EXPECT_EQ(table->cellAt(row, 2), nullptr);
    EXPECT_EQ(table->cellAt(row - 2, 0)->text(QAccessible::Name), QStringLiteral("Face, locked"));
    EXPECT_TRUE(table->selectRow(row));
    EXPECT_EQ(window().timeline().currentLane(), LaneId::Hands);
    EXPECT_TRUE(table->isRowSelected(row));
}

TEST_F(AccessibilityTest, EveryBlockOfTheTableCanBeFound) {
    const int count = timeline().childCount();
    ASSERT_GE(count, timeline().tableInterface()->rowCount());
    for (int i = 0; i < count; ++i) {
        QAccessibleInterface* const child = timeline().child(i);
        ASSERT_NE(child, nullptr) << i;
        EXPECT_FALSE(child->text(QAccessible::Name).isEmpty()) << i;
        EXPECT_EQ(timeline().indexOfChild(child), i);
        EXPECT_EQ(child->parent(), &timeline());
    }
}

TEST_F(AccessibilityTest, TheTimelineSaysWhatLiesOnIt) {
    EXPECT_EQ(timeline().text(QAccessible::Name), QStringLiteral("Timeline"));
    EXPECT_EQ(timeline().text(QAccessible::Description), QStringLiteral("walk.npz, with sound"));
    parts().document.setRange(FrameRange{{15}, {31}});
    EXPECT_TRUE(timeline()
                    .text(QAccessible::Description)
                    .endsWith(QStringLiteral("in 00:00:15, out 00:01:00")));
}

TEST_F(AccessibilityTest, TheTimelinesActionsMoveByAFrame) {
    parts().transport.goToFrame({10});
    QAccessibleActionInterface& actions = *timeline().actionInterface();
    EXPECT_TRUE(actions.actionNames().contains(QAccessibleActionInterface::increaseAction()));
    actions.doAction(QAccessibleActionInterface::increaseAction());
    EXPECT_EQ(parts().document.frame().value, 11);
    actions.doAction(QAccessibleActionInterface::decreaseAction());
    actions.doAction(QAccessibleActionInterface::decreaseAction());
    EXPECT_EQ(parts().document.frame().value, 9);
}

TEST_F(AccessibilityTest, WhateverTabReachesHasANameAndATip) {
    int reached = 0;
    for (QWidget* widget : window().findChildren<QWidget*>()) {
        const bool takesTab = (widget->focusPolicy() & Qt::TabFocus) == Qt::TabFocus;
        if (!takesTab || !widget->isVisible() || widget->focusProxy() != nullptr) continue;
        ++reached;
        const QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(widget);
        ASSERT_NE(interface, nullptr);
        EXPECT_FALSE(interface->text(QAccessible::Name).isEmpty())
            << widget->metaObject()->className();
        const auto* button = qobject_cast<const QPushButton*>(widget);
        const bool speaks = widget == &window().timeline() || (button && !button->text().isEmpty());
        EXPECT_TRUE(speaks || !widget->toolTip().isEmpty())
            << interface->text(QAccessible::Name).toStdString();
    }
    EXPECT_GE(reached, 15);
}

TEST_F(AccessibilityTest, F6GoesThroughTheAreasAndBack) {
    window().timeline().setFocus();
    trigger(ActionId::ViewNextArea);
    EXPECT_TRUE(window().areas()[0]->isAncestorOf(focus()));
    trigger(ActionId::ViewPreviousArea);
    EXPECT_EQ(focus(), &window().timeline());
    trigger(ActionId::ViewPreviousArea);
    EXPECT_TRUE(window().transportBar().isAncestorOf(focus()));
    trigger(ActionId::ViewNextArea);
    EXPECT_EQ(focus(), &window().timeline());
}

TEST_F(AccessibilityTest, TheKeyboardsFocusIsFramedAndTheMousesIsNot) {
    settle();
    if (!window().isActiveWindow()) GTEST_SKIP() << "This platform plugin activates no windows.";
    const auto ring = [&] {
        for (const FocusRing* each : window().findChildren<FocusRing*>()) {
            if (each->isVisible()) return each->geometry() == window().timeline().geometry();
        }
        return false;
    };
    window().transportBar().findChild<QSlider*>()->setFocus();
    EXPECT_FALSE(ring());
    window().timeline().setFocus(Qt::TabFocusReason);
    EXPECT_TRUE(ring());
    window().transportBar().findChild<QSlider*>()->setFocus();
    window().timeline().setFocus(Qt::MouseFocusReason);
    EXPECT_FALSE(ring());
}

} // namespace
} // namespace gesture::app
