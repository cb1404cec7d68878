// SPDX-License-Identifier: Apache-2.0
#include "app/studio/panels/span_table.h"

#include "app/studio/document/time_text.h"
#include "app/studio/theme/style_sheet.h"

#include <QLocale>

namespace gesture::app {

void SpanTable::setSpans(std::vector<SemanticSpan> spans, FrameRate rate) {
    beginResetModel();
    spans_ = std::move(spans);
    rate_ = rate;
    endResetModel();
}

int SpanTable::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(spans_.size());
}

int SpanTable::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant SpanTable::data(const QModelIndex& index, int role) const {
    const SemanticSpan& span = spans_[static_cast<std::size_t>(index.row())];
    const double seconds = static_cast<double>(span.frames.length()) / rate_.perSecond();
    if (role == Qt::FontRole && index.column() != Words) {
        return themeFont(11, 400, FontFamily::Mono);
    }
    if (role == Qt::TextAlignmentRole && index.column() != Words) {
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    }
    if (role == Qt::ToolTipRole) return span.words;
    if (role != Qt::DisplayRole && role != Qt::UserRole) return {};
    const bool text = role == Qt::DisplayRole;
    switch (index.column()) {
    case Words:
        return text && span.words.isEmpty() ? tr("(no word)") : span.words;
    case Time:
        return text ? QVariant(timecodeText(span.frames.begin, rate_))
                    : QVariant(static_cast<qlonglong>(span.frames.begin.value));
    case Score:
        return text ? QVariant(QLocale().toString(span.score, 'f', 2)) : QVariant(span.score);
    case Length:
        return text ? QVariant(tr("%1 s").arg(QLocale().toString(seconds, 'f', 2)))
                    : QVariant(seconds);
    default:
        return {};
    }
}

QVariant SpanTable::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    const QString names[] = {tr("Words"), tr("Time"), tr("Score"), tr("Length")};
    return section < ColumnCount ? names[section] : QString();
}

} // namespace gesture::app
