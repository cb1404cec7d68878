// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/panels/mask_content.h"

#include <QAbstractTableModel>

#include <vector>

namespace gesture::app {

/// The blocks of a mask as rows: parts, range, frames, what becomes of them. GUI thread.
class BlockTable final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Parts, Range, Frames, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setBlocks(std::vector<MaskBlock> blocks, const MaskContent& content);
    [[nodiscard]] const std::vector<MaskBlock>& blocks() const { return blocks_; }

    [[nodiscard]] int rowCount(const QModelIndex& parent) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    std::vector<MaskBlock> blocks_;
    std::vector<std::size_t> windows_; ///< Of each block.
    FrameRate rate_;
};

} // namespace gesture::app
