// SPDX-License-Identifier: Apache-2.0
#include "app/studio/attention/matrix_view.h"

#include "app/studio/attention/accessible_matrix.h"
#include "app/studio/attention/matrix_scene.h"

#include <QMouseEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace gesture::app {

namespace {

constexpr int kDragStart = 4; ///< px before a press becomes a selection.

MapArea areaOf(const MapCell& a, const MapCell& b) {
    return {{std::min(a.speech, b.speech), std::max(a.speech, b.speech) + 1},
            {std::min(a.motion, b.motion), std::max(a.motion, b.motion) + 1}};
}

} // namespace

MatrixView::MatrixView(AttentionModel& model, MapSide side, MatrixForm form, const Theme& theme,
                       QWidget* parent)
    : QWidget(parent)
    , model_(model)
    , side_(side)
    , form_(form)
    , theme_(&theme)
    , ring_(new FocusRing(*this)) {
    installMatrixInterface();
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setCursor(Qt::CrossCursor);
    setAccessibleName(tr("Attention map"));
    setAccessibleDescription(tr("Arrow keys go through the cells, Shift marks, Enter goes to the "
                                "frame, P keeps the cell, Ctrl with arrows changes layer and "
                                "head."));
    connect(&model_, &AttentionModel::mapChanged, this, &MatrixView::repaintAll);
    connect(&model_, &AttentionModel::contentChanged, this, &MatrixView::repaintAll);
    connect(&model_, &AttentionModel::lookChanged, this, &MatrixView::repaintAll);
    connect(&model_, &AttentionModel::cursorChanged, this, [this] {
        update();
        announceMatrixCell(*this);
    });
    connect(&model_, &AttentionModel::playheadMoved, this, [this] { update(); });
    setTheme(theme);
}

void MatrixView::setTheme(const Theme& theme) {
    theme_ = &theme;
    ring_->setColour(theme.acc);
    repaintAll();
}

void MatrixView::setSide(MapSide side) {
    side_ = side;
    repaintAll();
}

MatrixLayout MatrixView::matrixLayout() const {
    return {{form_, size(), zoom_, scroll_}, model_.table(side_)};
}

QString MatrixView::contentText() const {
    if (model_.table(side_).empty()) return tr("No map");
    return tr("%1, %2, window %3")
        .arg(model_.sourceTitle(side_), model_.mapTitle(), model_.windowTitle());
}

QSize MatrixView::minimumSizeHint() const {
    return form_ == MatrixForm::Dock ? QSize(276, 280) : QSize(442, 366);
}

QSize MatrixView::sizeHint() const {
    return form_ == MatrixForm::Dock ? QSize(340, 344) : QSize(698, 622);
}

void MatrixView::repaintAll() {
    kept_ = QPixmap();
    update();
}

void MatrixView::paintEvent(QPaintEvent*) {
    const MatrixLayout layout = matrixLayout();
    const MatrixScene scene{*theme_, model_, side_, layout};
    const double ratio = devicePixelRatioF();
    if (kept_.isNull() || kept_.size() != size() * ratio) {
        kept_ = QPixmap(size() * ratio);
        kept_.setDevicePixelRatio(ratio);
        kept_.fill(theme_->bg2);
        QPainter painter(&kept_);
        paintMatrix(painter, scene);
    }
    QPainter painter(this);
    painter.drawPixmap(0, 0, kept_);
    paintMatrixAxes(painter, scene);
    paintMatrixCursor(painter, scene);
    paintMatrixReading(painter, scene);
    const bool old = model_.contentOf(side_).state == MapState::OutOfDate;
    if (old) painter.fillRect(rect(), withAlpha(theme_->bg2, 0.4)); // the map at 60 %
}

void MatrixView::resizeEvent(QResizeEvent*) { repaintAll(); }

void MatrixView::setZoom(int zoom, const QPointF& anchor) {
    const MatrixLayout before = matrixLayout();
    const MapCell at = before.nearestCell(anchor);
    const QPointF inCell = (anchor - QPointF(before.rectOf(at).topLeft())) / before.cell;
    zoom_ = zoom == 0 ? 0 : std::clamp(zoom, kSmallestZoom, kLargestZoom);
    scroll_ = {};
    const MatrixLayout after = matrixLayout();
    const QPointF corner = after.rectOf(at).topLeft();
    const QPointF wanted = corner + inCell * after.cell - anchor;
    scroll_ =
        QPoint(std::clamp(static_cast<int>(std::lround(wanted.x())), 0, after.largestScroll().x()),
               std::clamp(static_cast<int>(std::lround(wanted.y())), 0, after.largestScroll().y()));
    repaintAll();
}

