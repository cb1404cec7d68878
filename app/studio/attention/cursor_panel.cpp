// SPDX-License-Identifier: Apache-2.0
#include "app/studio/attention/cursor_panel.h"

#include "app/studio/attention/attention_panel.h"
#include "app/studio/attention/matrix_scene.h"
#include "app/studio/theme/icons.h"
#include "app/studio/theme/style_sheet.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLocale>
#include <QMouseEvent>

#include <algorithm>

namespace gesture::app {

namespace {

constexpr std::size_t kEntries = 5;
constexpr int kSide = 14;
constexpr int kTop = 12;
constexpr int kListTop = kTop + 26;
constexpr int kRow = 25;
constexpr int kColumnGap = 24;
constexpr int kSharesTop = kTop + 26 + 5 * kRow + 6;

QString weightText(float weight) { return QLocale().toString(weight, 'f', 3); }

} // namespace

CursorPanel::CursorPanel(AttentionModel& model, const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , model_(model)
    , theme_(&theme)
    , pin_(makePinAction(model, this))
    , copy_(new QAction(tr("Copy"), this)) {
    copy_->setToolTip(tr("Copy these lists as text"));
    connect(copy_, &QAction::triggered, this,
            [this] { QGuiApplication::clipboard()->setText(contentText()); });
    setTheme(theme);
    setMouseTracking(true);
    setAccessibleName(tr("At the cursor"));
    const auto refresh = [this] {
        setAccessibleDescription(contentText());
        update();
    };
    connect(&model_, &AttentionModel::cursorChanged, this, refresh);
    connect(&model_, &AttentionModel::mapChanged, this, refresh);
}

void CursorPanel::setTheme(const Theme& theme) {
    theme_ = &theme;
    pin_->setIcon(themedIcon(QStringLiteral("pin-angle"), {theme.tx2, theme.txd, theme.acc}));
    copy_->setIcon(themedIcon(QStringLiteral("files"), {theme.tx2, theme.txd, theme.tx1}));
    update();
}

FrameRange CursorPanel::cursorSpeech() const {
    const auto cursor = model_.cursor();
    if (!cursor) return {};
    const auto word = wordAt(model_.content().transcript.get(), cursor->speech);
    return word ? word->frames() : FrameRange{cursor->speech, cursor->speech + 1};
}

std::vector<RatedFrame> CursorPanel::frames() const {
    return model_.cursor() ? topFrames(model_.table(), cursorSpeech(), kEntries)
                           : std::vector<RatedFrame>{};
}

std::vector<RatedWord> CursorPanel::words() const {
    const auto cursor = model_.cursor();
    if (!cursor) return {};
    return topWords(model_.table(), model_.content().transcript.get(), cursor->motion, kEntries);
}

int CursorPanel::listWidth() const { return (width() - 2 * kSide - kColumnGap) / 2; }

void CursorPanel::paintList(QPainter& painter, const QRect& area, const QString& title,
                            const std::vector<Entry>& entries, const QColor& colour) {
    painter.setFont(themeFont(12, 500));
    drawLine(painter, QRect(area.left(), area.top(), area.width(), 18), title, theme_->tx2);
    const int name = std::min(66, area.width() / 3);
    const int bar = area.width() - name - 4 - 52;
    const float most = entries.empty() ? 0.0F : std::max(entries.front().weight, 1e-9F);
    int top = area.top() + kListTop - kTop;
    for (std::size_t i = 0; i < entries.size(); ++i, top += kRow) {
        painter.setFont(themeFont(12));
        drawLine(painter, QRect(area.left(), top, name, 20), entries[i].name, theme_->tx1);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme_->bg5);
        const QRectF groove(area.left() + name + 4, top + 7, bar, 6);
        painter.drawRoundedRect(groove, 3, 3);
        painter.setBrush(i == 0 ? colour : withAlpha(colour, 0.62));
        const double length = bar * std::clamp<double>(entries[i].weight / most, 0.0, 1.0);
        painter.drawRoundedRect(QRectF(groove.topLeft(), QSizeF(std::max(length, 3.0), 6)), 3, 3);
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setFont(themeFont(11, 400, FontFamily::Mono));
        drawLine(painter, QRect(area.right() - 44, top, 45, 20), weightText(entries[i].weight),
                 theme_->tx2, Qt::AlignRight);
    }
}

void CursorPanel::paintShares(QPainter& painter, int top) {
    const auto cursor = model_.cursor();
    const auto window = model_.windowOf(MapSide::A);
    if (!cursor || !window) return;
    const int width = this->width() - 2 * kSide;
    painter.fillRect(QRect(kSide, top, width, 1), theme_->line);
    painter.setFont(themeFont(12, 500));
    drawLine(painter, QRect(kSide, top + 10, width / 2, 18), tr("Fusion of parts"), theme_->tx2);
    painter.setFont(themeFont(11));
    drawLine(painter, QRect(kSide + width / 2, top + 10, width - width / 2, 18),
             tr("share of the importance of frame %1").arg(cursor->motion.value), theme_->tx3,
             Qt::AlignRight);
    const auto shares = partShares(*model_.content().analysis, *window, cursor->motion);
    double left = kSide;
    painter.setFont(themeFont(11, 600));
    for (const motion::BodyPart part : model_.content().analysis->parts()) {
        const double share = shares ? (*shares)[part] : 0.0;
        const double length = width * std::max(share, 0.0);
        const QRectF block(left, top + 34, std::max(0.0, length - 2), 22);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(withAlpha(partColour(*theme_, part), 0.9));
        painter.drawRoundedRect(block, 3, 3);
        painter.setRenderHint(QPainter::Antialiasing, false);
        const QString text =
            tr("%1 %2", "part, share").arg(partName(part), QLocale().toString(share, 'f', 2));
        const QColor ink = theme_->dark() ? theme_->axistx : theme_->acctx;
        if (painter.fontMetrics().horizontalAdvance(text) + 12 <= block.width()) {
            drawLine(painter, block.adjusted(8, 0, 0, 0), text, ink);
        } else if (block.width() >= 14) {
            drawLine(painter, block, partName(part).left(1), ink, Qt::AlignHCenter);
        }
        left += length;
    }
    painter.drawPixmap(
        kSide, top + 65,
        iconPixmap(QStringLiteral("info-circle"), theme_->tx3, 13, devicePixelRatioF()));
    painter.setFont(themeFont(11));
    drawLine(painter, QRect(kSide + 20, top + 62, width - 20, 18),
             tr("Weights compare frames inside one 2 s window, not across windows."), theme_->tx3);
}

void CursorPanel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto cursor = model_.cursor();
    if (!cursor || model_.table().empty()) {
        painter.setFont(themeFont(12));
        drawLine(painter, rect(), tr("Point at the map, or move the playhead into its window."),
                 theme_->tx2, Qt::AlignHCenter);
        return;
    }
    const auto word = wordAt(model_.content().transcript.get(), cursor->speech);
    std::vector<Entry> looked;
    for (const RatedFrame& rated : frames()) {
        looked.push_back({tr("f %1").arg(rated.frame.value), rated.weight});
    }
    std::vector<Entry> looking;
    for (const RatedWord& rated : words()) {
        looking.push_back({rated.word.text, rated.weight});
    }
    const auto& part = model_.shownMap().part;
    paintList(painter, {kSide, kTop, listWidth(), 0},
              word ? tr("“%1” looks at frames").arg(word->text)
                   : tr("Speech of frame %1 looks at frames").arg(cursor->speech.value),
              looked, part ? partColour(*theme_, *part) : theme_->acc);
    paintList(painter, {kSide + listWidth() + kColumnGap, kTop, listWidth(), 0},
              tr("Frame %1 is looked at by").arg(cursor->motion.value), looking, theme_->acc);
    paintShares(painter, kSharesTop);
}

