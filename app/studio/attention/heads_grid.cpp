// SPDX-License-Identifier: Apache-2.0
#include "app/studio/attention/heads_grid.h"

#include "app/studio/attention/matrix_scene.h"
#include "app/studio/theme/style_sheet.h"

#include <QFocusEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace gesture::app {

namespace {

constexpr int kLeft = 22; ///< Layer numbers.
constexpr int kTop = 18;  ///< Head numbers.
constexpr int kGap = 5;
constexpr int kFocusWidth = 40;
constexpr int kBar = 32;
constexpr int kPreferredTile = 53;
constexpr int kSmallestTile = 16;

} // namespace

HeadsGrid::HeadsGrid(AttentionModel& model, const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , model_(model)
    , theme_(&theme)
    , ring_(new FocusRing(*this)) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Heads"));
    setAccessibleDescription(tr("Arrow keys go through layers and heads, Enter opens one, Space "
                                "adds it to the mean."));
    connect(&model_, &AttentionModel::mapChanged, this, [this] { update(); });
    connect(&model_, &AttentionModel::lookChanged, this, [this] { update(); });
    connect(&model_, &AttentionModel::contentChanged, this, [this] {
        updateGeometry();
        update();
    });
    setTheme(theme);
}

void HeadsGrid::setTheme(const Theme& theme) {
    theme_ = &theme;
    ring_->setColour(theme.acc);
    update();
}

const std::vector<int>& HeadsGrid::layers() const {
    static const std::vector<int> none;
    return model_.content().hasMap() ? model_.content().analysis->layers() : none;
}

const std::vector<int>& HeadsGrid::heads() const {
    static const std::vector<int> none;
    return model_.content().hasMap() ? model_.content().analysis->heads() : none;
}

int HeadsGrid::tileSide() const {
    const int columns = std::max<int>(static_cast<int>(heads().size()), 1);
    const int rows = std::max<int>(static_cast<int>(layers().size()), 1);
    const int wide = (width() - kLeft - kFocusWidth - (columns - 1) * kGap) / columns;
    const int high = (height() - kTop - rows * kGap) / rows;
    return std::clamp(std::min(wide, high), kSmallestTile, kPreferredTile + 11);
}

QSize HeadsGrid::sizeHint() const {
    const int columns = std::max<int>(static_cast<int>(heads().size()), 4);
    const int rows = std::max<int>(static_cast<int>(layers().size()), 8);
    return {kLeft + columns * (kPreferredTile + kGap) + kFocusWidth,
            kTop + rows * (kPreferredTile + kGap)};
}

QSize HeadsGrid::minimumSizeHint() const {
    const int columns = std::max<int>(static_cast<int>(heads().size()), 4);
    const int rows = std::max<int>(static_cast<int>(layers().size()), 8);
    return {kLeft + columns * (kSmallestTile + kGap) + kFocusWidth,
            kTop + rows * (kSmallestTile + kGap)};
}

QRect HeadsGrid::rectOf(const HeadPlace& place) const {
    const auto row = std::find(layers().begin(), layers().end(), place.layer) - layers().begin();
    const auto column = std::find(heads().begin(), heads().end(), place.head) - heads().begin();
    const int side = tileSide();
    return {kLeft + static_cast<int>(column) * (side + kGap),
            kTop + static_cast<int>(row) * (side + kGap), side, side};
}

std::optional<HeadPlace> HeadsGrid::headAt(const QPointF& place) const {
    for (const int layer : layers()) {
        for (const int head : heads()) {
            if (rectOf({layer, head}).contains(place.toPoint())) return HeadPlace{layer, head};
        }
    }
    return std::nullopt;
}

void HeadsGrid::drop() { rows_.clear(); }