void MatrixView::scrollTo(const MapCell& cell) {
    const MatrixLayout layout = matrixLayout();
    const QRect at = layout.rectOf(cell);
    QPoint wanted = layout.scroll;
    if (at.left() < layout.map.left()) wanted.rx() -= layout.map.left() - at.left();
    if (at.right() > layout.map.right()) wanted.rx() += at.right() - layout.map.right();
    if (at.top() < layout.map.top()) wanted.ry() -= layout.map.top() - at.top();
    if (at.bottom() > layout.map.bottom()) wanted.ry() += at.bottom() - layout.map.bottom();
    if (wanted == layout.scroll) return;
    scroll_ = wanted;
    repaintAll();
}

void MatrixView::moveCursor(const MapCell& cell) {
    scrollTo(cell);
    model_.setHovered(cell);
}

void MatrixView::mousePressEvent(QMouseEvent* event) {
    const MatrixLayout layout = matrixLayout();
    const auto cell = layout.cellAt(event->position());
    heldPlace_ = event->position().toPoint();
    if (event->button() == Qt::MiddleButton) {
        held_ = Grip::Pan;
        heldScroll_ = layout.scroll;
        setCursor(Qt::ClosedHandCursor);
    } else if (event->button() == Qt::LeftButton && cell && !model_.table(side_).empty()) {
        held_ = Grip::Click;
        heldCell_ = cell;
    }
}

void MatrixView::panTo(const QPoint& place) {
    const QPoint most = matrixLayout().largestScroll();
    const QPoint wanted = heldScroll_ - (place - heldPlace_);
    scroll_ = {std::clamp(wanted.x(), 0, most.x()), std::clamp(wanted.y(), 0, most.y())};
    repaintAll();
}

void MatrixView::markTo(const MapCell& cell) {
    if (heldCell_) model_.setArea(areaOf(*heldCell_, cell));
}

void MatrixView::mouseMoveEvent(QMouseEvent* event) {
    const QPoint place = event->position().toPoint();
    const MatrixLayout layout = matrixLayout();
    if (held_ == Grip::Pan) return panTo(place);
    if (held_ == Grip::Click && (place - heldPlace_).manhattanLength() >= kDragStart) {
        held_ = Grip::Area;
    }
    if (held_ == Grip::Area) {
        model_.setHovered(layout.nearestCell(event->position()));
        return markTo(layout.nearestCell(event->position()));
    }
    const auto cell = model_.table(side_).empty() ? std::nullopt : layout.cellAt(event->position());
    model_.setHovered(cell);
    Q_EMIT hinted(cell ? tr("Drag in the map to select speech × motion. Click: go to the frame. "
                            "Wheel: next layer. Ctrl+wheel: zoom.")
                       : QString());
}

void MatrixView::mouseReleaseEvent(QMouseEvent* event) {
    const Grip held = held_;
    held_ = Grip::None;
    setCursor(Qt::CrossCursor);
    if (held != Grip::Click || event->button() != Qt::LeftButton || !heldCell_) return;
    model_.setArea(std::nullopt);
    model_.choose(*heldCell_);
}

void MatrixView::mouseDoubleClickEvent(QMouseEvent* event) { setZoom(0, event->position()); }

void MatrixView::wheelEvent(QWheelEvent* event) {
    const QPoint turned = event->angleDelta();
    const int delta = turned.y() != 0 ? turned.y() : turned.x();
    if (delta == 0) return;
    const int by = delta > 0 ? 1 : -1;
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
        setZoom(std::clamp(matrixLayout().cell + by, kSmallestZoom, kLargestZoom),
                event->position());
    } else {
        model_.stepLayer(-by);
    }
    event->accept();
}

void MatrixView::leaveEvent(QEvent*) {
    if (held_ == Grip::None) model_.setHovered(std::nullopt);
    Q_EMIT hinted({});
}

} // namespace gesture::app
