// SPDX-License-Identifier: Apache-2.0
#include "app/studio/panels/word_table.h"

#include "app/studio/document/time_text.h"
#include "app/studio/theme/style_sheet.h"
#include "app/studio/timeline/content_index.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace gesture::app {

namespace {

/// The highest of the frames of a curve; NaN counts for nothing.
std::optional<float> highestOf(const std::vector<float>& curve, const FrameRange& frames) {
    std::optional<float> highest;
    const auto end = std::min(frames.end.value, static_cast<std::int64_t>(curve.size()));
    for (std::int64_t f = std::max<std::int64_t>(frames.begin.value, 0); f < end; ++f) {
        const float value = curve[static_cast<std::size_t>(f)];
        if (!std::isnan(value) && (!highest || value > *highest)) highest = value;
    }
    return highest;
}

QVariant number(const std::optional<float>& value, int role) {
    if (role == Qt::UserRole) return value ? *value : -1.0F; // unknown ones come last
    return value ? QLocale().toString(static_cast<double>(*value), 'f', 2) : QStringLiteral("–");
}

} // namespace

std::vector<RatedSpeechWord> ratedWords(const audio::Transcript& transcript,
                                        const inference::Analysis* analysis, FrameRate rate) {
    std::vector<float> score;
    std::vector<float> importance;
    if (analysis != nullptr) {
        if (!analysis->semantic().score.empty()) score = analysis->semanticPerFrame();
        if (!analysis->windows().empty()) importance = analysis->fusedImportance();
    }
    std::vector<RatedSpeechWord> words;
    for (const audio::TimedLabel& word : transcript.words) {
        if (word.isPause()) continue;
        const FrameRange frames = framesOf(word, rate);
        words.push_back({QString::fromStdString(word.text), frames, highestOf(score, frames),
                         highestOf(importance, frames)});
    }
    return words;
}

void WordTable::setWords(std::vector<RatedSpeechWord> words, FrameRate rate) {
    beginResetModel();
    words_ = std::move(words);
    rate_ = rate;
    endResetModel();
}

int WordTable::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(words_.size());
}

int WordTable::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant WordTable::data(const QModelIndex& index, int role) const {
    const RatedSpeechWord& word = words_[static_cast<std::size_t>(index.row())];
    if (role == Qt::FontRole && index.column() != Word) return themeFont(11, 400, FontFamily::Mono);
    if (role == Qt::TextAlignmentRole && index.column() != Word)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole)
        return tr("“%1”, frames %2 to %3")
            .arg(word.text)
            .arg(word.frames.begin.value)
            .arg(word.frames.end.value - 1);
    if (role != Qt::DisplayRole && role != Qt::UserRole) return {};
    switch (index.column()) {
    case Word:
        return word.text;
    case Time:
        return role == Qt::DisplayRole ? QVariant(timecodeText(word.frames.begin, rate_))
                                       : QVariant(static_cast<qlonglong>(word.frames.begin.value));
    case Score:
        return number(word.score, role);
    case Importance:
        return number(word.importance, role);
    default:
        return {};
    }
}

QVariant WordTable::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section >= ColumnCount) return {};
    if (role == Qt::ToolTipRole) {
        const QString tips[] = {tr("What is said"), tr("When it begins"),
                                tr("Highest semantic score while it is said"),
                                tr("Highest importance while it is said; 1 is the average of a "
                                   "window")};
        return tips[section];
    }
    if (role != Qt::DisplayRole) return {};
    const QString names[] = {tr("Word"), tr("Time"), tr("Score"), tr("Importance")};
    return names[section];
}

} // namespace gesture::app
