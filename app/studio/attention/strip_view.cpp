// SPDX-License-Identifier: Apache-2.0
#include "app/studio/attention/strip_view.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace gesture::app {

namespace {

constexpr int kLeft = 74;
constexpr int kRight = 16;
constexpr int kTop = 26;
constexpr int kBottom = 48;
constexpr int kSteps = 16384; ///< Of the weights' colours: fine enough for 1/1000 of the largest.
constexpr double kWheelZoom = 1.2;
constexpr double kWheelScroll = 0.1;

/// Colours by weight / largest, kSteps even steps.
std::vector<QRgb> stepColours(const MapLook& look) {
    const ColourTable& table = colourTable(look.colours);
    std::vector<QRgb> colours(kSteps + 1);
    for (std::size_t i = 0; i < colours.size(); ++i) {
        const double weight = static_cast<double>(i) / kSteps;
        colours[i] = table[colourIndex(shareOnScale(weight, 1.0, look.scale))];
    }
    return colours;
}

} // namespace

StripView::StripView(AttentionModel& model, Executor& executor, const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , model_(model)
    , theme_(&theme)
    , ring_(new FocusRing(*this))
    , tiles_(executor) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setCursor(Qt::CrossCursor);
    setAccessibleName(tr("Attention over the whole clip"));
    setAccessibleDescription(tr("Left and right scroll, plus and minus zoom."));
    connect(&tiles_, &BandTiles::arrived, this, &StripView::repaintBand);
    connect(&model_, &AttentionModel::mapChanged, this, &StripView::takeContent);
    connect(&model_, &AttentionModel::lookChanged, this, &StripView::repaintBand);
    connect(&model_, &AttentionModel::playheadMoved, this, [this] {
        const Seconds time = inference::kAnalysisRate.timeOf(model_.playhead());
        if (model_.follow() && axis_.follow(time)) axisMoved();
        update();
    });
    setTheme(theme);
    takeContent();
}

void StripView::setTheme(const Theme& theme) {
    theme_ = &theme;
    ring_->setColour(theme.acc);
    repaintBand();
}

void StripView::takeContent() {
    const auto& analysis = model_.content().analysis;
    if (analysis == shownAnalysis_ && model_.shownMap() == shownMap_) return update();
    const bool sameClip =
        analysis && shownAnalysis_ && analysis->frames() == shownAnalysis_->frames();
    shownAnalysis_ = analysis;
    shownMap_ = model_.shownMap();
    largest_ = 0;
    tiles_.setSource(analysis,
                     analysis ? mapsOf(*analysis, shownMap_) : std::vector<WeightedMap>{});
    if (analysis && !sameClip) {
        axis_.setDuration(inference::kAnalysisRate.timeOf({analysis->frames()}),
                          inference::kAnalysisRate);
    }
    axisMoved();
}

void StripView::show(double beginSeconds, double endSeconds) {
    axis_.show(beginSeconds, endSeconds);
    axisMoved();
}

QRect StripView::band() const {
    return {kLeft, kTop, std::max(1, width() - kLeft - kRight),
            std::max(1, height() - kTop - kBottom)};
}

double StripView::frameAt(double x) const {
    return axis_.timeAt(x).value * inference::kAnalysisRate.perSecond();
}

int StripView::level() const {
    const double framesPerPixel = inference::kAnalysisRate.perSecond() / axis_.pixelsPerSecond();
    int found = 0;
    while (found < 20 && framesPerPixel >= 2.0 * (1 << found)) {
        ++found;
    }
    return found;
}

void StripView::axisMoved() {
    axis_.setPixels(band().left(), band().right() + 1);
    repaintBand();
}

void StripView::repaintBand() {
    picture_ = QImage();
    update();
}

const QImage& StripView::picture() {
    if (picture_.isNull()) fillPicture();
    return picture_;
}

void StripView::fillPicture() {
    const QRect area = band();
    QImage image(area.width(), rows(), QImage::Format_RGB32);
    image.fill(theme_->bg2); // where no window shows both frames
    // Tiles first: the scale follows the largest weight that was seen.
    const auto columns = shownAnalysis_ ? collectColumns() : std::vector<StripColumn>{};
    const MapLook& look = model_.look();
    const bool given = look.fixedLargest || look.normalise == MapNormalise::All;
    const double top = given ? model_.largest() : largest_;
    const std::vector<QRgb> colours = stepColours(look);
    const double scale = top > 0 ? kSteps / top : 0.0;
    for (int row = 0; row < rows(); ++row) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(row));
        for (std::size_t x = 0; x < columns.size(); ++x) {
            if (!columns[x].tile) continue;
            const float weight = columns[x].tile->at(row, columns[x].column);
            if (std::isnan(weight)) continue;
            line[x] = colours[static_cast<std::size_t>(
                std::clamp(weight * scale, 0.0, static_cast<double>(kSteps)))];
        }
    }
    picture_ = std::move(image); // last: a tile that arrives at once asks for another picture
}

