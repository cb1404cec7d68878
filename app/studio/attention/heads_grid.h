// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/attention/attention_model.h"
#include "app/studio/theme/theme.h"
#include "app/studio/widgets/focus_ring.h"

#include <QImage>
#include <QWidget>

#include <map>
#include <optional>
#include <vector>

namespace gesture::app {

/// All heads of the window as small maps, each on its own scale, a row a layer, with how focused
/// each layer is: 1 − entropy / log 64. Click opens a head, Ctrl+click adds it to the mean, the
/// pointer shows it in the big map. GUI thread.
class HeadsGrid final : public QWidget {
    Q_OBJECT

public:
    HeadsGrid(AttentionModel& model, const Theme& theme, QWidget* parent);

    void setTheme(const Theme& theme);
    /// The head at a place; nothing beside the tiles.
    [[nodiscard]] std::optional<HeadPlace> headAt(const QPointF& place) const;
    [[nodiscard]] QRect rectOf(const HeadPlace& place) const;
    /// Of a layer: the mean over its heads.
    [[nodiscard]] double focus(int layer);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void hinted(const QString& hint);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    struct Row {
        std::vector<QImage> tiles;
        double focus = 0;
    };

    [[nodiscard]] int tileSide() const;
    [[nodiscard]] const std::vector<int>& layers() const;
    [[nodiscard]] const std::vector<int>& heads() const;
    [[nodiscard]] const std::vector<Row>& rows();
    void drop();
    void open(const HeadPlace& place, bool add);
    /// A layer's number: the mean of its heads; a head's: its mean over the layers.
    void openMean(const QPointF& place);
    void paintRow(QPainter& painter, std::size_t row, bool chosenLayer);
    [[nodiscard]] bool isChosen(const HeadPlace& place) const;

    AttentionModel& model_;
    const Theme* theme_;
    FocusRing* ring_; ///< A sibling.
    std::vector<Row> rows_;
    std::optional<HeadPlace> marked_; ///< By the keyboard.
    // What the tiles were made from.
    std::shared_ptr<const inference::Analysis> madeFrom_;
    std::size_t madeWindow_ = 0;
    std::optional<motion::BodyPart> madePart_;
    MapLook madeLook_;
};

} // namespace gesture::app
