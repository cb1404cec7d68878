// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/panels/word_table.h"
#include "app/studio/theme/theme.h"

#include <QLabel>
#include <QLineEdit>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QWidget>

namespace gesture::app {

/// The words of the clip with their semantic scores and importance: search, sort, click to go
/// there, double-click to select the time. The word at the playhead is the current row. GUI thread.
class WordsPanel final : public QWidget {
    Q_OBJECT

public:
    explicit WordsPanel(QWidget* parent = nullptr);

    void setWords(std::vector<RatedSpeechWord> words, FrameRate rate);
    void setPlayhead(FrameIndex frame);
    [[nodiscard]] QTableView& table() { return *view_; }
    [[nodiscard]] QLineEdit& search() { return *search_; }

Q_SIGNALS:
    void frameChosen(gesture::FrameIndex frame);
    void rangeChosen(gesture::FrameRange range);

private:
    void buildTable();
    [[nodiscard]] const RatedSpeechWord* wordOf(const QModelIndex& index) const;

    WordTable* words_;
    QSortFilterProxyModel* sorted_;
    QLineEdit* search_;
    QTableView* view_;
    QLabel* empty_;
    bool following_ = false; ///< The current row is being moved by the playhead.
};

} // namespace gesture::app
