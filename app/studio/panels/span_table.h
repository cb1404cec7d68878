// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/panels/semantic_content.h"

#include <QAbstractTableModel>

#include <vector>

namespace gesture::app {

/// Spans above the threshold as rows: words, time, score, length. Sorting goes by Qt::UserRole,
/// the numbers. GUI thread.
class SpanTable final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Words, Time, Score, Length, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setSpans(std::vector<SemanticSpan> spans, FrameRate rate);
    [[nodiscard]] const std::vector<SemanticSpan>& spans() const { return spans_; }

    [[nodiscard]] int rowCount(const QModelIndex& parent) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    std::vector<SemanticSpan> spans_;
    FrameRate rate_;
};

} // namespace gesture::app
