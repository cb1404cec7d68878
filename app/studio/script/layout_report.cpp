// SPDX-License-Identifier: Apache-2.0
#include "app/studio/script/layout_report.h"

#include "app/studio/timeline/timeline_view.h"
#include "app/studio/viewport/axis_gizmo.h"
#include "app/studio/viewport/hud.h"

#include <QComboBox>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QSlider>
#include <QTextDocument>
#include <QToolButton>

namespace gesture::app {

namespace {

/// Its kind is none of those that hold others.
bool isControl(const QWidget& widget) {
    return qobject_cast<const QLabel*>(&widget) || qobject_cast<const QAbstractButton*>(&widget) ||
           qobject_cast<const QComboBox*>(&widget) || qobject_cast<const QLineEdit*>(&widget) ||
           qobject_cast<const QSlider*>(&widget) || qobject_cast<const QMenuBar*>(&widget) ||
           qobject_cast<const Hud*>(&widget) || qobject_cast<const AxisGizmo*>(&widget) ||
           qobject_cast<const TimelineView*>(&widget);
}

QString textOf(const QWidget& widget) {
    if (const auto* label = qobject_cast<const QLabel*>(&widget)) {
        if (!Qt::mightBeRichText(label->text())) return label->text();
        QTextDocument document;
        document.setHtml(label->text());
        return document.toPlainText();
    }
    if (const auto* edit = qobject_cast<const QLineEdit*>(&widget)) return edit->text();
    if (const auto* box = qobject_cast<const QComboBox*>(&widget)) return box->currentText();
    const auto* tool = qobject_cast<const QToolButton*>(&widget);
    if (tool != nullptr && tool->toolButtonStyle() == Qt::ToolButtonIconOnly) return {};
    const auto* button = qobject_cast<const QAbstractButton*>(&widget);
    return button != nullptr ? button->text() : QString();
}

int neededWidth(const QWidget& widget) {
    const auto* tool = qobject_cast<const QToolButton*>(&widget);
    if (tool != nullptr && tool->toolButtonStyle() == Qt::ToolButtonIconOnly) {
        return tool->iconSize().width();
    }
    const auto* label = qobject_cast<const QLabel*>(&widget);
    if (label != nullptr && label->wordWrap()) return label->minimumSizeHint().width();
    if (qobject_cast<const QAbstractButton*>(&widget)) return widget.sizeHint().width();
    if (qobject_cast<const QMenuBar*>(&widget)) return widget.sizeHint().width();
    return widget.fontMetrics().horizontalAdvance(textOf(widget));
}

} // namespace

QJsonArray layoutOf(const QWidget& window) {
    QJsonArray controls;
    for (const QWidget* widget : window.findChildren<QWidget*>()) {
        const bool part = widget->parentWidget() != nullptr && isControl(*widget->parentWidget());
        if (!widget->isVisible() || !isControl(*widget) || part) continue;
        const QRect place(widget->mapTo(&window, QPoint(0, 0)), widget->size());
        controls.append(QJsonObject{
            {QStringLiteral("name"), widget->accessibleName() + QLatin1Char(' ') +
                                         QLatin1String(widget->metaObject()->className())},
            {QStringLiteral("text"), textOf(*widget)},
            {QStringLiteral("x"), place.x()},
            {QStringLiteral("y"), place.y()},
            {QStringLiteral("width"), place.width()},
            {QStringLiteral("height"), place.height()},
            {QStringLiteral("neededWidth"), neededWidth(*widget)}});
    }
    return controls;
}

} // namespace gesture::app