const std::vector<HeadsGrid::Row>& HeadsGrid::rows() {
    const auto window = model_.windowOf(MapSide::A).value_or(0);
    const bool same = madeFrom_ == model_.content().analysis && madeWindow_ == window &&
                      madePart_ == model_.map().part && madeLook_ == model_.look();
    if (same && !rows_.empty()) return rows_;
    drop();
    madeFrom_ = model_.content().analysis;
    madeWindow_ = window;
    madePart_ = model_.map().part;
    madeLook_ = model_.look();
    MapLook look = madeLook_; // each tile on its own scale
    look.fixedLargest.reset();
    if (look.normalise == MapNormalise::All) look.normalise = MapNormalise::Window;
    for (const int layer : layers()) {
        Row& row = rows_.emplace_back();
        for (const int head : heads()) {
            const auto maps = mapsOf(*madeFrom_, {madePart_, layer, head, {}});
            const MapTable table = windowTable(*madeFrom_, window, maps);
            row.tiles.push_back(paintTable(table, look, table.largest(), theme_->bg1.rgb()));
            row.focus += focusOf(table) / static_cast<double>(heads().size());
        }
    }
    return rows_;
}

double HeadsGrid::focus(int layer) {
    const auto place = std::find(layers().begin(), layers().end(), layer);
    if (place == layers().end()) return 0;
    return rows()[static_cast<std::size_t>(place - layers().begin())].focus;
}

bool HeadsGrid::isChosen(const HeadPlace& place) const {
    const MapSelection& map = model_.map();
    if (!map.picked.empty()) {
        return std::find(map.picked.begin(), map.picked.end(), place) != map.picked.end();
    }
    return (!map.layer || *map.layer == place.layer) && (!map.head || *map.head == place.head) &&
           (map.layer || map.head);
}

void HeadsGrid::paintRow(QPainter& painter, std::size_t row, bool chosenLayer) {
    const int layer = layers()[row];
    const QRect first = rectOf({layer, heads().front()});
    painter.setFont(themeFont(11, chosenLayer ? 600 : 400, FontFamily::Mono));
    const QString number = layer < 0 ? QString(QChar(0x2300)) : QString::number(layer + 1);
    drawLine(painter, QRect(0, first.top(), kLeft - 4, first.height()), number,
             chosenLayer ? theme_->tx1 : theme_->tx2);
    for (std::size_t i = 0; i < heads().size(); ++i) {
        const HeadPlace place{layer, heads()[i]};
        const QRect tile = rectOf(place);
        painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
        painter.drawImage(tile, rows_[row].tiles[i]);
        const bool marked = marked_ == place && hasFocus();
        if (!isChosen(place) && !marked) continue;
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(marked ? theme_->tx1 : theme_->acc, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(tile).adjusted(-2, -2, 2, 2), 3, 3);
        painter.setRenderHint(QPainter::Antialiasing, false);
    }
    const QRect last = rectOf({layer, heads().back()});
    const QRectF bar(last.right() + 1 + kGap + 4, last.center().y() - 2, kBar, 6);
    const auto& part = model_.map().part;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme_->bg5);
    painter.drawRoundedRect(bar, 3, 3);
    painter.setBrush(part ? partColour(*theme_, *part) : theme_->acc);
    const double length = std::max(3.0, kBar * rows_[row].focus);
    painter.drawRoundedRect(QRectF(bar.topLeft(), QSizeF(length, 6)), 3, 3);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void HeadsGrid::paintEvent(QPaintEvent*) {
    if (layers().empty() || heads().empty()) return;
    const auto& made = rows();
    QPainter painter(this);
    painter.setFont(themeFont(10));
    for (const int head : heads()) {
        const QRect tile = rectOf({layers().front(), head});
        const QString name = head < 0 ? tr("mean") : tr("head %1").arg(head + 1);
        drawLine(painter, QRect(tile.left() - 3, 0, tile.width() + 6, 14), name, theme_->tx3,
                 Qt::AlignHCenter);
    }
    const QRect last = rectOf({layers().front(), heads().back()});
    drawLine(painter, QRect(last.right() + 3, 0, kFocusWidth, 14), tr("focus"), theme_->tx3,
             Qt::AlignHCenter);
    for (std::size_t row = 0; row < made.size(); ++row) {
        paintRow(painter, row, model_.map().layer == layers()[row]);
    }
}

void HeadsGrid::open(const HeadPlace& place, bool add) {
    MapSelection map = model_.map();
    if (!add) {
        map.picked.clear();
        map.layer = place.layer;
        map.head = place.head;
        return model_.setMap(map);
    }
    if (map.picked.empty() && map.layer && map.head) map.picked = {{*map.layer, *map.head}};
    const auto found = std::find(map.picked.begin(), map.picked.end(), place);
    if (found == map.picked.end()) {
        map.picked.push_back(place);
    } else {
        map.picked.erase(found);
    }
    model_.setMap(map);
}

