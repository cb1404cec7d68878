// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/attention/attention_panel.h"
#include "app/studio/attention/strip_view.h"

#include <QLabel>
#include <QToolButton>

namespace gesture::app {

/// Centre of the Analyse workspace: title and tools over the big matrix, two of them, their
/// difference, or the strip of all windows. GUI thread.
class MapPage final : public QWidget {
    Q_OBJECT

public:
    /// Tiles of the strip are made on `executor`, which must outlive this.
    MapPage(AttentionModel& model, Executor& executor, const Theme& theme,
            QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    [[nodiscard]] MatrixView& matrix() { return *matrix_; }
    [[nodiscard]] MatrixView& second() { return *second_; }
    [[nodiscard]] StripView& strip() { return *strip_; }
    [[nodiscard]] MapStateCard& card() { return *card_; }

Q_SIGNALS:
    void hinted(const QString& hint);

private:
    QWidget* makeHeader();
    QWidget* makeMatrices(const Theme& theme);
    void refresh();

    AttentionModel& model_;
    QLabel* title_;
    QLabel* subtitle_;
    SegmentBar* form_;
    QAction* toMask_;
    QAction* export_;
    LookPicker* look_;
    MapNotice* notice_;
    QStackedWidget* pages_;
    QLabel* nameA_ = nullptr;
    QLabel* nameB_ = nullptr;
    QWidget* besideB_ = nullptr;
    MatrixView* matrix_ = nullptr;
    MatrixView* second_ = nullptr;
    StripView* strip_ = nullptr;
    MapStateCard* card_;
};

} // namespace gesture::app
