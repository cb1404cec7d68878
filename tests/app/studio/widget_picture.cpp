// SPDX-License-Identifier: Apache-2.0
#include "tests/app/studio/widget_picture.h"

#include "app/studio/theme/style_sheet.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QPixmap>
#include <QPushButton>
#include <QTemporaryDir>

namespace gesture::test {

namespace {

/// What of a control's text does not fit; empty: all fits.
QString cutText(const QWidget& widget) {
    const int needed = widget.minimumSizeHint().width();
    const auto* label = qobject_cast<const QLabel*>(&widget);
    if (label != nullptr) {
        const bool free =
            label->wordWrap() || label->sizePolicy().horizontalPolicy() == QSizePolicy::Ignored;
        return !free && label->width() < needed ? label->text() : QString();
    }
    const auto* button = qobject_cast<const QPushButton*>(&widget);
    if (button != nullptr && button->width() < needed) return button->text();
    const auto* box = qobject_cast<const QComboBox*>(&widget);
    if (box != nullptr && box->width() < needed) return box->currentText();
    return {};
}

} // namespace

::testing::AssertionResult fits(QWidget& panel, QSize size, app::ThemeKind theme,
                                const char* name) {
    const app::Theme& colours = app::themeOf(theme);
    QTemporaryDir pictures;
    if (!app::writeStylePictures(colours, pictures.path())) {
        return ::testing::AssertionFailure() << "The style's pictures cannot be written.";
    }
    QApplication::setPalette(app::paletteOf(colours));
    QWidget window;
    window.setObjectName(QStringLiteral("pictureWindow"));
    window.setStyleSheet(
        app::makeStyleSheet(colours, pictures.path()) +
        QStringLiteral("#pictureWindow { background: %1; }").arg(colours.bg2.name()));
    QWidget* const parent = panel.parentWidget();
    window.resize(size);
    panel.setParent(&window);
    panel.setGeometry(QRect(QPoint(0, 0), size));
    panel.show();
    window.show();
    QApplication::processEvents();
    const QString folder = qEnvironmentVariable("GESTURE_WIDGET_PICTURES");
    if (!folder.isEmpty()) {
        const QString kind =
            theme == app::ThemeKind::Dark ? QStringLiteral("dark") : QStringLiteral("light");
        window.grab().save(folder + QLatin1Char('/') + QLatin1String(name) + QLatin1Char('-') +
                           kind + QStringLiteral(".png"));
    }
    auto result = ::testing::AssertionSuccess();
    const QSize least = panel.minimumSizeHint();
    if (least.width() > size.width() || least.height() > size.height()) {
        result = ::testing::AssertionFailure()
                 << "It needs " << least.width() << "x" << least.height() << ". ";
    }
    for (const QWidget* child : panel.findChildren<QWidget*>()) {
        const QString cut = child->isVisible() ? cutText(*child) : QString();
        if (!cut.isEmpty()) {
            result = ::testing::AssertionFailure()
                     << result.message() << "Cut: '" << cut.toStdString() << "'. ";
        }
    }
    panel.setParent(parent);
    return result;
}

} // namespace gesture::test