QString CursorPanel::contentText() const {
    const auto cursor = model_.cursor();
    if (!cursor || model_.table().empty()) return {};
    QStringList lines;
    for (const RatedFrame& rated : frames()) {
        lines.append(tr("frame %1: %2").arg(rated.frame.value).arg(weightText(rated.weight)));
    }
    for (const RatedWord& rated : words()) {
        lines.append(tr("“%1”: %2", "word, weight").arg(rated.word.text, weightText(rated.weight)));
    }
    return lines.join(QStringLiteral("; "));
}

std::optional<std::size_t> CursorPanel::frameRow(const QPointF& place) const {
    const int row = (static_cast<int>(place.y()) - kListTop) / kRow;
    if (place.y() < kListTop || place.x() > kSide + listWidth()) return std::nullopt;
    if (row >= static_cast<int>(frames().size())) return std::nullopt;
    return static_cast<std::size_t>(row);
}

void CursorPanel::mouseMoveEvent(QMouseEvent* event) {
    setCursor(frameRow(event->position()) ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void CursorPanel::mousePressEvent(QMouseEvent* event) {
    const auto row = frameRow(event->position());
    const auto cursor = model_.cursor();
    if (!row || !cursor || event->button() != Qt::LeftButton) return;
    model_.choose({cursor->speech, frames()[*row].frame});
}

} // namespace gesture::app
