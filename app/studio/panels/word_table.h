// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/transcript.h"
#include "core/inference/analysis.h"

#include <QAbstractTableModel>

#include <memory>
#include <optional>
#include <vector>

namespace gesture::app {

/// A word with what the networks make of it.
struct RatedSpeechWord {
    QString text;
    FrameRange frames;               ///< At least one.
    std::optional<float> score;      ///< Highest semantic score of its frames.
    std::optional<float> importance; ///< Highest fused importance of its frames, 1 = average.
};

/// All words but pauses; `analysis` may be null.
[[nodiscard]] std::vector<RatedSpeechWord> ratedWords(const audio::Transcript& transcript,
                                                      const inference::Analysis* analysis,
                                                      FrameRate rate);

/// Words as rows: word, time, score, importance. Sorting goes by Qt::UserRole, the numbers. GUI
/// thread.
class WordTable final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Word, Time, Score, Importance, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setWords(std::vector<RatedSpeechWord> words, FrameRate rate);
    [[nodiscard]] const std::vector<RatedSpeechWord>& words() const { return words_; }

    [[nodiscard]] int rowCount(const QModelIndex& parent) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    std::vector<RatedSpeechWord> words_;
    FrameRate rate_;
};

} // namespace gesture::app
