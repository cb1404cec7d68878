// SPDX-License-Identifier: Apache-2.0
#include "app/studio/theme/icons.h"

#include "core/base/log.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QSvgRenderer>

namespace gesture::app {

namespace {

QByteArray readIcon(const QString& name) {
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly)) {
        logWarning("Icon '" + name.toStdString() + "' is not embedded.");
        return {};
    }
    return file.readAll();
}

void paintSvg(QPainter& painter, QByteArray svg, const QColor& colour, const QRectF& area) {
    QSvgRenderer renderer(svg.replace("currentColor", colour.name().toLatin1()));
    if (renderer.isValid()) {
        renderer.setAspectRatioMode(Qt::KeepAspectRatio);
        renderer.render(&painter, area);
    }
}

QPixmap paintPixmap(const QByteArray& svg, const QColor& colour, QSize pixels) {
    QPixmap pixmap(pixels);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    paintSvg(painter, svg, colour, QRectF(QPointF(0, 0), QSizeF(pixels)));
    return pixmap;
}

/// Draws the SVG in the colour of the button's state. Owned by QIcon.
class SvgIconEngine final : public QIconEngine {
public:
    SvgIconEngine(QByteArray svg, IconColours colours)
        : svg_(std::move(svg))
        , colours_(std::move(colours)) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode,
               QIcon::State state) override {
        paintSvg(*painter, svg_, colourOf(mode, state), rect);
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        return paintPixmap(svg_, colourOf(mode, state), size);
    }
    QIconEngine* clone() const override { return new SvgIconEngine(svg_, colours_); }

private:
    [[nodiscard]] QColor colourOf(QIcon::Mode mode, QIcon::State state) const {
        if (mode == QIcon::Disabled) return colours_.disabled;
        return state == QIcon::On ? colours_.on : colours_.normal;
    }

    QByteArray svg_;
    IconColours colours_;
};

} // namespace

QIcon themedIcon(const QString& name, const IconColours& colours) {
    QByteArray svg = readIcon(name);
    return svg.isEmpty() ? QIcon() : QIcon(new SvgIconEngine(std::move(svg), colours));
}

QPixmap iconPixmap(const QString& name, const QColor& colour, int size, double ratio) {
    QPixmap pixmap = paintPixmap(readIcon(name), colour, QSize(size, size) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    return pixmap;
}

} // namespace gesture::app
