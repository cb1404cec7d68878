// SPDX-License-Identifier: Apache-2.0
#include "app/studio/accessibility/view_interfaces.h"

#include "app/studio/timeline/accessible_timeline.h"
#include "app/studio/viewport/viewport_widget.h"

#include <QAccessibleWidget>

namespace gesture::app {

namespace {

class AccessibleViewport final : public QAccessibleWidget {
public:
    explicit AccessibleViewport(ViewportWidget& viewport)
        : QAccessibleWidget(&viewport, QAccessible::Graphic)
        , viewport_(viewport) {}

    [[nodiscard]] QString text(QAccessible::Text kind) const override {
        return kind == QAccessible::Description ? viewport_.contentText()
                                                : QAccessibleWidget::text(kind);
    }

private:
    ViewportWidget& viewport_;
};

QAccessibleInterface* makeInterface(const QString&, QObject* object) {
    if (auto* timeline = qobject_cast<TimelineView*>(object)) {
        return makeAccessibleTimeline(*timeline);
    }
    if (auto* viewport = qobject_cast<ViewportWidget*>(object)) {
        return new AccessibleViewport(*viewport);
    }
    return nullptr;
}

} // namespace

void installViewInterfaces() {
    QAccessible::removeFactory(makeInterface);
    QAccessible::installFactory(makeInterface);
}

} // namespace gesture::app
