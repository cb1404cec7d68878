// SPDX-License-Identifier: Apache-2.0
#include "app/studio/panels/block_table.h"

#include "app/studio/document/time_text.h"
#include "app/studio/theme/style_sheet.h"

#include <algorithm>

namespace gesture::app {

namespace {

/// Runs up to this are made by one window with motion on both sides, see `planEdit`.
constexpr std::int64_t kOneWindow = 48;

std::size_t windowsOf(FrameRange range, const MaskContent& content) {
    if (range.length() <= kOneWindow) return 1;
    inference::EditMask alone(content.mask.frameCount());
    alone.paint(range, inference::kAllParts);
    return std::max<std::size_t>(1, costOf(alone, content.windows).windows);
}

} // namespace

void BlockTable::setBlocks(std::vector<MaskBlock> blocks, const MaskContent& content) {
    beginResetModel();
    blocks_ = std::move(blocks);
    rate_ = content.rate;
    windows_.clear();
    for (const MaskBlock& block : blocks_) {
        windows_.push_back(windowsOf(block.range, content));
    }
    endResetModel();
}

int BlockTable::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(blocks_.size());
}

int BlockTable::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant BlockTable::data(const QModelIndex& index, int role) const {
    const auto row = static_cast<std::size_t>(index.row());
    const MaskBlock& block = blocks_[row];
    const auto frames = static_cast<int>(block.range.length());
    const QString split =
        windows_[row] > 1 ? tr("split into %n windows", nullptr, static_cast<int>(windows_[row]))
                          : QString();
    if (role == Qt::FontRole && index.column() == Range) {
        return themeFont(11, 400, FontFamily::Mono);
    }
    if (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole) {
        const QString what = tr("%1, regenerate %2 from %3", "parts, frames, time")
                                 .arg(partsText(block.parts), framesText(frames),
                                      timecodeText(block.range.begin, rate_));
        return split.isEmpty() ? what : what + QStringLiteral(", ") + split;
    }
    if (role != Qt::DisplayRole) return {};
    switch (index.column()) {
    case Parts:
        return partsText(block.parts);
    case Range:
        return tr("%1 – %2").arg(timecodeText(block.range.begin, rate_),
                                 timecodeText(block.range.end, rate_));
    case Frames:
        return split.isEmpty() ? framesText(frames)
                               : tr("%1 · %2", "frames, windows")
                                     .arg(framesText(frames))
                                     .arg(tr("%n win.", nullptr, static_cast<int>(windows_[row])));
    default:
        return {};
    }
}

QVariant BlockTable::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    const QString names[] = {tr("Parts"), tr("Range"), tr("Regenerate")};
    return section < ColumnCount ? names[section] : QString();
}

} // namespace gesture::app
