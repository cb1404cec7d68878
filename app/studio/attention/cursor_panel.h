// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/attention/attention_model.h"
#include "app/studio/theme/theme.h"

#include <QAction>
#include <QPainter>
#include <QWidget>

namespace gesture::app {

/// At the cursor: the frames that its word looks at, the words that look at its frame, and how much
/// each part has of the frame's importance. A click on a frame goes there. GUI thread.
class CursorPanel final : public QWidget {
    Q_OBJECT

public:
    CursorPanel(AttentionModel& model, const Theme& theme, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// All lists in words, for copying and for screen readers.
    [[nodiscard]] QString contentText() const;
    /// For the title of the dock: pin, copy the lists.
    [[nodiscard]] QList<QAction*> titleActions() const { return {pin_, copy_}; }
    [[nodiscard]] std::vector<RatedFrame> frames() const;
    [[nodiscard]] std::vector<RatedWord> words() const;

    [[nodiscard]] QSize sizeHint() const override { return {530, 244}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {280, 232}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    struct Entry {
        QString name;
        float weight = 0;
    };
    void paintList(QPainter& painter, const QRect& area, const QString& title,
                   const std::vector<Entry>& entries, const QColor& colour);
    void paintShares(QPainter& painter, int top);
    [[nodiscard]] FrameRange cursorSpeech() const;
    [[nodiscard]] std::optional<std::size_t> frameRow(const QPointF& place) const;
    [[nodiscard]] int listWidth() const;

    AttentionModel& model_;
    const Theme* theme_;
    QAction* pin_;
    QAction* copy_;
};

} // namespace gesture::app
