// SPDX-License-Identifier: Apache-2.0
#include "app/studio/panels/words_panel.h"

#include <QHeaderView>
#include <QScopedValueRollback>
#include <QVBoxLayout>

#include <algorithm>

namespace gesture::app {

namespace {

constexpr int kRowHeight = 24;

} // namespace

WordsPanel::WordsPanel(QWidget* parent)
    : QWidget(parent)
    , words_(new WordTable(this))
    , sorted_(new QSortFilterProxyModel(this))
    , search_(new QLineEdit(this))
    , view_(new QTableView(this))
    , empty_(new QLabel(tr("No words. Drop a transcript on the window to see them here."), this)) {
    search_->setPlaceholderText(tr("Find a word"));
    search_->setAccessibleName(tr("Find a word"));
    search_->setToolTip(tr("Show only words that contain this"));
    search_->setClearButtonEnabled(true);
    empty_->setObjectName(QStringLiteral("secondary"));
    empty_->setAlignment(Qt::AlignCenter);
    empty_->setWordWrap(true);
    sorted_->setSourceModel(words_);
    sorted_->setSortRole(Qt::UserRole);
    sorted_->setFilterCaseSensitivity(Qt::CaseInsensitive);
    sorted_->setSortCaseSensitivity(Qt::CaseInsensitive);
    buildTable();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 12, 8);
    column->setSpacing(7);
    column->addWidget(search_);
    column->addWidget(view_, 1);
    column->addWidget(empty_, 1);
    connect(search_, &QLineEdit::textChanged, sorted_,
            &QSortFilterProxyModel::setFilterFixedString);
    setWords({}, {});
}

void WordsPanel::buildTable() {
    view_->setObjectName(QStringLiteral("spans"));
    view_->setAccessibleName(tr("Words"));
    view_->setToolTip(tr("Click to go there, double-click to select its time"));
    view_->setModel(sorted_);
    view_->setSortingEnabled(true);
    view_->sortByColumn(WordTable::Time, Qt::AscendingOrder);
    view_->setSelectionBehavior(QAbstractItemView::SelectRows);
    view_->setSelectionMode(QAbstractItemView::SingleSelection);
    view_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view_->setShowGrid(false);
    view_->setTabKeyNavigation(false);
    view_->verticalHeader()->hide();
    view_->verticalHeader()->setDefaultSectionSize(kRowHeight);
    view_->horizontalHeader()->setHighlightSections(false);
    view_->horizontalHeader()->setSectionResizeMode(WordTable::Word, QHeaderView::Stretch);
    connect(view_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& index) {
                const RatedSpeechWord* const word = wordOf(index);
                if (word != nullptr && !following_) Q_EMIT frameChosen(word->frames.begin);
            });
    connect(view_, &QTableView::clicked, this, [this](const QModelIndex& index) {
        if (const RatedSpeechWord* const word = wordOf(index))
            Q_EMIT frameChosen(word->frames.begin);
    });
    connect(view_, &QTableView::activated, this, [this](const QModelIndex& index) {
        if (const RatedSpeechWord* const word = wordOf(index)) Q_EMIT rangeChosen(word->frames);
    });
    connect(view_, &QTableView::doubleClicked, this, [this](const QModelIndex& index) {
        if (const RatedSpeechWord* const word = wordOf(index)) Q_EMIT rangeChosen(word->frames);
    });
}

const RatedSpeechWord* WordsPanel::wordOf(const QModelIndex& index) const {
    if (!index.isValid()) return nullptr;
    return &words_->words()[static_cast<std::size_t>(sorted_->mapToSource(index).row())];
}

void WordsPanel::setWords(std::vector<RatedSpeechWord> words, FrameRate rate) {
    const QScopedValueRollback<bool> following(following_, true);
    view_->setVisible(!words.empty());
    search_->setVisible(!words.empty());
    empty_->setVisible(words.empty());
    words_->setWords(std::move(words), rate);
}

void WordsPanel::setPlayhead(FrameIndex frame) {
    const QScopedValueRollback<bool> following(following_, true);
    const auto& words = words_->words();
    const auto next = std::ranges::upper_bound(
        words, frame, {}, [](const RatedSpeechWord& word) { return word.frames.begin; });
    if (next == words.begin() || std::prev(next)->frames.end <= frame) return;
    const auto row = static_cast<int>(next - words.begin()) - 1;
    const QModelIndex shown = sorted_->mapFromSource(words_->index(row, 0));
    if (!shown.isValid() || view_->currentIndex().row() == shown.row()) return;
    view_->selectionModel()->setCurrentIndex(shown, QItemSelectionModel::ClearAndSelect |
                                                        QItemSelectionModel::Rows);
    // In the order of time the list goes along; in another one it would only jump.
    if (sorted_->sortColumn() == WordTable::Time) view_->scrollTo(shown);
}

} // namespace gesture::app
