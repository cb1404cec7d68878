// SPDX-License-Identifier: Apache-2.0
#include "app/studio/viewport/axis_gizmo.h"

#include "app/studio/theme/style_sheet.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace gesture::app {

namespace {

constexpr int kSize = 80;
constexpr double kArm = 25;
constexpr double kReach = 9;
constexpr double kDragStart = 3;

} // namespace

AxisGizmo::AxisGizmo(ViewController& view, const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , view_(view)
    , theme_(&theme) {
    setFixedSize(kSize, kSize);
    setCursor(Qt::PointingHandCursor);
    setAccessibleName(tr("Axes of the view"));
    setToolTip(tr("Click an axis to look from there. Drag to orbit."));
    connect(&view_, &ViewController::changed, this, [this] { update(); });
}

void AxisGizmo::setTheme(const Theme& theme) {
    theme_ = &theme;
    update();
}

std::array<AxisGizmo::End, 6> AxisGizmo::ends() const {
    // Rows: right, up, towards the viewer.
    const Eigen::Matrix3f view = view_.camera().viewRotation();
    std::array<End, 6> ends;
    for (int i = 0; i < 6; ++i) {
        Eigen::Vector3f direction = Eigen::Vector3f::Zero();
        direction[i / 2] = i % 2 == 0 ? 1.0F : -1.0F;
        const double x = static_cast<double>(view.row(0).dot(direction));
        const double y = static_cast<double>(view.row(1).dot(direction));
        ends[static_cast<std::size_t>(i)] = {
            QPointF(kSize / 2.0 + kArm * x, kSize / 2.0 - kArm * y),
            -static_cast<double>(view.row(2).dot(direction)), i / 2, i % 2 == 0};
    }
    std::sort(ends.begin(), ends.end(),
              [](const End& a, const End& b) { return a.depth > b.depth; });
    return ends;
}

void AxisGizmo::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor colours[] = {theme_->axisX, theme_->axisY, theme_->axisZ};
    constexpr const char* kNames[] = {"X", "Y", "Z"};
    const QPointF centre(kSize / 2.0, kSize / 2.0);
    for (const End& end : ends()) {
        const QColor colour = colours[end.axis];
        if (end.positive) {
            painter.setPen(QPen(colour, 2));
            painter.drawLine(centre, end.place);
            painter.setPen(Qt::NoPen);
            painter.setBrush(colour);
            painter.drawEllipse(end.place, 7.5, 7.5);
            painter.setPen(theme_->axistx);
            painter.setFont(themeFont(10, 600));
            painter.drawText(QRectF(end.place.x() - 8, end.place.y() - 8, 16, 16), Qt::AlignCenter,
                             QLatin1String(kNames[end.axis]));
        } else {
            painter.setPen(withAlpha(colour, 0.8));
            painter.setBrush(withAlpha(colour, 0.28));
            painter.drawEllipse(end.place, 5, 5);
        }
    }
}

void AxisGizmo::mousePressEvent(QMouseEvent* event) {
    pressed_ = last_ = event->position();
    dragged_ = false;
}

void AxisGizmo::mouseMoveEvent(QMouseEvent* event) {
    const QPointF place = event->position();
    if (!dragged_ && (place - pressed_).manhattanLength() < kDragStart) return;
    dragged_ = true;
    view_.orbit(place - last_);
    last_ = place;
}

void AxisGizmo::mouseReleaseEvent(QMouseEvent* event) {
    if (dragged_) return;
    const auto shown = ends();
    const auto hit = std::find_if(shown.rbegin(), shown.rend(), [&](const End& end) {
        const QPointF offset = end.place - event->position();
        return std::hypot(offset.x(), offset.y()) <= kReach;
    });
    if (hit != shown.rend()) lookFrom(*hit);
}

void AxisGizmo::lookFrom(const End& end) {
    constexpr float kQuarter = 1.5707963F;
    constexpr float kSteep = 1.55F;
    switch (end.axis) {
    case 0:
        return end.positive ? view_.choosePreset(ViewPreset::Side)
                            : view_.lookFrom(-kQuarter, 0.07F);
    case 1:
        return end.positive ? view_.choosePreset(ViewPreset::Top) : view_.lookFrom(0, -kSteep);
    default:
        return view_.choosePreset(end.positive ? ViewPreset::Front : ViewPreset::Back);
    }
}

} // namespace gesture::app
