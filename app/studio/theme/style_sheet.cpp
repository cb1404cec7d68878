// SPDX-License-Identifier: Apache-2.0
#include "app/studio/theme/style_sheet.h"

#include "app/studio/theme/icons.h"

#include <QDir>
#include <QFile>
#include <QFontDatabase>
#include <QPixmap>

namespace gesture::app {

namespace {

QString readResource(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

QString makeStyleSheet(const Theme& theme, const QString& pictureFolder) {
    QString sheet = readResource(QStringLiteral(":/theme/studio.qss"));
    for (const NamedColour& colour : styleColours()) {
        sheet.replace(QStringLiteral("@%1@").arg(QLatin1String(colour.name)),
                      (theme.*colour.member).name());
    }
    return sheet.replace(QStringLiteral("@pictures@"), pictureFolder);
}

QPalette paletteOf(const Theme& theme) {
    QPalette palette;
    palette.setColor(QPalette::Window, theme.bg2);
    palette.setColor(QPalette::WindowText, theme.tx1);
    palette.setColor(QPalette::Base, theme.bg3);
    palette.setColor(QPalette::AlternateBase, theme.bg1);
    palette.setColor(QPalette::Text, theme.tx1);
    palette.setColor(QPalette::PlaceholderText, theme.tx3);
    palette.setColor(QPalette::Button, theme.bg3);
    palette.setColor(QPalette::ButtonText, theme.tx1);
    palette.setColor(QPalette::BrightText, theme.acctx);
    palette.setColor(QPalette::Highlight, theme.accbg);
    palette.setColor(QPalette::HighlightedText, theme.acctx);
    palette.setColor(QPalette::ToolTipBase, theme.bg4);
    palette.setColor(QPalette::ToolTipText, theme.tx1);
    palette.setColor(QPalette::Link, theme.acc);
    palette.setColor(QPalette::Light, theme.bg4);
    palette.setColor(QPalette::Mid, theme.line);
    palette.setColor(QPalette::Dark, theme.bg0);
    palette.setColor(QPalette::Shadow, theme.bg0);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        palette.setColor(QPalette::Disabled, role, theme.txd);
    }
    return palette;
}

bool writeStylePictures(const Theme& theme, const QString& pictureFolder) {
    const struct {
        const char* icon;
        const char* file;
        QColor colour;
    } pictures[] = {{"chevron-down", "down.png", theme.tx3},
                    {"chevron-right", "right.png", theme.tx3},
                    {"check", "check.png", theme.acctx},
                    {"check", "menu-check.png", theme.acc}};
    bool written = true;
    for (const auto& picture : pictures) {
        const QPixmap pixmap = iconPixmap(QLatin1String(picture.icon), picture.colour, 12, 2.0);
        const QString path = QDir(pictureFolder).filePath(QLatin1String(picture.file));
        written = pixmap.save(path, "PNG") && written;
    }
    return written;
}

QFont themeFont(int pixels, int weight, FontFamily family) {
    QFont font(family == FontFamily::Mono ? QStringLiteral("JetBrains Mono")
                                          : QStringLiteral("Inter"));
    font.setPixelSize(pixels);
    font.setWeight(static_cast<QFont::Weight>(weight));
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

void loadFonts() {
    for (const char* name :
         {"Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf",
          "JetBrainsMono-Regular.ttf", "JetBrainsMono-Medium.ttf", "JetBrainsMono-SemiBold.ttf"}) {
        QFontDatabase::addApplicationFont(QStringLiteral(":/fonts/") + QLatin1String(name));
    }
}

} // namespace gesture::app
