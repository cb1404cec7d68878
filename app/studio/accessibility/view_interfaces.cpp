// SPDX-License-Identifier: Apache-2.0
#include "app/studio/accessibility/view_interfaces.h"

#include "app/studio/timeline/timeline_view.h"
#include "app/studio/viewport/viewport_widget.h"

#include <QAccessibleWidget>

namespace gesture::app {

namespace {

/// The playhead as a slider over the frames of the clip.
class AccessibleTimeline final : public QAccessibleWidget, public QAccessibleValueInterface {
public:
    explicit AccessibleTimeline(TimelineView& timeline)
        : QAccessibleWidget(&timeline, QAccessible::Slider)
        , timeline_(timeline) {}

    void* interface_cast(QAccessible::InterfaceType type) override {
        if (type == QAccessible::ValueInterface) {
            return static_cast<QAccessibleValueInterface*>(this);
        }
        return QAccessibleWidget::interface_cast(type);
    }
    [[nodiscard]] QString text(QAccessible::Text kind) const override {
        switch (kind) {
        case QAccessible::Value:
            return timeline_.positionText();
        case QAccessible::Description:
            return timeline_.contentText();
        case QAccessible::Help:
            return TimelineView::tr("Arrow keys go by frames, with Shift by seconds; Home and End "
                                    "go to the ends.");
        default:
            return QAccessibleWidget::text(kind);
        }
    }

    [[nodiscard]] QVariant currentValue() const override {
        return static_cast<qlonglong>(timeline_.document().frame().value);
    }
    void setCurrentValue(const QVariant& value) override {
        timeline_.document().goToFrame({value.toLongLong()});
    }
    [[nodiscard]] QVariant maximumValue() const override {
        return static_cast<qlonglong>(timeline_.document().lastFrame().value);
    }
    [[nodiscard]] QVariant minimumValue() const override { return 0LL; }
    [[nodiscard]] QVariant minimumStepSize() const override { return 1LL; }

    [[nodiscard]] QStringList actionNames() const override {
        QStringList names{increaseAction(), decreaseAction()};
        return names + QAccessibleWidget::actionNames();
    }
    void doAction(const QString& name) override {
        const FrameIndex frame = timeline_.document().frame();
        if (name == increaseAction()) {
            timeline_.document().goToFrame(frame + 1);
        } else if (name == decreaseAction()) {
            timeline_.document().goToFrame(frame + -1);
        } else {
            QAccessibleWidget::doAction(name);
        }
    }

private:
    TimelineView& timeline_;
};

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
        return new AccessibleTimeline(*timeline);
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
