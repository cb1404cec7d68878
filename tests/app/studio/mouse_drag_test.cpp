// SPDX-License-Identifier: Apache-2.0
#include "app/studio/viewport/mouse_drag.h"

#include <gtest/gtest.h>

namespace gesture::app {
namespace {

TEST(MouseDrag, BlenderUsesTheMiddleButton) {
    EXPECT_EQ(mouseDragOf(MouseStyle::Blender, Qt::MiddleButton, Qt::NoModifier), MouseDrag::Orbit);
    EXPECT_EQ(mouseDragOf(MouseStyle::Blender, Qt::MiddleButton, Qt::ShiftModifier),
              MouseDrag::Pan);
    EXPECT_EQ(mouseDragOf(MouseStyle::Blender, Qt::MiddleButton, Qt::ControlModifier),
              MouseDrag::Dolly);
    EXPECT_EQ(mouseDragOf(MouseStyle::Blender, Qt::LeftButton, Qt::NoModifier), MouseDrag::None);
}

TEST(MouseDrag, MayaUsesAlt) {
    EXPECT_EQ(mouseDragOf(MouseStyle::Maya, Qt::LeftButton, Qt::AltModifier), MouseDrag::Orbit);
    EXPECT_EQ(mouseDragOf(MouseStyle::Maya, Qt::MiddleButton, Qt::AltModifier), MouseDrag::Pan);
    EXPECT_EQ(mouseDragOf(MouseStyle::Maya, Qt::RightButton, Qt::AltModifier), MouseDrag::Dolly);
    EXPECT_EQ(mouseDragOf(MouseStyle::Maya, Qt::LeftButton, Qt::NoModifier), MouseDrag::None);
}

TEST(MouseDrag, StudioJoinsAllThree) {
    EXPECT_EQ(mouseDragOf(MouseStyle::Studio, Qt::LeftButton, Qt::NoModifier), MouseDrag::Orbit);
    EXPECT_EQ(mouseDragOf(MouseStyle::Studio, Qt::RightButton, Qt::NoModifier), MouseDrag::Pan);
    EXPECT_EQ(mouseDragOf(MouseStyle::Studio, Qt::MiddleButton, Qt::ShiftModifier), MouseDrag::Pan);
    EXPECT_EQ(mouseDragOf(MouseStyle::Studio, Qt::RightButton, Qt::AltModifier), MouseDrag::Dolly);
}

} // namespace
} // namespace gesture::app