std::vector<StripView::StripColumn> StripView::collectColumns() {
    const QRect area = band();
    const int zoom = level();
    std::vector<StripColumn> columns;
    std::int64_t last = -1;
    waiting_ = false;
    for (int x = 0; x < area.width(); ++x) {
        const auto frame = static_cast<std::int64_t>(std::floor(frameAt(area.left() + x + 0.5)));
        const std::int64_t column = std::max<std::int64_t>(frame, 0) >> zoom;
        const std::int64_t index = column / BandTile::kColumns;
        auto tile = index == last ? columns.back().tile : tiles_.tile({zoom, index});
        if (!tile) waiting_ = true;
        if (tile && index != last) largest_ = std::max<double>(largest_, tile->largest);
        columns.push_back({std::move(tile), static_cast<int>(column % BandTile::kColumns)});
        last = index;
    }
    return columns;
}

std::optional<MapCell> StripView::cellAt(const QPointF& place) const {
    const QRect area = band();
    if (!shownAnalysis_ || !QRectF(area).contains(place)) return std::nullopt;
    const FrameIndex motion{static_cast<std::int64_t>(std::floor(frameAt(place.x())))};
    const auto row = static_cast<std::int64_t>((place.y() - area.top()) * rows() / area.height());
    const FrameIndex speech = motion + (row - tiles_.source().reach);
    const FrameRange clip{{0}, {shownAnalysis_->frames()}};
    if (!clip.contains(motion) || !clip.contains(speech)) return std::nullopt;
    return MapCell{speech, motion};
}

float StripView::weightAt(const MapCell& cell) const {
    double sum = 0;
    for (const WeightedMap& map : tiles_.source().maps) {
        const auto band = shownAnalysis_->attention(map.choice, {cell.speech, cell.speech + 1});
        sum += band ? map.weight * band->at(cell.speech, cell.motion) : std::nan("");
    }
    return static_cast<float>(sum);
}

void StripView::resizeEvent(QResizeEvent*) { axisMoved(); }

void StripView::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::MiddleButton) {
        panX_ = event->position().x();
        panBegin_ = axis_.begin();
        setCursor(Qt::ClosedHandCursor);
    } else if (event->button() == Qt::LeftButton) {
        if (const auto cell = cellAt(event->position())) model_.choose(*cell);
    }
}

void StripView::mouseMoveEvent(QMouseEvent* event) {
    if (panX_) {
        const double moved = (*panX_ - event->position().x()) / axis_.pixelsPerSecond();
        return show(panBegin_ + moved, panBegin_ + moved + axis_.span());
    }
    hovered_ = cellAt(event->position());
    Q_EMIT hinted(hovered_ ? tr("Click: go to the frame. Wheel: scroll. Ctrl+wheel: zoom.")
                           : QString());
    update();
}

void StripView::mouseReleaseEvent(QMouseEvent*) {
    panX_.reset();
    setCursor(Qt::CrossCursor);
}

void StripView::mouseDoubleClickEvent(QMouseEvent*) {
    axis_.showAll();
    axisMoved();
}

void StripView::wheelEvent(QWheelEvent* event) {
    const QPoint turned = event->angleDelta();
    const double notches = (turned.y() != 0 ? turned.y() : turned.x()) / 120.0;
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
        axis_.zoom(std::pow(kWheelZoom, -notches), axis_.timeAt(event->position().x()));
    } else {
        axis_.scrollBy(-notches * kWheelScroll * axis_.span());
    }
    axisMoved();
    event->accept();
}

void StripView::leaveEvent(QEvent*) {
    hovered_.reset();
    Q_EMIT hinted({});
    update();
}

bool StripView::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* press = static_cast<QKeyEvent*>(event);
        const int key = press->key();
        const bool own = key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Plus ||
                         key == Qt::Key_Equal || key == Qt::Key_Minus;
        if (own && (press->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier) event->accept();
    }
    return QWidget::event(event);
}

void StripView::keyPressEvent(QKeyEvent* event) {
    const Seconds middle{(axis_.begin() + axis_.end()) / 2};
    switch (event->key()) {
    case Qt::Key_Left:
        axis_.scrollBy(-kWheelScroll * axis_.span());
        break;
    case Qt::Key_Right:
        axis_.scrollBy(kWheelScroll * axis_.span());
        break;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        axis_.zoom(1 / kWheelZoom, middle);
        break;
    case Qt::Key_Minus:
        axis_.zoom(kWheelZoom, middle);
        break;
    default:
        return QWidget::keyPressEvent(event);
    }
    axisMoved();
}

} // namespace gesture::app