void HeadsGrid::mouseMoveEvent(QMouseEvent* event) {
    const auto head = headAt(event->position());
    setCursor(head ? Qt::PointingHandCursor : Qt::ArrowCursor);
    model_.peek(head);
    Q_EMIT hinted(
        head ? tr("Click a head to open it, Ctrl+click adds it to the mean. A number opens the "
                  "mean of its row or column.")
             : QString());
}

void HeadsGrid::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    if (const auto head = headAt(event->position())) {
        return open(*head, event->modifiers().testFlag(Qt::ControlModifier));
    }
    openMean(event->position());
}

void HeadsGrid::openMean(const QPointF& place) {
    MapSelection map = model_.map();
    map.picked.clear();
    for (const int layer : layers()) {
        const QRect tile = rectOf({layer, heads().front()});
        const bool row = place.y() >= tile.top() && place.y() <= tile.bottom();
        if (place.x() >= kLeft || !row) continue;
        map.layer = layer;
        map.head.reset();
        return model_.setMap(map);
    }
    for (const int head : heads()) {
        const QRect tile = rectOf({layers().front(), head});
        const bool column = place.x() >= tile.left() && place.x() <= tile.right();
        if (place.y() >= kTop || !column) continue;
        map.layer.reset();
        map.head = head;
        return model_.setMap(map);
    }
}

void HeadsGrid::leaveEvent(QEvent*) {
    model_.peek(std::nullopt);
    Q_EMIT hinted({});
}

void HeadsGrid::focusOutEvent(QFocusEvent*) {
    marked_.reset();
    model_.peek(std::nullopt);
    update();
}

bool HeadsGrid::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* press = static_cast<QKeyEvent*>(event);
        const bool arrow = press->key() >= Qt::Key_Left && press->key() <= Qt::Key_Down;
        const bool enter = press->key() == Qt::Key_Return || press->key() == Qt::Key_Space;
        if (press->modifiers() == Qt::NoModifier && (arrow || (enter && marked_))) event->accept();
    } else if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const auto head = headAt(help->pos());
        QString text = tr("Focus: 1 − entropy / log 64 of the rows, mean over the heads. 0 looks "
                          "everywhere alike, 1 at one frame.");
        if (head) {
            const auto maps = mapsOf(*model_.content().analysis,
                                     {model_.map().part, head->layer, head->head, {}});
            const MapTable table = windowTable(*model_.content().analysis,
                                               model_.windowOf(MapSide::A).value_or(0), maps);
            text = tr("Layer %1, head %2: focus %3, own colour scale up to %4")
                       .arg(head->layer + 1)
                       .arg(head->head + 1)
                       .arg(QLocale().toString(focusOf(table), 'f', 2),
                            QLocale().toString(table.largest(), 'f', 3));
        }
        QToolTip::showText(help->globalPos(), text, this);
        return true;
    }
    return QWidget::event(event);
}

void HeadsGrid::keyPressEvent(QKeyEvent* event) {
    if (layers().empty() || heads().empty()) return QWidget::keyPressEvent(event);
    const auto index = [](const std::vector<int>& all, int number) {
        return static_cast<int>(std::find(all.begin(), all.end(), number) - all.begin());
    };
    const HeadPlace from = marked_.value_or(HeadPlace{model_.map().layer.value_or(layers().front()),
                                                      model_.map().head.value_or(heads().front())});
    int row = index(layers(), from.layer);
    int column = index(heads(), from.head);
    switch (event->key()) {
    case Qt::Key_Left:
        --column;
        break;
    case Qt::Key_Right:
        ++column;
        break;
    case Qt::Key_Up:
        --row;
        break;
    case Qt::Key_Down:
        ++row;
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return open(from, false);
    case Qt::Key_Space:
        return open(from, true);
    default:
        return QWidget::keyPressEvent(event);
    }
    row = std::clamp(row, 0, static_cast<int>(layers().size()) - 1);
    column = std::clamp(column, 0, static_cast<int>(heads().size()) - 1);
    marked_ = HeadPlace{layers()[static_cast<std::size_t>(row)],
                        heads()[static_cast<std::size_t>(column)]};
    model_.peek(marked_);
    update();
}

} // namespace gesture::app
