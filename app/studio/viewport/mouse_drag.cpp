// SPDX-License-Identifier: Apache-2.0
#include "app/studio/viewport/mouse_drag.h"

namespace gesture::app {

namespace {

MouseDrag ofBlender(Qt::MouseButton button, Qt::KeyboardModifiers modifiers) {
    if (button != Qt::MiddleButton) return MouseDrag::None;
    if (modifiers.testFlag(Qt::ShiftModifier)) return MouseDrag::Pan;
    return modifiers.testFlag(Qt::ControlModifier) ? MouseDrag::Dolly : MouseDrag::Orbit;
}

MouseDrag ofMaya(Qt::MouseButton button, Qt::KeyboardModifiers modifiers) {
    if (!modifiers.testFlag(Qt::AltModifier)) return MouseDrag::None;
    if (button == Qt::LeftButton) return MouseDrag::Orbit;
    if (button == Qt::MiddleButton) return MouseDrag::Pan;
    return button == Qt::RightButton ? MouseDrag::Dolly : MouseDrag::None;
}

MouseDrag ofLaptop(Qt::MouseButton button, Qt::KeyboardModifiers modifiers) {
    if (button == Qt::RightButton) return MouseDrag::Pan;
    if (button != Qt::LeftButton) return MouseDrag::None;
    if (modifiers.testFlag(Qt::ShiftModifier)) return MouseDrag::Pan;
    return modifiers.testFlag(Qt::ControlModifier) ? MouseDrag::Dolly : MouseDrag::Orbit;
}

} // namespace

MouseDrag mouseDragOf(MouseStyle style, Qt::MouseButton button, Qt::KeyboardModifiers modifiers) {
    switch (style) {
    case MouseStyle::Blender:
        return ofBlender(button, modifiers);
    case MouseStyle::Maya:
        return ofMaya(button, modifiers);
    case MouseStyle::Laptop:
        return ofLaptop(button, modifiers);
    case MouseStyle::Studio:
        break;
    }
    const MouseDrag maya = ofMaya(button, modifiers);
    if (maya != MouseDrag::None) return maya;
    const MouseDrag blender = ofBlender(button, modifiers);
    return blender != MouseDrag::None ? blender : ofLaptop(button, modifiers);
}

} // namespace gesture::app
