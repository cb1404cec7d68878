// SPDX-License-Identifier: Apache-2.0
#include "app/studio/widgets/focus_areas.h"

namespace gesture::app {

namespace {

bool takesTab(const QWidget& widget) {
    return widget.isVisible() && widget.isEnabled() &&
           (widget.focusPolicy() & Qt::TabFocus) == Qt::TabFocus;
}

QWidget* firstIn(QWidget& area) {
    if (takesTab(area)) return &area;
    for (QWidget* widget = area.nextInFocusChain(); widget != &area;
         widget = widget->nextInFocusChain()) {
        if (area.isAncestorOf(widget) && takesTab(*widget)) return widget;
    }
    return nullptr;
}

} // namespace

void cycleAreas(const std::vector<QWidget*>& areas, AreaStep step) {
    if (areas.empty()) return;
    const QWidget* const focus = areas.front()->window()->focusWidget();
    const auto count = static_cast<std::ptrdiff_t>(areas.size());
    std::ptrdiff_t at = step == AreaStep::Next ? count - 1 : 0;
    for (std::ptrdiff_t i = 0; i < count; ++i) {
        const QWidget* area = areas[static_cast<std::size_t>(i)];
        if (focus != nullptr && (area == focus || area->isAncestorOf(focus))) at = i;
    }
    for (std::ptrdiff_t i = 1; i <= count; ++i) {
        const std::ptrdiff_t next = (at + (step == AreaStep::Next ? i : count - i)) % count;
        if (QWidget* found = firstIn(*areas[static_cast<std::size_t>(next)])) {
            return found->setFocus(Qt::ShortcutFocusReason);
        }
    }
}

} // namespace gesture::app
