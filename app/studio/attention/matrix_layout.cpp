// SPDX-License-Identifier: Apache-2.0
#include "app/studio/attention/matrix_layout.h"

#include <algorithm>
#include <cmath>

namespace gesture::app {

namespace {

/// Room around the map.
struct Frame {
    int left;
    int top;
    int right;
    int bottom;
    int smallestCell;
    int largestFit;
};

constexpr Frame kDock{50, 34, 34, 54, 3, 6};
constexpr Frame kWorkspace{74, 62, 112, 48, 4, kLargestZoom};

} // namespace

MatrixLayout::MatrixLayout(const MatrixFit& fit, const MapTable& table)
    : form(fit.form)
    , speechBegin_(table.speechBegin)
    , motionBegin_(table.motionBegin)
    , rows_(std::max(table.rows, 1))
    , columns_(std::max(table.columns, 1)) {
    place(fit);
}

void MatrixLayout::place(const MatrixFit& fit) {
    const Frame& frame = form == MatrixForm::Dock ? kDock : kWorkspace;
    const QSize room(std::max(fit.size.width() - frame.left - frame.right, frame.smallestCell),
                     std::max(fit.size.height() - frame.top - frame.bottom, frame.smallestCell));
    const int fitting = std::min(room.width() / columns_, room.height() / rows_);
    cell = fit.zoom > 0 ? std::clamp(fit.zoom, kSmallestZoom, kLargestZoom)
                        : std::clamp(fitting, frame.smallestCell, frame.largestFit);
    map = QRect(frame.left, frame.top, std::min(room.width(), cell * columns_),
                std::min(room.height(), cell * rows_));
    scroll = QPoint(std::clamp(fit.scroll.x(), 0, largestScroll().x()),
                    std::clamp(fit.scroll.y(), 0, largestScroll().y()));
    const bool dock = form == MatrixForm::Dock;
    const int profile = dock ? 26 : 46;
    columnProfile = QRect(map.left(), map.top() - (dock ? 3 : 6) - profile, map.width(), profile);
    rowProfile = QRect(map.right() + 1 + (dock ? 4 : 6), map.top(), dock ? 26 : 40, map.height());
    speechWords = QRect(0, map.top(), frame.left - (dock ? 4 : 6), map.height());
    const int below = map.bottom() + 1;
    motionWords = QRect(map.left(), below + 4, map.width(), 18);
    if (dock) {
        frameTicks = QRect();
        colourBar = QRect(map.left(), below + 28, std::min(84, map.width() / 3), 7);
        const int left = colourBar.right() + 11;
        reading = QRect(left, below + 22, std::max(0, fit.size.width() - left), 32);
    } else {
        frameTicks = QRect(map.left(), below + 24, map.width(), 20);
        colourBar = QRect(rowProfile.right() + 13, map.top(), 10, map.height());
        reading = QRect();
    }
}

QPoint MatrixLayout::largestScroll() const {
    return {std::max(0, cell * columns_ - map.width()), std::max(0, cell * rows_ - map.height())};
}

MapCell MatrixLayout::nearestCell(const QPointF& place) const {
    const auto index = [this](double position, int begin, int offset, int count) {
        const double cells = (position - begin + offset) / cell;
        return std::clamp<std::int64_t>(static_cast<std::int64_t>(std::floor(cells)), 0, count - 1);
    };
    return {speechBegin_ + index(place.y(), map.top(), scroll.y(), rows_),
            motionBegin_ + index(place.x(), map.left(), scroll.x(), columns_)};
}

std::optional<MapCell> MatrixLayout::cellAt(const QPointF& place) const {
    if (!QRectF(map).contains(place) || place.x() >= map.right() + 1 ||
        place.y() >= map.bottom() + 1) {
        return std::nullopt;
    }
    return nearestCell(place);
}

double MatrixLayout::xOf(double motionFrame) const {
    return map.left() - scroll.x() + (motionFrame - static_cast<double>(motionBegin_.value)) * cell;
}

double MatrixLayout::yOf(double speechFrame) const {
    return map.top() - scroll.y() + (speechFrame - static_cast<double>(speechBegin_.value)) * cell;
}

QRect MatrixLayout::rectOf(FrameRange speech, FrameRange motion) const {
    const auto x = static_cast<int>(xOf(static_cast<double>(motion.begin.value)));
    const auto y = static_cast<int>(yOf(static_cast<double>(speech.begin.value)));
    return {x, y, static_cast<int>(motion.length()) * cell,
            static_cast<int>(speech.length()) * cell};
}

QRect MatrixLayout::rectOf(const MapCell& at) const {
    return rectOf({at.speech, at.speech + 1}, {at.motion, at.motion + 1});
}

} // namespace gesture::app
