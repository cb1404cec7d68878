// SPDX-License-Identifier: Apache-2.0
#include "app/studio/timeline/lanes/lane_header.h"

#include "app/studio/theme/style_sheet.h"
#include "app/studio/timeline/lanes/lane_drawing.h"
#include "app/studio/timeline/timeline_text.h"

#include <QLocale>

#include <cmath>

namespace gesture::app {

namespace {

constexpr int kEdge = 3;
constexpr int kTextLeft = 14;
constexpr int kBadgeRoom = 24;
constexpr int kSign = 14;
constexpr int kSignStep = 20;
constexpr int kValueWidth = 44;
constexpr int kScoreWidth = 30;
constexpr int kShallow = 20; ///< Up to here masks and takes keep the lock and solo alone.

std::vector<LaneSign> signsOf(const LaneScene& scene, const LaneRow& row) {
    if (row.collapsed || !scene.document.hasClip()) return {};
    const bool shallow = row.place.height() <= kShallow;
    if (partOf(row.id)) {
        if (shallow) return {LaneSign::Lock, LaneSign::Solo};
        return {LaneSign::Eye, LaneSign::Lock, LaneSign::Solo};
    }
    if (const auto take = takeOf(row.id)) {
        if (*take >= scene.content.takes.size()) return {};
        if (shallow) return {LaneSign::Lock};
        return {LaneSign::Eye, LaneSign::Lock};
    }
    if (row.id == LaneId::Speech) {
        if (!scene.document.audio()) return {};
        return {LaneSign::Mute, LaneSign::Lock};
    }
    if (row.id == LaneId::Words) return {LaneSign::Eye, LaneSign::Lock};
    if (shallow) return {};
    return {LaneSign::Eye};
}

bool isOn(const LaneScene& scene, LaneId lane, LaneSign sign) {
    switch (sign) {
    case LaneSign::Mute:
        return scene.document.muted();
    case LaneSign::Eye:
        return scene.content.eyesOff.has(lane);
    case LaneSign::Lock:
        return scene.content.locked.has(lane);
    case LaneSign::Solo:
        break;
    }
    return scene.content.solo.has(lane);
}

void paintSign(QPainter& painter, const LaneScene& scene, const LaneSignPlace& sign) {
    const Theme& theme = scene.theme;
    if (sign.sign == LaneSign::Solo) {
        if (sign.on) fillRounded(painter, QRectF(sign.place), 3, theme.acc);
        drawLaneText(painter, {QRectF(sign.place), Timeline::tr("S"),
                               sign.on ? onBlockColour(theme) : theme.tx3, themeFont(10, 600),
                               Qt::AlignHCenter});
        return;
    }
    QString icon;
    QColor colour = sign.on ? theme.tx1 : theme.tx3;
    switch (sign.sign) {
    case LaneSign::Mute:
        icon = sign.on ? QStringLiteral("volume-mute") : QStringLiteral("volume-up");
        if (sign.on) colour = theme.warn;
        break;
    case LaneSign::Eye:
        icon = sign.on ? QStringLiteral("eye-slash") : QStringLiteral("eye");
        break;
    case LaneSign::Lock:
    case LaneSign::Solo:
        icon = sign.on ? QStringLiteral("lock") : QStringLiteral("unlock");
        break;
    }
    constexpr double kQuiet = 0.72;
    painter.setOpacity(sign.on ? 1 : kQuiet);
    painter.drawPixmap(sign.place.topLeft() + QPoint(1, 1),
                       laneIcon(icon, colour, kSign - 2, scene.ratio));
    painter.setOpacity(1);
}

QString speechLine(const Document& document) {
    if (!document.audio()) return Timeline::tr("no sound");
    const AudioTrack& track = *document.audio();
    const QLocale locale;
    const int decimals = track.info.sampleRate % 1000 == 0 ? 0 : 1;
    const QString rate =
        Timeline::tr("%1 kHz").arg(locale.toString(track.info.sampleRate / 1000.0, 'f', decimals));
    const float rms = track.waveform.rms();
    if (rms <= 0) return rate;
    return Timeline::tr("%1 · %2 dB RMS")
        .arg(
            rate,
            locale.toString(20 * std::log10(rms), 'f', 1).replace(QLatin1Char('-'), QChar(0x2212)));
}

QString secondLine(const LaneScene& scene, LaneId lane) {
    if (lane == LaneId::Speech) return speechLine(scene.document);
    if (lane == LaneId::Semantic) {
        const int frames = scene.content.hasScore() ? scene.content.semantic->framesPerToken
                                                    : scene.content.framesPerToken;
        return Timeline::tr("%1-frame steps").arg(frames);
    }
    if (lane == LaneId::Importance) return Timeline::tr("per part · 2 s windows");
    if (lane == LaneId::Difference) return Timeline::tr("mean of joints, cm");
    return {};
}

void paintEdge(QPainter& painter, const LaneScene& scene, const LaneRow& row) {
    const QRect edge(0, row.place.top() + 3, kEdge, row.place.height() - 6);
    if (row.id == LaneId::Importance || row.id == LaneId::Difference) {
        const QColor colours[] = {scene.theme.upper, scene.theme.hands, scene.theme.lower};
        const double part = edge.height() / 3.0;
        for (int i = 0; i < 3; ++i) {
            const int top = edge.top() + static_cast<int>(std::lround(i * part));
            const int bottom = edge.top() + static_cast<int>(std::lround((i + 1) * part));
            painter.fillRect(QRect(0, top, kEdge, bottom - top), colours[i]);
        }
        return;
    }
    const bool silent = row.id == LaneId::Speech && !scene.document.audio();
    painter.fillRect(edge,
                     silent ? scene.theme.bg5 : laneColour(scene.theme, scene.content, row.id));
}

void paintBadge(QPainter& painter, const LaneScene& scene, const LaneRow& row) {
    const auto take = takeOf(row.id);
    if (!take || *take >= scene.content.takes.size() || row.collapsed) return;
    const TakeBadge badge = scene.content.takes[*take].badge;
    const QRectF box(takeBadge(row));
    if (badge == TakeBadge::None) {
        drawRounded(painter, box, 3, Qt::transparent, scene.theme.line2);
        return;
    }
    fillRounded(painter, box, 3, laneColour(scene.theme, scene.content, row.id));
    drawLaneText(painter, {box, badge == TakeBadge::A ? QStringLiteral("A") : QStringLiteral("B"),
                           onBlockColour(scene.theme), themeFont(10, 600), Qt::AlignHCenter});
}

/// A dot at the name of a lane whose maps belong to an older version.
void paintMapState(QPainter& painter, const LaneScene& scene, const LaneRow& row) {
    if (row.collapsed || !scene.content.isOld(row.id)) return;
    constexpr int kDot = 6;
    fillRounded(painter, QRectF(kEdge + 2, row.place.center().y() - kDot / 2.0, kDot, kDot),
                kDot / 2.0, scene.theme.warn);
}

/// What a take's header says after its name: a star, and a dot when it is out of date.
void paintTakeState(QPainter& painter, const LaneScene& scene, const LaneRow& row) {
    const auto take = takeOf(row.id);
    if (!take || *take >= scene.content.takes.size() || row.collapsed) return;
    const TakeRow& shown = scene.content.takes[*take];
    const QRect place = laneValue(scene, row);
    int right = place.right();
    if (!shown.outOfDate.isEmpty()) {
        constexpr int kDot = 6;
        fillRounded(painter, QRectF(right - kDot, place.center().y() - 2, kDot, kDot), kDot / 2.0,
                    scene.theme.warn);
        right -= kDot + 6;
    }
    if (shown.starred) {
        painter.drawPixmap(
            QPoint(right - 12, place.center().y() - 5),
            laneIcon(QStringLiteral("star-fill"), scene.theme.warn, 12, scene.ratio));
    }
}

void paintMaskedFrames(QPainter& painter, const LaneScene& scene, const LaneRow& row) {
    const auto part = partOf(row.id);
    if (!part || row.collapsed || scene.index.maskedFrames[*part] == 0) return;
    drawLaneText(painter, {QRectF(laneValue(scene, row)),
                           Timeline::tr("%1 f").arg(scene.index.maskedFrames[*part]),
                           partColour(scene.theme, *part), themeFont(11, 500, FontFamily::Mono),
                           Qt::AlignRight});
}

void paintName(QPainter& painter, const LaneScene& scene, const LaneRow& row) {
    const Theme& theme = scene.theme;
    const int left =
        kTextLeft +
        (takeOf(row.id) && !scene.content.takes.empty() && !row.collapsed ? kBadgeRoom : 0);
    const bool number = row.id == LaneId::Semantic || partOf(row.id);
    const QRect room = laneValue(scene, row);
    const int right = number && !row.collapsed ? room.left() : room.right();
    const double width = std::max(right - left, 40);
    const double height = row.place.height();
    const QColor colour = scene.document.hasClip() ? theme.tx1 : theme.txd;
    const QString second = secondLine(scene, row.id);
    const int size = row.collapsed ? 10 : height > 17 ? 12 : 11;
    constexpr double kTwoLines = 40;
    if (second.isEmpty() || !scene.density().secondLine || height < kTwoLines) {
        drawLaneText(painter, {QRectF(left, row.place.top(), width, height - 1),
                               laneName(scene.content, row.id), colour,
                               themeFont(size, row.collapsed ? 400 : 500)});
        return;
    }
    const double top = row.place.top() + height / 2 - 17;
    drawLaneText(painter, {QRectF(left, top, width, 18), laneName(scene.content, row.id), colour,
                           themeFont(12, 500)});
    if (!scene.document.hasClip()) return;
    drawLaneText(painter, {QRectF(left, top + 16, width, 16), second, theme.tx3, themeFont(11)});
}

} // namespace

std::vector<LaneSignPlace> laneSigns(const LaneScene& scene, const LaneRow& row) {
    const std::vector<LaneSign> signs = signsOf(scene, row);
    std::vector<LaneSignPlace> places;
    int x = scene.density().header - kTextLeft - kSign -
            kSignStep * (static_cast<int>(signs.size()) - 1);
    const int y = row.place.top() + (row.place.height() - kSign) / 2;
    for (const LaneSign sign : signs) {
        places.push_back({sign, QRect(x, y, kSign, kSign), isOn(scene, row.id, sign)});
        x += kSignStep;
    }
    return places;
}

QRect takeBadge(const LaneRow& row) {
    constexpr int kWidth = 16;
    const int height = std::min(row.place.height() - 8, kWidth);
    return {kTextLeft, row.place.top() + (row.place.height() - 1 - height) / 2, kWidth, height};
}

QRect laneValue(const LaneScene& scene, const LaneRow& row) {
    const auto signs = laneSigns(scene, row);
    const int right =
        signs.empty() ? scene.density().header - kTextLeft : signs.front().place.left() - 6;
    const int width = row.id == LaneId::Semantic ? kScoreWidth : kValueWidth;
    return {right - width, row.place.top(), width, row.place.height() - 1};
}

void paintLaneHeader(QPainter& painter, const LaneScene& scene, const LaneRow& row) {
    const QRect header = scene.layout.headerOf(row.place);
    painter.save();
    painter.setClipRect(header, Qt::IntersectClip);
    const bool current = scene.currentLane == row.id;
    painter.fillRect(header, current ? scene.theme.bg4 : scene.theme.bg2);
    paintEdge(painter, scene, row);
    paintName(painter, scene, row);
    paintBadge(painter, scene, row);
    paintTakeState(painter, scene, row);
    paintMapState(painter, scene, row);
    paintMaskedFrames(painter, scene, row);
    for (const LaneSignPlace& sign : laneSigns(scene, row)) {
        paintSign(painter, scene, sign);
    }
    painter.restore();
}

void paintScoreValue(QPainter& painter, const LaneScene& scene, const LaneRow& row) {
    if (!scene.content.hasScore() || row.collapsed) return;
    const std::int64_t token =
        scene.document.frame().value / std::max(scene.content.semantic->framesPerToken, 1);
    const float score = scene.index.score.at(token);
    if (std::isnan(score)) return;
    drawLaneText(painter, {QRectF(laneValue(scene, row)), QLocale().toString(score, 'f', 2),
                           scene.theme.sem, themeFont(11, 500, FontFamily::Mono), Qt::AlignRight});
}

} // namespace gesture::app
